import { type Options, type Token, tokenizer } from 'acorn';

/** A piece of code. `word` is a name as it was typed, or what is in a string. */
export type Piece = { readonly kind: 'word' | 'string' | 'sign'; readonly word: string };

/** What stands before the cursor: the pieces that are finished, and the word that is being typed with its quote. */
export type Typed = { readonly before: readonly Piece[]; readonly prefix: string; readonly quote: '' | '"' | "'" };

const OPTIONS: Options = { ecmaVersion: 'latest', allowHashBang: true };

/** Reads code up to the cursor, which is seldom finished. */
export function typedCode(text: string): Typed {
  const { tokens, end } = readTokens(text);
  const open = /^\s*(['"])(.*)$/s.exec(text.slice(end));
  const before = tokens.map(pieceOf);
  if (open !== null) return { before, prefix: open[2] ?? '', quote: open[1] === '"' ? '"' : "'" };
  const last = before.at(-1);
  const isTyping = last?.kind === 'word' && tokens.at(-1)?.end === text.length;
  return isTyping ? { before: before.slice(0, -1), prefix: last.word, quote: '' } : { before, prefix: '', quote: '' };
}

/** The tokens up to the first that is none, and where the last one ends. */
function readTokens(text: string): { readonly tokens: readonly Token[]; readonly end: number } {
  const tokens: Token[] = [];
  try {
    for (const token of tokenizer(text, OPTIONS)) tokens.push(token);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { tokens, end: tokens.at(-1)?.end ?? 0 };
}

function pieceOf(token: Token): Piece {
  const { label, keyword } = token.type;
  const value = 'value' in token ? String(token.value) : '';
  if (label === 'name' || keyword !== undefined) return { kind: 'word', word: keyword ?? value };
  if (label === 'string') return { kind: 'string', word: value };
  return { kind: 'sign', word: label };
}
