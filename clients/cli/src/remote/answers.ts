import { CliError, EXIT } from '../program/cli-error.ts';

/** What an answer without documents holds, by name. Throws `internal` when the server sent no JSON object. */
export function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw unexpected(text);
}

/** An answer that is a list of objects. */
export function parseAnswerList(text: string): readonly Readonly<Record<string, unknown>>[] {
  const value = parseJson(text);
  if (!Array.isArray(value)) throw unexpected(text);
  return value.filter((item) => typeof item === 'object' && item !== null);
}

export function numberIn(answer: Readonly<Record<string, unknown>>, name: string): number {
  const value = answer[name];
  return typeof value === 'number' ? value : 0;
}

export function textIn(answer: Readonly<Record<string, unknown>>, name: string): string {
  const value = answer[name];
  return typeof value === 'string' ? value : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected(text);
  }
}

function unexpected(text: string): CliError {
  const shown = text.slice(0, 80);
  return new CliError('unexpected_answer', `The server's answer is not understood: ${shown}`, EXIT.other, { answer: shown });
}
