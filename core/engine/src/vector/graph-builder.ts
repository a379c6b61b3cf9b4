import type { ReaderConnection } from '@aerolithdb/storage';
import { type CollectionRecord, type IndexRecord, readCatalogue } from '../catalogue.ts';
import { kindNameOf } from '../index-kinds/kind-of.ts';
import { readHead } from '../ledger/read-block.ts';
import { Calibration } from './calibration.ts';
import {
  discard,
  type GraphManifest,
  graphName,
  graphPath,
  isWhole,
  manifestPath,
  measure,
  publishManifest,
  readManifest,
} from './graph-file.ts';
import { isOfChain } from './graph-of-chain.ts';
import { sweepGraphs } from './sweep-graphs.ts';
import { hasGraphs, VectorGraph } from './vector-graph.ts';
import { countVectors, rowsBetween, type VectorCounts, vectorIn, vectorShape } from './vector-table.ts';

/** Below so many vectors comparing all of them is as fast as a graph. */
const GRAPH_VECTORS = 2000;
/** A graph is made longer when so many vectors, and this share of all, are not in it. */
const TAIL_VECTORS = 1000;
const TAIL_SHARE = 0.1;
/** A graph is made anew when this share of it has gone. */
const GONE_SHARE = 0.25;
/** Vectors that are read and added at once; between them the builder may be stopped. */
const BATCH = 256;
/** Vectors that are taken as sample queries. */
const SAMPLES = 32;

/**
 * Keeps the graphs of all vector indexes near to their tables. Belongs to a thread of its own: to build takes long. Each piece of reading
 * sees a state of its own, so the write-ahead log is never held for long.
 */
export class GraphBuilder {
  readonly #connection: ReaderConnection;
  readonly #isStopped: () => boolean;
  /** Names of the graphs that were found whole, or written, by this builder. */
  readonly #trusted = new Set<string>();

  constructor(connection: ReaderConnection, isStopped: () => boolean) {
    this.#connection = connection;
    this.#isStopped = isStopped;
  }

