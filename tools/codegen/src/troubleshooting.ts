import { ERRORS, type ErrorCode } from '@aerolithdb/protocol';
import { ERROR_ADVICE } from './error-advice/index.ts';
import { errorGroups } from './error-groups.ts';

/** `docs/guide/troubleshooting.md`: each error with what usually leads to it and what to do. */
export function troubleshooting(): string {
  const sections = [...errorGroups()].map(([title, codes]) => [`## ${title}`, ...codes.map(entryOf)].join('\n\n'));
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

const WIDTH = 140;

const INTRODUCTION = `# Troubleshooting

<!-- Made by npm run docs from tools/codegen/src/error-advice. -->

Find the code that the error names: the command line prints it as \`error[CODE]\`, REST gives it as \`code\`, and in a program it is
\`error.code\`. The sentence of the error itself is about your case and goes first; \`details\` holds its parts. Whatever the code,
what was refused has changed nothing, except where an entry says otherwise.

- Is the server there? \`curl http://127.0.0.1:8080/health\` needs no token, \`/ready\` says whether it takes requests.
- What is it doing? \`aerolith status\` shows height, version and sizes.
- A slow query? \`aerolith explain\` says what it reads and why; see [performance](performance-tuning.md).`;

function entryOf(code: ErrorCode): string {
  const { causes, remedy } = ERROR_ADVICE[code];
  return `### ${code}\n\n${ERRORS[code].meaning}\n\n${listItem(`Causes: ${causes}`)}\n${listItem(`What to do: ${remedy}`)}`;
}

/** An item of a list, broken between words at the width of a page. */
function listItem(text: string): string {
  const lines = ['-'];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (`${lines[last]} ${word}`.length <= WIDTH) lines[last] += ` ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines.join('\n');
}
