import type { Database, Status } from '@aerolithdb/database';
import type { Metrics } from './metrics.ts';

type Door = { readonly connections: () => number; readonly requests: () => number; readonly streams: () => number };

/** Adds what can be read of the node, the process and the door at any time. */
export function addNodeGauges(metrics: Metrics, database: Database, door: Door): void {
  const status = (name: string, help: string, pick: (status: Status) => number): void =>
    metrics.gauge({ name, help, read: () => pick(database.status()) });
  status('aerolith_height', 'Height of the last block.', (now) => now.height);
  status('aerolith_documents', 'Documents in all collections.', (now) => now.storage.documents);
  status('aerolith_collections', 'Collections.', (now) => now.storage.collections);
  status('aerolith_storage_file_bytes', 'Bytes of the data file.', (now) => now.storage.fileBytes);
  status('aerolith_storage_wal_bytes', 'Bytes of the write-ahead log.', (now) => now.storage.walBytes);
  metrics.gauge({ name: 'aerolith_http_connections', help: 'Open connections.', read: door.connections });
  metrics.gauge({ name: 'aerolith_http_requests_open', help: 'Requests in progress.', read: door.requests });
  metrics.gauge({ name: 'aerolith_http_streams_open', help: 'Open change streams and long polls.', read: door.streams });
  metrics.gauge({ name: 'process_resident_memory_bytes', help: 'Resident memory.', read: () => process.memoryUsage.rss() });
  metrics.gauge({ name: 'nodejs_heap_used_bytes', help: 'Heap in use.', read: () => process.memoryUsage().heapUsed });
  metrics.gauge({ name: 'process_cpu_seconds_total', help: 'Processor time, user and system.', read: cpuSeconds });
  metrics.gauge({ name: 'process_uptime_seconds', help: 'Time since the start of the process.', read: () => process.uptime() });
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
