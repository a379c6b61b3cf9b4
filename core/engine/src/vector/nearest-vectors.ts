import type { VectorSearchPlace } from '@aerolithdb/protocol';
import { Nearest, readVector, type Scorer, scorerOf, type VectorSearchStage } from '@aerolithdb/query';
import type { CollectionRecord, IndexRecord } from '../catalogue.ts';
import { planQuery, type QueryPlan } from '../plan/query-plan.ts';
import { raw, TRUE } from '../plan/sql-fragment.ts';
import { walk } from '../plan/walk.ts';
import { knowledgeOf, type ReadContext } from '../read/read-context.ts';
import { type OpenGraph, openGraph } from './open-graph.ts';
import { VectorRows } from './vector-rows.ts';
import { vectorShape } from './vector-table.ts';
import { type ScoredSlots, tailAbove, VectorTail } from './vector-tail.ts';

export type NearestFound = { readonly rows: readonly { readonly rid: number; readonly score: number }[] } & VectorSearchPlace;

/** Of the candidates, whose order is nearly right, so many times the limit are compared anew. */
const MARGIN = 2;
/** By how much the candidates grow when too few of them pass. */
const GROWTH = 4;
/** Candidates from which on the rows of the filter are compared instead. */
const CANDIDATES_MAX = 16_384;
/** Candidates after which their share that passes is taken for that of all. */
const FEW_SEEN = 512;
/** Slots that are looked up at once. */
const BATCH = 128;

/**
 * The rows whose vectors are nearest to that of the stage, each of which passes the filter. Never fewer than `limit` while there are so
 * many. Vectors that the graph lacks are all compared; those that it has too many are left out. Throws `invalid_vector`.
 */
export function nearestVectors(
  context: ReadContext,
  collection: CollectionRecord,
  index: IndexRecord,
  stage: VectorSearchStage,
): NearestFound {
  return new Search(context, collection, index, stage).run();
}

class Search {
  readonly #context: ReadContext;
  readonly #collection: CollectionRecord;
  readonly #index: IndexRecord;
  readonly #stage: VectorSearchStage;
  readonly #query: Float32Array;
  readonly #score: Scorer;
  /** Undefined: no filter. */
  readonly #plan: QueryPlan | undefined;
  readonly #documents: number;

  constructor(context: ReadContext, collection: CollectionRecord, index: IndexRecord, stage: VectorSearchStage) {
    const shape = vectorShape(index);
    const { filter } = stage;
    this.#context = context;
    this.#collection = collection;
    this.#index = index;
    this.#stage = stage;
    this.#query = readVector(stage.queryVector, shape, 'The query vector');
    this.#score = scorerOf(shape.similarity, this.#query);
    const known = knowledgeOf(context, collection);
    this.#documents = known.documents;
    const isEverything = filter.kind === 'and' && filter.filters.length === 0;
    this.#plan = isEverything ? undefined : planQuery(known, collection, { filter });
  }

