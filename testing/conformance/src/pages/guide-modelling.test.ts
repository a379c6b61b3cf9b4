import { deskWithNode } from './reader-desk.ts';
import { testPages } from './test-pages.ts';

testPages({ 'data-modelling.md': 6, 'documents.md': 1, 'queries.md': 6, 'aggregation.md': 6 }, deskWithNode);
