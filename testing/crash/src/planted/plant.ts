import { registerHooks } from 'node:module';
import { PLANTS, type Plant } from './plants.ts';

/** Preloaded (`--import`) with AEROLITH_PLANT=NAME; also in every worker. */
const plant = PLANTS[process.env.AEROLITH_PLANT ?? ''];
if (plant === undefined) throw new Error(`AEROLITH_PLANT names no plant; there are: ${Object.keys(PLANTS).join(', ')}`);

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    return url.endsWith(plant.file) ? { ...loaded, source: planted(String(loaded.source), plant) } : loaded;
  },
});

/** Throws when the source no longer holds what is to be replaced: a control that changes nothing would prove nothing. */
function planted(source: string, { file, replacements }: Plant): string {
  return replacements.reduce((text, [original, replacement]) => {
    const parts = text.split(original);
    if (parts.length !== 2)
      throw new Error(`The plant no longer fits ${file}: "${original}" is there ${parts.length - 1} times.`);
    return parts.join(replacement);
  }, source);
}
