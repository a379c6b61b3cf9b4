/** Parameters that several endpoints take, each described once. */
export const COLLECTION = {
  in: 'path',
  kind: 'string',
  required: true,
  summary: 'Name of the collection.',
  example: 'cities',
} as const;

export const DOCUMENT_ID = {
  in: 'path',
  kind: 'id',
  required: true,
  summary:
    'The `_id`: as text when it is a string; any other type as Extended JSON, URL-encoded, such as `5` or `{"$oid":"…"}`. A string that would read as a JSON number, `true`, `false`, `null`, an object or a quoted string is itself written in quotes: `%225%22`.',
  example: 'paris',
} as const;

export const IF_MATCH = {
  in: 'header',
  kind: 'string',
  summary: 'Only when the document has this version: its ETag, such as `"114688"`; `*` for any.',
} as const;

export const AT = { kind: 'at', summary: 'The state to read: a height, or an RFC 3339 time.', example: 1204 } as const;
