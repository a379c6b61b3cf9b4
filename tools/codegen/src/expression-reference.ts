import { OPERATOR_GROUPS, type OperatorGroup } from '@aerolithdb/query';
import { markdownTable } from './markdown-table.ts';

const INTRODUCTION = `# Expressions

<!-- Made by npm run docs from core/query/src/expression. -->

An expression computes a value from a document: in \`$expr\` of a filter, in the computed fields of a projection, and in the stages
of a pipeline. The meaning is MongoDB's.

- \`"$a.b"\` is the value at a path. An array on the way gives the values of its elements; numbers are names of fields here.
- \`"$$name"\` is a variable: \`$$ROOT\` and \`$$CURRENT\` are the document, \`$$NOW\` the time of the request (in a write the time of
  the block), \`$$REMOVE\` no value at all; \`$let\`, \`$map\`, \`$filter\` and \`$reduce\` make others.
- \`{ "$operator": … }\` calls an operator of the tables below. An operator of one argument takes it with or without an array around it.
- Any other object or array holds expressions; anything else is itself. \`$literal\` keeps a value from being read as an expression.

A missing field is not null: it compares below null, and in a computed object it leaves the field out. Most operators answer null when
an argument is null or missing. What does not fit is refused with \`invalid_expression\` and a sentence that names the operator. Whole
numbers grow from int to long to double when they must; a decimal makes the result a decimal. How large a result may become is in
[limits](limits.md). Regular expressions are those of filters and take linear time. Time zones are named as in the IANA database, whose
version belongs to the program, so that every replica computes the same; a new version of the database comes with a new version of the
program.`;

/** `docs/reference/expressions.md`: every operator with its form. */
export function expressionReference(): string {
  return `${[INTRODUCTION, ...OPERATOR_GROUPS.map(section)].join('\n\n')}\n`;
}

function section({ title, operators }: OperatorGroup): string {
  const rows = Object.entries(operators)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { form, summary }]) => [`\`${name}\``, `\`${form}\``, summary]);
  return `## ${title}\n\n${markdownTable(['Operator', 'Takes', 'Gives'], rows)}`;
}
