import type { REPLServer } from 'node:repl';

type Key = { readonly name?: string; readonly ctrl?: boolean };
type Write = (text: string | undefined, key: Key | undefined) => void;

/** How often what waits looks whether the work is over, in milliseconds. */
const LOOK_MS = 20;

/**
 * Keeps keys that are pressed while it is busy, but Ctrl-C, until that is over: so what is typed ahead, or pasted in several lines,
 * comes in its order and does not stand within results. Node's prompt holds keys in the same way for code of its own.
 */
export function holdKeys(server: REPLServer, isBusy: () => boolean): void {
  const keyboard = server as unknown as { _ttyWrite: Write };
  const write = keyboard._ttyWrite;
  const held: [string | undefined, Key | undefined][] = [];
  let isWaiting = false;
  const release = () => {
    while (held.length > 0 && !isBusy()) write(...held.shift()!);
    isWaiting = held.length > 0;
    if (isWaiting) setTimeout(release, LOOK_MS);
  };
  keyboard._ttyWrite = (text, key) => {
    const isStop = key?.ctrl === true && key.name === 'c';
    if (isStop) held.length = 0;
    if (isStop || (!isBusy() && held.length === 0)) return write(text, key);
    held.push([text, key]);
    if (!isWaiting) setTimeout(release, LOOK_MS);
    isWaiting = true;
  };
}
