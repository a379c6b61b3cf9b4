import { sha256 as noble } from '@noble/hashes/sha2.js';

/** SHA-256 of bytes, as 32 bytes. A host with a native one may pass it wherever this type is asked for. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const sha256: Sha256 = noble;
