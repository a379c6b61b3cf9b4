import { closeSync, fstatSync, openSync, readFileSync, readSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { GraphShape } from './vector-graph.ts';

/**
 * The files of a graph beside the data file.
 *
 * Invariants:
 * 1. `<data file>-vectors-<table>.json` describes the graph and names its file. It is renamed into its place after the graph is
 *    written, so it never names a file that is being written.
 * 2. A graph's file is never changed. A newer graph has another name.
 * 3. Nothing here is the truth: a graph that is missing, torn or of another chain is made anew out of the index.
 */
export type GraphManifest = GraphShape & {
  readonly format: 1;
  /** Number of the index. */
  readonly table: number;
  /** The graph holds every vector that stood in the index at this height with a slot up to `lastSlot`, and at any later height. */
  readonly height: number;
  /** Hash of the block at that height: the graph belongs to this chain. */
  readonly blockHash: string;
  readonly lastSlot: number;
  /** In the graph, those among them that have gone since. */
  readonly vectors: number;
  /** How many of them a search must look at to find nearly all of the nearest ten. */
  readonly candidates: number;
  readonly file: string;
  readonly bytes: number;
  readonly crc32: number;
};

const FORMAT = 1;
const CHUNK_BYTES = 1_048_576;

export function manifestPath(dataFile: string, table: number): string {
  return `${dataFile}-vectors-${table}.json`;
}

/** The name that a new graph is written under, and then kept under. */
export function graphName(dataFile: string, table: number, height: number, lastSlot: number): string {
  return `${basename(dataFile)}-vectors-${table}-${height}-${lastSlot}.graph`;
}

/** Which graph there is: changes when another takes its place. Undefined: none. */
export function graphMark(dataFile: string, table: number): string | undefined {
  const stat = statSync(manifestPath(dataFile, table), { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}

/** The description of the graph of an index; undefined when there is none, or none that this program can read. */
export function readManifest(dataFile: string, table: number): GraphManifest | undefined {
  let text: string;
  try {
    text = readFileSync(manifestPath(dataFile, table), 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
  return parseManifest(text, table);
}

/** Puts the graph that the manifest describes in the place of the one before. */
export function publishManifest(dataFile: string, manifest: GraphManifest): void {
  const path = manifestPath(dataFile, manifest.table);
  writeFileSync(`${path}.new`, JSON.stringify(manifest));
  renameSync(`${path}.new`, path);
}

/** Where the graph of a manifest stands. */
export function graphPath(dataFile: string, { file }: Pick<GraphManifest, 'file'>): string {
  return join(dirname(dataFile), file);
}

/** Whether the graph's file is, byte for byte, the one that was written. */
export function isWhole(dataFile: string, manifest: GraphManifest): boolean {
  const path = graphPath(dataFile, manifest);
  const found = measure(path);
  return found !== undefined && found.bytes === manifest.bytes && found.crc32 === manifest.crc32;
}

/** Size and checksum of a file; undefined when there is none. */
export function measure(path: string): { readonly bytes: number; readonly crc32: number } | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let sum = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) sum = crc32(chunk.subarray(0, read), sum);
    return { bytes: fstatSync(file).size, crc32: sum };
  } finally {
    closeSync(file);
  }
}

/** Removes a file that nobody needs. One that cannot go now (a system that keeps files in use) goes with the next sweep. */
export function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown)) throw thrown;
  }
}

function parseManifest(text: string, table: number): GraphManifest | undefined {
  let manifest: Partial<GraphManifest>;
  try {
    manifest = JSON.parse(text) as Partial<GraphManifest>;
  } catch {
    return undefined;
  }
  const isOurs = manifest.format === FORMAT && manifest.table === table && typeof manifest.file === 'string';
  return isOurs && basename(manifest.file!) === manifest.file ? (manifest as GraphManifest) : undefined;
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
