/** One fence of a guide page that a reader acts on. Lines count from 1. */
export type PageBlock = { readonly line: number } & (
  | {
      /** What is typed into a terminal: the reader's own one, or a further one by its name. */
      readonly kind: 'commands';
      readonly terminal: string | undefined;
      readonly text: string;
      /** What it prints, where the page shows it. */
      readonly shown: string | undefined;
    }
  | {
      /** A program that the reader saves under the name in its first line. */
      readonly kind: 'file';
      readonly name: string;
      readonly text: string;
    }
  | {
      /** A program without a name, which runs where it stands. */
      readonly kind: 'program';
      readonly language: string;
      readonly text: string;
      readonly shown: string | undefined;
    }
  | {
      /** What a further terminal shows by now. */
      readonly kind: 'shown';
      readonly terminal: string;
      readonly text: string;
    }
);

type Fence = { readonly line: number; readonly language: string; readonly info: string; readonly text: string };

const NAME = /^\/\/ ([\w-]+\.(?:ts|mts|mjs|js))\n/;

/**
 * The blocks of a page in the order of the reader. `sh` is typed, `sh terminal-2` in a further terminal; `ts` and `js` are saved when
 * their first line is a comment with a file name, else they run. A `text` fence that follows one of these is what it prints, one that
 * says `text terminal-2` is what that terminal shows by then. Fences that say `ignore` and all other languages are for reading only.
 */
export function readBlocks(markdown: string): PageBlock[] {
  const fences = readFences(markdown);
  return fences.flatMap((fence, index) => blockOf(fence, fences[index + 1]) ?? []);
}

function readFences(markdown: string): Fence[] {
  return [...markdown.matchAll(/^```(\w*)[^\S\n]*([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ({ 1: language, 2: info, 3: text, index }) => ({
      line: markdown.slice(0, index).split('\n').length,
      language: language!,
      info: info!,
      text: text!,
    }),
  );
}

function blockOf({ line, language, info, text }: Fence, next: Fence | undefined): PageBlock | undefined {
  if (info === 'ignore') return undefined;
  const shown = next?.language === 'text' && next.info === '' ? next.text : undefined;
  if (language === 'text' && info !== '') return { kind: 'shown', line, terminal: info, text };
  if (language === 'sh') return { kind: 'commands', line, terminal: info === '' ? undefined : info, text, shown };
  if (language !== 'ts' && language !== 'js') return undefined;
  const name = NAME.exec(text)?.[1];
  return name === undefined ? { kind: 'program', line, language, text, shown } : { kind: 'file', line, name, text };
}
