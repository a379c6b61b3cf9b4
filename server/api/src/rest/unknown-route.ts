import { AerolithError, suggestNearest } from '@aerolithdb/protocol';

type Address = { readonly method: string; readonly path: string };

/** The error for a request that no endpoint takes: `method_not_allowed` when the address exists, else `not_found` with the nearest. */
export function unknownRoute(method: string, path: string, endpoints: readonly Address[]): AerolithError {
  const segments = path.split('/');
  const allow = endpoints.filter((one) => fits(one.path.split('/'), segments)).flatMap((one) => methodsOf(one.method));
  if (allow.length > 0) {
    return new AerolithError('method_not_allowed', `${path} takes ${allow.join(', ')}, not ${method}.`, { allow });
  }
  const nearest = suggestNearest(path, likeAddresses(segments, endpoints));
  const hint = nearest === undefined ? 'See /docs for every address.' : `Did you mean ${nearest}?`;
  return new AerolithError('not_found', `There is nothing at ${path}. ${hint}`, nearest === undefined ? {} : { nearest });
}

/** What an endpoint's route answers: one for GET answers HEAD too. */
export function methodsOf(method: string): string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

function isParameter(part: string): boolean {
  return part.startsWith('{');
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.length !== segments.length) return false;
  return pattern.every((part, index) => (isParameter(part) ? segments[index] !== '' : part === segments[index]));
}

/** The addresses of the same length, their parameters filled with what the client wrote there. */
function likeAddresses(segments: readonly string[], endpoints: readonly Address[]): string[] {
  const patterns = endpoints.map((one) => one.path.split('/')).filter((pattern) => pattern.length === segments.length);
  return [
    ...new Set(patterns.map((pattern) => pattern.map((part, index) => (isParameter(part) ? segments[index]! : part)).join('/'))),
  ];
}
