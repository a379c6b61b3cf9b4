import type { AnyDocument, Collection, Filter, ObjectId, Projection, StandardSchema } from '../index.ts';
import { AerolithClient } from '../index.ts';

/*
 * What must compile, and (after `@ts-expect-error`) what must not. A test compiles it with and without these comments: each of them
 * must stand where the compiler finds something wrong.
 */

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Flattens intersections, which are equal but not identical to what they make. */
type Flat<T> = T extends readonly (infer E)[] ? Flat<E>[] : T extends object ? { [K in keyof T]: T[K] } : T;

function same<A, B>(_equal: Equal<A, B>): void {
  // Only the type of the argument counts.
}

type Review = { stars: number; text?: string; by: { name: string; verified: boolean } };
type Shape = { kind: 'circle'; radius: number } | { kind: 'box'; width: number; height: number };
type Tree = { label: string; children: Tree[]; parent?: Tree };
type Place = {
  _id: string;
  name: string;
  population: number;
  big: bigint;
  opened: Date;
  owner: ObjectId;
  tags: string[];
  reviews: Review[];
  grid: number[][];
  note: { text: string };
  shape: Shape;
  address: { city: string; geo: { lat: number; lon: number } };
  nickname?: string;
  closed: Date | null;
  bag: Record<string, number>;
  anything: unknown;
};

const db = new AerolithClient('http://localhost:8080');
const places = db.collection<Place>('places');
const trees = db.collection<Tree>('trees');
const loose = db.collection('loose');

export async function filters(): Promise<void> {
  places.find({ name: 'Oslo', population: { $gte: 5, $lt: 9n }, opened: { $lt: new Date() } });
  places.find({ 'address.geo.lat': { $gt: 1 }, 'reviews.stars': 5, 'reviews.0.by.name': 'Ada', 'tags.0': 'x', tags: 'x' });
  places.find({ tags: ['x'], 'grid.0.1': 3, grid: { $size: 2 }, name: /^O/, 'note.text': 'x', nickname: null, closed: null });
  places.find({ 'shape.radius': { $gt: 1 }, 'shape.kind': 'box', 'shape.width': { $exists: true } });
  places.find({
    reviews: { $elemMatch: { stars: { $gt: 3 }, 'by.verified': true } },
    tags: { $elemMatch: { $gt: 'a', $lt: 'b' } },
  });
  places.find({ $or: [{ name: { $in: ['a', /b/] } }, { $and: [{ population: { $mod: [2, 0] } }] }], tags: { $all: ['a', 'b'] } });
  places.find({
    name: { $regex: '^o', $options: 'i' },
    population: { $not: { $gt: 3 } },
    'bag.any.path': 1,
    'anything.goes': 'x',
  });
  places.find({ anything: { $gt: 3 }, _id: { $in: ['a'] }, owner: { $type: 'objectId' } });
  trees.find({ 'children.children.label': 'x', 'parent.parent.children.0.label': 'y' });
  loose.find({ whatever: { $gt: 3 }, 'a.b.c': [1, { d: 2 }] });
  // @ts-expect-error no such field
  places.find({ nam: 'Oslo' });
  // @ts-expect-error no such path
  places.find({ 'address.geo.latt': 1 });
  // @ts-expect-error the path goes through an array to a field that is not there
  places.find({ 'reviews.star': 5 });
  // @ts-expect-error the element of an index has no such field
  places.find({ 'reviews.0.star': 5 });
  // @ts-expect-error wrong type of a field of an element
  places.find({ 'reviews.0.stars': 'x' });
  // @ts-expect-error wrong type
  places.find({ population: 'many' });
  // @ts-expect-error wrong type below a path
  places.find({ 'address.geo.lat': '1' });
  // @ts-expect-error wrong type of operand
  places.find({ population: { $gt: 'many' } });
  // @ts-expect-error no such operator
  places.find({ population: { $gte: 1, $between: 3 } });
  // @ts-expect-error a number has no pattern
  places.find({ population: { $regex: 'x' } });
  // @ts-expect-error no size of what is no array
  places.find({ name: { $size: 3 } });
  // @ts-expect-error no kind of that name
  places.find({ 'shape.kind': 'sphere' });
  // @ts-expect-error wrong inside of $or
  places.find({ $or: [{ nam: 'x' }] });
  // @ts-expect-error wrong inside of $elemMatch
  places.find({ reviews: { $elemMatch: { star: 3 } } });
  // @ts-expect-error neither optional nor nullable
  places.find({ name: null });
}

