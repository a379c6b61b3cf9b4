/** Limits of the language, each declared once. */
export const QUERY_LIMITS = {
  /** Nulls that setting an index beyond the end of an array may add. */
  arrayPadding: 10_000,
  /**
   * Instructions of a compiled regular expression. Matching takes at most about 15 ns an instruction and character, so this bounds
   * what one text can cost. Patterns within `regexBytes` come near it only by counted repetition such as `{1000}`.
   */
  regexInstructions: 2000,
  /** Instructions of all regular expressions in the filter of a write together, which no time limit ends. */
  regexInstructionsOfWrite: 500,
  /** Numbers in a path. Each is tried as an index and as a name, so that the ways through a document double with each. */
  pathNumbers: 10,
  /** Alternatives of a test on one field: `$all` with many `$in`s of regular expressions would multiply without end. */
  alternatives: 256,
  /** Highest position of a bit that `$bitsAllSet` and its like may ask for, counted from 0. */
  bitPosition: 16_383,
  /** Fields of a sort. */
  sortFields: 32,
  /** Values in one result of an expression, those inside of others counted. */
  expressionElements: 1_000_000,
  /** Characters of text in one result of an expression. */
  expressionText: 16_777_216,
  /**
   * Steps of the expressions of one filter on one document, in a write; several `$expr` share them evenly. A step is a value, or 16
   * characters of text, that a part of an expression gives. Reads have a time limit instead.
   */
  expressionSteps: 10_000,
  /**
   * Steps of the expressions of one write over all documents of its collection, when each has the same: in a collection of more than 5,000
   * documents each has fewer than `expressionSteps`, but never fewer than `expressionStepsLeast`.
   */
  expressionStepsOfCollection: 50_000_000,
  /** Steps that the expressions of one filter have on one document however large its collection is. */
  expressionStepsLeast: 100,
  /** Further steps for each value, and each 16 characters of text, of the document. */
  expressionStepsPerValue: 10,
  /** Steps that an operator of constants may take while the expression is read; what takes more is evaluated with each document. */
  constantSteps: 100,
  /** Words of a text search, those of its phrases counted. */
  searchTerms: 1000,
  /** Variables of `$let`, `$map` and their like that one place of an expression may see. */
  expressionVariables: 100,
} as const;
