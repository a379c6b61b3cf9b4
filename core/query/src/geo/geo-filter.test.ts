import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { assertErrors } from '../error-rows.ts';
import { matches } from '../matches.ts';
import { parseFilter } from '../parse-filter.ts';
import { tableRows } from '../text-table.ts';

/** Short names for what many rows say. */
const SHORT: Readonly<Record<string, string>> = {
  SQUARE: '{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}',
  HOLED: '{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]}',
  FIJI: '{"type":"Polygon","coordinates":[[[177,-19],[-178,-19],[-178,-16],[177,-16],[177,-19]]]}',
  ARCTIC: '{"type":"Polygon","coordinates":[[[0,66],[90,66],[180,66],[-90,66],[0,66]]]}',
  TWO: '{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,6],[5,5]]]]}',
  'P(': '{"type":"Point","coordinates":[',
  ')P': ']}',
};

function expand(text: string): string {
  return Object.entries(SHORT).reduce((all, [short, long]) => all.replaceAll(short, long), text);
}

function checkTable(table: string): void {
  for (const [filter, value, expected] of tableRows(table)) {
    assert.match(expected ?? '', /^(yes|no)$/, `row without an answer: ${filter}`);
    const parsed = parseFilter(parseDocument(expand(`{"a":${filter}}`)), { ordering: true });
    assert.equal(matches(parsed, parseDocument(expand(`{"a":${value}}`))), expected === 'yes', `${filter} on ${value}`);
  }
}

test('$geoWithin on the sphere', () => {
  checkTable(`
    {"$geoWithin":{"$geometry":SQUARE}} | P(5,5)P                                       | yes
    {"$geoWithin":{"$geometry":SQUARE}} | P(11,5)P                                      | no
    {"$geoWithin":{"$geometry":SQUARE}} | P(0,0)P                                       | yes
    {"$geoWithin":{"$geometry":SQUARE}} | P(0,5)P                                       | yes
    -- the upper edge is an arc that bulges to the north of its ends
    {"$geoWithin":{"$geometry":SQUARE}} | P(5,10.03)P                                   | yes
    {"$geoWithin":{"$geometry":SQUARE}} | P(5,10.04)P                                   | no
    {"$geoWithin":{"$geometry":SQUARE}} | [5,5]                                         | yes
    {"$geoWithin":{"$geometry":SQUARE}} | {"lng":5,"lat":5,"name":"x"}                  | yes
    {"$geoWithin":{"$geometry":SQUARE}} | [[50,50],[5,5]]                               | yes
    {"$geoWithin":{"$geometry":SQUARE}} | [P(50,50)P,P(5,5)P]                           | yes
    {"$geoWithin":{"$geometry":SQUARE}} | [5,500]                                       | no
    {"$geoWithin":{"$geometry":SQUARE}} | "5,5"                                         | no
    {"$geoWithin":{"$geometry":SQUARE}} | null                                          | no
    {"$geoWithin":{"$geometry":SQUARE}} | {"type":"LineString","coordinates":[[1,1],[9,9]]}  | yes
    {"$geoWithin":{"$geometry":SQUARE}} | {"type":"LineString","coordinates":[[1,1],[19,9]]} | no
    {"$geoWithin":{"$geometry":HOLED}}  | {"type":"LineString","coordinates":[[1,1],[9,9]]}  | no
    {"$geoWithin":{"$geometry":HOLED}}  | P(5,5)P                                       | no
    {"$geoWithin":{"$geometry":HOLED}}  | P(3,3)P                                       | yes
    {"$geoWithin":{"$geometry":HOLED}}  | SQUARE                                        | no
    {"$geoWithin":{"$geometry":SQUARE}} | HOLED                                         | yes
    {"$geoWithin":{"$geometry":SQUARE}} | SQUARE                                        | yes
    {"$geoWithin":{"$geometry":HOLED}}  | HOLED                                         | yes
    {"$geoWithin":{"$geometry":HOLED}}  | {"type":"Polygon","coordinates":[[[4,4],[6,4],[6,6],[4,6],[4,4]]]} | no
    {"$geoWithin":{"$geometry":TWO}}    | {"type":"MultiPoint","coordinates":[[0.5,0.5],[5.5,5.5]]} | yes
    {"$geoWithin":{"$geometry":TWO}}    | {"type":"MultiPoint","coordinates":[[0.5,0.5],[3,3]]} | no
    {"$geoWithin":{"$geometry":FIJI}}   | P(179.99,-17)P                                | yes
    {"$geoWithin":{"$geometry":FIJI}}   | P(-179.99,-17)P                               | yes
    {"$geoWithin":{"$geometry":FIJI}}   | P(180,-17)P                                   | yes
    {"$geoWithin":{"$geometry":FIJI}}   | P(0,-17)P                                     | no
    {"$geoWithin":{"$geometry":ARCTIC}} | P(12,90)P                                     | yes
    {"$geoWithin":{"$geometry":ARCTIC}} | P(45,80)P                                     | yes
    {"$geoWithin":{"$geometry":ARCTIC}} | P(45,70)P                                     | no
    {"$geoWithin":{"$centerSphere":[[0,90],0.1]}}  | P(77,85)P                          | yes
    {"$geoWithin":{"$centerSphere":[[0,90],0.1]}}  | P(77,84)P                          | no
    {"$geoWithin":{"$centerSphere":[[180,0],0.1]}} | P(-177,1)P                         | yes
    {"$geoWithin":{"$centerSphere":[[5,5],0.2]}}   | SQUARE                             | yes
    {"$geoWithin":{"$centerSphere":[[5,5],0.1]}}   | SQUARE                             | no
  `);
});

