import type { Value } from '@aerolithdb/protocol';
import { suggestNearest } from '@aerolithdb/protocol';
import { METADATA_NAMES, type MetadataName, metadataOf } from '../metadata.ts';
import type { Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import type { Operators } from './operator.ts';

export const META: Operators = {
  $meta: {
    form: 'name',
    summary: 'What a search knows of the document: `textScore`, `searchScore`, `searchHighlights` and others.',
    parse: (operand) => metaExpression(metadataName(operand)),
  },
};

/** Throws `invalid_expression` for a name that there is not. */
export function metadataName(operand: Value): MetadataName {
  const name = METADATA_NAMES.find((known) => known === operand);
  if (name !== undefined) return name;
  const nearest = typeof operand === 'string' ? suggestNearest(operand, METADATA_NAMES) : undefined;
  const hint = nearest === undefined ? `known are ${METADATA_NAMES.join(', ')}.` : `did you mean "${nearest}"?`;
  throw invalidExpression('$meta', `$meta takes the name of metadata; ${hint}`, { nearest });
}

function metaExpression(name: MetadataName): Expression {
  return {
    evaluate({ root }) {
      const value = metadataOf(root)?.[name];
      if (value !== undefined) return value;
      throw invalidExpression(
        '$meta',
        `The query asks for the metadata "${name}", which there is not: no search of that kind found the document.`,
        { name },
      );
    },
    isConstant: false,
    paths: undefined,
    isMetadata: true,
  };
}
