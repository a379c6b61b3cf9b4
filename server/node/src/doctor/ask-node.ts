import { type Address, formatAddress } from '../option-values.ts';

const PATIENCE_MS = 3000;

export type Asked = {
  readonly address: Address;
  readonly isTls: boolean;
  /** That of the folder's admin, when it could be read. */
  readonly token: string | undefined;
};

/**
 * What a server on this machine answers to a GET: its status and JSON. `untrusted`: it has a certificate that this machine does not
 * trust, so nothing was asked. Undefined when it does not answer in HTTP.
 */
export async function askNode({ address, isTls, token }: Asked, path: string): Promise<Answer | undefined> {
  const { host, port } = address;
  const url = `${isTls ? 'https' : 'http'}://${formatAddress({ host: hostToAsk(host), port })}${path}`;
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: answer.status, body: await answer.json() };
  } catch (thrown) {
    const isUntrusted = isTls && thrown instanceof Error && /certificate/i.test(String(thrown.cause));
    return isUntrusted ? 'untrusted' : undefined;
  }
}

export type Answer = { readonly status: number; readonly body: unknown } | 'untrusted';

function hostToAsk(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