test('strict winding takes the part on the left, however large', () => {
  const crs = '"crs":{"type":"name","properties":{"name":"urn:x-mongodb:crs:strictwinding:EPSG:4326"}}';
  checkTable(`
    {"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[0,10],[10,10],[10,0],[0,0]]],${crs}}}} | P(5,5)P | no
    {"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[0,10],[10,10],[10,0],[0,0]]],${crs}}}} | P(50,50)P | yes
    {"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]],${crs}}}} | P(5,5)P | yes
  `);
});

test('$geoWithin on the plane', () => {
  checkTable(`
    {"$geoWithin":{"$box":[[0,0],[10,10]]}}             | [5,5]                   | yes
    {"$geoWithin":{"$box":[[10,10],[0,0]]}}             | P(10,10)P               | yes
    {"$geoWithin":{"$box":[[0,0],[10,10]]}}             | P(5,10.03)P             | no
    {"$geoWithin":{"$box":[[0,0],[1000,1000]]}}         | [500,900]               | yes
    {"$geoWithin":{"$box":[[0,0],[10,10]]}}             | SQUARE                  | no
    {"$geoWithin":{"$center":[[0,0],5]}}                | [3,4]                   | yes
    {"$geoWithin":{"$center":[[0,0],5]}}                | [3,4.01]                | no
    {"$geoWithin":{"$polygon":[[0,0],[10,0],[5,10]]}}   | {"x":5,"y":5}           | yes
    {"$geoWithin":{"$polygon":[[0,0],[10,0],[5,10]]}}   | [9,9]                   | no
    {"$geoWithin":{"$polygon":[[0,0],[10,0],[5,10]]}}   | [5,0]                   | yes
    {"$geoWithin":{"$polygon":[[0,0],[10,0],[5,10]]}}   | [0,0]                   | yes
  `);
});

test('$geoIntersects', () => {
  checkTable(`
    {"$geoIntersects":{"$geometry":SQUARE}}    | {"type":"LineString","coordinates":[[-5,5],[15,5]]} | yes
    {"$geoIntersects":{"$geometry":SQUARE}}    | {"type":"LineString","coordinates":[[-5,15],[15,15]]} | no
    {"$geoIntersects":{"$geometry":HOLED}}     | P(5,5)P                              | no
    {"$geoIntersects":{"$geometry":P(5,5)P}}   | SQUARE                               | yes
    {"$geoIntersects":{"$geometry":P(5,5)P}}   | HOLED                                | no
    {"$geoIntersects":{"$geometry":P(5,5)P}}   | [5,5]                                | yes
    {"$geoIntersects":{"$geometry":P(5,5)P}}   | P(5,5.0001)P                         | no
    {"$geoIntersects":{"$geometry":P(10,3)P}}  | {"type":"LineString","coordinates":[[10,0],[10,10]]} | yes
    {"$geoIntersects":{"$geometry":FIJI}}      | {"type":"LineString","coordinates":[[170,-17],[-170,-17]]} | yes
    {"$geoIntersects":{"$geometry":SQUARE}}    | {"type":"GeometryCollection","geometries":[P(50,50)P,P(1,1)P]} | yes
    {"$geoIntersects":{"$geometry":TWO}}       | {"type":"Polygon","coordinates":[[[1,1],[5,1],[5,4],[1,4],[1,1]]]} | yes
    {"$geoIntersects":{"$geometry":TWO}}       | {"type":"Polygon","coordinates":[[[2,2],[4,2],[4,4],[2,4],[2,2]]]} | no
  `);
});

