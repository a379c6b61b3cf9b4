import type { Bench } from './judge.ts';
import type { Oracle } from './oracle.ts';
import { FerretDb } from './oracles/ferretdb.ts';
import { Mingo } from './oracles/mingo.ts';
import { INDEXES, OwnEngine } from './oracles/own-engine.ts';
import { Reference } from './oracles/reference.ts';

/** The implementations that are here. `absent`: a sentence for each that is not. */
export type OpenBench = Bench & AsyncDisposable & { readonly absent: readonly string[] };

const FERRETDB_ABSENT =
  'FerretDB is not installed, so nothing is compared with it; npm run differential -- --install-peers installs it.';

/** `only`: a part of the names of those to compare with; all when it is not there. */
export async function openBench(only?: string): Promise<OpenBench> {
  await using stack = new AsyncDisposableStack();
  const reference = new Reference();
  const own = [stack.use(new OwnEngine('without indexes', [])), stack.use(new OwnEngine('with indexes', INDEXES))];
  const wanted = only === undefined || 'FerretDB'.includes(only);
  const ferret = wanted ? await FerretDb.start() : undefined;
  const others: Oracle[] = [new Mingo(), ...(ferret === undefined ? [] : [stack.use(ferret)])];
  const opened = stack.move();
  const named = <T extends Oracle>(oracles: readonly T[]) =>
    oracles.filter(({ name }) => only === undefined || name.includes(only));
  return {
    reference,
    own: named(own),
    others: named(others),
    absent: wanted && ferret === undefined ? [FERRETDB_ABSENT] : [],
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
