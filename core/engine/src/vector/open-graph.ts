import type { VectorShape } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import { discard, type GraphManifest, graphMark, graphPath, isWhole, manifestPath, readManifest } from './graph-file.ts';
import { isOfChain } from './graph-of-chain.ts';
import { hasGraphs, VectorGraph } from './vector-graph.ts';

export type OpenGraph = { readonly manifest: GraphManifest; readonly graph: VectorGraph };

type Known = { readonly mark: string; readonly open: OpenGraph | undefined; isOurs: boolean };

/** The graphs that each connection has open, by the number of their index. */
const OF_CONNECTION = new WeakMap<Connection, Map<number, Known>>();

/**
 * The graph of an index, if there is one that holds for the state that the connection sees. A damaged one is removed, so that the
 * builder makes another.
 */
export function openGraph(connection: Connection, table: number, shape: VectorShape): OpenGraph | undefined {
  const graphs = OF_CONNECTION.get(connection) ?? new Map<number, Known>();
  OF_CONNECTION.set(connection, graphs);
  const mark = graphMark(connection.file, table);
  if (mark === undefined || !hasGraphs()) {
    graphs.delete(table);
    return undefined;
  }
  const before = graphs.get(table);
  const known = before?.mark === mark ? before : { mark, open: readGraph(connection.file, table, shape), isOurs: false };
  graphs.set(table, known);
  // A chain only grows: a graph that belongs to it once does so for good.
  known.isOurs ||= known.open !== undefined && isOfChain(connection, known.open.manifest);
  return known.isOurs ? known.open : undefined;
}

function readGraph(file: string, table: number, { dimensions, similarity }: VectorShape): OpenGraph | undefined {
  const manifest = readManifest(file, table);
  if (manifest !== undefined && manifest.dimensions === dimensions && manifest.similarity === similarity) {
    if (isWhole(file, manifest)) return { manifest, graph: VectorGraph.view(graphPath(file, manifest), manifest) };
    // It may be another's already: only the one that was found damaged goes.
    if (readManifest(file, table)?.file !== manifest.file) return undefined;
  }
  discard(manifestPath(file, table));
  return undefined;
}
