import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertStorable, DateTime, parseDocument, toRelaxed, type Value } from '@aerolithdb/protocol';
import { commands } from '../commands/index.ts';
import { SAMPLES } from './sample-catalogue.ts';

for (const sample of SAMPLES) {
  test(`${sample.name}: as many documents as it says, each storable, no _id twice`, async () => {
    const ids = new Set<string>();
    let count = 0;
    for (const document of await sample.read()) {
      assertStorable(document);
      const id = document.get('_id');
      assert.ok(id !== undefined, `document ${count} has no _id`);
      ids.add(toRelaxed(id));
      count += 1;
    }
    assert.deepEqual([count, ids.size], [sample.documents, sample.documents]);
  });

  test(`${sample.name}: its queries name commands that exist`, async () => {
    const names = (await commands([])).map(({ name }) => name);
    for (const { command } of sample.queries) assert.ok(names.includes(command.split(' ')[1] ?? ''), command);
  });
}

const FIRST: Readonly<Record<string, string>> = {
  cities:
    '{"_id":3039154,"name":"El Tarter","country":"AD","featureCode":"PPL","adminCode":"02","population":1052,"location":{"type":"Point","coordinates":[1.65362,42.57952]}}',
  weather:
    '{"_id":"Seattle/2012-01-01","place":"Seattle","date":{"$date":"2012-01-01T00:00:00Z"},"weather":"drizzle","precipitationMm":0.0,"maxCelsius":12.8,"minCelsius":5.0,"windMetresPerSecond":4.7}',
  zipcodes:
    '{"_id":"00501","city":"Holtsville","state":"NY","county":"Suffolk","location":{"type":"Point","coordinates":[-72.637078,40.922326]}}',
};

for (const [name, text] of Object.entries(FIRST)) {
  test(`${name}: the first document has its types`, async () => {
    const [first] = (await SAMPLES.find((sample) => sample.name === name)?.read()) ?? [];
    assert.equal(first === undefined ? '' : toRelaxed(first), text);
    assert.deepEqual(parseDocument(text), first);
  });
}

test('a double stays one when it has no fraction, and a date is a date', async () => {
  const values = async (name: string, field: string): Promise<(Value | undefined)[]> => {
    const documents = (await SAMPLES.find((sample) => sample.name === name)?.read()) ?? [];
    return [...documents].map((document) => document.get(field));
  };
  const magnitudes = await values('earthquakes', 'magnitude');
  assert.ok(magnitudes.every((value) => value !== undefined && /[.eE]/.test(toRelaxed(value))));
  assert.ok((await values('movies', 'releaseDate')).every((value) => value instanceof DateTime));
});
