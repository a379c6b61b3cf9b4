import { CliError, EXIT } from '../program/cli-error.ts';

/** The error a server's answer stands for: its problem (RFC 9457) with `code` and `detail`, or its status when it sent none. */
export function refusal(status: number, text: string, hasToken: boolean): CliError {
  const problem = parseProblem(text);
  const code = typeof problem.code === 'string' ? problem.code : `http_${status}`;
  const sentence = sentenceOf(problem) ?? `The server answered with status ${status}.`;
  const message = code === 'unauthenticated' ? `${sentence} ${tokenHint(hasToken)}` : sentence;
  return new CliError(code, message, EXIT.refused, { ...extensions(problem), status });
}

const STANDARD = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'message']);

/** What the server says beyond the standard members: which field, which index, what comes nearest. */
function extensions(problem: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(problem).filter(([name]) => !STANDARD.has(name)));
}

function parseProblem(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function sentenceOf(problem: Record<string, unknown>): string | undefined {
  for (const name of ['detail', 'message', 'title']) {
    const value = problem[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function tokenHint(hasToken: boolean): string {
  if (hasToken) return 'The token that was sent is not one of this server; name its file with --token-file.';
  return 'Name a file with a token with --token-file, or set AEROLITH_TOKEN; a node writes its first token to admin.key in its data folder.';
}
