import { deskWithNode } from './reader-desk.ts';
import { testPages } from './test-pages.ts';

testPages({ 'access.md': 3, 'performance-tuning.md': 10 }, deskWithNode);
