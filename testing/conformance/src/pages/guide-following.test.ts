import { deskWithNode } from './reader-desk.ts';
import { testPages } from './test-pages.ts';

testPages({ 'transactions.md': 6, 'watching-changes.md': 9 }, deskWithNode);
