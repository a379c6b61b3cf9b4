import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALL_ENDPOINTS, type Endpoint, endpointErrors, headerName, REST_LIMITS } from '@aerolithdb/api';
import { ERRORS } from '@aerolithdb/protocol';

/** Where the reference of the REST door is kept. */
export const REST_REFERENCE_FILE = fileURLToPath(new URL('../../../docs/reference/rest.md', import.meta.url));

const INTRODUCTION = `# REST

This page is generated from the declarations in \`server/api/src/rest/endpoints\`; write it again with
\`node tools/codegen/src/rest-reference.ts\`.

- Bodies are JSON, with \`Content-Type: application/json\`. Documents are Extended JSON v2: relaxed form goes out, relaxed and
  canonical form are taken. A duplicate key, a number that would change and a malformed type wrapper are refused.
- \`Authorization: Bearer TOKEN\`, or \`Basic\` with user and password.
- \`{id}\` is the \`_id\` as text when it is a string. Any other type is written as Extended JSON, URL-encoded: \`5\`,
  \`%7B%22%24oid%22%3A%22…%22%7D\`. What reads as a JSON number, \`true\`, \`false\`, \`null\`, a JSON object or a quoted JSON
  string is that value; so the string \`5\` is written in quotes, \`%225%22\`. So are the empty string and the string \`.\`,
  which an address cannot end with.
- \`requestsPerSecond\` of a principal is by default above what one node answers. What exceeds it gives \`overloaded\` with
  \`Retry-After\`.
- Every write answers when it is durable, with a receipt \`{height, position, commandId, version, time}\`. With
  \`Idempotency-Key\` it can be sent again: it is applied once.
- \`ETag\` is the version of a document in quotes; \`If-Match\` makes a write depend on it.
- Errors are RFC 9457 problems (\`application/problem+json\`) with \`code\`, and what helps in further members.
`;

/** The page as the code declares it now. */
export function currentRestReference(): string {
  const tags = Map.groupBy(ALL_ENDPOINTS, ({ tag }) => tag);
  const sections = [...tags].map(([tag, endpoints]) => [`## ${tag}`, ...endpoints.map(endpointText)].join('\n\n'));
  return `${[INTRODUCTION.trimEnd(), ...sections, limitsText()].join('\n\n')}\n`;
}

function endpointText(endpoint: Endpoint): string {
  const { method, path, summary, description } = endpoint;
  const parts = [
    `### \`${method} ${path}\``,
    summary,
    description,
    roleText(endpoint),
    parametersText(endpoint),
    bodyText(endpoint),
    answersText(endpoint),
    errorsText(endpoint),
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function roleText({ role }: Endpoint): string {
  if (role === 'none') return 'Needs no token.';
  return role === 'any' ? 'Needs a token.' : `Needs the role \`${role}\`.`;
}

function parametersText({ parameters, writes }: Endpoint): string | undefined {
  const rows = Object.entries(parameters).map(([name, { in: place, summary, required }]) => {
    const shown = place === 'header' ? headerName(name) : name;
    return `| \`${shown}\` | ${place} | ${required === true ? 'yes' : 'no'} | ${cell(summary)} |`;
  });
  if (writes === true) rows.push('| `Idempotency-Key` | header | no | Id of the command: applied once, answered again. |');
  return rows.length === 0 ? undefined : ['| Parameter | In | Required | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function bodyText({ body, whole, bodyExample }: Endpoint): string | undefined {
  const names = Object.keys(body);
  if (names.length === 0) return undefined;
  const example = bodyExample === undefined ? [] : ['', '```json', JSON.stringify(bodyExample, undefined, 2), '```'];
  if (whole !== undefined) return [`Body: ${body[whole]?.summary}`, ...example].join('\n');
  const rows = names.map(
    (name) => `| \`${name}\` | ${body[name]?.required === true ? 'yes' : 'no'} | ${cell(fieldText(body[name]!))} |`,
  );
  return ['| Field of the body | Required | |', '| --- | --- | --- |', ...rows, ...example].join('\n');
}

function fieldText({ summary, unfinished }: Endpoint['body'][string]): string {
  return unfinished === undefined ? summary : `${summary} Not built yet: gives \`not_implemented\`.`;
}

function answersText({ answers }: Endpoint): string | undefined {
  if (answers.length === 0) return undefined;
  const lines = answers.map(({ status, summary, example }) => {
    const shown = example === undefined ? '' : ` Such as \`${JSON.stringify(example)}\`.`;
    return `- ${status}: ${summary}${shown}`;
  });
  return lines.join('\n');
}

function errorsText(endpoint: Endpoint): string {
  const codes = endpointErrors(endpoint).map((code) => `\`${code}\` (${ERRORS[code].http})`);
  return `Errors: ${codes.join(', ')}.`;
}

function limitsText(): string {
  const rows = Object.entries(REST_LIMITS).map(([name, value]) => `| \`${name}\` | ${value} |`);
  return [
    '## Limits',
    'Units stand last in the name. All are on by default. Counts and rates (`connections`, `concurrentRequests`, `concurrentStreams`,\n`requestsPerSecond`, `requestBurst`) hold for all threads of `--http-threads` together; `rememberedSignIns` is for each.',
    ['| Limit | Default |', '| --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(dirname(REST_REFERENCE_FILE), { recursive: true });
  writeFileSync(REST_REFERENCE_FILE, currentRestReference());
  console.log(`${join('docs', 'reference', 'rest.md')}: ${ALL_ENDPOINTS.length} operations`);
}
