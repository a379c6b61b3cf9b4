/** One file that is made from declarations in the code. */
export interface GeneratedFile {
  /** Relative to the clone. */
  readonly path: string;
  readonly text: string;
}

/** Makes files as the code declares them now: a function of the code alone, so that the same code gives the same bytes. */
export type Generator = () => readonly GeneratedFile[] | Promise<readonly GeneratedFile[]>;