test('$near and $nearSphere bound the distance', () => {
  checkTable(`
    {"$near":{"$geometry":P(0,0)P}}                                         | P(50,50)P        | yes
    {"$near":{"$geometry":P(0,0)P}}                                         | "there"          | no
    {"$near":{"$geometry":P(0,0)P,"$maxDistance":111400}}                   | P(1,0)P          | yes
    {"$near":{"$geometry":P(0,0)P,"$maxDistance":111300}}                   | P(1,0)P          | no
    {"$near":{"$geometry":P(0,0)P,"$minDistance":111400}}                   | P(1,0)P          | no
    {"$near":{"$geometry":P(0,0)P,"$maxDistance":111300}}                   | [[1,0],[0.5,0]]  | yes
    {"$nearSphere":[0,0],"$maxDistance":0.0175}                             | [1,0]            | yes
    {"$nearSphere":[0,0],"$maxDistance":0.0174}                             | [1,0]            | no
    {"$near":{"$geometry":P(5,5)P,"$maxDistance":0}}                        | SQUARE           | yes
    {"$near":{"$geometry":P(11,0)P,"$maxDistance":111400}}                  | SQUARE           | yes
  `);
});

test('what is refused', () => {
  assertErrors(
    `
    {"a":{"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}}}}  | invalid_filter | not closed
    {"a":{"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}}}} | invalid_filter | crosses itself
    {"a":{"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}}}}        | invalid_filter | three
    {"a":{"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[2,2],[1,0],[0,1],[0,0]]]}}}} | invalid_filter | same position twice
    {"a":{"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]],[[5,5],[6,5],[6,6],[5,5]]]}}}} | invalid_filter | not inside of its shell
    {"a":{"$geoWithin":{"$geometry":{"type":"Polygon","coordinates":[]}}}}                           | invalid_filter | array of rings
    {"a":{"$geoWithin":{"$geometry":{"type":"Polygon"}}}}                                            | invalid_filter | "coordinates"
    {"a":{"$geoWithin":{"$geometry":{"type":"polygon","coordinates":[]}}}}                           | invalid_filter | Did you mean Polygon?
    {"a":{"$geoWithin":{"$geometry":{"type":"Point","coordinates":[0,0]}}}}                          | invalid_filter | MultiPolygon
    {"a":{"$geoIntersects":{"$geometry":{"type":"Point","coordinates":[0,91]}}}}                     | invalid_filter | latitude 91
    {"a":{"$geoIntersects":{"$geometry":{"type":"Point","coordinates":[181,9]}}}}                    | invalid_filter | longitude 181
    {"a":{"$geoIntersects":{"$geometry":{"type":"Point","coordinates":["x",9]}}}}                    | invalid_filter | [longitude, latitude]
    {"a":{"$geoIntersects":{"$geometry":{"type":"LineString","coordinates":[[0,0],[180,0]]}}}}       | invalid_filter | opposite
    {"a":{"$geoIntersects":{"$geometry":{"type":"LineString","coordinates":[[0,0],[0,0]]}}}}         | invalid_filter | two different
    {"a":{"$geoIntersects":{"$geometry":{"type":"GeometryCollection","geometries":[]}}}}             | invalid_filter | at least one
    {"a":{"$geoIntersects":{"$box":[[0,0],[1,1]]}}}                                                  | invalid_filter | not $box
    {"a":{"$geoWithin":{"$box":[[0,0]]}}}                                                            | invalid_filter | two opposite corners
    {"a":{"$geoWithin":{"$polygon":[[0,0],[1,1]]}}}                                                  | invalid_filter | at least three
    {"a":{"$geoWithin":{"$center":[[0,0],-1]}}}                                                      | invalid_filter | not negative
    {"a":{"$geoWithin":{"$centerSphere":[[0,100],1]}}}                                               | invalid_filter | latitude 100
    {"a":{"$geoWithin":{"$sphere":1}}}                                                               | invalid_filter | not $sphere
    {"a":{"$near":{"$geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}}}       | invalid_filter | is a Point
    {"a":{"$near":{"$geometry":{"type":"Point","coordinates":[0,0]},"$maxDistance":-1}}}             | invalid_filter | not negative
    {"a":{"$near":{"$geometry":{"type":"Point","coordinates":[0,0]}},"$maxDistance":1}}              | invalid_filter | stands inside
    {"a":{"$near":{"$geometry":{"type":"Point","coordinates":[0,0]},"limit":1}}}                     | invalid_filter | not limit
    {"a":{"$maxDistance":1}}                                                                         | invalid_filter | belongs to $near
    {"$or":[{"a":{"$near":[0,0]}},{"b":1}]}                                                          | invalid_filter | one $near
    {"a":{"$not":{"$near":[0,0]}}}                                                                   | invalid_filter | one $near
    {"a":{"$near":[0,0]},"b":{"$near":[0,0]}}                                                        | invalid_filter | one $near
    {"a":{"$elemMatch":{"b":{"$near":[0,0]}}}}                                                       | invalid_filter | $centerSphere
  `,
    (text) => parseFilter(parseDocument(text), { ordering: true }),
  );
  assert.throws(() => parseFilter(parseDocument('{"a":{"$near":[0,0]}}')), /filter of a find/);
});
