import { AerolithError } from '@aerolithdb/protocol';

const TAG = /^"([0-9]{1,16})"$/;

/** The ETag of a document at `version`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * What `If-Match` asks: a version, `any` for `*`, or nothing when the header is absent.
 * Throws `invalid_request` for anything but one strong tag of digits: a precondition that is not understood must not be ignored.
 */
export function parseIfMatch(header: string | undefined): number | 'any' | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (text === '*') return 'any';
  const match = TAG.exec(text);
  const version = Number(match?.[1]);
  if (match === null || !Number.isSafeInteger(version)) {
    throw new AerolithError(
      'invalid_request',
      `If-Match must be one version in quotes, as the ETag gave it, such as "16384", or *; it was ${text}.`,
      {
        header: 'If-Match',
      },
    );
  }
  return version;
}

/** Whether `If-None-Match` names the tag, so that the client's copy is still good. */
export function noneMatches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === tag);
}