export async function filtersOfPlaces(): Promise<void> {
  places.find({ 'address.geo': { $near: { $geometry: { type: 'Point', coordinates: [10, 60] }, $maxDistance: 5000 } } });
  places.find({
    grid: { $geoWithin: { $centerSphere: [[10, 60], 0.1] } },
    'address.geo': { $nearSphere: [10, 60], $maxDistance: 1 },
  });
  places.find({
    'address.geo': {
      $geoIntersects: {
        $geometry: {
          type: 'LineString',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      },
    },
  });
  // @ts-expect-error a text is no place
  places.find({ name: { $near: [10, 60] } });
  // @ts-expect-error nothing lies within a point
  places.find({ 'address.geo': { $geoWithin: { $geometry: { type: 'Point', coordinates: [10, 60] } } } });
}

export async function sortsAndProjections(): Promise<void> {
  places.find().sort({ 'address.geo.lat': -1, 'reviews.stars': 1 });
  places.find({}, { sort: new Map([['population', -1]]) });
  // @ts-expect-error no such path
  places.find().sort({ 'address.lat': 1 });
  // @ts-expect-error no such direction
  places.find().sort({ name: 2 });
  const names = await places.find({}, { projection: { name: 1, _id: 0 } }).toArray();
  same<(typeof names)[number], { name: string }>(true);
  const parts = await places.findOne({}, { projection: { 'address.city': 1, 'reviews.by.name': true, nickname: 1 } });
  const nested: Flat<NonNullable<typeof parts>['address']> = { city: 'Oslo' };
  same<typeof nested, { city: string }>(true);
  const by: string | undefined = parts?.reviews[0]?.by.name;
  const nickname: string | undefined = parts?.nickname;
  same<NonNullable<typeof parts>['_id'], string>(true);
  // @ts-expect-error not shown
  parts?.population;
  // @ts-expect-error not shown either
  parts?.reviews[0]?.stars;
  const without = await places.find().project({ reviews: 0, 'address.geo': 0, _id: 0 }).first();
  without?.address.city.toUpperCase();
  // @ts-expect-error left out
  without?.reviews;
  // @ts-expect-error left out below
  without?.address.geo;
  // @ts-expect-error left out
  without?._id;
  const ids = await places.find({}, { projection: { _id: 1 } }).first();
  same<Flat<NonNullable<typeof ids>>, { _id: string }>(true);
  const shapes = await places.find({}, { projection: { 'shape.radius': 1 } }).first();
  if (shapes !== null && 'radius' in shapes.shape) shapes.shape.radius.toFixed();
  // @ts-expect-error no such path
  places.find({}, { projection: { 'address.town': 1 } });
  // @ts-expect-error no index in a projection
  places.find({}, { projection: { 'reviews.0.stars': 1 } });
  const later: Projection<Place> = { name: 1 };
  const some = await places.find({}, { projection: later }).first();
  const maybe: string | undefined = some?.name;
  const all = await places.find().first();
  same<typeof all, Place | null>(true);
  const any = await loose.findOne({}, { projection: { a: 1 } });
  same<typeof any, AnyDocument | null>(true);
  void [by, nickname, maybe];
}

export async function updates(): Promise<void> {
  await places.updateOne(
    { _id: 'a' },
    { $set: { name: 'x', 'address.geo.lat': 1, 'reviews.0.stars': 3, 'reviews.$.text': 'y' } },
  );
  await places.updateOne({}, { $set: { 'reviews.$[].stars': 5, 'reviews.$[r].by.name': 'z', 'tags.0': 't', 'grid.0.1': 4 } });
  await places.updateMany(
    {},
    { $inc: { population: 1, big: 2n, 'reviews.$[].stars': 1, 'bag.x': 3 }, $unset: { nickname: true } },
  );
  await places.updateOne(
    {},
    { $push: { tags: { $each: ['a'], $slice: -5, $sort: 1 }, reviews: { stars: 1, by: { name: 'a', verified: true } } } },
  );
  await places.updateOne(
    {},
    { $addToSet: { tags: { $each: ['a'] } }, $pull: { reviews: { stars: { $lt: 3 } } }, $pop: { 'grid.0': 1 } },
  );
  await places.updateOne(
    {},
    { $pullAll: { tags: ['a'] }, $min: { population: 3 }, $currentDate: { opened: true }, $set: { closed: null } },
  );
  await places.updateOne(
    {},
    { $setOnInsert: { _id: 'new', opened: new Date() }, $rename: { nickname: 'alias' }, $bit: { population: { and: 5 } } },
  );
  await loose.updateOne({ a: 1 }, { $set: { 'b.c': 1 }, $inc: { n: 1 }, $push: { list: 3 } });
  // @ts-expect-error not a field
  await places.updateOne({}, { $set: { nam: 'x' } });
  // @ts-expect-error wrong type
  await places.updateOne({}, { $set: { name: 5 } });
  // @ts-expect-error an update names the element that it means
  await places.updateOne({}, { $set: { 'reviews.stars': 3 } });
  // @ts-expect-error no such field of the chosen elements
  await places.updateOne({}, { $set: { 'reviews.$.by.nam': 'x' } });
  // @ts-expect-error wrong type of the named elements
  await places.updateOne({}, { $set: { 'reviews.$[r].stars': 'x' } });
  // @ts-expect-error a text has no number to grow by
  await places.updateOne({}, { $inc: { name: 1 } });
  // @ts-expect-error an element of the wrong type
  await places.updateOne({}, { $push: { tags: 5 } });
  // @ts-expect-error only arrays take elements
  await places.updateOne({}, { $push: { name: 'x' } });
  // @ts-expect-error no such operator
  await places.updateOne({}, { $put: { name: 'x' } });
  // @ts-expect-error the _id never changes
  await places.updateOne({}, { $set: { _id: 'x' } });
  // @ts-expect-error not a date
  await places.updateOne({}, { $currentDate: { name: true } });
  // @ts-expect-error a document is no update
  await places.updateOne({}, { name: 'x' });
}

type Table = { _id: string; rows: { cells: { value: number }[] }[] };

export async function arraysInArrays(): Promise<void> {
  const tables = db.collection<Table>('tables');
  tables.find({ 'rows.cells.value': 1, 'rows.cells.0.value': 1, 'rows.0.cells.1.value': 1 });
  await tables.updateOne({}, { $set: { 'rows.$.cells.0.value': 1, 'rows.$[].cells.$[c].value': 2, 'rows.0.cells.1.value': 3 } });
  // @ts-expect-error no such field in the elements of the elements
  tables.find({ 'rows.cells.valve': 1 });
  // @ts-expect-error no such field of the elements
  await tables.updateOne({}, { $set: { 'rows.$.cell': [] } });
}

export async function oneOrMany(): Promise<void> {
  const shown = await places.findOneAndUpdate({}, { $inc: { population: 1 } }, { projection: { name: 1, _id: 0 } });
  same<NonNullable<typeof shown>, { name: string }>(true);
  const whole = await places.findOneAndDelete({ name: 'x' }, { sort: { population: 1 } });
  same<typeof whole, Place | null>(true);
  // @ts-expect-error no such path is shown
  await places.findOneAndDelete({}, { projection: { nam: 1 } });
  const { insertedIds } = await places.bulkWrite([
    { updateOne: { filter: { name: 'x' }, update: { $inc: { population: 1 } }, upsert: true } },
    { deleteMany: { filter: { 'reviews.stars': { $lt: 2 } } } },
  ]);
  const first: string | undefined = insertedIds[0];
  // @ts-expect-error not a field
  await places.bulkWrite([{ updateMany: { filter: { nam: 'x' }, update: {} } }]);
  // @ts-expect-error wrong type
  await places.bulkWrite([{ updateOne: { filter: {}, update: { $set: { name: 5 } } } }]);
  // @ts-expect-error a bulk replaces by _id
  await places.bulkWrite([{ replaceOne: { filter: { name: 'x' }, replacement: whole! } }]);
  for (const version of await places.history('oslo')) {
    if (version.kind !== 'delete') version.document.name.toUpperCase();
    // @ts-expect-error a removal has no document
    version.document;
  }
  void first;
}

export async function ids(): Promise<void> {
  const trial = db.collection<{ name: string }>('trial');
  const { insertedId } = await trial.insertOne({ name: 'x' });
  same<typeof insertedId, ObjectId>(true);
  const found = await trial.get(insertedId);
  same<Flat<NonNullable<typeof found>>, { name: string; _id: ObjectId }>(true);
  await places.get('oslo');
  // @ts-expect-error the ids of places are texts
  await places.get(5);
  // @ts-expect-error a field is missing
  await trial.insertOne({});
  // @ts-expect-error a field too many
  await trial.insertOne({ name: 'x', size: 3 });
  const tags = await places.distinct('tags');
  same<typeof tags, string[]>(true);
  const stars = await places.distinct('reviews.stars');
  same<typeof stars, number[]>(true);
  // @ts-expect-error no such path
  await places.distinct('address.town');
}

declare const citySchema: StandardSchema<{ name: string; founded?: string }, { name: string; founded: Date }>;

export async function schemas(): Promise<void> {
  const cities = db.collection('cities', { schema: citySchema });
  await cities.insertOne({ name: 'Oslo' });
  // @ts-expect-error what goes in is a text
  await cities.insertOne({ name: 'Oslo', founded: new Date() });
  const city = await cities.findOne({ founded: { $lt: new Date() } });
  city?.founded.getTime();
  await db.transaction(async (tx) => {
    const inside = tx.collection(cities);
    // @ts-expect-error no such field
    await inside.updateOne({ nam: 'x' }, {});
    const one = await inside.get(city!._id);
    one?.founded.getTime();
  });
}

export async function changes(): Promise<void> {
  for await (const change of places.watch()) {
    if (change.kind === 'insert') change.document.name.toUpperCase();
    if (change.kind === 'delete') change.id.toUpperCase();
    // @ts-expect-error only some changes have a document
    change.document;
  }
}

/** Types go through functions that do not know them. */
export function generic<T extends { _id: string; name: string }>(collection: Collection<T>, filter: Filter<T>): Promise<number> {
  return collection.count(filter);
}
