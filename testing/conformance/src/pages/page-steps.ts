/** A step of a page: commands, and what they print when the page shows it. */
export type Step = { readonly commands: string; readonly output: string | undefined };

/** The steps of a Markdown text: each `sh` fence, with the `text` fence that follows it if one does. */
export function readSteps(markdown: string): Step[] {
  const fences = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({ kind, text: text! }));
  return fences.flatMap(({ kind, text }, index) => {
    if (kind !== 'sh') return [];
    const next = fences[index + 1];
    return [{ commands: text, output: next?.kind === 'text' ? next.text : undefined }];
  });
}

/** The text below a second-level heading, up to the next one. */
export function section(markdown: string, heading: string): string {
  const found = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`The page has no section "${heading}".`);
  return found;
}

/** Whether `actual` is what the page shows, where `…` stands for anything within a line, and alone on a line for any lines or none. */
export function looksLike(actual: string, shown: string): boolean {
  const pattern = shown
    .trim()
    .split('\n')
    .map((line) => (line === '…' ? '(?:[^\\n]*\\n)*?' : `${patternOf(line)}\\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${actual.trim()}\n`);
}

function patternOf(line: string): string {
  return line
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^\\n]*');
}
