import { airports } from './airports.ts';
import { birdstrikes } from './birdstrikes.ts';
import { cars } from './cars.ts';
import { cities } from './cities.ts';
import { earthquakes } from './earthquakes.ts';
import { movies } from './movies.ts';
import { penguins } from './penguins.ts';
import type { Sample } from './sample.ts';
import { weather } from './weather.ts';
import { zipcodes } from './zipcodes.ts';

/** Every sample, as `aerolith sample list` shows them. */
export const SAMPLES: readonly Sample[] = [cities, movies, earthquakes, zipcodes, birdstrikes, airports, weather, cars, penguins];
