import { deskWithNode } from './reader-desk.ts';
import { testPages } from './test-pages.ts';

testPages({ 'backup.md': 3, 'configuration.md': 3, 'diagnosis.md': 3, 'schema-migrations.md': 3 }, deskWithNode);
