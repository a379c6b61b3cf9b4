import { type Document, integer, type Value } from '@aerolithdb/protocol';
import {
  ForeignTable,
  inFilter,
  neededFields,
  type Path,
  type Prober,
  type Run,
  runStages,
  type Sources,
  type Stage,
  splitFront,
} from '@aerolithdb/query';
import { type CollectionRecord, readCounters } from '../../catalogue.ts';
import { collectionAt } from '../past-height.ts';
import { collectionNamed, type ReadContext } from '../read-context.ts';
import { pastFront } from './past-front.ts';
import { presentDocuments } from './present-documents.ts';

export type SourceOptions = {
  /** The height of a past state; undefined: the present one. */
  readonly asOf: number | undefined;
  /** For the collection that the pipeline is asked of. */
  readonly hint?: string | undefined;
};

/** The collections of one committed state, as a pipeline reads them. */
export class AggregateSources implements Sources {
  readonly #context: ReadContext;
  readonly #options: SourceOptions;
  readonly #level: number;

  /** `level`: pipelines that are being read around this one. */
  constructor(context: ReadContext, options: SourceOptions, level = 0) {
    this.#context = context;
    this.#options = options;
    this.#level = level;
  }

  aggregate(stages: readonly Stage[], run: Run): Iterable<Document> {
    const inner = { ...run, sources: new AggregateSources(this.#context, { asOf: this.#options.asOf }, this.#level + 1) };
    if (stages[0] !== undefined && isSource(stages[0])) return runStages(stages, [], inner);
    const { front, rest } = splitFront(stages);
    const collection = this.#collection(run.collection);
    const { asOf, hint } = this.#options;
    if (asOf !== undefined) return runStages(rest, pastFront(this.#context, collection, asOf, front, inner), inner);
    const needed = neededFields(rest);
    const documents = presentDocuments(this.#context, collection, { front, needed, hint, level: this.#level });
    return runStages(rest, documents, inner);
  }

  prober(path: Path, run: Run): Prober {
    if (this.#hasIndex(path, run.collection))
      return (values, stages, inner) => this.aggregate([matching(path, values), ...stages], inner);
    let table: ForeignTable | undefined;
    return (values, stages, inner) => {
      table ??= new ForeignTable(path, this.aggregate([], run), run);
      return runStages(stages, table.matching(values), inner);
    };
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

  #hasIndex(path: Path, name: string): boolean {
    const { asOf } = this.#options;
    const first = path.join('.');
    return asOf === undefined && (first === '_id' || this.#collection(name).indexes.some(({ keys }) => keys[0]?.[0] === first));
  }
}

function isSource(stage: Stage): boolean {
  return stage.kind === 'documents' || stage.kind === 'collStats' || stage.kind === 'indexStats';
}

function matching(path: Path, values: readonly Value[]): Stage {
  return { kind: 'match', filter: inFilter(path, values), expressions: [], sources: [] };
}
