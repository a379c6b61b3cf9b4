import { AerolithError, type Head, type ReadRequest } from '@aerolithdb/protocol';

/**
 * Refuses a read of a time that has not come: blocks that are still to be written belong to it, so no answer would be right.
 * Heights are checked by the reader, which knows no clock. `now`: milliseconds since 1970. Throws `invalid_position`.
 */
export function assertPast(request: ReadRequest, head: Head, now: number): void {
  if (!('at' in request) || request.at === undefined || !('time' in request.at)) return;
  const { time } = request.at;
  // After a step of the clock the log may be ahead of it.
  if (!(time > Math.max(now, head.time))) return;
  const shown = new Date(time).toJSON() ?? `${time} ms`;
  throw new AerolithError(
    'invalid_position',
    `The time ${shown} has not come; the log is at height ${head.height}. Leave "at" out to read the newest state.`,
    { time, height: head.height },
  );
}
