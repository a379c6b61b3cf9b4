/** Where the value of an option came from. */
export type OptionOrigin =
  | { readonly from: 'default' }
  | { readonly from: 'file'; readonly file: string; readonly line: number }
  | { readonly from: 'environment'; readonly variable: string }
  | { readonly from: 'flag'; readonly flag: string };

/** `default`, `aerolith.yaml:3`, `AEROLITH_HTTP`, `--http`. */
export function originText(origin: OptionOrigin): string {
  switch (origin.from) {
    case 'default':
      return 'default';
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'environment':
      return origin.variable;
    case 'flag':
      return origin.flag;
  }
}