  run(): NearestFound {
    const { exact } = this.#stage;
    const few =
      this.#plan === undefined ? undefined : this.#fewRows(this.#plan, exact ? Number.POSITIVE_INFINITY : this.#fewMax());
    if (few !== undefined) return this.#ofRows(few);
    if (exact) return this.#ofAll();
    const graph = openGraph(this.#context.connection, this.#index.table, vectorShape(this.#index));
    const found = this.#ofGraph(graph);
    if (found !== undefined || this.#plan === undefined) return found ?? this.#ofAll();
    return this.#ofRows(this.#fewRows(this.#plan, Number.POSITIVE_INFINITY)!);
  }

  #rows(): VectorRows {
    return new VectorRows(this.#context.connection, this.#collection, this.#index, this.#score, this.#stage.limit);
  }

  /**
   * With so many rows or fewer, comparing them all costs less than to look among the nearest for those that pass: `limit` of them
   * stand among the nearest `limit * documents / rows`.
   */
  #fewMax(): number {
    return Math.max(BATCH, Math.sqrt(MARGIN * this.#stage.limit * this.#documents));
  }

  /** The rows that pass the filter when there are at most so many. A filter that no index serves is not tried for few. */
  #fewRows(plan: QueryPlan, most: number): number[] | undefined {
    if (plan.access.kind === 'scan' && Number.isFinite(most) && this.#documents > most) return undefined;
    const rids: number[] = [];
    for (const [rid] of walk<[number]>(this.#context.connection, plan, raw('d.rid'))) {
      rids.push(rid);
      if (rids.length > most) return undefined;
    }
    return rids;
  }

  #ofRows(rids: readonly number[]): NearestFound {
    const rows = this.#rows();
    for (let at = 0; at < rids.length; at += BATCH) rows.takeRids(rids.slice(at, at + BATCH));
    return { rows: rows.nearest(), way: 'filter', candidates: 0, tail: 0, compared: rows.compared };
  }

  #ofAll(): NearestFound {
    const { connection } = this.#context;
    const rows = this.#rows();
    const { table } = this.#index;
    const all = new VectorTail(connection, table, 0, this.#query.length).score(this.#score);
    this.#takeBest(rows, all);
    return { rows: rows.nearest(), way: 'all', candidates: 0, tail: all.slots.length, compared: rows.compared };
  }

  /** Undefined: among all candidates too few pass. */
  #ofGraph(open: OpenGraph | undefined): NearestFound | undefined {
    const { connection } = this.#context;
    const rows = this.#rows();
    const tail = tailAbove(connection, this.#index.table, open?.manifest.lastSlot ?? 0, this.#query.length).score(this.#score);
    this.#takeBest(rows, tail);
    if (open === undefined)
      return { rows: rows.nearest(), way: 'all', candidates: 0, tail: tail.slots.length, compared: rows.compared };
    const candidates = this.#takeCandidates(rows, open);
    if (candidates === undefined) return undefined;
    return { rows: rows.nearest(), way: 'graph', candidates, tail: tail.slots.length, compared: rows.compared };
  }

  /** Takes what passes among more and more candidates. Undefined: too few, and the graph has more. */
  #takeCandidates(rows: VectorRows, { graph, manifest }: OpenGraph): number | undefined {
    const { limit } = this.#stage;
    const seen = new Set<number>();
    let taken = 0;
    for (let count = Math.max(limit, this.#stage.candidates ?? manifest.candidates); ; count *= GROWTH) {
      const slots = graph.search(this.#query, Math.min(count, graph.size)).filter((slot) => !seen.has(slot));
      for (let at = 0; at < slots.length && taken < MARGIN * limit; at += this.#batch()) {
        const batch = slots.slice(at, at + this.#batch());
        taken += rows.takeSlots(batch, this.#plan?.where ?? TRUE);
        for (const slot of batch) seen.add(slot);
      }
      if (taken >= MARGIN * limit || seen.size >= graph.size) return count;
      const needed = (MARGIN * limit * seen.size) / taken;
      if (seen.size >= FEW_SEEN && needed > CANDIDATES_MAX) return undefined;
      if (count >= Math.min(graph.size, CANDIDATES_MAX)) return taken >= limit ? count : undefined;
    }
  }

  /** Without a filter nearly every candidate passes. */
  #batch(): number {
    return this.#plan === undefined ? MARGIN * this.#stage.limit : BATCH;
  }

  /** Takes the best until enough of them pass. */
  #takeBest(rows: VectorRows, { slots, scores }: ScoredSlots): void {
    const { limit } = this.#stage;
    let taken = 0;
    let behind = 0;
    for (let most = MARGIN * limit; taken < limit && behind < slots.length; most *= GROWTH) {
      const best = new Nearest<number>(most);
      for (let i = 0; i < slots.length; i += 1) best.add(slots[i]!, scores[i]!, slots[i]!);
      const next = best
        .sorted()
        .slice(behind)
        .map(({ item }) => item);
      for (let at = 0; at < next.length && taken < limit; at += BATCH)
        taken += rows.takeSlots(next.slice(at, at + BATCH), this.#plan?.where ?? TRUE);
      behind = Math.min(most, slots.length);
    }
  }
}
