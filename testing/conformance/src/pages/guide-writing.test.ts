import { deskWithNode } from './reader-desk.ts';
import { testPages } from './test-pages.ts';

testPages({ 'history-and-changes.md': 3, 'updates.md': 8, 'writes.md': 5, 'text-search.md': 5 }, deskWithNode);
