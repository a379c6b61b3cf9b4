import { type REPLServer, Recoverable, start } from 'node:repl';
import { CodeError, parseCode } from '../code/parse.ts';
import { rewrite } from '../code/rewrite.ts';
import { Completer } from '../complete/completer.ts';
import { cursorMethods } from '../complete/methods.ts';
import { DOT_COMMANDS, OWN_COMMANDS } from '../dot/commands.ts';
import { unknownCommand } from '../dot/unknown-command.ts';
import type { Session } from '../session.ts';
import { colourInput } from './colour-input.ts';
import { HISTORY_LINES, historyPath, prepareHistory, withoutSecrets } from './history-file.ts';
import { holdKeys } from './hold-keys.ts';
import { Runner } from './runner.ts';
import { type TypedWord, typedWord } from './typed-word.ts';

const PROMPT = 'aerolith> ';

/** Commands of Node's prompt that stay. The others keep their work in files or contexts that are not ours. */
const KEPT: ReadonlySet<string> = new Set(['break', 'editor', 'exit']);

/** Reads and runs lines until the user leaves or the signal is aborted. */
export async function prompt(session: Session): Promise<void> {
  const { context } = session;
  const path = historyPath(context.env);
  const unusable = await prepareHistory(path);
  if (unusable !== undefined) context.terminal.err(`${unusable}\n`);
  const runner = new Runner(session);
  const completer = new Completer({ names: session.names, scope: session.evaluator.scope, commands: DOT_COMMANDS });
  const server: REPLServer = start({
    prompt: PROMPT,
    input: context.stdin,
    output: process.stdout,
    terminal: true,
    useGlobal: true,
    // A preview would run at each key, and Enter would take what it proposes.
    preview: false,
    ignoreUndefined: true,
    writer: String,
    eval: (text, _context, _file, done) => {
      if (wordOf(session, text) === 'exit') server.close();
      else void evaluate(session, runner, text).then((shown) => finish(done, shown));
    },
    completer: (line: string, done: (error: null, completions: [string[], string]) => void) =>
      void completer.complete(line).then(
        (found) => done(null, found),
        () => done(null, [[], line]),
      ),
  });
  if (unusable === undefined) keepHistory(server, path);
  defineCommands(server, session, runner);
  const undo = letCtrlCStop(server, session, runner);
  holdKeys(server, () => runner.isRunning || session.pager.isShowing);
  colourInput(server, context.terminal);
  await left(server, session, runner);
  undo();
}

type Shown = { readonly text: string } | { readonly incomplete: CodeError };

function finish(done: (error: Error | null, result: unknown) => void, shown: Shown): void {
  if ('incomplete' in shown) done(new Recoverable(shown.incomplete), undefined);
  else done(null, shown.text === '' ? undefined : shown.text);
}

async function evaluate(session: Session, runner: Runner, text: string): Promise<Shown> {
  const incomplete = wordOf(session, text) === undefined ? unfinished(text) : undefined;
  if (incomplete !== undefined) return { incomplete };
  return { text: await paged(session, await runner.run((signal) => resultOf(session, text, signal), text)) };
}

/** What is left to print of a text: nothing when the pager has shown it. It reads keys meanwhile, so the prompt does not. */
async function paged({ pager, context: { stdin } }: Session, text: string): Promise<string> {
  if (!pager.takes(text)) return text;
  stdin.pause();
  stdin.setRawMode(false);
  try {
    return (await pager.show(text)) ? '' : text;
  } finally {
    stdin.setRawMode(true);
    stdin.resume();
  }
}

function wordOf({ evaluator, printer }: Session, text: string): TypedWord | undefined {
  return typedWord(text, (name) => Object.hasOwn(evaluator.scope, name) && !(name === 'it' && printer.hasMore));
}

const ONE_DATABASE = 'A server has one database, db; show collections lists what is in it.';

/** The error that more lines can mend. */
function unfinished(text: string): CodeError | undefined {
  try {
    rewrite(text);
    return undefined;
  } catch (error) {
    return error instanceof CodeError && error.incomplete ? error : undefined;
  }
}

