import type { Database, Status } from '@aerolithdb/database';
import type { Metrics } from './metrics.ts';
import type { SharedCount } from './shared-count.ts';

type Doors = {
  readonly connections: SharedCount;
  readonly requests: SharedCount;
  readonly streams: SharedCount;
  readonly heapBytes: () => number;
};

/** Adds what can be read of the node, the process and its doors at any time. */
export function addNodeGauges(metrics: Metrics, database: Database, doors: Doors): void {
  const status = (name: string, help: string, pick: (status: Status) => number): void =>
    metrics.gauge({ name, help, read: () => pick(database.status()) });
  status('aerolith_height', 'Height of the last block.', (now) => now.height);
  status('aerolith_documents', 'Documents in all collections.', (now) => now.storage.documents);
  status('aerolith_collections', 'Collections.', (now) => now.storage.collections);
  status('aerolith_storage_file_bytes', 'Bytes of the data file.', (now) => now.storage.fileBytes);
  status('aerolith_storage_wal_bytes', 'Bytes of the write-ahead log.', (now) => now.storage.walBytes);
  metrics.gauge({ name: 'aerolith_http_connections', help: 'Open connections.', read: () => doors.connections.total });
  metrics.gauge({ name: 'aerolith_http_requests_open', help: 'Requests in progress.', read: () => doors.requests.total });
  metrics.gauge({
    name: 'aerolith_http_streams_open',
    help: 'Open change streams and long polls.',
    read: () => doors.streams.total,
  });
  metrics.gauge({ name: 'process_resident_memory_bytes', help: 'Resident memory.', read: () => process.memoryUsage.rss() });
  metrics.gauge({ name: 'nodejs_heap_used_bytes', help: 'Heap in use by the threads that answer.', read: doors.heapBytes });
  metrics.gauge({ name: 'process_cpu_seconds_total', help: 'Processor time, user and system.', read: cpuSeconds });
  metrics.gauge({ name: 'process_uptime_seconds', help: 'Time since the start of the process.', read: () => process.uptime() });
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
