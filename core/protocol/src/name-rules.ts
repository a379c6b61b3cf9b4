import { AerolithError } from './aerolith-error.ts';
import { LIMITS } from './limits.ts';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.@:-]*$/;
const INDEX_NAME = /^[^\0$][^\0]*$/;
const COMMAND_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

/** Whether a text can be a command's id: 1 to 64 characters out of `[A-Za-z0-9_.:-]`. */
export function isCommandId(text: string): boolean {
  return COMMAND_ID.test(text);
}

/** @throws invalid_name unless the name is 1 to 120 of `A-Z a-z 0-9 _ . @ : -`, beginning with a letter, a digit or `_`, and not `__proto__`. */
export function assertCollectionName(name: string): void {
  assertName('collection', name);
}

/** @throws invalid_name by the rule for collections. */
export function assertPrincipalName(name: string): void {
  assertName('principal', name);
}

/** @throws invalid_name unless the name is 1 to 120 characters, does not begin with `$`, and is well-formed text without U+0000. */
export function assertIndexName(name: string): void {
  if (name.length <= LIMITS.collectionNameLength && INDEX_NAME.test(name) && name.isWellFormed()) return;
  throw invalidName('index', name, 'must have 1 to 120 characters and not begin with "$"');
}

function assertName(what: string, name: string): void {
  if (name.length <= LIMITS.collectionNameLength && NAME.test(name) && name !== '__proto__') return;
  throw invalidName(
    what,
    name,
    'must have 1 to 120 characters out of A-Z a-z 0-9 _ . @ : - and begin with a letter, a digit or _',
  );
}

function invalidName(what: string, name: string, rule: string): AerolithError {
  const shown = name.length > 130 ? `${name.slice(0, 130)}…` : name;
  return new AerolithError('invalid_name', `The ${what} name ${JSON.stringify(shown)} is not allowed: it ${rule}.`, {
    name: shown,
  });
}
