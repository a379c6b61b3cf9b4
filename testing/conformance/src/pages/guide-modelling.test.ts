import { deskWithNode } from './reader-desk.ts';
import { testPages } from './test-pages.ts';

testPages(
  { 'data-modelling.md': 6, 'documents.md': 1, 'queries.md': 8, 'aggregation.md': 6, 'vector-search.md': 4, 'geo.md': 6 },
  deskWithNode,
);
