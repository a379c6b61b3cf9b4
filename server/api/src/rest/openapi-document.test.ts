import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALL_ENDPOINTS } from './all-endpoints.ts';
import { openApiDocument, openApiText } from './openapi-document.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

const FILE = new URL('../../../../contracts/openapi.json', import.meta.url);
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];
const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

const openApi = JSON.parse(JSON.stringify(openApiDocument(ALL_ENDPOINTS))) as JsonObject;

function object(value: Json | undefined, where: string): JsonObject {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), `${where} must be an object`);
  return value;
}

function operations(): { where: string; path: string; operation: JsonObject }[] {
  return Object.entries(object(openApi.paths, 'paths')).flatMap(([path, item]) =>
    Object.entries(object(item, path)).map(([method, operation]) => {
      assert.ok(METHODS.includes(method), `${path}: ${method} is no method`);
      return { where: `${method} ${path}`, path, operation: object(operation, path) };
    }),
  );
}

function everyObject(value: Json, where: string, visit: (value: JsonObject, where: string) => void): void {
  if (Array.isArray(value)) {
    value.forEach((element, index) => void everyObject(element, `${where}/${index}`, visit));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  visit(value, where);
  for (const [name, part] of Object.entries(value)) everyObject(part, `${where}/${name}`, visit);
}

test('contracts/openapi.json is what the code declares', () => {
  const message = 'contracts/openapi.json is out of date; run: node tools/codegen/src/openapi.ts';
  assert.equal(readFileSync(FILE, 'utf8'), openApiText(ALL_ENDPOINTS), message);
});

test('the document has the members that OpenAPI 3.1 requires', () => {
  assert.match(String(openApi.openapi), /^3\.1\.\d+$/);
  const info = object(openApi.info, 'info');
  assert.equal(typeof info.title, 'string');
  assert.equal(typeof info.version, 'string');
  assert.ok(operations().length >= 40, 'the check must look at all operations');
});

test('every operation has an id of its own, responses, and its path parameters', () => {
  const ids = operations().map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
  for (const { where, path, operation } of operations()) {
    const responses = object(operation.responses, where);
    assert.ok(Object.keys(responses).length > 0, where);
    for (const [status, response] of Object.entries(responses)) {
      assert.match(status, /^[1-5]\d\d$/);
      assert.equal(typeof object(response, where).description, 'string', `${where} ${status}`);
    }
    const inPath = parameters(operation).filter((one) => one.in === 'path');
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    assert.deepEqual(inPath.map((one) => one.name).sort(), named.sort(), where);
    assert.ok(
      inPath.every((one) => one.required === true),
      where,
    );
  }
});

test('every parameter has a place, a schema, and a name of its own in that place', () => {
  for (const { where, operation } of operations()) {
    const keys = parameters(operation).map((one) => {
      assert.ok(['path', 'query', 'header', 'cookie'].includes(String(one.in)), where);
      object(one.schema, where);
      return `${one.in} ${one.name}`;
    });
    assert.equal(new Set(keys).size, keys.length, where);
  }
});

test('a body stands only where the method takes one, with a media type and a schema', () => {
  for (const { where, operation } of operations()) {
    if (operation.requestBody === undefined) continue;
    assert.match(where, /^(post|put|patch) /);
    const content = object(object(operation.requestBody, where).content, where);
    assert.deepEqual(Object.keys(content), ['application/json']);
    object(object(content['application/json'], where).schema, where);
  }
});

test('every reference leads to a schema, and every type is one of JSON Schema 2020-12', () => {
  let references = 0;
  everyObject(object(openApi, 'document'), '#', (value, where) => {
    const isSchema = /schema|schemas|properties|items/.test(where);
    if (isSchema && typeof value.type === 'string')
      assert.ok(TYPES.includes(value.type) || value.type === 'http', `${where}: ${value.type}`);
    if (typeof value.$ref !== 'string') return;
    references += 1;
    const target = value.$ref
      .slice(2)
      .split('/')
      .reduce<Json | undefined>((at, part) => object(at, where)[part], openApi);
    object(target, `${where} -> ${value.$ref}`);
  });
  assert.ok(references > 50);
});

test('every tag of an operation is declared, and every security scheme too', () => {
  const tags = (openApi.tags as JsonObject[]).map((tag) => tag.name);
  for (const { where, operation } of operations()) {
    assert.ok(
      (operation.tags as Json[]).every((tag) => tags.includes(tag)),
      where,
    );
  }
  const schemes = object(object(openApi.components, 'components').securitySchemes, 'securitySchemes');
  const used = (openApi.security as JsonObject[]).flatMap((one) => Object.keys(one));
  assert.deepEqual(used.sort(), Object.keys(schemes).sort());
});

function parameters(operation: JsonObject): JsonObject[] {
  return (operation.parameters ?? []) as JsonObject[];
}
