import { DateTime, type Document, double, integer, typeName, type Value } from '@aerolithdb/protocol';
import type { DateUnit } from '../../calendar/date-unit.ts';
import type { Path } from '../../filter.ts';
import { asNumber, asWholeNumber } from '../../numeric.ts';
import { hold } from '../held-documents.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import { PIPELINE_LIMITS } from '../pipeline-limits.ts';
import type { Run } from '../run.ts';
import { fieldPath, fieldPathOf, listOf, optionsOf, stringOf } from '../stage-arguments.ts';
import { valueAt } from '../value-at.ts';
import { valueKey } from '../value-key.ts';
import { shifted, unitOf } from '../windows/time-unit.ts';
import { withValue } from '../with-value.ts';

/** `$densify`: documents where a field leaves out steps of a range. */
export type DensifyStage = {
  readonly kind: 'densify';
  readonly field: Path;
  readonly partitionBy: readonly Path[];
  readonly step: number;
  /** The unit of the step where the field holds dates. */
  readonly unit: DateUnit | undefined;
  /** From the first up to, not including, the second; `full`: of all documents, `partition`: of each partition. */
  readonly bounds: 'full' | 'partition' | readonly [number, number];
};

const NAME = '$densify';

export function parseDensify(value: Value): DensifyStage {
  const options = optionsOf(NAME, value, ['field', 'partitionByFields', 'range'], ['field', 'range']);
  const range = optionsOf(NAME, options.get('range')!, ['step', 'unit', 'bounds'], ['step', 'bounds']);
  const unit = unitOf(NAME, range.get('unit'));
  const step = (unit === undefined ? asNumber : asWholeNumber)(range.get('step'));
  if (step === undefined || !(step > 0))
    throw invalidPipeline(NAME, `${NAME} takes a number above 0 as "step", a whole one with a "unit".`);
  const names = options.get('partitionByFields');
  const partitionBy = names === undefined ? [] : listOf(NAME, names, 'partitionByFields');
  return {
    kind: 'densify',
    field: fieldPathOf(NAME, options.get('field'), 'field'),
    partitionBy: partitionBy.map((name) => fieldPath(NAME, stringOf(NAME, name, 'partitionByFields'))),
    step,
    unit,
    bounds: boundsOf(range.get('bounds')!, unit !== undefined),
  };
}

function boundsOf(value: Value, isDate: boolean): DensifyStage['bounds'] {
  if (typeof value === 'string' && (value === 'full' || value === 'partition')) return value;
  const [from, to] = Array.isArray(value) && value.length === 2 ? value.map((bound) => placeOf(bound, isDate)) : [];
  if (from !== undefined && to !== undefined && from <= to) return [from, to];
  const kind = isDate ? 'dates' : 'numbers';
  throw invalidPipeline(NAME, `${NAME} takes "full", "partition" or two ${kind}, the lower one first, as "bounds".`);
}

/** Undefined where nothing can be left out around the value: it is missing, or of another kind. */
function placeOf(value: Value | undefined, isDate: boolean): number | undefined {
  if (isDate) return value instanceof DateTime ? value.ms : undefined;
  return asNumber(value);
}

type Row = { readonly document: Document; readonly place: number };

/** Partition after partition, in the order of the field; documents without it come first. */
export function* runDensify(stage: DensifyStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const partitions = new Map<string, Row[]>();
  const { documents } = hold(input, run.memory, NAME);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const document of documents) {
    const value = valueAt(document, stage.field);
    const place = placeOf(value, stage.unit !== undefined);
    if (place === undefined) {
      if (value !== undefined && value !== null) throw wrongKind(value, stage.unit !== undefined);
      yield document;
      continue;
    }
    [low, high] = [Math.min(low, place), Math.max(high, place)];
    const key = stage.partitionBy.map((path) => valueKey(valueAt(document, path))).join('\0');
    const rows = partitions.get(key);
    if (rows === undefined) partitions.set(key, [{ document, place }]);
    else rows.push({ document, place });
  }
  const adding = new Added();
  for (const rows of partitions.values()) yield* dense(stage, rows, [low, high], adding);
}

function wrongKind(value: Value, isDate: boolean): Error {
  const wanted = isDate ? 'with a "unit" it takes dates' : 'it takes numbers, and dates with a "unit"';
  return invalidPipeline(NAME, `${NAME} met a value of type ${typeName(value)} in its field; ${wanted}.`);
}

/** Counts what is added. */
class Added {
  #count = 0;

  add(): void {
    if (++this.#count <= PIPELINE_LIMITS.densifiedDocuments) return;
    throw invalidPipeline(
      NAME,
      `${NAME} would add more than ${PIPELINE_LIMITS.densifiedDocuments} documents; take a larger step.`,
    );
  }
}

function* dense(stage: DensifyStage, rows: Row[], all: readonly [number, number], adding: Added): Generator<Document> {
  rows.sort((a, b) => a.place - b.place);
  const own = [rows[0]!.place, rows.at(-1)!.place] as const;
  const { bounds, step, unit } = stage;
  const isOpen = bounds !== 'full' && bounds !== 'partition';
  const [from, to] = bounds === 'full' ? all : bounds === 'partition' ? own : bounds;
  const first = rows[0]!.document;
  let number = 0;
  const next = () => shifted(from, unit, number * step);
  const missing = function* (until: number): Generator<Document> {
    for (; next() < until && (isOpen ? next() < to : next() <= to); number++) {
      adding.add();
      yield addedDocument(stage, first, next());
    }
  };
  for (const { document, place } of rows) {
    yield* missing(place);
    if (next() === place) number++;
    yield document;
  }
  yield* missing(Number.POSITIVE_INFINITY);
}

/** What is added has the fields of its partition and the place. */
function addedDocument({ field, partitionBy, unit }: DensifyStage, like: Document, place: number): Document {
  const document = partitionBy.reduce<Document>((made, path) => {
    const value = valueAt(like, path);
    return value === undefined ? made : withValue(made, path, value);
  }, new Map());
  return withValue(
    document,
    field,
    unit !== undefined ? new DateTime(place) : Number.isSafeInteger(place) ? integer(place) : double(place),
  );
}
