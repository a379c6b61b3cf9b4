import { createServer } from 'node:net';
import { assertPrivate, readTls } from '../listening-rules.ts';
import { type Address, formatAddress } from '../option-values.ts';
import type { NodeOptions } from '../options.ts';
import { type Asked, askNode } from './ask-node.ts';
import { error, type Finding, fine, notPossible, warning } from './finding.ts';

const CHECK = 'ports';

/** Whether HTTP could listen, or our own node listens there. `token` is that of the folder's admin, when it could be read. */
export async function checkPorts(options: NodeOptions, isRunning: boolean, token: string | undefined): Promise<Finding> {
  const { http } = options;
  if (http === 'off') return fine(CHECK, 'HTTP is off');
  try {
    const tls = readTls(options);
    assertPrivate(http, tls);
    return await checkAddress({ address: http, isTls: tls !== undefined, token }, isRunning);
  } catch (thrown) {
    return notPossible(CHECK, thrown, 'Mend the options of the node; "aerolith config print" shows where each comes from.');
  }
}

async function checkAddress(asked: Asked, isRunning: boolean): Promise<Finding> {
  const address = formatAddress(asked.address);
  const why = await bindFault(asked.address);
  if (why === undefined) {
    const elsewhere = isRunning ? '; the node that runs on this folder listens elsewhere or nowhere' : '';
    return fine(CHECK, `HTTP can listen on ${address}${elsewhere}`, { address });
  }
  if (why !== 'EADDRINUSE') {
    return error(CHECK, `HTTP cannot listen on ${address} (${why})`, 'Choose another address with --http.', { address });
  }
  if (isRunning && (await answersAsOurs(asked))) {
    return fine(CHECK, `the node that runs on this folder answers on ${address}`, { address });
  }
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

/** Only the node of this folder knows its admin's token. Whose a certificate is that this machine does not trust stays open. */
async function answersAsOurs(asked: Asked): Promise<boolean> {
  const answer = await askNode(asked, '/v1/status');
  return answer === 'untrusted' || answer?.status === 200;
}
