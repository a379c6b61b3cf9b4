import { type Piece, typedCode } from './tokens.ts';

/** One step of `db.cities.find(…)`: a name, whether it is called, and the string it is called with. */
export type Step = { readonly name: string; readonly called: boolean; readonly argument?: string };

/** Where the cursor is. `chain` is the expression that owns the method or the member, from its first name. */
export type Place = { readonly prefix: string; readonly quote: '' | '"' | "'" } & (
  | { readonly kind: 'name' | 'nothing' }
  | { readonly kind: 'member'; readonly chain: readonly Step[] }
  /** A key of an object, or a string, in an argument of a method. `path`: the keys around it, outermost first. */
  | {
      readonly kind: 'key' | 'string';
      readonly chain: readonly Step[];
      readonly method: string;
      readonly argument: number;
      readonly path: readonly string[];
    }
);

/** Looks at code up to the cursor. */
export function placeOf(text: string): Place {
  const { before, prefix, quote } = typedCode(text);
  const typing = { prefix, quote };
  const last = before.at(-1);
  if (quote === '' && isSign(last, '.', '?.'))
    return { ...typing, kind: 'member', chain: chainBefore(before, before.length - 1) };
  const opened = openBrackets(before);
  const innermost = opened.at(-1);
  const opener = innermost === undefined ? undefined : before[innermost];
  const isKey = isSign(opener, '{', '${') && isSign(last, '{', ',');
  if (isKey || (quote !== '' && isSign(opener, '(') && isSign(last, '(', ','))) {
    const call = enclosingCall(before, opened);
    if (call !== undefined) return { ...typing, kind: isKey ? 'key' : 'string', ...call };
  }
  return { ...typing, kind: quote === '' && !isKey ? 'name' : 'nothing' };
}

function isSign(piece: Piece | undefined, ...signs: readonly string[]): boolean {
  return piece?.kind === 'sign' && signs.includes(piece.word);
}

const OPENERS = ['{', '${', '[', '('];
const CLOSERS = ['}', ']', ')'];

/** Places of the brackets that are open at the end, outermost first. */
function openBrackets(pieces: readonly Piece[]): number[] {
  const open: number[] = [];
  pieces.forEach((piece, at) => {
    if (isSign(piece, ...OPENERS)) open.push(at);
    else if (isSign(piece, ...CLOSERS)) open.pop();
  });
  return open;
}

/** The call that the innermost bracket is in, through objects and arrays alone. */
function enclosingCall(pieces: readonly Piece[], opened: readonly number[]) {
  const path: string[] = [];
  for (let level = opened.length - 1; level >= 0; level -= 1) {
    const at = opened[level]!;
    if (isSign(pieces[at], '(')) {
      const method = pieces[at - 1];
      if (method?.kind !== 'word' || !isSign(pieces[at - 2], '.', '?.')) return undefined;
      return { chain: chainBefore(pieces, at - 2), method: method.word, argument: argumentAt(pieces, at), path };
    }
    const outer = level === 0 ? undefined : pieces[opened[level - 1]!];
    if (isSign(outer, '{')) {
      const key = pieces[at - 2];
      if (!isSign(pieces[at - 1], ':') || key === undefined || key.kind === 'sign') return undefined;
      path.unshift(key.word);
    }
  }
  return undefined;
}

/** Which argument of the call whose bracket is at `at` the end is in, from 0. */
function argumentAt(pieces: readonly Piece[], at: number): number {
  let depth = 0;
  let commas = 0;
  for (const piece of pieces.slice(at + 1)) {
    if (isSign(piece, ...OPENERS)) depth += 1;
    else if (isSign(piece, ...CLOSERS)) depth -= 1;
    else if (depth === 0 && isSign(piece, ',')) commas += 1;
  }
  return commas;
}

/** The chain that ends before the dot at `dot`; empty when it does not begin with a name. */
function chainBefore(pieces: readonly Piece[], dot: number): Step[] {
  const steps: Step[] = [];
  for (let at = dot - 1; at >= 0; at -= 2) {
    let called = false;
    let argument: string | undefined;
    if (isSign(pieces[at], ')')) {
      const open = openOf(pieces, at);
      const first = pieces[open + 1];
      argument = first?.kind === 'string' ? first.word : undefined;
      called = true;
      at = open - 1;
    }
    const name = pieces[at];
    if (name?.kind !== 'word') return [];
    steps.unshift({ name: name.word, called, ...(argument !== undefined && { argument }) });
    if (!isSign(pieces[at - 1], '.', '?.')) return steps;
  }
  return [];
}

/** The bracket that the one at `close` closes; -1 when there is none. */
function openOf(pieces: readonly Piece[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    if (isSign(pieces[at], ...CLOSERS)) depth += 1;
    else if (isSign(pieces[at], ...OPENERS)) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
