import type { Hash, Head } from '@aerolithdb/protocol';

/** What a backup says of itself, in its first part. */
export type About = {
  /** Format of the data file it was made of. */
  readonly storage: number;
  /** Version of the program that made it. */
  readonly program: string;
  /** Milliseconds since 1970, by the clock of the node that made it. */
  readonly takenAt: number;
  /** Where it begins: the blocks after this one. Absent: it holds the whole state, and all blocks. */
  readonly since?: { readonly height: number; readonly hash: Hash };
  /** Where it ends. */
  readonly head: Head;
  readonly collections: number;
  /** Documents in all collections; 0 without the state. */
  readonly documents: number;
};

/** What was written, in the last part: it must be what was read. */
export type Totals = {
  /** This one included. */
  readonly parts: number;
  /** Before this part. */
  readonly bytes: number;
  readonly documents: number;
  readonly blocks: number;
};

export function encodeMessage(message: About | Totals): Buffer {
  return Buffer.from(JSON.stringify(message));
}

/** Undefined when the text is not one. */
export function decodeAbout(body: Buffer): About | undefined {
  const about = object(body);
  const isRight =
    areWhole(about, ['storage', 'takenAt', 'collections', 'documents']) &&
    typeof about.program === 'string' &&
    isPoint(about.head) &&
    areWhole(fields(about.head), ['time']) &&
    (about.since === undefined || isPoint(about.since));
  return isRight ? (about as About) : undefined;
}

/** Undefined when the text is not one. */
export function decodeTotals(body: Buffer): Totals | undefined {
  const totals = object(body);
  return areWhole(totals, ['parts', 'bytes', 'documents', 'blocks']) ? (totals as Totals) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function object(body: Buffer): Fields {
  try {
    return fields(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isPoint(value: unknown): boolean {
  const point = fields(value);
  return areWhole(point, ['height']) && typeof point.hash === 'string' && /^[0-9a-f]{64}$/.test(point.hash);
}

function areWhole(value: Fields, names: readonly string[]): boolean {
  return names.every((name) => Number.isSafeInteger(value[name]) && Number(value[name]) >= 0);
}
