import { type Document, integer, type Value, type VectorSearchPlace } from '@aerolithdb/protocol';
import {
  type CountStage,
  ForeignTable,
  type Front,
  hasText,
  inFilter,
  neededFields,
  type Path,
  type Prober,
  type Run,
  runStages,
  type Sources,
  type Stage,
  splitFront,
  type VectorSearchStage,
} from '@aerolithdb/query';
import { type CollectionRecord, readCounters } from '../../catalogue.ts';
import type { QueryPlan } from '../../plan/query-plan.ts';
import { countPlan } from '../count.ts';
import { collectionAt } from '../past-height.ts';
import { collectionNamed, type ReadContext } from '../read-context.ts';
import { groupBySql } from './group-by-sql.ts';
import { KeyProbe } from './key-probe.ts';
import { pastFront } from './past-front.ts';
import { withPlaceField } from './place-field.ts';
import { planFront, presentDocuments, type Reading } from './present-documents.ts';
import { pastNearest, presentNearest } from './search-vectors.ts';

export type SourceOptions = {
  /** The height of a past state; undefined: the present one. */
  readonly asOf: number | undefined;
  /** For the collection that the pipeline is asked of. */
  readonly hint?: string | undefined;
};

/** Stages at the front of a pipeline whose documents have metadata. */
const SEARCHES: ReadonlySet<Stage['kind']> = new Set(['geoNear', 'rankFusion', 'vectorSearch']);

/** The collections of one committed state, as a pipeline reads them. */
export class AggregateSources implements Sources {
  readonly #context: ReadContext;
  readonly #options: SourceOptions;
  readonly #level: number;
  #gatheredBySql = false;
  #vectorSearch: VectorSearchPlace | undefined;

  /** `level`: pipelines that are being read around this one. */
  constructor(context: ReadContext, options: SourceOptions, level = 0) {
    this.#context = context;
    this.#options = options;
    this.#level = level;
  }

  /** Whether SQL carried out the stage after the front of the pipeline that was run last. */
  get gatheredBySql(): boolean {
    return this.#gatheredBySql;
  }

  /** How the last `$vectorSearch` was carried out. */
  get vectorSearch(): VectorSearchPlace | undefined {
    return this.#vectorSearch;
  }

  aggregate(given: readonly Stage[], run: Run): Iterable<Document> {
    const stages = withPlaceField(given, () => this.#collection(run.collection));
    const [first] = stages;
    const sources = new AggregateSources(this.#context, { asOf: this.#options.asOf }, this.#level + 1);
    const shared = { ...run, sources, searched: run.searched === true || (first !== undefined && SEARCHES.has(first.kind)) };
    if (first?.kind === 'vectorSearch') return runStages(stages.slice(1), this.searchVectors(first, run), shared);
    if (first !== undefined && isSource(first)) return runStages(stages, [], shared);
    const { front, rest } = splitFront(stages, run);
    const inner = hasText(front.filter) ? { ...shared, searched: true } : shared;
    const collection = this.#collection(run.collection);
    const { asOf, hint } = this.#options;
    if (asOf !== undefined) return runStages(rest, pastFront(this.#context, collection, asOf, front, inner, this.#level), inner);
    const reading = { front, needed: neededFields(rest), hint, level: this.#level };
    const gathered = this.#bySql(collection, reading, rest[0], run);
    if (gathered !== undefined) return runStages(rest.slice(1), gathered, inner);
    return runStages(rest, presentDocuments(this.#context, collection, reading), inner);
  }

  /** What a stage that gathers gives, when SQL can say it and nothing is cut off before it. */
  #bySql(collection: CollectionRecord, reading: Reading, stage: Stage | undefined, run: Run): readonly Document[] | undefined {
    const { front } = reading;
    if (front.skip > 0 || front.limit !== undefined) return undefined;
    if (stage?.kind !== 'group' && stage?.kind !== 'count') return undefined;
    const plan = planFront(this.#context, collection, { ...reading, front: { ...front, sort: undefined } });
    const gathered =
      stage.kind === 'group' ? groupBySql(this.#context, plan, stage, run.memory) : countBySql(this.#context, plan, front, stage);
    this.#gatheredBySql = gathered !== undefined;
    return gathered;
  }

  prober(path: Path, run: Run): Prober {
    const probe = this.#keyProbe(path, run.collection);
    if (probe === undefined) return this.#tableProber(path, run);
    return (values, stages, inner) => {
      if (values.some((value) => Array.isArray(value))) return this.aggregate([matching(path, values), ...stages], inner);
      return runStages(stages, probe.find(values), inner);
    };
  }

  #tableProber(path: Path, run: Run): Prober {
    let table: ForeignTable | undefined;
    return (values, stages, inner) => {
      table ??= new ForeignTable(path, this.aggregate([], run), run);
      return runStages(stages, table.matching(values), inner);
    };
  }

  searchVectors(stage: VectorSearchStage, run: Run): Iterable<Document> {
    const collection = this.#collection(run.collection);
    const { asOf } = this.#options;
    if (asOf !== undefined) return pastNearest(this.#context, collection, asOf, stage, this.#level);
    const { documents, way } = presentNearest(this.#context, collection, stage);
    this.#vectorSearch = way;
    return documents;
  }

  collectionStats(run: Run): Document {
    const { name, table, indexes } = this.#collection(run.collection);
    const { documents } = readCounters(this.#context.connection, table);
    return new Map<string, ReturnType<typeof integer> | string>([
      ['collection', name],
      ['count', integer(documents)],
      ['indexes', integer(indexes.length)],
    ]);
  }

  *indexStats(run: Run): Generator<Document> {
    for (const { name, keys, unique } of this.#collection(run.collection).indexes)
      yield new Map<string, string | boolean | Document>([
        ['name', name],
        ['key', new Map(keys)],
        ['unique', unique],
      ]);
  }

  #collection(name: string): CollectionRecord {
    const { asOf } = this.#options;
    return asOf === undefined ? collectionNamed(this.#context.catalogue, name) : collectionAt(this.#context, name, asOf);
  }

  #keyProbe(path: Path, name: string): KeyProbe | undefined {
    const collection = this.#collection(name);
    return this.#options.asOf === undefined ? KeyProbe.for(this.#context.connection, collection, path) : undefined;
  }
}

function countBySql(context: ReadContext, plan: QueryPlan, { filter }: Front, { field }: CountStage): readonly Document[] {
  const isEverything = filter.kind === 'and' && filter.filters.length === 0;
  const count = isEverything ? readCounters(context.connection, plan.collection.table).documents : countPlan(context, plan);
  return count === 0 ? [] : [new Map([[field, integer(count)]])];
}

/** Stages that need nothing of the collection's rows. */
const OWN_DOCUMENTS: ReadonlySet<string> = new Set(['documents', 'collStats', 'indexStats', 'searchMeta', 'rankFusion']);

function isSource(stage: Stage): boolean {
  return OWN_DOCUMENTS.has(stage.kind);
}

function matching(path: Path, values: readonly Value[]): Stage {
  return { kind: 'match', filter: inFilter(path, values), equalities: [] };
}
