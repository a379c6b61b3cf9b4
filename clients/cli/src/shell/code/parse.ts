import { type Program, parse } from 'acorn';

/** Code that is no JavaScript. `incomplete` when more lines could make it so. */
export class CodeError extends Error {
  override readonly name = 'SyntaxError';
  readonly incomplete: boolean;
  /** From 1, and from 0. */
  readonly line: number;
  readonly column: number;

  constructor(message: string, at: { line: number; column: number }, incomplete: boolean) {
    super(message);
    this.line = at.line;
    this.column = at.column;
    this.incomplete = incomplete;
  }
}

/** The syntax tree of a script in which `await` may stand outside of functions. Throws a `CodeError`. */
export function parseCode(text: string): Program {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: true, allowHashBang: true });
  } catch (error) {
    if (error instanceof SyntaxError) throw codeError(error, text);
    throw error;
  }
}

/** What acorn adds to its errors. */
type Placed = { readonly pos?: number; readonly loc?: { readonly line: number; readonly column: number } };

function codeError(error: SyntaxError & Placed, text: string): CodeError {
  const { pos = 0, loc = { line: 1, column: 0 } } = error;
  const message = error.message.replace(/ \(\d+:\d+\)$/, '');
  if (message.includes("'import' and 'export'"))
    return new CodeError('Modules come in by `const { x } = await import(…)`; there is no import statement here', loc, false);
  return new CodeError(message, loc, isIncomplete(message, pos, text));
}

/** As Node's own prompt does it: the parser came to the end, or to a template or comment without one. */
function isIncomplete(message: string, pos: number, text: string): boolean {
  if (message === 'Unterminated template' || message === 'Unterminated comment') return true;
  if (message === 'Unterminated string constant') return /\\\r?\n?$/.test(text);
  return pos >= text.trimEnd().length && /^Unexpected token/.test(message);
}
