import type { Endpoint } from './endpoint.ts';
import { BACKUP_ENDPOINTS } from './endpoints/backup-endpoints.ts';
import { BULK_ENDPOINTS } from './endpoints/bulk-endpoints.ts';
import { CHANGE_ENDPOINTS } from './endpoints/change-endpoints.ts';
import { COLLECTION_ENDPOINTS } from './endpoints/collection-endpoints.ts';
import { DOCUMENT_ENDPOINTS } from './endpoints/document-endpoints.ts';
import { INDEX_ENDPOINTS } from './endpoints/index-endpoints.ts';
import { LEDGER_ENDPOINTS } from './endpoints/ledger-endpoints.ts';
import { NODE_ENDPOINTS } from './endpoints/node-endpoints.ts';
import { PAGE_ENDPOINTS } from './endpoints/page-endpoints.ts';
import { PRINCIPAL_ENDPOINTS } from './endpoints/principal-endpoints.ts';
import { QUERY_ENDPOINTS } from './endpoints/query-endpoints.ts';
import { WRITE_ENDPOINTS } from './endpoints/write-endpoints.ts';

/** Every operation of the REST door, in the order of its reference. */
export const ALL_ENDPOINTS: readonly Endpoint[] = [
  ...NODE_ENDPOINTS,
  ...COLLECTION_ENDPOINTS,
  ...DOCUMENT_ENDPOINTS,
  ...QUERY_ENDPOINTS,
  ...WRITE_ENDPOINTS,
  ...BULK_ENDPOINTS,
  ...INDEX_ENDPOINTS,
  ...CHANGE_ENDPOINTS,
  ...LEDGER_ENDPOINTS,
  ...BACKUP_ENDPOINTS,
  ...PRINCIPAL_ENDPOINTS,
  ...PAGE_ENDPOINTS,
];
