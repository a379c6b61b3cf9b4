import { day, documentOf, real, text, whole } from './field-values.ts';
import type { Sample } from './sample.ts';
import { vegaJson } from './vega-source.ts';

export const movies: Sample = {
  name: 'movies',
  description:
    'Films with budget, takings and ratings; known for errors in it (some years are 100 too high), good for practising updates.',
  documents: 3201,
  source: 'npm package vega-datasets (movies.json)',
  licence: 'BSD-3-Clause (package); the source of the data is not stated',
  queries: [
    {
      asks: 'the best rated dramas with many votes',
      command: `aerolith find {collection} '{genre: "Drama", imdbVotes: {$gt: 100000}}' --sort '{imdbRating: -1}' --limit 10 --projection '{title: 1, imdbRating: 1, imdbVotes: 1}'`,
    },
    {
      asks: 'films whose date cannot be right',
      command: `aerolith count {collection} '{releaseDate: {$gt: {$date: "2011-01-01T00:00:00Z"}}}'`,
    },
    {
      asks: 'add a tag to every film of one director',
      command: `aerolith update {collection} '{director: "Steven Spielberg"}' '{$addToSet: {tags: "spielberg"}}' --many`,
    },
  ],
  async read() {
    const rows = await vegaJson('movies.json');
    return rows.map((row, index) =>
      documentOf({
        _id: index + 1,
        title: text(row.Title),
        releaseDate: day(row['Release Date']),
        genre: text(row['Major Genre']),
        director: text(row.Director),
        distributor: text(row.Distributor),
        source: text(row.Source),
        creativeType: text(row['Creative Type']),
        mpaaRating: text(row['MPAA Rating']),
        runningTimeMin: whole(row['Running Time min']),
        productionBudget: whole(row['Production Budget']),
        usGross: whole(row['US Gross']),
        worldwideGross: whole(row['Worldwide Gross']),
        usDvdSales: whole(row['US DVD Sales']),
        imdbRating: real(row['IMDB Rating']),
        imdbVotes: whole(row['IMDB Votes']),
        rottenTomatoesRating: whole(row['Rotten Tomatoes Rating']),
      }),
    );
  },
};
