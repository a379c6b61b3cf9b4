import { documentOf, real, text, whole } from './field-values.ts';
import type { Sample } from './sample.ts';
import { vegaJson } from './vega-source.ts';

export const penguins: Sample = {
  name: 'penguins',
  description: 'Penguins of three species on three islands, measured.',
  documents: 344,
  source: 'Palmer Station Antarctica LTER, by npm package vega-datasets (penguins.json)',
  licence: 'CC0 1.0',
  queries: [
    {
      asks: 'the heaviest',
      command: `aerolith find {collection} '{}' --sort '{bodyMassG: -1}' --limit 5 --projection '{species: 1, island: 1, bodyMassG: 1}'`,
    },
    { asks: 'those whose sex is not known', command: `aerolith find {collection} '{sex: {$exists: false}}'` },
  ],
  async read() {
    const rows = await vegaJson('penguins.json');
    return rows.map((row, index) =>
      documentOf({
        _id: index + 1,
        species: text(row.Species),
        island: text(row.Island),
        sex: row.Sex === '.' ? undefined : text(row.Sex)?.toLowerCase(),
        beakLengthMm: real(row['Beak Length (mm)']),
        beakDepthMm: real(row['Beak Depth (mm)']),
        flipperLengthMm: whole(row['Flipper Length (mm)']),
        bodyMassG: whole(row['Body Mass (g)']),
      }),
    );
  },
};
