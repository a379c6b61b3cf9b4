import { closeSync, openSync } from 'node:fs';
import type { Node, NodeOptions, OptionName, Reloaded } from '@aerolithdb/node';
import { asCliError } from '../program/cli-error.ts';
import type { Context } from '../program/context.ts';

export type ReloadParts = {
  readonly node: Pick<Node, 'options' | 'reload'>;
  /** Reads flags, environment and file again. Throws `invalid_configuration`. */
  readonly read: () => NodeOptions;
  /** Called in place of a reload when the terminal that started the node is gone. */
  readonly stop: () => void;
};

/**
 * Reloads at each SIGHUP and returns what ends that. A node whose terminal was closed gets SIGHUP too, and stops. On Windows SIGHUP
 * only says that the console is being closed, so there it always stops.
 */
export function reloadOnHangup(context: Context, parts: ReloadParts): () => void {
  const hadTerminal = hasTerminal();
  const onHangup = () => {
    if (process.platform === 'win32' || (hadTerminal && !hasTerminal())) parts.stop();
    else context.terminal.err(reloadText(context, parts));
  };
  process.on('SIGHUP', onHangup);
  return () => process.off('SIGHUP', onHangup);
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error);
  }
}

/** Reloads, and says what came of it: one line a finding, or one line of JSON. */
function reloadText(context: Context, { node, read }: ReloadParts): string {
  const before = node.options;
  try {
    const next = read();
    const reloaded = node.reload(next);
    return context.jsonAsked ? `${JSON.stringify({ reload: reloaded })}\n` : reloadedLines(reloaded, before, next);
  } catch (thrown) {
    const { code, message, details } = asCliError(thrown);
    if (context.jsonAsked) return `${JSON.stringify({ reload: { error: { code, message, ...details } } })}\n`;
    return `The options were read again and are wrong, so the running values stay.\nerror[${code}]: ${message}\n`;
  }
}

function reloadedLines({ taken, needRestart }: Reloaded, before: NodeOptions, next: NodeOptions): string {
  const line = (name: OptionName, end: string) => `  ${name}: ${shown(before[name])} to ${shown(next[name])}${end}\n`;
  const lines = [...taken.map((name) => line(name, '')), ...needRestart.map((name) => line(name, ', needs a restart'))];
  const head = lines.length === 0 ? 'The options were read again; nothing changed.\n' : 'The options were read again:\n';
  return head + lines.join('');
}

function shown(value: NodeOptions[OptionName]): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'object' ? `${value.host}:${value.port}` : String(value);
}
