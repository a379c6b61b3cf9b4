import { INDEX_OPTIONS } from '@aerolithdb/protocol';
import { ACCUMULATOR_NAMES, FIELD_OPERATORS, LOGICAL_OPERATORS, STAGE_NAMES, UPDATE_OPERATORS } from '@aerolithdb/query';

/** What may stand as a key: fields below `base` (all when it is empty), and other names. */
export type Keys = { readonly fields: boolean; readonly base: string; readonly names: readonly string[] };

const FIELDS: Keys = { fields: true, base: '', names: [] };
const NONE: Keys = { fields: false, base: '', names: [] };

const READ_OPTIONS = ['sort', 'projection', 'limit', 'skip', 'hint', 'at', 'timeoutMs'];
const WRITE_OPTIONS = ['upsert', 'arrayFilters', 'sort', 'ifVersion', 'timeoutMs'];
const IMAGE_OPTIONS = ['projection', 'returnDocument'];

type Role = (path: readonly string[]) => Keys;

const options =
  (names: readonly string[]): Role =>
  ([first]) =>
    first === undefined ? named(names) : first === 'sort' || first === 'projection' ? FIELDS : NONE;

const fields: Role = (path) => ({ fields: true, base: path.join('.'), names: [] });

/** What each argument of a method holds. */
const ARGUMENTS: Readonly<Record<string, readonly Role[]>> = {
  find: [filterKeys, options(READ_OPTIONS)],
  findOne: [filterKeys, options(READ_OPTIONS)],
  count: [filterKeys, options(['limit', 'skip', 'hint', 'at', 'timeoutMs'])],
  distinct: [fields, filterKeys, options(['hint', 'at', 'timeoutMs'])],
  insertOne: [fields],
  insertMany: [fields],
  replaceOne: [filterKeys, fields, options(['upsert', 'ifVersion', 'timeoutMs'])],
  updateOne: [filterKeys, updateKeys, options(WRITE_OPTIONS)],
  updateMany: [filterKeys, updateKeys, options(['upsert', 'arrayFilters', 'timeoutMs'])],
  findOneAndUpdate: [filterKeys, updateKeys, options([...WRITE_OPTIONS, ...IMAGE_OPTIONS])],
  findOneAndReplace: [filterKeys, fields, options(['upsert', 'sort', 'ifVersion', 'returnDocument', 'timeoutMs'])],
  deleteOne: [filterKeys, options(['sort', 'ifVersion', 'timeoutMs'])],
  deleteMany: [filterKeys],
  findOneAndDelete: [filterKeys, options(['sort', 'ifVersion', 'projection', 'timeoutMs'])],
  findOneVersioned: [filterKeys, options(['sort', 'timeoutMs'])],
  createIndex: [fields, options(['name', ...Object.keys(INDEX_OPTIONS)])],
  sort: [fields],
  project: [fields],
  aggregate: [stageKeys, options(['hint', 'at', 'timeoutMs'])],
};

/** What may be a key at this place of an argument; nothing for a method that is not known. */
export function keysAt(method: string, argument: number, path: readonly string[]): Keys {
  return ARGUMENTS[method]?.[argument]?.(path) ?? NONE;
}

function named(names: readonly string[]): Keys {
  return { fields: false, base: '', names };
}

/** Fields at first, operators below a field, both below `$elemMatch`. */
function filterKeys(path: readonly string[]): Keys {
  let keys: Keys = { fields: true, base: '', names: LOGICAL_OPERATORS };
  let base = '';
  for (const key of path) {
    if (key === '$elemMatch') keys = { fields: true, base, names: FIELD_OPERATORS };
    else if (key === '$not') keys = named(FIELD_OPERATORS);
    else if (!key.startsWith('$')) {
      base = base === '' ? key : `${base}.${key}`;
      keys = named(FIELD_OPERATORS);
    }
  }
  return keys;
}

function updateKeys([operator, field, ...rest]: readonly string[]): Keys {
  if (operator === undefined) return named(UPDATE_OPERATORS);
  if (field === undefined) return FIELDS;
  if (operator === '$pull') return filterKeys([field, ...rest]);
  if ((operator === '$push' || operator === '$addToSet') && rest.length === 0)
    return named(operator === '$push' ? ['$each', '$slice', '$sort', '$position'] : ['$each']);
  return fields([field, ...rest]);
}

function stageKeys([stage, ...rest]: readonly string[]): Keys {
  if (stage === undefined) return named(STAGE_NAMES);
  if (stage === '$match') return filterKeys(rest);
  if (stage === '$group') return rest.length === 0 ? named(['_id']) : named(rest[0] === '_id' ? [] : ACCUMULATOR_NAMES);
  return FIELDS;
}
