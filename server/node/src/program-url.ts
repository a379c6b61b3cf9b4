/** URL of a program that stands beside `here`: `.ts` in the sources, `.js` in what is published. */
export function programUrl(name: string, here: string): URL {
  return new URL(`./${name}${here.endsWith('.ts') ? '.ts' : '.js'}`, here);
}
