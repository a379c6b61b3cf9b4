import type { Candidate } from './candidate.ts';

/** The indexes that a way uses, each once. */
export function namesOf(candidate: Candidate): readonly string[] {
  switch (candidate.kind) {
    case 'scan':
      return [];
    case 'keys':
      return [candidate.source.name, ...candidate.within.map(({ source }) => source.name)];
    case 'union':
      return [...new Set(candidate.branches.map((branch) => branch.source.name))];
    case 'rows':
      return candidate.names;
  }
}
