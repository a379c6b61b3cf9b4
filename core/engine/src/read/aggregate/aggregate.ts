import { dirname } from 'node:path';
import { AerolithError, type AggregateRequest, type ReadAnswer, toRelaxed } from '@aerolithdb/protocol';
import { MemoryBudget, parsePipelineText, type Run, seededRandom } from '@aerolithdb/query';
import { explainLevel } from '../explain-plan.ts';
import { collectionAt, heightAt } from '../past-height.ts';
import { collectionNamed, type ReadContext } from '../read-context.ts';
import { READ_LIMITS } from '../read-limits.ts';
import { AggregateSources } from './aggregate-sources.ts';
import { explainAggregate } from './explain-aggregate.ts';
import { SpillFolder } from './spill-folder.ts';

/**
 * What a pipeline makes of a collection, as one JSON array: a pipeline that groups or sorts would have to run anew for every page.
 * Throws `unknown_collection`, `unknown_index`, `invalid_position`, `invalid_pipeline`, `pipeline_too_large`, `answer_too_large`,
 * `sort_too_large`, and what the parsers of stages, filters, sorts and expressions throw.
 */
export function aggregate(context: ReadContext, request: AggregateRequest): ReadAnswer {
  const stages = parsePipelineText(request.pipeline);
  const height = request.at === undefined ? context.height : heightAt(context, request.at);
  const asOf = request.at === undefined ? undefined : height;
  if (asOf === undefined) collectionNamed(context.catalogue, request.collection);
  else collectionAt(context, request.collection, asOf);
  const sources = new AggregateSources(context, { asOf, hint: request.hint });
  using spill = new SpillFolder(dirname(context.connection.file));
  const run = { ...runOf(request, sources), ...(request.allowDiskUse === false ? {} : { spill }) };
  const level = explainLevel(request.explain);
  if (level === 'queryPlanner')
    return { height, text: '[]', count: 0, explain: explainAggregate(context, request, stages, run, { level }) };
  const answer = answerText(sources.aggregate(stages, run));
  if (level === undefined) return { height, ...answer };
  const { gatheredBySql, vectorSearch } = sources;
  const ran = { rowsReturned: answer.count, gatheredBySql, vectorSearch, spilledBytes: spill.bytes };
  return { height, ...answer, explain: explainAggregate(context, request, stages, run, { level, ran }) };
}

function runOf(request: AggregateRequest, sources: AggregateSources): Run {
  return {
    sources,
    collection: request.collection,
    variables: new Map(),
    now: request.now ?? 0,
    random: seededRandom(request.seed ?? 0),
    memory: new MemoryBudget(),
  };
}

function answerText(documents: ReturnType<AggregateSources['aggregate']>): { readonly text: string; readonly count: number } {
  const texts: string[] = [];
  let units = 0;
  for (const document of documents) {
    const text = toRelaxed(document);
    units += text.length;
    if (units > READ_LIMITS.answerBytes) throw answerTooLarge();
    texts.push(text);
  }
  return { text: `[${texts.join(',')}]`, count: texts.length };
}

function answerTooLarge(): AerolithError {
  const bytes = READ_LIMITS.answerBytes;
  const message = `The answer is larger than ${bytes} bytes. Add a $limit, or a $project of the fields that are needed.`;
  return new AerolithError('answer_too_large', message, { bytes });
}