async function resultOf(session: Session, text: string, signal: AbortSignal): Promise<string> {
  const { printer, evaluator } = session;
  if (text.trim() === '') return '';
  const word = wordOf(session, text);
  if (word === 'it') return await printer.more();
  if (word === 'databases') return ONE_DATABASE;
  if (word !== undefined) return await OWN_COMMANDS.find(({ name }) => name === word)!.run(session, '', signal);
  const value = await session.evaluate(text, signal, { aroundStart: (start) => withoutRawMode(session, start) });
  if (value !== undefined) evaluator.scope._ = value;
  return await printer.show(value);
}

/** While code computes nobody reads keys; then Ctrl-C must be a signal, which ends the computation. */
function withoutRawMode({ context: { stdin } }: Session, start: () => unknown): unknown {
  stdin.setRawMode(false);
  try {
    return start();
  } finally {
    stdin.setRawMode(true);
  }
}

function keepHistory(server: REPLServer, path: string): void {
  server.on('history', withoutSecrets);
  server.setupHistory({
    filePath: path,
    size: HISTORY_LINES,
    removeHistoryDuplicates: true,
    onHistoryFileLoaded: () => undefined,
  });
}

function defineCommands(server: REPLServer, session: Session, runner: Runner): void {
  const run = (text: Promise<string>) =>
    void text.then(async (result) => {
      const shown = await paged(session, result);
      if (shown !== '') process.stdout.write(`${shown}\n`);
      server.displayPrompt();
    });
  const own = Object.fromEntries(
    OWN_COMMANDS.map((command) => [
      command.name,
      { help: command.does, action: (rest: string) => run(runner.run((signal) => command.run(session, rest, signal))) },
    ]),
  );
  const kept = Object.fromEntries(Object.entries(server.commands).filter(([name]) => KEPT.has(name)));
  const known = { ...kept, ...own };
  const commands = new Proxy(known, {
    get: (target, name) => {
      if (typeof name === 'symbol' || Object.hasOwn(target, name)) return Reflect.get(target, name);
      return {
        action: (rest: string) =>
          run(runner.run((signal) => goOn(session, `${name} ${rest}`.trim(), signal), `_.${name} ${rest}`)),
      };
    },
  });
  Object.defineProperty(server, 'commands', { value: commands });
}

/** `.sort({a: 1})` on a line of its own goes on with the result before it, as in a chain that was pasted. */
async function goOn(session: Session, text: string, signal: AbortSignal): Promise<string> {
  const method = /^(\w+)\s*\(/.exec(text)?.[1];
  if (method === undefined || !cursorMethods().includes(method)) throw unknownCommand(text);
  parseCode(`_.${text}`);
  return await resultOf(session, `_.${text}`, signal);
}

/** Ctrl-C ends what runs; when nothing does, it is Node's: it clears the line, and twice on an empty one it leaves. Gives an undo. */
function letCtrlCStop(server: REPLServer, { pager }: Session, runner: Runner): () => void {
  const whenIdle = server.listeners('SIGINT');
  server.removeAllListeners('SIGINT');
  server.on('SIGINT', () => {
    if (pager.isShowing || runner.stop()) return;
    for (const listener of whenIdle) listener.call(server);
  });
  // It comes as a signal when it is pressed while code computes.
  const before = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  const onSignal = () => void server.emit('SIGINT');
  process.on('SIGINT', onSignal);
  return () => {
    for (const listener of before) process.on('SIGINT', listener);
    process.off('SIGINT', onSignal);
  };
}

async function left(server: REPLServer, { context }: Session, runner: Runner): Promise<void> {
  const onAbort = () => {
    runner.stop();
    server.close();
  };
  context.signal.addEventListener('abort', onAbort, { once: true });
  const onRejection = (reason: unknown) =>
    void runner.run(() => Promise.reject(reason)).then((text) => process.stdout.write(`${text}\n`));
  process.on('unhandledRejection', onRejection);
  await new Promise<void>((resolve) => server.once('exit', resolve));
  process.off('unhandledRejection', onRejection);
  context.signal.removeEventListener('abort', onAbort);
  runner.stop();
}
