import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { AerolithError, NotImplemented } from '@aerolithdb/protocol';
import { type Address, formatAddress } from './option-values.ts';
import { type NodeOptions, OPTIONS } from './options.ts';

const LATER = { grpc: 'gRPC', ws: 'WebSocket', mongo: 'The MongoDB protocol', postgres: 'The PostgreSQL protocol' } as const;

export type Tls = { readonly cert: string; readonly key: string };

/** Throws `not_implemented` for an address of a protocol that is not built yet. */
export function assertBuilt(options: NodeOptions): void {
  for (const [name, title] of Object.entries(LATER) as [keyof typeof LATER, string][]) {
    if (options[name] !== 'off') throw new NotImplemented(`${title} (${OPTIONS[name].flag})`);
  }
}

/** Throws `insecure_bind` for an address off loopback without TLS. */
export function assertPrivate(address: Address, tls: Tls | undefined): void {
  if (tls !== undefined || isLoopback(address.host)) return;
  const message = `${formatAddress(address)} can be reached from other machines, and without TLS anyone could read along. Give --tls-cert and --tls-key, or listen on 127.0.0.1.`;
  throw new AerolithError('insecure_bind', message, { address: formatAddress(address) });
}

/** Throws `invalid_configuration` when only one of the two files is named, one cannot be read, or they do not belong together. */
export function readTls({ tlsCert, tlsKey }: NodeOptions): Tls | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new AerolithError('invalid_configuration', 'TLS needs both --tls-cert and --tls-key.');
  }
  const tls = { cert: readPem(tlsCert, OPTIONS.tlsCert.flag), key: readPem(tlsKey, OPTIONS.tlsKey.flag) };
  assertPair(tls, tlsCert, tlsKey);
  return tls;
}

function assertPair(tls: Tls, tlsCert: string, tlsKey: string): void {
  try {
    createSecureContext(tls);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const message = `${tlsCert} and ${tlsKey} are no certificate with its key in PEM (${why}). Give --tls-cert and --tls-key files that belong together.`;
    throw new AerolithError('invalid_configuration', message, { files: [tlsCert, tlsKey] });
  }
}

function readPem(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AerolithError('invalid_configuration', `The file of ${flag} cannot be read: ${why}.`, { file });
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
