import { LIMITS, position } from '@aerolithdb/protocol';
import { changeLine } from '../../commands/watch.ts';
import { counted } from '../../terminal/figures.ts';
import type { DotCommand } from './dot-command.ts';
import { optionalWords } from './words.ts';

export const watch: DotCommand = {
  name: 'watch',
  usage: '[collection]',
  takes: ['collection'],
  does: 'changes as they become durable, of one collection or of all; Ctrl-C ends it',
  example: '.watch cities',
  async run({ context, transport, printer }, rest, signal) {
    const { terminal } = context;
    const [collection] = optionalWords(rest);
    if (collection !== undefined) await transport.inner.collection(collection, { signal });
    const { height } = await transport.inner.status({ signal });
    const since = position(height, LIMITS.changesPerBlock - 1);
    await terminal.out(`${terminal.style('dim', `Watching ${collection ?? 'all collections'}. Ctrl-C ends.`)}\n`);
    let seen = 0;
    for await (const { text } of transport.inner.watch({ ...(collection !== undefined && { collection }), since }, signal)) {
      seen += 1;
      await terminal.out(`${printer.mode === 'json' ? text : changeLine(terminal, text)}\n`);
    }
    return terminal.style('dim', `${counted(seen, 'change')} seen.`);
  },
};
