import assert from 'node:assert/strict';
import { AerolithError } from '@aerolithdb/protocol';
import { tableRows } from './text-table.ts';

/** For tests: each row is `input | code | part of the message`, and `act` must throw exactly that for the input. */
export function assertErrors(table: string, act: (input: string) => unknown): void {
  for (const [input, code, part] of tableRows(table)) {
    const error = thrownBy(() => act(input!));
    assert.ok(error instanceof AerolithError, `${input} threw ${error === undefined ? 'nothing' : String(error)}`);
    assert.equal(error.code, code, `${input} threw: ${error.message}`);
    assert.ok(error.message.includes(part!), `${input} should say "${part}" but says: ${error.message}`);
  }
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
