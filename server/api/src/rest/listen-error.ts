import { AerolithError } from '@aerolithdb/protocol';

export type ListenAddress = { readonly host: string; readonly port: number };

/** What kept a server from listening: `port_in_use`, `invalid_configuration`, or the error as it is. */
export function listenError(error: unknown, { host, port }: ListenAddress): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new AerolithError(
      'port_in_use',
      `Another process listens on ${host}:${port}; stop it or choose another address with --http.`,
      { host, port },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
    return new AerolithError(
      'invalid_configuration',
      `The address ${host}:${port} cannot be used (${code}); choose another with --http.`,
      { host, port },
    );
  }
  return error;
}
