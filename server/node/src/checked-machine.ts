import type { StateMachine } from '@aerolithdb/log';
import { catalogued } from './wire-error.ts';

/** The machine, with what it throws as errors of the catalogue, which is all that a log knows of failures. */
export function checkedMachine(machine: StateMachine): StateMachine {
  return {
    head: () => machine.head(),
    apply: (block) => inCatalogue(() => machine.apply(block)),
    commit: () => inCatalogue(() => machine.commit()),
    flush: () =>
      machine.flush().catch((thrown: unknown) => {
        throw catalogued(thrown);
      }),
  };
}

function inCatalogue<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw catalogued(thrown);
  }
}
