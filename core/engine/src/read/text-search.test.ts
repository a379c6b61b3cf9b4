import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { AggregateRequest, FindRequest, ReadAnswer } from '@aerolithdb/protocol';
import { EngineDriver } from '../testing/engine-driver.ts';
import { Reader } from './reader.ts';

const driver = new EngineDriver();
driver.run(
  { type: 'createCollection', collection: 'c', options: {} },
  { type: 'createCollection', collection: 'plain', options: {} },
  {
    type: 'createIndex',
    collection: 'c',
    index: {
      name: 'words',
      keys: [
        ['title', 'text'],
        ['body', 'text'],
      ],
      weights: { title: 5 },
    },
  },
  { type: 'createIndex', collection: 'c', index: { name: 'n_1', keys: [['n', 1]] } },
  {
    type: 'insert',
    collection: 'c',
    documents: [
      '{"_id":1,"title":"Coffee shops of Oslo","body":"Where to drink coffee","n":1}',
      '{"_id":2,"title":"Tea houses","body":"No coffee at all, only tea","n":2}',
      '{"_id":3,"title":"The Café Guide","body":"Running from shop to shop","n":3}',
      '{"_id":4,"title":"Harbours","body":"Ships run in","n":4}',
      '{"_id":5,"title":"Coffees","body":["a coffee","shop window"],"n":5}',
      '{"_id":6,"title":"Fjords","body":"Boats and mountains","n":6}',
      '{"_id":7,"title":"Hills","body":"Walks and views","n":7}',
      '{"_id":8,"n":8}',
    ],
  },
);
const reader = Reader.open(driver.folder);
after(() => {
  reader.close();
  driver.close();
});

type Find = Omit<FindRequest, 'kind' | 'collection'>;

function find(request: Find): ReadAnswer {
  return reader.read({ kind: 'find', collection: 'c', ...request });
}

function ids(request: Find): number[] {
  return (JSON.parse(find(request).text ?? '[]') as { _id: number }[]).map(({ _id }) => _id);
}

function search(words: string, more = ''): string {
  return `{"$text":{"$search":${JSON.stringify(words)}${more}}}`;
}

function aggregate(pipeline: string, more: Partial<AggregateRequest> = {}): unknown {
  return JSON.parse(reader.read({ kind: 'aggregate', collection: 'c', pipeline, ...more }).text ?? '[]');
}

test('words are alternatives, phrases are needed, what has a minus is left out', () => {
  assert.deepEqual(ids({ filter: search('coffee') }), [1, 2, 5]);
  assert.deepEqual(ids({ filter: search('coffee run') }), [1, 2, 3, 4, 5]);
  assert.deepEqual(ids({ filter: search('"coffee shops"') }), [1]);
  assert.deepEqual(ids({ filter: search('"coffee shop" tea') }), [1]);
  assert.deepEqual(ids({ filter: search('coffee -tea') }), [1, 5]);
  assert.deepEqual(ids({ filter: search('-tea') }), []);
  assert.deepEqual(ids({ filter: search('the of to') }), []);
  assert.deepEqual(ids({ filter: search('"to shop"') }), [3]);
  assert.deepEqual(ids({ filter: search('"coffee shop window"') }), [], 'a phrase does not go on in the next element');
  assert.deepEqual(ids({ filter: search('runni*') }), [3]);
  assert.deepEqual(ids({ filter: search('cafe') }), [3]);
});

test('case, diacritics and language can be told', () => {
  assert.deepEqual(ids({ filter: search('cafe', ',"$diacriticSensitive":true') }), []);
  assert.deepEqual(ids({ filter: search('café', ',"$diacriticSensitive":true') }), [3]);
  assert.deepEqual(ids({ filter: search('coffee', ',"$caseSensitive":true') }), [1, 2, 5]);
  assert.deepEqual(ids({ filter: search('Coffees', ',"$caseSensitive":true') }), [1, 5]);
  assert.deepEqual(ids({ filter: search('the', ',"$language":"none"') }), [3]);
  const { explain } = find({ filter: search('cafe', ',"$caseSensitive":true'), explain: true });
  assert.match(explain?.residual?.[0]?.why ?? '', /neither case nor diacritics/);
});

