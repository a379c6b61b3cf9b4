import { constants, Script } from 'node:vm';
import { Hooks } from './hooks.ts';
import { HOOKS, rewrite } from './rewrite.ts';

/** Where the code that runs finds its `Hooks`: code has no other way in than the global object. */
const RUNNING = Symbol.for('aerolith.shell.running');

export type EvaluateOptions = {
  /** Ends the code. */
  readonly signal: AbortSignal;
  /** Shown in stack traces. */
  readonly filename?: string;
  /** Wraps the part that runs before anything is waited for. When it is there, SIGINT ends this part. */
  readonly aroundStart?: ((start: () => unknown) => unknown) | undefined;
};

/**
 * Runs JavaScript in this realm, so that dates and regular expressions of the user are those of the client. Names that the user
 * declares live in `scope`, not in the global object, which the program itself stands on.
 */
export class Evaluator {
  readonly scope: Record<string, unknown>;

  constructor(scope: Record<string, unknown>) {
    this.scope = scope;
  }

  /** The value of the last statement, when that is an expression. Throws a `CodeError`, what the code throws, or the reason of the signal. */
  async run(text: string, { signal, filename = 'input', aroundStart }: EvaluateOptions): Promise<unknown> {
    const { code, declared, assigned } = rewrite(text);
    for (const name of declared) if (!Object.hasOwn(this.scope, name)) this.#define(name);
    for (const name of assigned) if (!(name in this.scope) && !(name in globalThis)) this.#define(name);
    const script = new Script(wrapped(code), { filename, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    Object.defineProperty(globalThis, RUNNING, { value: new Hooks(this.scope, signal), configurable: true });
    const start = () => script.runInThisContext({ breakOnSigint: aroundStart !== undefined });
    const result = (await (aroundStart?.(start) ?? start())) as { readonly value: unknown } | undefined;
    return result?.value;
  }

  #define(name: string): void {
    this.scope[name] = undefined;
  }
}

/** On one line with the beginning of the code, so that its lines keep their numbers. */
function wrapped(code: string): string {
  return `(function (${HOOKS}) { with (${HOOKS}.scope) return (async () => { ${code}\n})(); })(globalThis[Symbol.for('${RUNNING.description}')])`;
}
