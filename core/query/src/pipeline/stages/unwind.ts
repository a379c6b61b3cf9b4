import { type Document, integer, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from '../../filter.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import { fieldPath, optionsOf, referenceOf, stringOf } from '../stage-arguments.ts';
import { valueAt } from '../value-at.ts';
import { withValue } from '../with-value.ts';

/** `$unwind`: one document for each element of an array. */
export type UnwindStage = {
  readonly kind: 'unwind';
  readonly path: Path;
  /** The field that gets the place of the element. */
  readonly indexPath?: Path;
  /** Whether documents without an element come out too. */
  readonly keepsEmpty: boolean;
};

export function parseUnwind(value: Value): UnwindStage {
  if (!isDocument(value)) return { kind: 'unwind', path: referenceOf('$unwind', value, 'path'), keepsEmpty: false };
  const options = optionsOf('$unwind', value, ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'], ['path']);
  const index = options.get('includeArrayIndex');
  const keeps = options.get('preserveNullAndEmptyArrays') ?? false;
  if (typeof keeps !== 'boolean')
    throw invalidPipeline('$unwind', '$unwind takes true or false as "preserveNullAndEmptyArrays".');
  return {
    kind: 'unwind',
    path: referenceOf('$unwind', options.get('path'), 'path'),
    ...(index === undefined ? {} : { indexPath: fieldPath('$unwind', stringOf('$unwind', index, 'includeArrayIndex')) }),
    keepsEmpty: keeps,
  };
}

export function* runUnwind({ path, indexPath, keepsEmpty }: UnwindStage, input: Iterable<Document>): Generator<Document> {
  for (const document of input) {
    const value = valueAt(document, path);
    if (Array.isArray(value) && value.length > 0) {
      for (let i = 0; i < value.length; i++) {
        const unwound = withValue(document, path, value[i]!);
        yield indexPath === undefined ? unwound : withValue(unwound, indexPath, integer(i));
      }
    } else if (Array.isArray(value) || value === null || value === undefined) {
      if (!keepsEmpty) continue;
      const kept = Array.isArray(value) ? withValue(document, path, undefined) : document;
      yield indexPath === undefined ? kept : withValue(kept, indexPath, null);
    } else {
      yield indexPath === undefined ? document : withValue(document, indexPath, null);
    }
  }
}
