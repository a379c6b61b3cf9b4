import { AerolithError, type Document, isDocument, parseValue, type Value } from '@aerolithdb/protocol';
import { CliError, EXIT, usageError } from './cli-error.ts';
import { shellJson } from './shell-json.ts';

/**
 * JSON out of the command line, as text that the server accepts: strict Extended JSON stays byte for byte as it was typed; bare
 * field names and single quotes are put right first. `what` names it in errors ("filter"). Throws a usage error that shows the place.
 */
export function jsonArgument(text: string, what: string): { readonly text: string; readonly value: Value } {
  const strict = parsed(text);
  if (!(strict instanceof AerolithError)) return { text, value: strict };
  const mended = shellJson(text);
  if (mended === text) throw wrongJson(strict, text, what);
  const value = parsed(mended);
  if (value instanceof AerolithError) throw wrongJson(value, mended, what);
  return { text: mended, value };
}

/** The same for what must be an object. */
export function documentArgument(text: string, what: string): { readonly text: string; readonly document: Document } {
  const argument = jsonArgument(text, what);
  if (isDocument(argument.value)) return { text: argument.text, document: argument.value };
  throw usageError(`The ${what} must be a JSON object such as {"name": "Ada"}, not ${text}.`, { what });
}

function parsed(text: string): Value | AerolithError {
  try {
    return parseValue(text);
  } catch (error) {
    if (error instanceof AerolithError) return error;
    throw error;
  }
}

function wrongJson(error: AerolithError, text: string, what: string): CliError {
  const sentence = `The ${what} is not accepted: ${error.message}${caret(error.details, text)}`;
  return new CliError(error.code, sentence, EXIT.usage, { ...error.details, what });
}

/** The line of the text with a mark under the column, where the error knows it. */
function caret(details: Readonly<Record<string, unknown>>, text: string): string {
  const { line, column } = details;
  if (typeof line !== 'number' || typeof column !== 'number') return '';
  const shown = text.split('\n')[line - 1];
  if (shown === undefined) return '';
  const from = Math.max(0, column - 61);
  return `\n  ${shown.slice(from, from + 78)}\n  ${' '.repeat(Math.max(0, column - 1 - from))}^`;
}