test('a misspelt word finds those near to it, a right one first', () => {
  assert.deepEqual(ids({ filter: search('cofee runing', ',"$fuzzy":true') }), [1, 2, 3, 4, 5]);
  assert.deepEqual(ids({ filter: search('montains', ',"$fuzzy":{"maxEdits":1}') }), [6]);
  assert.deepEqual(ids({ filter: search('muntains', ',"$fuzzy":{"maxEdits":1,"prefixLength":2}') }), []);
  const sort = '{"s":{"$meta":"textScore"}}';
  assert.equal(ids({ filter: search('ships', ',"$fuzzy":true'), sort })[0], 4);
});

test('the score is shown and sorted by', () => {
  const request = {
    filter: search('coffee'),
    projection: '{"_id":1,"s":{"$meta":"textScore"}}',
    sort: '{"s":{"$meta":"textScore"}}',
  };
  const shown = JSON.parse(find(request).text ?? '') as { _id: number; s: number }[];
  assert.deepEqual(
    shown.map(({ _id }) => _id),
    [5, 1, 2],
  );
  assert.ok(shown.every(({ s }, i) => s > 0 && (i === 0 || s <= shown[i - 1]!.s)));
  assert.deepEqual(ids({ ...request, limit: 1 }), [5]);
  assert.deepEqual(ids({ ...request, skip: 1 }), [1, 2]);
  assert.deepEqual(ids({ ...request, sort: '{"n":-1,"s":{"$meta":"textScore"}}' }), [5, 2, 1]);
  assert.equal(
    (JSON.parse(find({ filter: search('coffee'), projection: '{"s":{"$meta":"textScore"}}' }).text!) as unknown[]).length,
    3,
  );
});

