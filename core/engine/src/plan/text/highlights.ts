import { type Document, double, type Value } from '@aerolithdb/protocol';
import type { SearchHighlight } from '@aerolithdb/query';
import { highlight, type Passage, textsOf } from '@aerolithdb/query/text';
import { shapeOf } from '../../index-kinds/text/text-shape.ts';
import type { BoundText } from './bind-text.ts';

/** `searchHighlights`: for each field the passages that have words of the search, as `{path, texts: [{value, type}], score}`. */
export function highlightsOf(document: Document, text: BoundText, limits: SearchHighlight): Value {
  const shape = shapeOf(text.index);
  const all = textsOf(shape, document);
  return shape.fields.flatMap((path, i) => {
    if (limits.paths !== undefined && !limits.paths.includes(path)) return [];
    const passages = all[i]!.flatMap((each) => highlight(each, text.terms, text.analyzer, limits));
    return passages
      .sort((a, b) => b.hits - a.hits)
      .slice(0, limits.passagesMax)
      .map((passage) => passageDocument(path, passage));
  });
}

function passageDocument(path: string, { pieces, hits }: Passage): Document {
  const texts = pieces.map(
    ({ value, isHit }): Document =>
      new Map([
        ['value', value],
        ['type', isHit ? 'hit' : 'text'],
      ]),
  );
  return new Map<string, Value>([
    ['path', path],
    ['texts', texts],
    ['score', double(hits)],
  ]);
}
