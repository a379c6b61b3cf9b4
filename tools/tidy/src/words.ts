import type { Finding, Outcome } from './finding.ts';
import type { Project } from './project.ts';

interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  /** The files it holds for; all when left out. */
  readonly files?: RegExp;
}

/** What has no meaning outside of the machine or the moment a text was written in. */
const BANNED: readonly Ban[] = [
  {
    pattern: /(?<![\w.])\/(?:work|root|home\/\w+|Users\/\w+|tmp\/(?:exp|brief))\//,
    instead: 'no path of one machine; a path relative to the clone, or os.tmpdir()',
  },
  {
    pattern: /\b(?:production-ready|blazing(?:ly)?[ -]fast|battle-tested|enterprise-grade|cutting-edge|world-class)\b/i,
    instead: 'no boast; what a test or a measurement shows',
  },
  { pattern: /\b(?:helper |sub-?)agents?\b|\bissue #?\d/i, instead: 'nothing of how this text came about' },
  { pattern: /\b(?:FIXME|HACK)\b/, instead: '@TODO(#n) or @NOTE' },
  // Data in tests may be any text; a page may not.
  { pattern: /\p{Emoji_Presentation}/u, instead: 'no emoji', files: /\.md$/ },
];

const TEXT = /\.(ts|mjs|cjs|md|json|jsonc|yml|yaml|sh|txt|sql)$|^\.ci\/run$/;
/** The lockfile is npm's; the rule and its test name what is banned; vectors hold every kind of text on purpose. */
const EXEMPT = /^package-lock\.json$|^tools\/tidy\/src\/(words|checks\.test)\.ts$|^contracts\/vectors\//;

/** Words that no file may hold, each with what stands there instead. */
export function checkWords(project: Project): Outcome {
  const files = project.files.filter((file) => TEXT.test(file) && !EXEMPT.test(file));
  const findings = files.flatMap((file) => findWords(file, project.read(file)));
  return { findings, looked: files.length, lookedMin: 200, unit: 'files' };
}

function findWords(file: string, text: string): Finding[] {
  const bans = BANNED.filter(({ files }) => files === undefined || files.test(file));
  return text.split('\n').flatMap((content, index) =>
    bans.flatMap(({ pattern, instead }) => {
      const found = pattern.exec(content)?.[0];
      return found === undefined ? [] : [{ file, line: index + 1, message: `"${found}" may not stand here: ${instead}` }];
    }),
  );
}
