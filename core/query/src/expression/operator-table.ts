import { ACCUMULATORS } from './accumulator-operators.ts';
import { ARITHMETIC } from './arithmetic-operators.ts';
import { ARRAYS } from './array-operators.ts';
import { BITWISE } from './bitwise-operators.ts';
import { BOOLEAN } from './boolean-operators.ts';
import { COMPARISON } from './comparison-operators.ts';
import { CONDITIONAL } from './conditional-operators.ts';
import { DATE_ARITHMETIC } from './date-arithmetic-operators.ts';
import { DATE_FROM_PARTS } from './date-from-parts-operator.ts';
import { DATE_PARTS } from './date-part-operators.ts';
import { DATE_TEXTS } from './date-text-operators.ts';
import { ITERATION } from './iteration-operators.ts';
import { META } from './meta-operator.ts';
import { OBJECTS } from './object-operators.ts';
import type { Operator, Operators } from './operator.ts';
import { ORDERING } from './ordering-operators.ts';
import { OTHERS } from './other-operators.ts';
import { POWERS } from './power-operators.ts';
import { REGEXES } from './regex-operators.ts';
import { ROUNDING } from './rounding-operators.ts';
import { SETS } from './set-operators.ts';
import { STRINGS } from './string-operators.ts';
import { SUBSTRINGS } from './substring-operators.ts';
import { TRIGONOMETRY } from './trigonometry-operators.ts';
import { TRIMMING } from './trim-operators.ts';
import { TYPES } from './type-operators.ts';
import { VARIABLES } from './variable-operators.ts';
import { ZIP } from './zip-operator.ts';

export type OperatorGroup = { readonly title: string; readonly operators: Operators };

/** Every operator of expressions, by family: what `parseExpression` knows and the reference lists. */
export const OPERATOR_GROUPS: readonly OperatorGroup[] = [
  { title: 'Arithmetic', operators: { ...ARITHMETIC, ...POWERS, ...ROUNDING, ...BITWISE } },
  { title: 'Accumulators', operators: ACCUMULATORS },
  { title: 'Arrays', operators: { ...ARRAYS, ...ITERATION, ...ORDERING, ...ZIP } },
  { title: 'Boolean and comparison', operators: { ...BOOLEAN, ...COMPARISON } },
  { title: 'Conditions', operators: CONDITIONAL },
  { title: 'Dates', operators: { ...DATE_ARITHMETIC, ...DATE_FROM_PARTS, ...DATE_PARTS, ...DATE_TEXTS } },
  { title: 'Objects', operators: OBJECTS },
  { title: 'Sets', operators: SETS },
  { title: 'Strings', operators: { ...STRINGS, ...SUBSTRINGS, ...TRIMMING, ...REGEXES } },
  { title: 'Types', operators: TYPES },
  { title: 'Trigonometry', operators: TRIGONOMETRY },
  { title: 'Variables and constants', operators: VARIABLES },
  { title: 'Others', operators: { ...META, ...OTHERS } },
];

export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  OPERATOR_GROUPS.flatMap(({ operators }) => Object.entries(operators)),
);
