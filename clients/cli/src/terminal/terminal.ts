import { once } from 'node:events';
import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'cyan' | 'yellow';

/** Where a program prints: results to `out`, everything else to `err`. */
export type Terminal = {
  readonly outIsTty: boolean;
  readonly errIsTty: boolean;
  /** Width in characters. */
  readonly columns: number;
  /** Writes to stdout and waits while its reader is slower than we are. */
  out(text: string | Uint8Array): Promise<void>;
  err(text: string): void;
  /** The text in a style, or as it is when colours are off. `to` says which stream it goes to. */
  style(style: Style, text: string, to?: 'out' | 'err'): string;
};

type Streams = { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream };

/** The terminal of this process. Colours are off when `NO_COLOR` is set to anything, or the stream is not a terminal. */
export function processTerminal(streams: Streams, env: Readonly<Record<string, string | undefined>>): Terminal {
  const { stdout, stderr } = streams;
  const plain = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return {
    outIsTty: stdout.isTTY === true,
    errIsTty: stderr.isTTY === true,
    get columns() {
      return stdout.columns ?? stderr.columns ?? 80;
    },
    async out(text) {
      if (!stdout.write(text)) await once(stdout, 'drain');
    },
    err(text) {
      stderr.write(text);
    },
    style(style, text, to = 'out') {
      const stream = to === 'out' ? stdout : stderr;
      return plain || stream.isTTY !== true ? text : styleText(style, text, { validateStream: false });
    },
  };
}
