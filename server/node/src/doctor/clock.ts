import { type Finding, fine, warning } from './finding.ts';

const CHECK = 'clock';
/** What two machines may differ by. */
const BEHIND_MS = 1000;

/** Holds the clock against the time of the last block. Both in milliseconds since 1970; `lastMs` is 0 before the first block. */
export function checkClock(nowMs: number, lastMs: number): Finding {
  const figures = { nowMs, lastBlockMs: lastMs };
  if (lastMs === 0) return fine(CHECK, `it is ${timeText(nowMs)}; there is no block yet`, figures);
  if (nowMs >= lastMs - BEHIND_MS) return fine(CHECK, `it is ${timeText(nowMs)}; the last block is older`, figures);
  const found = `it is ${timeText(nowMs)}, ${((lastMs - nowMs) / 1000).toFixed(1)} s before the last block (${timeText(lastMs)})`;
  const todo = 'Set the clock, best with NTP. Until it has caught up, blocks carry the time of the last one.';
  return warning(CHECK, found, todo, figures);
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