  /** Builds and removes what is due. Returns how many graphs were built. */
  look(): number {
    if (!hasGraphs()) return 0;
    const indexes = this.#connection.snapshot(() => vectorIndexes([...readCatalogue(this.#connection).collections.values()]));
    sweepGraphs(this.#connection.file, new Set(indexes.map(({ table }) => table)));
    let built = 0;
    for (const index of indexes) if (!this.#isStopped() && this.#tend(index)) built += 1;
    return built;
  }

  #tend(index: IndexRecord): boolean {
    const { table } = index;
    const known = this.#trustedManifest(table);
    const counts = this.#connection.snapshot(() => this.#countIfThere(table, known?.lastSlot ?? 0));
    if (counts === undefined) return false;
    if (counts.all < GRAPH_VECTORS) {
      if (known !== undefined) this.#remove(known);
      return false;
    }
    const plan = planOf(counts, known);
    if (plan === 'leave') return false;
    return this.#build(index, plan === 'extend' ? known : undefined, counts.lastSlot);
  }

  /** The index may have been dropped since the catalogue was read. */
  #countIfThere(table: number, slot: number): VectorCounts | undefined {
    const sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
    const isThere = this.#connection.prepare<number>(sql, 'pluck').get(`index_${table}`) !== undefined;
    return isThere ? countVectors(this.#connection, table, slot) : undefined;
  }

  #trustedManifest(table: number): GraphManifest | undefined {
    const { file } = this.#connection;
    const manifest = readManifest(file, table);
    if (manifest === undefined || !this.#connection.snapshot(() => isOfChain(this.#connection, manifest))) return undefined;
    if (!this.#trusted.has(manifest.file)) {
      if (!isWhole(file, manifest)) return undefined;
      this.#trusted.add(manifest.file);
    }
    return manifest;
  }

  #remove(manifest: GraphManifest): void {
    discard(manifestPath(this.#connection.file, manifest.table));
    discard(graphPath(this.#connection.file, manifest));
  }

  #build(index: IndexRecord, from: GraphManifest | undefined, lastSlot: number): boolean {
    const { file } = this.#connection;
    const shape = vectorShape(index);
    const graph = from === undefined ? VectorGraph.empty(shape) : VectorGraph.load(graphPath(file, from), shape);
    const calibration = new Calibration(shape, this.#samples(index.table, lastSlot));
    const held = from?.lastSlot ?? 0;
    for (let slot = 0; slot < lastSlot; ) {
      if (this.#isStopped()) return false;
      const rows = this.#connection.snapshot(() => this.#rowsIfThere(index.table, slot, lastSlot));
      if (rows === undefined) return false;
      if (rows.length === 0) break;
      const vectors = rows.map(([at, bytes]) => ({ at, vector: vectorIn(bytes) }));
      for (const { at, vector } of vectors) calibration.see(at, vector);
      addAll(
        graph,
        vectors.filter(({ at }) => at > held),
        shape.dimensions,
      );
      slot = rows.at(-1)![0];
    }
    this.#publish(index, graph, calibration.candidates(graph), lastSlot);
    return true;
  }

  #rowsIfThere(table: number, above: number, upTo: number): ReturnType<typeof rowsBetween> | undefined {
    return this.#countIfThere(table, 0) === undefined ? undefined : rowsBetween(this.#connection, table, above, upTo, BATCH);
  }

  /** From all over the index. */
  #samples(table: number, lastSlot: number): Float32Array[] {
    return this.#connection.snapshot(() =>
      Array.from({ length: SAMPLES }, (_, i) =>
        rowsBetween(this.#connection, table, Math.floor((i * lastSlot) / SAMPLES), lastSlot, 1),
      )
        .flat()
        .map(([, bytes]) => vectorIn(Uint8Array.from(bytes))),
    );
  }

  /** The height is taken after the last vector was read: whatever stands in the index then, or later, up to the slot is in the graph. */
  #publish(index: IndexRecord, graph: VectorGraph, candidates: number, lastSlot: number): void {
    const { file } = this.#connection;
    const { dimensions, similarity } = vectorShape(index);
    const head = this.#connection.snapshot(() => readHead(this.#connection));
    const name = graphName(file, index.table, head.height, lastSlot);
    const manifest = {
      format: 1,
      table: index.table,
      dimensions,
      similarity,
      height: head.height,
      blockHash: head.hash,
    } as const;
    const path = graphPath(file, { file: name });
    // Not in its place: a reader may have a file of that name mapped.
    discard(path);
    graph.save(path);
    const written = measure(path);
    if (written === undefined) return;
    publishManifest(file, { ...manifest, lastSlot, vectors: graph.size, candidates, file: name, ...written });
    this.#trusted.add(name);
    sweepGraphs(file, undefined, index.table);
  }
}

function vectorIndexes(collections: readonly CollectionRecord[]): IndexRecord[] {
  return collections.flatMap(({ indexes }) => indexes.filter((index) => kindNameOf(index) === 'vector'));
}

function planOf({ all, covered }: VectorCounts, known: GraphManifest | undefined): 'leave' | 'extend' | 'anew' {
  if (known === undefined) return 'anew';
  if (known.vectors - covered > known.vectors * GONE_SHARE) return 'anew';
  return all - covered > Math.max(TAIL_VECTORS, all * TAIL_SHARE) ? 'extend' : 'leave';
}

function addAll(graph: VectorGraph, rows: readonly { at: number; vector: Float32Array }[], dimensions: number): void {
  if (rows.length === 0) return;
  const all = new Float32Array(rows.length * dimensions);
  for (const [i, { vector }] of rows.entries()) all.set(vector, i * dimensions);
  graph.add(
    BigUint64Array.from(rows, ({ at }) => BigInt(at)),
    all,
  );
}
