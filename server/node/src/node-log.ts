export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['auto', 'text', 'json'] as const;
/** `auto`: text on a terminal, JSON elsewhere. */
export type LogFormat = (typeof LOG_FORMATS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type NodeLogParts = {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly isTerminal: boolean;
  /** Takes one line with its line break. */
  readonly write: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * What a node says while it runs, one line an event. It never holds a token, a password or a value of a document; texts from outside
 * stand in JSON quotes, so that none can begin a line.
 */
export class NodeLog {
  level: LogLevel;
  readonly #parts: NodeLogParts;

  constructor(parts: NodeLogParts) {
    this.level = parts.level;
    this.#parts = parts;
  }

  /** Writes the event when the level is at or below the one that is asked for. `event` is one word, `refused_login`. */
  say(level: LogLevel, event: string, fields: LogFields = {}): void {
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(this.level)) return;
    const { format, isTerminal, now, write } = this.#parts;
    const time = new Date(now()).toISOString();
    const isText = format === 'text' || (format === 'auto' && isTerminal);
    write(isText ? `${textLine(time, level, event, fields)}\n` : `${JSON.stringify({ time, level, event, ...fields })}\n`);
  }
}

function textLine(time: string, level: LogLevel, event: string, fields: LogFields): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const shown = given.map(([name, value]) => `${name}=${typeof value === 'string' ? quoted(value) : value}`);
  return [time, level.padEnd(5), event, ...shown].join(' ');
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : JSON.stringify(text);
}
