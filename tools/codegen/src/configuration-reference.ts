import { OPTION_NAMES, OPTIONS, type OptionDeclaration } from '@aerolithdb/node';
import { markdownTable } from './markdown-table.ts';

const INTRODUCTION = `# Configuration

<!-- Made by npm run docs from server/node/src/options.ts. -->

A flag goes before the environment, that before the configuration file, that before the default. \`npm start -- FLAGS\` passes
flags on. The configuration file is YAML or JSON (\`.yaml\`, \`.yml\`, \`.json\`): one mapping with the names of the first column.
A name that is not there is an error that names the line and the nearest one. \`aerolith config print\` shows each value and where it
came from. See the [guide](../guide/configuration.md).

At SIGHUP a running node reads its options again. **Reload** says what holds from then on; what is not reloadable and was changed is
named with "needs a restart". Options that are wrong change nothing.`;

/** `docs/reference/configuration.md`: each option with its flag, its place in the environment and its default. */
export function configurationReference(): string {
  const rows = OPTION_NAMES.map((name) => row(name, OPTIONS[name]));
  const head = ['Name', 'Flag', 'Environment', 'Default', 'Reload', 'Meaning'];
  return `${INTRODUCTION}\n\n${markdownTable(head, rows)}\n`;
}

function row(name: string, option: OptionDeclaration<unknown>): string[] {
  const { flag, value, environment, defaultText, meaning, reloadable } = option;
  const standard = defaultText === undefined ? '' : `\`${defaultText}\``;
  return [`\`${name}\``, `\`${flag} ${value}\``, `\`${environment}\``, standard, reloadable ? 'yes' : 'restart', meaning];
}