test('pages go on where they ended', () => {
  const request = { filter: search('coffee run'), sort: '{"s":{"$meta":"textScore"}}' };
  const all = ids(request);
  for (const sort of [request.sort, undefined, '{"n":-1}']) {
    const whole = sort === undefined ? ids({ filter: request.filter }) : ids({ ...request, sort });
    const gathered: number[] = [];
    let cursor: string | undefined;
    do {
      const page = find({
        filter: request.filter,
        batchSize: 2,
        ...(sort === undefined ? {} : { sort }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      gathered.push(...(JSON.parse(page.text!) as { _id: number }[]).map(({ _id }) => _id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    assert.deepEqual(gathered, whole);
  }
  assert.equal(all.length, 5);
});

test('other conditions hold too', () => {
  assert.deepEqual(ids({ filter: `{"n":{"$gt":1},"$text":{"$search":"coffee"}}` }), [2, 5]);
  assert.deepEqual(ids({ filter: `{"$or":[{"n":8},{"$text":{"$search":"tea"}}]}` }), [2, 8]);
  assert.equal(reader.read({ kind: 'count', collection: 'c', filter: search('coffee') }).count, 3);
  assert.equal(reader.read({ kind: 'count', collection: 'c', filter: `{"n":5,"$text":{"$search":"coffee"}}` }).count, 1);
  const distinct = reader.read({ kind: 'distinct', collection: 'c', field: 'n', filter: search('coffee') });
  assert.equal(distinct.text, '[1,2,5]');
});

test('explain names the index and how it ranks', () => {
  const { explain } = find({ filter: search('coffee'), sort: '{"s":{"$meta":"textScore"}}', explain: true });
  assert.equal(explain?.access, 'index');
  assert.equal(explain?.index, 'words');
  assert.equal(explain?.sortedByIndex, true);
  assert.match(explain?.sql ?? '', /MATCH :1.*ORDER BY s\.rank -- :1 = '"coffe"'/);
});

test('a pipeline keeps the score until documents are gathered', () => {
  const match = `{"$match":${search('coffee')}}`;
  assert.deepEqual(aggregate(`[${match},{"$sort":{"s":{"$meta":"textScore"}}},{"$limit":2},{"$project":{"_id":1}}]`), [
    { _id: 5 },
    { _id: 1 },
  ]);
  const scored = aggregate(
    `[${match},{"$set":{"s":{"$meta":"textScore"}}},{"$match":{"s":{"$gt":0}}},{"$group":{"_id":null,"n":{"$sum":1}}}]`,
  );
  assert.deepEqual(scored, [{ _id: null, n: 3 }]);
  assert.deepEqual(aggregate(`[${match},{"$group":{"_id":null,"n":{"$sum":"$n"}}}]`), [{ _id: null, n: 8 }]);
  assert.deepEqual(aggregate(`[${match},{"$count":"n"}]`), [{ n: 3 }]);
  const joined = `[{"$match":{"_id":6}},{"$lookup":{"from":"c","as":"x","pipeline":[${match},{"$project":{"_id":1}}]}},{"$project":{"x":1}}]`;
  assert.deepEqual(aggregate(joined), [{ _id: 6, x: [{ _id: 1 }, { _id: 2 }, { _id: 5 }] }]);
});

test('$search is the best first, with highlights', () => {
  const project = '{"$project":{"_id":1}}';
  const stage = (spec: string) => aggregate(`[{"$search":${spec}},${project}]`) as { _id: number }[];
  const found = (spec: string) => stage(spec).map(({ _id }) => _id);
  assert.deepEqual(found('{"text":{"query":"coffee","path":"title"}}'), [5, 1]);
  assert.deepEqual(
    found('{"index":"words","text":{"query":["coffee","tea"],"path":{"wildcard":"*"},"matchCriteria":"all"}}'),
    [2, 5, 1],
  );
  assert.deepEqual(found('{"text":{"query":"coffee tea","path":{"wildcard":"*"},"matchCriteria":"all"}}'), [2]);
  assert.deepEqual(found('{"phrase":{"query":"coffee shops","path":["title","body"]}}'), [1]);
  assert.deepEqual(found('{"autocomplete":{"query":"ca gui","path":"title"}}'), [3]);
  assert.deepEqual(
    found(
      '{"compound":{"must":[{"text":{"query":"coffee","path":{"wildcard":"*"}}}],"should":[{"text":{"query":"tea","path":"body"}}],"mustNot":[{"text":{"query":"window","path":"body"}}]}}',
    ).toSorted(),
    [1, 2],
  );
  assert.deepEqual(
    found('{"compound":{"filter":[{"text":{"query":"run","path":"body"}}],"should":[{"text":{"query":"ships","path":"body"}}]}}'),
    [4, 3],
  );
  const shown = aggregate(
    '[{"$search":{"text":{"query":"tea","path":"body"},"highlight":{"path":"body"}}},{"$project":{"_id":0,"h":{"$meta":"searchHighlights"}}}]',
  );
  const texts = [
    { value: 'No coffee at all, only ', type: 'text' },
    { value: 'tea', type: 'hit' },
  ];
  assert.deepEqual(shown, [{ h: [{ path: 'body', texts, score: 1 }] }]);
  assert.deepEqual(aggregate('[{"$searchMeta":{"text":{"query":"coffee","path":"title"}}}]'), [{ count: { total: 2 } }]);
  assert.deepEqual(aggregate('[{"$searchMeta":{"text":{"query":"nothing","path":"title"}}}]'), [{ count: { total: 0 } }]);
});

test('what cannot be searched is refused with a sentence', () => {
  const refused = (act: () => unknown, code: string, message: RegExp) => assert.throws(act, { code, message });
  refused(() => reader.read({ kind: 'find', collection: 'plain', filter: search('x') }), 'invalid_filter', /needs a text index/);
  refused(() => find({ sort: '{"s":{"$meta":"textScore"}}' }), 'invalid_sort', /no search/);
  refused(() => find({ projection: '{"s":{"$meta":"textScore"}}' }), 'invalid_expression', /no search/);
  refused(() => find({ filter: search('x'), at: { height: 1 } }), 'invalid_filter', /present state/);
  refused(() => aggregate('[{"$search":{"text":{"query":"x","path":"titel"}}}]'), 'invalid_filter', /did you mean "title"/);
  refused(
    () => aggregate('[{"$search":{"index":"other","text":{"query":"x","path":"title"}}}]'),
    'unknown_index',
    /it has "words"/,
  );
});

test('an update and a delete by words change what they find', () => {
  const other = new EngineDriver();
  try {
    other.run(
      { type: 'createCollection', collection: 'c', options: {} },
      { type: 'createIndex', collection: 'c', index: { name: 't', keys: [['a', 'text']] } },
      {
        type: 'insert',
        collection: 'c',
        documents: ['{"_id":1,"a":"red apple"}', '{"_id":2,"a":"green apples"}', '{"_id":3,"a":"pear"}'],
      },
    );
    const [updated, deleted] = other.run(
      { type: 'update', collection: 'c', filter: search('apple'), update: '{"$set":{"a":"plum"}}', multi: true },
      { type: 'delete', collection: 'c', filter: search('plum'), multi: true },
    );
    assert.ok(updated?.ok === true && deleted?.ok === true);
    assert.deepEqual(deleted.result, { deleted: 2 });
  } finally {
    other.close();
  }
});
