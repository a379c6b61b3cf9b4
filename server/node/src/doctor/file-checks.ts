import type { Inspection } from '@aerolithdb/engine/inspect';
import type { IndexSpec } from '@aerolithdb/protocol';
import { error, type Finding, fine } from './finding.ts';
import type { OnStep } from './on-step.ts';

const CHECKSUM = 'file checksum';
const INDEXES = 'index health';
/** Documents whose entries are looked up, in each index. */
const SAMPLE = 2000;
const FROM_BACKUP = 'Restore the folder from a backup. Keep the damaged file: what is whole in it can be exported.';

/** Reads every page in use, table after table, so that a running node is never held up for long. */
export async function checkChecksums(inspection: Inspection, fileBytes: number, onStep: OnStep): Promise<Finding> {
  const tables = inspection.tables();
  const begun = performance.now();
  const faults: string[] = [];
  for (const [index, table] of tables.entries()) {
    await onStep(CHECKSUM, index / tables.length);
    const fault = faultOf(() => inspection.checkTable(table));
    if (fault !== undefined) faults.push(fault);
  }
  const figures = {
    tables: tables.length,
    damagedTables: faults.length,
    fileBytes,
    tookMs: Math.round(performance.now() - begun),
  };
  if (faults.length === 0)
    return fine(CHECKSUM, `every page in use of ${tables.length} tables has the seal it must have`, figures);
  return error(
    CHECKSUM,
    faults.length === 1 ? faults[0]! : `${faults.length} tables are damaged; the first: ${faults[0]}`,
    FROM_BACKUP,
    figures,
  );
}

/** Holds counts and indexes against the documents. One finding a fault, or one for all that is well. */
export async function checkIndexes(inspection: Inspection, onStep: OnStep): Promise<Finding[]> {
  const collections = inspection.collections();
  const faults: Finding[] = [];
  let indexes = 0;
  for (const [position, { name, indexes: names }] of collections.entries()) {
    await onStep(INDEXES, position / collections.length);
    faults.push(...countFaults(inspection, name));
    for (const index of names) faults.push(...indexFaults(inspection, name, index));
    indexes += names.length;
  }
  if (faults.length > 0) return faults;
  const found = `collections: ${collections.length}, indexes: ${indexes}; counts agree with the documents, and so do the entries of up to ${SAMPLE} of each`;
  return [fine(INDEXES, found, { indexes, collections: collections.length })];
}

function countFaults(inspection: Inspection, name: string): Finding[] {
  const count = inspection.countDocuments(name);
  if (count === undefined || count.counted === count.found) return [];
  const found = `"${name}" holds ${count.found} documents, and ${count.counted} were counted`;
  return [error(INDEXES, found, FROM_BACKUP, { collection: name, counted: count.counted, documents: count.found })];
}

function indexFaults(inspection: Inspection, collection: string, index: IndexSpec): Finding[] {
  const health = inspection.indexHealth(collection, index.name, SAMPLE);
  if (health === undefined || health.faults.length === 0) return [];
  const { documents, entries, sampled, missing, stale } = health;
  const what = [
    ...(health.faults.includes('missing') ? [`entries are missing (${missing} of ${sampled} documents looked at)`] : []),
    ...(health.faults.includes('stale') ? [`entries are stale (${stale} name no document)`] : []),
  ];
  const found = `the index "${index.name}" of "${collection}" has ${entries} entries for ${documents} documents: ${what.join(', ')}`;
  const figures = { collection, index: index.name, documents, entries, sampled, missing, stale };
  return [error(INDEXES, found, makeAnew(collection, index), figures)];
}

function makeAnew(collection: string, { name, keys, unique }: IndexSpec): string {
  const drop = `aerolith index drop ${collection} ${name}`;
  const create = `aerolith index create ${collection} '${JSON.stringify(Object.fromEntries(keys))}' --name ${name}${unique === true ? ' --unique' : ''}`;
  return `Until it is made anew its queries may miss documents: ${drop} && ${create}`;
}

/** The sentence of what is wrong; undefined when nothing is. */
export function faultOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
