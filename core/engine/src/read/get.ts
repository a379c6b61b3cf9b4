import {
  encodeIdKey,
  type GetRequest,
  parseValue,
  type ReadAnswer,
  type StoredText,
  storedToRelaxed,
} from '@aerolithdb/protocol';
import { pastDocument } from './past-documents.ts';
import { collectionAt, heightAt } from './past-height.ts';
import { collectionNamed, type ReadContext } from './read-context.ts';

/** One document by its id. Throws `unknown_collection`, `invalid_id`, `invalid_position`; absent text: there is no such document. */
export function get(context: ReadContext, request: GetRequest): ReadAnswer {
  const id = idKeyOf(request.id);
  if (request.at !== undefined) return getPast(context, request, id, heightAt(context, request.at));
  const { table } = collectionNamed(context.catalogue, request.collection);
  const sql = `SELECT version, json(doc) FROM documents_${table} WHERE id = ?`;
  const row = context.connection.prepare<[version: number, text: string]>(sql, 'raw').get(id);
  if (row === undefined) return { height: context.height };
  return { height: context.height, version: row[0], text: storedToRelaxed(row[1]) };
}

/** Throws `invalid_json`, `invalid_value`, `invalid_id`. */
export function idKeyOf(id: StoredText): Uint8Array {
  return encodeIdKey(SMALL_INTEGER.test(id) ? Number(id) : PLAIN_TEXT.test(id) ? id.slice(1, -1) : parseValue(id));
}

/** The ids that are most frequent and need no parser: printable ASCII without escapes, and integers of few digits. */
const PLAIN_TEXT = /^"[ !#-[\]-~]*"$/;
const SMALL_INTEGER = /^(?:0|-?[1-9]\d{0,8})$/;

function getPast(context: ReadContext, request: GetRequest, id: Uint8Array, height: number): ReadAnswer {
  const past = pastDocument(context, collectionAt(context, request.collection, height), id, height);
  return past === undefined ? { height } : { height, version: past.version, text: storedToRelaxed(past.text) };
}
