import { OPTION_NAMES, OPTIONS, type OptionDeclaration } from '@aerolithdb/node';
import { markdownTable } from './markdown-table.ts';

const INTRODUCTION = `# Configuration

<!-- Made by npm run docs from server/node/src/options.ts. -->

A flag goes before the environment, that before the configuration file, that before the default. \`npm start -- FLAGS\` passes
flags on. The configuration file is a JSON object with the names of the first column.`;

/** `docs/reference/configuration.md`: each option with its flag, its place in the environment and its default. */
export function configurationReference(): string {
  const rows = OPTION_NAMES.map((name) => row(name, OPTIONS[name]));
  const head = ['Name', 'Flag', 'Environment', 'Default', 'Meaning'];
  return `${INTRODUCTION}\n\n${markdownTable(head, rows)}\n`;
}

function row(name: string, option: OptionDeclaration<unknown>): string[] {
  const { flag, value, environment, defaultText, meaning, reloadable } = option;
  const standard = defaultText === undefined ? '' : `\`${defaultText}\``;
  const reload = reloadable ? ' A running node takes a new value over.' : '';
  return [`\`${name}\``, `\`${flag} ${value}\``, `\`${environment}\``, standard, `${meaning}${reload}`];
}
