import { type Document, integer, type Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import type { Path } from '../../filter.ts';
import { valuesAtPath } from '../../values-at-path.ts';
import { sizeOf } from '../memory-budget.ts';
import type { Reading } from '../reading.ts';
import { type Prober, type Run, scopeOf } from '../run.ts';
import type { Stage } from '../stage.ts';
import { fieldPathOf, optionsOf, stringOf, wholeNumberOf } from '../stage-arguments.ts';
import { valueKey } from '../value-key.ts';
import { withValue } from '../with-value.ts';
import { parseMatch } from './match.ts';

/** `$graphLookup`: documents of a collection that are reached from one, link by link. */
export type GraphLookupStage = {
  readonly kind: 'graphLookup';
  readonly from: string;
  readonly startWith: Expression;
  readonly connectFrom: Path;
  readonly connectTo: Path;
  readonly as: Path;
  /** Links at most, 0 for what is found at once; undefined: any number. */
  readonly maxDepth: number | undefined;
  readonly depthField: Path | undefined;
  /** What every document on the way must match. */
  readonly restrict: readonly Stage[];
};

const REQUIRED = ['from', 'startWith', 'connectFromField', 'connectToField', 'as'];

export function parseGraphLookup(value: Value, reading: Reading): GraphLookupStage {
  const name = '$graphLookup';
  const options = optionsOf(name, value, [...REQUIRED, 'maxDepth', 'depthField', 'restrictSearchWithMatch'], REQUIRED);
  const [maxDepth, depthField, restrict] = ['maxDepth', 'depthField', 'restrictSearchWithMatch'].map((each) => options.get(each));
  return {
    kind: 'graphLookup',
    from: stringOf(name, options.get('from'), 'from'),
    startWith: parseExpression(options.get('startWith')!, reading),
    connectFrom: fieldPathOf(name, options.get('connectFromField'), 'connectFromField'),
    connectTo: fieldPathOf(name, options.get('connectToField'), 'connectToField'),
    as: fieldPathOf(name, options.get('as'), 'as'),
    maxDepth: maxDepth === undefined ? undefined : wholeNumberOf(name, maxDepth, 0, '"maxDepth"'),
    depthField: depthField === undefined ? undefined : fieldPathOf(name, depthField, 'depthField'),
    restrict: restrict === undefined ? [] : [parseMatch(restrict, reading)],
  };
}

export function* runGraphLookup(stage: GraphLookupStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const inner = { ...run, collection: stage.from };
  const probe = run.sources.prober(stage.connectTo, inner);
  for (const document of input) {
    const start = stage.startWith.evaluate(scopeOf(run, document));
    const reached = new Reached(stage, run);
    search(stage, start, probe, inner, reached);
    yield withValue(document, stage.as, reached.documents);
    reached.giveBack();
  }
}

/** Level by level; each document counts once, with the fewest links that lead to it. */
function search(stage: GraphLookupStage, start: Value | undefined, probe: Prober, run: Run, reached: Reached): void {
  const asked = new Set<string>();
  let frontier = start === undefined ? [] : Array.isArray(start) ? start : [start];
  for (let depth = 0; frontier.length > 0 && depth <= (stage.maxDepth ?? Number.POSITIVE_INFINITY); depth++) {
    const fresh = frontier.filter((value) => isNew(asked, value));
    frontier = [];
    if (fresh.length === 0) return;
    for (const found of probe(fresh, stage.restrict, run))
      if (reached.add(found, depth)) frontier.push(...valuesAtPath(found, stage.connectFrom));
  }
}

function isNew(asked: Set<string>, value: Value): boolean {
  const key = valueKey(value);
  if (asked.has(key)) return false;
  asked.add(key);
  return true;
}

/** What one search has found. */
class Reached {
  readonly documents: Document[] = [];
  readonly #depthField: Path | undefined;
  readonly #run: Run;
  readonly #ids = new Set<string>();
  #bytes = 0;

  constructor({ depthField }: GraphLookupStage, run: Run) {
    this.#depthField = depthField;
    this.#run = run;
  }

  /** Whether it is new. */
  add(document: Document, depth: number): boolean {
    if (!isNew(this.#ids, document.get('_id') ?? null)) return false;
    const bytes = sizeOf(document);
    this.#run.memory.take(bytes, '$graphLookup');
    this.#bytes += bytes;
    this.documents.push(this.#depthField === undefined ? document : withValue(document, this.#depthField, integer(depth)));
    return true;
  }

  giveBack(): void {
    this.#run.memory.give(this.#bytes);
  }
}
