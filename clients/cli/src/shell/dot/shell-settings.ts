import { readFile } from 'node:fs/promises';
import { usageError } from '../../program/cli-error.ts';
import { wrapText } from '../../terminal/wrap-text.ts';
import { MODES, type Mode } from '../output/printer.ts';
import { VALUE_NAMES } from '../scope.ts';
import type { Session } from '../session.ts';
import type { DotCommand } from './dot-command.ts';
import { optionalWords, words } from './words.ts';

export const mode: DotCommand = {
  name: 'mode',
  usage: '[table|wide|json]',
  takes: [MODES],
  does: 'how results look: tables that fit the terminal, tables as wide as they are, or JSON',
  example: '.mode json',
  async run({ printer }, rest) {
    const [word] = optionalWords(rest);
    if (word === undefined) return `The mode is ${printer.mode}.`;
    if (!isMode(word)) throw usageError(`There is no mode "${word}"; there are ${MODES.join(', ')}.`);
    printer.mode = word;
    return '';
  },
};

function isMode(word: string): word is Mode {
  return (MODES as readonly string[]).includes(word);
}

export const page: DotCommand = {
  name: 'page',
  usage: '<number>',
  does: 'how many documents are shown at a time; "it" shows the next ones',
  example: '.page 50',
  async run({ printer }, rest) {
    const [word] = words(rest, page, 1);
    if (!/^[1-9]\d{0,5}$/.test(word)) throw usageError('A page has from 1 to 999,999 documents.');
    printer.pageDocuments = Number(word);
    return '';
  },
};

export const pager: DotCommand = {
  name: 'pager',
  usage: '[on|off]',
  takes: [['on', 'off']],
  does: 'whether $PAGER shows what is longer than the terminal',
  example: '.pager off',
  async run({ pager: shown }, rest) {
    const [word] = optionalWords(rest);
    if (word === undefined)
      return shown.command === '' ? 'There is no pager.' : `The pager "${shown.command}" is ${shown.isOn ? 'on' : 'off'}.`;
    if (word !== 'on' && word !== 'off') throw usageError('Write it as: .pager on, or .pager off.');
    shown.isOn = word === 'on';
    return '';
  },
};

export const load: DotCommand = {
  name: 'load',
  usage: '<file>',
  takes: ['file'],
  does: 'run a file of JavaScript here',
  example: '.load setup.js',
  async run(session, rest, signal) {
    const [file] = words(rest, load, 1);
    const value = await session.evaluate(await readFile(file, 'utf8'), signal, { filename: file });
    return await session.printer.show(value);
  },
};

/** What is typed without a dot, as the help shows it. */
const EXAMPLES: readonly (readonly [code: string, does: string])[] = [
  ["db.cities.find({country: 'IS'})", 'documents, a page at a time; it shows the next page'],
  ['db.cities.find({population: {$gt: 1e6}}).sort({population: -1}).limit(5)', 'the five largest'],
  ["db.cities.aggregate([{$group: {_id: '$country', n: {$sum: 1}}}])", 'a pipeline'],
  ['const n = db.cities.count()', 'no await needed; n lives on'],
  ["db.cities.insertOne({name: 'Ur', founded: ISODate('-003800-01-01')})", 'write; the answer has the receipt'],
  ["db.cities.updateOne({name: 'Ur'}, {$inc: {population: 1}})", 'change'],
  ['for (const c of db.cities.find().limit(3)) print(c.name)', 'loops go through cursors'],
  ["db.collection('odd-name')", 'a collection whose name is no word of JavaScript'],
];

/** The help: code, commands, keys. */
export function helpText(session: Session, commands: readonly DotCommand[]): string {
  const { terminal } = session.context;
  const head = (text: string) => terminal.style('bold', text);
  const line = (left: string, right: string) => {
    const lines = wrapText(right, Math.max(30, terminal.columns - 34));
    const first =
      left.length > 30
        ? `  ${terminal.style('cyan', left)}\n${' '.repeat(34)}`
        : `  ${terminal.style('cyan', left)}${' '.repeat(32 - left.length)}`;
    return first + lines.join(`\n${' '.repeat(34)}`);
  };
  return [
    head('Code is JavaScript; the result of every call is awaited, except inside functions you write.'),
    ...EXAMPLES.map(([code, does]) => line(code, does)),
    '',
    head('Commands'),
    ...commands.map(({ name, usage, does }) => line(`.${name} ${usage}`.trim(), does)),
    '',
    head('Values'),
    `  ${wrapText(Object.keys(VALUE_NAMES).join(', '), Math.max(40, terminal.columns - 4)).join('\n  ')}`,
    '',
    head('Keys'),
    line('Tab', 'completes collections, fields, operators, methods; twice shows all'),
    line('Ctrl-C', 'stops what runs; on an empty line twice: leaves'),
    line('Ctrl-D', 'leaves'),
    line('Up, Ctrl-R', 'what was typed before, also in earlier sessions'),
  ].join('\n');
}
