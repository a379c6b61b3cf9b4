import { readdirSync } from 'node:fs';
import { RestNode } from './rest-node.ts';

/** Tests that wait for limits of time. */
const WAITING = ['limits.test.ts', 'slow-clients.test.ts'];

/** Every test of REST once more, on nodes with two threads that serve HTTP: which of them answers must make no difference. */
export async function testOnTwoDoors(which: 'waiting' | 'others'): Promise<void> {
  RestNode.httpThreads = 2;
  const here = new URL('./', import.meta.url);
  const names = readdirSync(here).filter((name) => name.endsWith('.test.ts') && !name.startsWith('two-doors'));
  for (const name of names) if (WAITING.includes(name) === (which === 'waiting')) await import(new URL(name, here).href);
}
