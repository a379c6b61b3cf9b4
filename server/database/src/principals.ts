import { AerolithError, type Command, type Principal } from '@aerolithdb/protocol';
import { digest } from './digest.ts';
import type { Executed } from './executed.ts';
import { assertPassword, assertPrincipal, type NewToken, type NewUser } from './principal-requests.ts';
import type { SecretChecks } from './secret-checks.ts';

/** What makes a principal needs: the log behind `execute`, and secrets. */
export type PrincipalTools = {
  readonly secrets: SecretChecks;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly submit: (command: Command) => Promise<Executed>;
};

const SALT_BYTES = 16;
const TOKEN_BYTES = 32;

/** The salt depends on the command, so that the same command sent again is the same command. */
export async function submitUser(tools: PrincipalTools, user: NewUser, id: string, actor: string): Promise<Executed> {
  assertPrincipal(user);
  assertPassword(user.password);
  const salt = Buffer.from(digest('salt', actor, id, user.name), 'hex').subarray(0, SALT_BYTES);
  const secret = await tools.secrets.hash(user.password, salt);
  return submitPrincipal(tools, { ...base(user), kind: 'user', secret }, id, actor);
}

/** The token is in the answer and nowhere else: only its SHA-256 is kept. */
export async function submitToken(tools: PrincipalTools, request: NewToken, id: string, actor: string) {
  assertPrincipal(request);
  const token = makeToken(tools.randomBytes);
  const done = await submitPrincipal(tools, { ...base(request), kind: 'token', secret: digest(token) }, id, actor);
  return { ...done, token };
}

/** 32 random bytes, base64url: 43 characters. */
export function makeToken(randomBytes: (count: number) => Uint8Array): string {
  return Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url');
}

/** What the catalogue keeps of a token. */
export function tokenSecret(token: string): string {
  return digest(token);
}

export function unknownPrincipal(name: string): AerolithError {
  return new AerolithError('unknown_principal', `There is no user or token "${name}".`, { principal: name });
}

function base({ name, grants, expiresAt }: NewToken): Omit<Principal, 'kind' | 'secret'> {
  return { name, grants: { ...grants }, ...(expiresAt !== undefined && { expiresAt }) };
}

function submitPrincipal(tools: PrincipalTools, principal: Principal, id: string, actor: string): Promise<Executed> {
  return tools.submit({ id, actor, operation: { type: 'setPrincipal', principal } });
}
