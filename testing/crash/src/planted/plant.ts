import { registerHooks } from 'node:module';
import { PLANTS } from './plants.ts';

/** Preloaded (`--import`) with AEROLITH_PLANT=NAME; also in every worker. Throws when the source no longer holds what it replaces. */
const plant = PLANTS[process.env.AEROLITH_PLANT ?? ''];
if (plant === undefined) throw new Error(`AEROLITH_PLANT names no plant; there are: ${Object.keys(PLANTS).join(', ')}`);

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith(plant.file)) return loaded;
    const source = String(loaded.source);
    if (source.split(plant.original).length !== 2)
      throw new Error(`The plant no longer fits ${plant.file}: what it replaces is not there exactly once.`);
    return { ...loaded, source: source.replace(plant.original, plant.planted) };
  },
});
