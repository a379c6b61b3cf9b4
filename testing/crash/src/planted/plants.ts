/**
 * Builds with a planted bug, as negative controls: the tests of this folder must fail on them. A plant is a replacement in the
 * source of one file, made while it is loaded; the product itself has no switch for it.
 */
export type Plant = { readonly file: string; readonly original: string; readonly planted: string };

export const PLANTS: Readonly<Record<string, Plant>> = {
  'ack-before-fsync': {
    file: '/cluster/log/src/single-log.ts',
    original: 'ORIGINAL-TO-BE-SET',
    planted: '',
  },
};
