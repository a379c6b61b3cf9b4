import assert from 'node:assert/strict';
import type { AerolithError } from '@aerolithdb/client';
import { z } from 'zod';
import { code, onEachSite } from './on-each-site.ts';

const citySchema = z.object({
  _id: z.string(),
  name: z.string().trim().min(1),
  founded: z.coerce.date().optional(),
  tags: z.array(z.string()).default([]),
  at: z.object({ lat: z.number().min(-90).max(90), lon: z.number() }).optional(),
  districts: z.array(z.object({ name: z.string(), people: z.int() })).default([]),
});

// The mistakes here are the compiler's to find: `npm run check` fails where one of them compiles.
onEachSite('a schema of zod', {
  'gives the types, fills in what is absent and refuses what does not fit': async ({ db, name }) => {
    const cities = db.collection(name, { schema: citySchema });
    await cities.insertOne({ _id: 'oslo', name: ' Oslo ', at: { lat: 59.9, lon: 10.7 } });
    const oslo = await cities.get('oslo');
    const tags: string[] | undefined = oslo?.tags;
    assert.deepEqual(tags, []);
    assert.deepEqual(oslo, { _id: 'oslo', name: 'Oslo', tags: [], at: { lat: 59.9, lon: 10.7 }, districts: [] });
    const refused = cities.insertOne({ _id: 'x', name: 'X', at: { lat: 95, lon: 0 } });
    await assert.rejects(
      refused,
      (error: AerolithError) => code('schema_violation')(error) && error.message.includes('"at.lat"'),
    );
    // @ts-expect-error a name is a text
    await assert.rejects(cities.insertOne({ _id: 'x', name: 5 }), code('schema_violation'));
    const bulk = cities.bulkWrite([{ insertOne: { document: { _id: 'y', name: '' } } }]);
    await assert.rejects(bulk, code('schema_violation'));
    assert.equal(await cities.count(), 1);
  },

  'paths and values of filters, updates and projections are those of what it makes': async ({ db, name }) => {
    const cities = db.collection(name, { schema: citySchema });
    await cities.insertMany([
      { _id: 'oslo', name: 'Oslo', founded: '1040-01-01', districts: [{ name: 'Frogner', people: 59_000 }] },
      { _id: 'bergen', name: 'Bergen', founded: new Date('1070-01-01') },
    ]);
    const old = await cities.find({ founded: { $lt: new Date('1050-01-01') }, 'districts.people': { $gt: 1 } }).toArray();
    const year: number | undefined = old[0]?.founded?.getUTCFullYear();
    assert.equal(year, 1040);
    await cities.updateOne({ 'districts.name': 'Frogner' }, { $inc: { 'districts.$.people': 1 }, $push: { tags: 'port' } });
    const shown = await cities.findOne({ _id: 'oslo' }, { projection: { 'districts.people': 1, _id: 0 } });
    const people: number | undefined = shown?.districts[0]?.people;
    assert.equal(people, 59_001);
    // @ts-expect-error no such field
    await cities.find({ 'districts.peeple': 1 }).toArray();
    // @ts-expect-error a date is what is stored, not the text it may be made of
    await cities.find({ founded: '1040-01-01' }).toArray();
    // @ts-expect-error the elements are texts
    await cities.updateOne({ _id: 'oslo' }, { $push: { tags: 5 } });
    // @ts-expect-error not shown
    assert.equal(shown?.name, undefined);
  },
});
