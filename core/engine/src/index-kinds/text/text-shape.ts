import { AerolithError, type IndexSpec } from '@aerolithdb/protocol';
import { LANGUAGE_NAMES, languageNamed } from '@aerolithdb/query';
import { EVERY_STRING, type TextIndexShape, textIndexShape } from '@aerolithdb/query/text';

/** What a definition leaves out. */
const DEFAULT_LANGUAGE = 'english';
const LANGUAGE_FIELD = 'language';
const WEIGHT_MAX = 99_999;

/** The fields of a text index, one column each: those of its keys, and under `$**` also each one with a weight of its own. */
export function shapeOf({ keys, weights = {}, defaultLanguage = DEFAULT_LANGUAGE, languageOverride }: IndexSpec): TextIndexShape {
  const named = keys.map(([path]) => path).filter((path) => path !== EVERY_STRING);
  const weighted = Object.keys(weights).filter((path) => path !== EVERY_STRING && !named.includes(path));
  const every = keys.length === named.length ? [] : [EVERY_STRING];
  const language = languageNamed(defaultLanguage) ?? DEFAULT_LANGUAGE;
  return textIndexShape([...named, ...weighted, ...every], language, languageOverride ?? LANGUAGE_FIELD);
}

/** How much each field counts, in the order of `shapeOf`. */
export function weightsOf(spec: IndexSpec): number[] {
  return shapeOf(spec).fields.map((field) => spec.weights?.[field] ?? 1);
}

/** Throws `invalid_index`. */
export function assertTextSpec({ keys, weights = {}, defaultLanguage = DEFAULT_LANGUAGE, languageOverride }: IndexSpec): void {
  const plain = keys.find(([, key]) => key !== 'text');
  if (plain !== undefined) throw invalid(`A text index holds text alone; give "${plain[0]}" an index of its own.`, plain[0]);
  const below = keys.find(([path]) => path.endsWith(`.${EVERY_STRING}`));
  if (below !== undefined)
    throw invalid(`"${below[0]}" is no path of a text index; "${EVERY_STRING}" stands for every string.`, below[0]);
  const paths = keys.map(([path]) => path);
  for (const [path, weight] of Object.entries(weights)) {
    if (!paths.includes(path) && !paths.includes(EVERY_STRING))
      throw invalid(`"${path}" has a weight and is no field of the index.`, path);
    if (!Number.isInteger(weight) || weight < 1 || weight > WEIGHT_MAX)
      throw invalid(`The weight of "${path}" is a whole number from 1 to ${WEIGHT_MAX}.`, path);
  }
  if (languageNamed(defaultLanguage) === undefined)
    throw invalid(`"${defaultLanguage}" is no language that is supported; known are ${LANGUAGE_NAMES.join(', ')}.`);
  if (languageOverride !== undefined && !/^[^$.][^.]*$/.test(languageOverride))
    throw invalid(`"${languageOverride}" cannot name the language of documents; it is the name of one field, without a dot.`);
}

function invalid(message: string, path?: string): AerolithError {
  return new AerolithError('invalid_index', message, path === undefined ? {} : { path });
}
