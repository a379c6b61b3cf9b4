import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { GraphBuilder } from '@aerolithdb/engine/vectors';
import { openReader, type ReaderConnection } from '@aerolithdb/storage';
import type { FromVectorGraphs, ToVectorGraphs, VectorGraphSetup } from './vector-graphs.ts';

/** Program of the thread that builds the graphs of vector indexes: one look at all of them for each message. */

/** Vectors are read once and in order: a small page cache does. */
const CACHE_BYTES = 4_194_304;

function serve(port: MessagePort, { folder, stop }: VectorGraphSetup): void {
  const stopped = new Int32Array(stop);
  let connection: ReaderConnection | undefined;
  let builder: GraphBuilder | undefined;
  const look = (): FromVectorGraphs => {
    try {
      connection ??= openReader(folder, { cacheBytes: CACHE_BYTES });
      builder ??= new GraphBuilder(connection, () => Atomics.load(stopped, 0) === 1);
      return { built: builder.look() };
    } catch (thrown) {
      return { failed: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  };
  port.on('message', (message: ToVectorGraphs) => {
    if (message === 'look') return port.postMessage(look());
    connection?.close();
    port.close();
  });
}

if (parentPort !== null) serve(parentPort, workerData as VectorGraphSetup);
