/** A step of the tour: commands, and what they print when the page shows it. */
export type Step = { readonly commands: string; readonly output: string | undefined };

/** The steps of one section of a Markdown page: each `sh` fence, with the `text` fence that follows it if one does. */
export function readTour(markdown: string, heading: string): Step[] {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`The page has no section "${heading}".`);
  const fences = [...section.matchAll(/^```(sh|text)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({ kind, text: text! }));
  return fences.flatMap(({ kind, text }, index) => {
    if (kind !== 'sh') return [];
    const next = fences[index + 1];
    return [{ commands: text, output: next?.kind === 'text' ? next.text : undefined }];
  });
}

/** Whether `actual` is what the page shows, where `…` stands for anything within a line. */
export function looksLike(actual: string, shown: string): boolean {
  const pattern = shown
    .trim()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^\\n]*');
  return new RegExp(`^${pattern}$`).test(actual.trim());
}
