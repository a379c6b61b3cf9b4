import { deskWithPackages } from './reader-desk.ts';
import { testPages } from './test-pages.ts';

testPages({ 'embedding.md': 7, 'typescript.md': 7 }, deskWithPackages);
