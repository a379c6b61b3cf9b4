import { OPTION_NAMES, OPTIONS } from './options.ts';

/** `docs/reference/configuration.md`, out of the declarations. */
export function configurationPage(): string {
  const rows = OPTION_NAMES.map((name) => {
    const { flag, value, environment, defaultText, meaning, reloadable } = OPTIONS[name];
    const shown = defaultText === undefined ? '' : `\`${defaultText}\``;
    return `| \`${flag} ${value.replaceAll('|', '\\|')}\` | \`${environment}\` | \`${name}\` | ${shown} | ${meaning} | ${reloadable ? 'yes' : 'no'} |`;
  });
  return `${HEAD}${rows.join('\n')}\n`;
}

const HEAD = `# Configuration

The command line goes before the environment, the environment before the file that \`--config\` names, and that before the defaults.
The file is one JSON object whose keys are the names in the third column. An address is \`HOST:PORT\`, a port alone (on loopback), or
\`off\`; an address off loopback needs TLS.

| Flag | Environment | In the file | Default | Meaning | Reloadable |
| --- | --- | --- | --- | --- | --- |
`;
