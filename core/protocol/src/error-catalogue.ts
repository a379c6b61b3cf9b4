/**
 * Every error of AerolithDB: its HTTP and gRPC status and what it means. `AerolithError`, the REST problems, `contracts/errors.json`
 * and `docs/reference/errors.md` are made from this table. A code is never renamed and never reused.
 */
export const ERRORS = {
  // Bad input
  invalid_json: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The text is not JSON that AerolithDB accepts.' },
  duplicate_key: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'An object names the same field twice.' },
  invalid_field_name: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'A field name is not allowed.' },
  invalid_value: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'A value or type wrapper is malformed or out of range.' },
  too_deep: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'Arrays and objects are nested deeper than the limit.' },
  document_too_large: { http: 413, grpc: 'INVALID_ARGUMENT', meaning: 'The document is larger than the limit.' },
  batch_too_large: { http: 413, grpc: 'INVALID_ARGUMENT', meaning: 'The command holds more documents or bytes than the limit.' },
  too_many_changes: {
    http: 413,
    grpc: 'INVALID_ARGUMENT',
    meaning: 'The transaction would change more documents than one command may.',
  },
  invalid_id: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The _id is of a type or size that is not allowed.' },
  immutable_id: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'A write would change the _id of a document.' },
  invalid_filter: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The filter is malformed.' },
  invalid_update: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The update is malformed or does not fit the document.' },
  invalid_expression: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    meaning: 'An expression is malformed, or does not fit the values that it met.',
  },
  invalid_projection: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The projection is malformed.' },
  invalid_sort: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The sort is malformed.' },
  invalid_pipeline: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    meaning: 'A stage of the pipeline is malformed, or does not fit a document that it meets.',
  },
  unknown_operator: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The operator does not exist.' },
  invalid_regex: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    meaning: 'The regular expression is malformed, too long, or uses what linear-time matching cannot do.',
  },
  invalid_index: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The index definition is malformed.' },
  invalid_vector: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'A vector does not fit the vector index.' },
  invalid_schema: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The JSON Schema is malformed.' },
  invalid_name: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'A collection, index or principal name is not allowed.' },
  invalid_command: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The command is malformed.' },
  invalid_cursor: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The cursor is malformed or belongs to another query.' },
  invalid_position: {
    http: 400,
    grpc: 'OUT_OF_RANGE',
    meaning: 'The position, height or time is malformed or ahead of the log.',
  },
  invalid_request: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    meaning: 'A parameter of the request is missing, unknown or malformed.',
  },
  invalid_geometry: {
    http: 400,
    grpc: 'INVALID_ARGUMENT',
    meaning: 'A document holds what is no geometry where an index of places needs one.',
  },
  index_key_too_large: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'A value is too long for an index.' },
  sort_too_large: {
    http: 400,
    grpc: 'RESOURCE_EXHAUSTED',
    meaning: 'Sorting without an index would need more memory than the limit.',
  },
  pipeline_too_large: {
    http: 400,
    grpc: 'RESOURCE_EXHAUSTED',
    meaning: 'The stages of the pipeline would hold more in memory than the limit.',
  },
  query_too_large: {
    http: 400,
    grpc: 'RESOURCE_EXHAUSTED',
    meaning: 'The query needed more memory than the thread of a read may use, and was ended.',
  },
  answer_too_large: { http: 400, grpc: 'RESOURCE_EXHAUSTED', meaning: 'The answer would be larger than one answer may be.' },
  request_too_large: { http: 413, grpc: 'INVALID_ARGUMENT', meaning: 'The request body is larger than the limit.' },
  // Who and whether
  unauthenticated: { http: 401, grpc: 'UNAUTHENTICATED', meaning: 'No valid credential came with the request.' },
  forbidden: { http: 403, grpc: 'PERMISSION_DENIED', meaning: 'The principal may not do this.' },
  // State
  unknown_collection: { http: 404, grpc: 'NOT_FOUND', meaning: 'There is no collection of that name.' },
  unknown_document: { http: 404, grpc: 'NOT_FOUND', meaning: 'There is no document with that _id.' },
  unknown_index: { http: 404, grpc: 'NOT_FOUND', meaning: 'There is no index of that name.' },
  unknown_block: { http: 404, grpc: 'NOT_FOUND', meaning: 'There is no block at that height.' },
  unknown_principal: { http: 404, grpc: 'NOT_FOUND', meaning: 'There is no user or token of that name.' },
  not_found: { http: 404, grpc: 'NOT_FOUND', meaning: 'There is nothing at that address.' },
  method_not_allowed: { http: 405, grpc: 'UNIMPLEMENTED', meaning: 'The address does not take that method.' },
  unsupported_media_type: { http: 415, grpc: 'INVALID_ARGUMENT', meaning: 'The body is not of a type that the address takes.' },
  collection_exists: { http: 409, grpc: 'ALREADY_EXISTS', meaning: 'A collection of that name exists.' },
  index_exists: { http: 409, grpc: 'ALREADY_EXISTS', meaning: 'An index of that name exists with another definition.' },
  duplicate_id: { http: 409, grpc: 'ALREADY_EXISTS', meaning: 'A document with that _id exists.' },
  duplicate_key_value: { http: 409, grpc: 'ALREADY_EXISTS', meaning: 'A unique index holds that value already.' },
  version_conflict: { http: 412, grpc: 'ABORTED', meaning: 'The document does not have the version the write asked for.' },
  transaction_conflict: {
    http: 409,
    grpc: 'ABORTED',
    meaning: 'A precondition or an operation of the transaction failed; nothing was applied.',
  },
  schema_violation: {
    http: 422,
    grpc: 'FAILED_PRECONDITION',
    meaning: 'The document does not satisfy the schema of its collection.',
  },
  too_many_indexes: { http: 409, grpc: 'RESOURCE_EXHAUSTED', meaning: 'The collection has as many indexes as the limit allows.' },
  command_id_reused: { http: 409, grpc: 'ALREADY_EXISTS', meaning: 'The command id was used for another command.' },
  // The node
  overloaded: { http: 503, grpc: 'RESOURCE_EXHAUSTED', meaning: 'Too many requests are waiting; try again.' },
  timeout: { http: 504, grpc: 'DEADLINE_EXCEEDED', meaning: 'The request took longer than its limit.' },
  storage_full: {
    http: 507,
    grpc: 'RESOURCE_EXHAUSTED',
    meaning: 'The disk is full; reads go on, writes resume when there is space.',
  },
  storage_failed: { http: 503, grpc: 'UNAVAILABLE', meaning: 'The disk failed; the write was not applied.' },
  storage_corrupt: { http: 500, grpc: 'DATA_LOSS', meaning: 'Stored bytes do not match their checksum; they are not served.' },
  log_closed: { http: 503, grpc: 'UNAVAILABLE', meaning: 'The node is stopping.' },
  not_implemented: { http: 501, grpc: 'UNIMPLEMENTED', meaning: 'This is not built yet.' },
  internal: { http: 500, grpc: 'INTERNAL', meaning: 'A fault of the program; the log of the node says more.' },
  // Starting
  node_too_old: { http: 500, grpc: 'FAILED_PRECONDITION', meaning: 'The Node.js version is too old.' },
  port_in_use: { http: 500, grpc: 'UNAVAILABLE', meaning: 'Another process listens on that port.' },
  data_in_use: { http: 500, grpc: 'UNAVAILABLE', meaning: 'Another process uses the data folder.' },
  data_newer: { http: 500, grpc: 'FAILED_PRECONDITION', meaning: 'The data folder was written by a newer version.' },
  data_foreign: { http: 500, grpc: 'FAILED_PRECONDITION', meaning: 'The folder is not a data folder of AerolithDB.' },
  insecure_bind: { http: 500, grpc: 'FAILED_PRECONDITION', meaning: 'An address off loopback was asked for without TLS.' },
  invalid_configuration: { http: 500, grpc: 'FAILED_PRECONDITION', meaning: 'An option is unknown or malformed.' },
  // Backups
  backup_foreign: { http: 400, grpc: 'INVALID_ARGUMENT', meaning: 'The file is not a backup of AerolithDB.' },
  backup_newer: { http: 400, grpc: 'FAILED_PRECONDITION', meaning: 'The backup was made by a newer version.' },
  backup_damaged: {
    http: 400,
    grpc: 'DATA_LOSS',
    meaning: 'Bytes of the backup do not match their checksum, or it is cut short; nothing was restored.',
  },
  backup_mismatch: {
    http: 400,
    grpc: 'FAILED_PRECONDITION',
    meaning: 'The backups do not join: their order is wrong, one is missing, or they are of different databases.',
  },
  data_exists: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    meaning: 'What would be written exists already, and is never written over.',
  },
  unreachable: { http: 503, grpc: 'UNAVAILABLE', meaning: 'The server cannot be reached.' },
} as const satisfies Record<string, { http: number; grpc: string; meaning: string }>;

export type ErrorCode = keyof typeof ERRORS;
