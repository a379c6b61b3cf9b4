import { createServer } from 'node:net';
import type { Tls } from '../listening-rules.ts';
import { assertPrivate, readTls } from '../listening-rules.ts';
import { type Address, formatAddress } from '../option-values.ts';
import type { NodeOptions } from '../options.ts';
import { error, type Finding, fine, notPossible, warning } from './finding.ts';

const CHECK = 'ports';
const PATIENCE_MS = 3000;

/** Whether HTTP could listen, or our own node listens there. `token` is that of the folder's admin, when it could be read. */
export async function checkPorts(options: NodeOptions, isRunning: boolean, token: string | undefined): Promise<Finding> {
  const { http } = options;
  if (http === 'off') return fine(CHECK, 'HTTP is off');
  let tls: Tls | undefined;
  try {
    tls = readTls(options);
    assertPrivate(http, tls);
  } catch (thrown) {
    return notPossible(CHECK, thrown, 'Mend the options of the node; "aerolith config print" shows where each comes from.');
  }
  const address = formatAddress(http);
  const why = await bindFault(http);
  if (why === undefined) {
    const elsewhere = isRunning ? '; the node that runs on this folder listens elsewhere or nowhere' : '';
    return fine(CHECK, `HTTP can listen on ${address}${elsewhere}`, { address });
  }
  if (why !== 'EADDRINUSE') {
    return error(CHECK, `HTTP cannot listen on ${address} (${why})`, 'Choose another address with --http.', { address });
  }
  const isOurs = isRunning && (await answersAs(http, tls !== undefined, token));
  if (isOurs) return fine(CHECK, `the node that runs on this folder answers on ${address}`, { address });
  const todo = 'Stop what listens there, or choose another address with --http.';
  const found = `another program listens on ${address}`;
  return isRunning ? warning(CHECK, found, todo, { address }) : error(CHECK, found, todo, { address });
}

/** Why nobody could listen there, as a code of the system. */
function bindFault({ host, port }: Address): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (fault: Error & { code?: string }) => resolve(fault.code ?? fault.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Only the node of this folder knows its admin's token. */
async function answersAs({ host, port }: Address, isTls: boolean, token: string | undefined): Promise<boolean> {
  const url = `${isTls ? 'https' : 'http'}://${formatAddress({ host: hostToAsk(host), port })}/v1/status`;
  try {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch (thrown) {
    // A certificate that this machine does not trust is shown by a server all the same; whose it is stays open.
    return isTls && thrown instanceof Error && /certificate/i.test(String(thrown.cause));
  }
}

function hostToAsk(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
