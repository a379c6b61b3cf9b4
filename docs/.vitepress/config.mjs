import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

/** @typedef {{ text: string, link: string }} Page */

/** Guides in the order in which one reads them; others follow by their titles. */
const READING_ORDER = [
  'first-hour',
  'data-modelling',
  'documents',
  'queries',
  'writes',
  'updates',
  'transactions',
  'watching-changes',
  'history-and-changes',
  'import-and-export',
  'typescript',
  'embedding',
  'command-line',
  'shell',
  'schema-migrations',
  'configuration',
  'backup',
  'access',
  'performance-tuning',
  'diagnosis',
  'troubleshooting',
];

/**
 * The pages of a folder of docs, by their first headings.
 *
 * @param {string} folder
 * @returns {Page[]}
 */
function pagesOf(folder) {
  const place = new URL(`../${folder}/`, import.meta.url);
  return readdirSync(place)
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({ text: titleOf(new URL(file, place)), link: `/${folder}/${file.replace(/\.md$/, '')}` }))
    .sort((a, b) => placeOf(a) - placeOf(b) || a.text.localeCompare(b.text, 'en', { numeric: true }));
}

/** @param {URL} file */
function titleOf(file) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (title === undefined) throw new Error(`${file.pathname} has no heading.`);
  return title.replaceAll('`', '');
}

/** @param {Page} page */
function placeOf({ link }) {
  const place = READING_ORDER.findIndex((name) => link.endsWith(`/${name}`));
  return place === -1 ? READING_ORDER.length : place;
}

const sections = [
  { text: 'Guide', items: pagesOf('guide') },
  { text: 'Reference', items: pagesOf('reference') },
  { text: 'Decisions', items: pagesOf('decisions') },
];

export default defineConfig({
  lang: 'en',
  title: 'AerolithDB',
  description: 'A document database whose answers can be proven',
  // Pages link to sources and to pages beside docs, which stand in the repository and not in the site.
  ignoreDeadLinks: [/^(?:\.\.?\/)+(?!guide|reference|decisions)/],
  themeConfig: {
    search: { provider: 'local' },
    outline: 'deep',
    sidebar: sections,
    nav: sections.map(({ text, items }) => ({ text, link: items[0]?.link ?? '/' })),
  },
});
