import { day, documentOf, text, whole } from './field-values.ts';
import type { Sample } from './sample.ts';
import { vegaCsv } from './vega-source.ts';

export const birdstrikes: Sample = {
  name: 'birdstrikes',
  description: 'Reported strikes of birds and other animals against aircraft, with damage and costs.',
  documents: 10_000,
  source: 'FAA wildlife strike database, by npm package vega-datasets (birdstrikes.csv)',
  licence: 'Public domain (US government)',
  queries: [
    {
      asks: 'the most expensive',
      command: `aerolith find {collection} '{}' --sort '{costTotalDollars: -1}' --limit 5 --projection '{airport: 1, species: 1, costTotalDollars: 1}'`,
    },
    {
      asks: 'strikes at night during approach',
      command: `aerolith count {collection} '{timeOfDay: "Night", phaseOfFlight: "Approach"}'`,
    },
  ],
  async read() {
    const rows = await vegaCsv('birdstrikes.csv');
    return rows.map((row, index) =>
      documentOf({
        _id: index + 1,
        date: day(row['Flight Date']),
        airport: text(row['Airport Name']),
        state: text(row['Origin State']),
        aircraft: text(row['Aircraft Make Model']),
        operator: text(row['Aircraft Airline Operator']),
        phaseOfFlight: text(row['Phase of flight']),
        timeOfDay: text(row['Time of day']),
        species: text(row['Wildlife Species']),
        size: text(row['Wildlife Size']),
        damage: text(row['Effect Amount of damage']),
        speedKnots: whole(row['Speed IAS in knots']),
        costRepairDollars: whole(row['Cost Repair']),
        costOtherDollars: whole(row['Cost Other']),
        costTotalDollars: whole(row['Cost Total $']),
      }),
    );
  },
};
