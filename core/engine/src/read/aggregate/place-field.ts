import { AerolithError } from '@aerolithdb/protocol';
import { parsePath, type Stage } from '@aerolithdb/query';
import type { CollectionRecord } from '../../catalogue.ts';
import { kindNameOf } from '../../index-kinds/kind-of.ts';

/**
 * The stages, of which a `$geoNear` at the beginning knows the field of the places: the one of the only index of places where it names
 * none. Throws `invalid_pipeline` when there is none or more than one.
 */
export function withPlaceField(stages: readonly Stage[], collection: () => CollectionRecord): readonly Stage[] {
  const [first, ...others] = stages;
  if (first?.kind !== 'geoNear' || first.search.path !== undefined) return stages;
  const path = parsePath(onlyPlaceField(collection()));
  return [{ ...first, search: { ...first.search, path } }, ...others];
}

function onlyPlaceField({ name, indexes }: CollectionRecord): string {
  const fields = indexes.filter((index) => kindNameOf(index) === '2dsphere').map(({ keys }) => keys[0]![0]);
  const [field, ...others] = new Set(fields);
  if (field !== undefined && others.length === 0) return field;
  const message =
    field === undefined
      ? `$geoNear needs an index of places, and "${name}" has none. Make one on the field that holds them: {"keys": {"location": "2dsphere"}}.`
      : `"${name}" has indexes of places on ${fields.map((each) => `"${each}"`).join(' and ')}; say which one $geoNear is to use: {"key": "${field}"}.`;
  throw new AerolithError('invalid_pipeline', message, { stage: '$geoNear' });
}
