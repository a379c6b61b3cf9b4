import type { Bound, Connection } from '@aerolithdb/storage';
import type { Fragment, Predicate } from './sql-fragment.ts';

/** Name of the SQL function that calls a predicate: `aerolith_test(number, text)`. */
export const TEST_FUNCTION = 'aerolith_test';

/** The predicates of the statements that now run on one connection, by number. */
class Predicates {
  readonly #running = new Map<number, Predicate>();
  #next = 1;

  test(number: unknown, text: unknown): 0 | 1 {
    const predicate = this.#running.get(Number(number));
    if (predicate === undefined) throw new Error(`No predicate has the number ${String(number)}.`);
    return predicate(typeof text === 'string' ? text : null) ? 1 : 0;
  }

  add(predicate: Predicate): number {
    const number = this.#next++;
    this.#running.set(number, predicate);
    return number;
  }

  remove(number: number): void {
    this.#running.delete(number);
  }
}

const OF_CONNECTION = new WeakMap<Connection, Predicates>();

/** The parameters of a fragment, ready to be bound. Its predicates stay callable until `release` is called. */
export type Execution = { readonly parameters: Bound[]; readonly release: () => void };

export function beginExecution(connection: Connection, fragment: Fragment): Execution {
  const numbers: number[] = [];
  const parameters = fragment.parameters.map((parameter) => {
    if (typeof parameter !== 'function') return parameter;
    const number = predicatesOf(connection).add(parameter);
    numbers.push(number);
    return number;
  });
  return { parameters, release: () => numbers.forEach((number) => void OF_CONNECTION.get(connection)?.remove(number)) };
}

function predicatesOf(connection: Connection): Predicates {
  const known = OF_CONNECTION.get(connection);
  if (known !== undefined) return known;
  const predicates = new Predicates();
  functionHost(connection).function(TEST_FUNCTION, { deterministic: true }, (number, text) => predicates.test(number, text));
  OF_CONNECTION.set(connection, predicates);
  return predicates;
}

type FunctionHost = {
  function(name: string, options: { deterministic: boolean }, body: (...values: unknown[]) => unknown): unknown;
};

/** A statement of better-sqlite3 knows its database, where functions are defined. */
function functionHost(connection: Connection): FunctionHost {
  const statement: object = connection.prepare('SELECT 1');
  if (!('database' in statement)) throw new Error('The connection cannot define SQL functions.');
  return statement.database as FunctionHost;
}
