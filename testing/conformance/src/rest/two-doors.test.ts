import { readdirSync } from 'node:fs';
import { RestNode } from './rest-node.ts';

/** Every test of REST once more, on nodes with two threads that serve HTTP: which of them answers must make no difference. */
RestNode.httpThreads = 2;

const here = new URL('./', import.meta.url);
const own = import.meta.url.slice(here.href.length);
for (const name of readdirSync(here)) if (name.endsWith('.test.ts') && name !== own) await import(new URL(name, here).href);
