/** What is typed in place of code, by people who come from other shells. */
export type TypedWord = 'it' | 'collections' | 'databases' | 'help' | 'exit';

const WORDS: readonly (readonly [RegExp, TypedWord])[] = [
  [/^it$/, 'it'],
  [/^show\s+(collections|tables)$/, 'collections'],
  [/^(show\s+(dbs|databases)|use\s+[\w-]+)$/, 'databases'],
  [/^(help|\?)$/, 'help'],
  [/^(exit|quit)$/, 'exit'],
];

/** The word that a whole input is; undefined when it is code, as it is where `isName` knows a variable of that name. */
export function typedWord(text: string, isName: (word: string) => boolean): TypedWord | undefined {
  const trimmed = text.trim().replace(/\s*;$/, '');
  return isName(trimmed) ? undefined : WORDS.find(([pattern]) => pattern.test(trimmed))?.[1];
}
