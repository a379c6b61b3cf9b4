/** What a reader needs beside the meaning of an error. Both are Markdown, in whole sentences. */
export type Advice = {
  /** What usually leads to it. */
  readonly causes: string;
  /** What to do about it. */
  readonly remedy: string;
};
