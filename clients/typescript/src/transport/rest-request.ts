import {
  type At,
  type BulkOperation,
  type CatalogueOperation,
  type DocumentOperation,
  indexSpecText,
  NotImplemented,
  parseValue,
  type ReadRequest,
  type StoredText,
  type TransactionOperation,
} from '@aerolithdb/protocol';
import type { NewPrincipal, NewUser, PrincipalKind, Write } from './transport.ts';

/** A request as REST takes it. `body` is JSON text. */
export type RestRequest = { readonly method: string; readonly path: string; readonly body?: string };

/** The members of a JSON object, each being JSON text already; absent ones are left out. */
type Members = Readonly<Record<string, string | undefined>>;

export function collectionPath(name: string): string {
  return `/v1/collections/${encodeURIComponent(name)}`;
}

/** The request that reads. */
export function readRequest(request: ReadRequest): RestRequest {
  switch (request.kind) {
    case 'get':
      return { method: 'GET', path: `${documentPath(request.collection, request.id)}${atQuery(request.at)}` };
    case 'find':
    case 'count':
    case 'distinct': {
      const { kind, collection, filter, at, ...rest } = request;
      const { projection, sort, ...plain } = { projection: undefined, sort: undefined, ...rest };
      const body = objectText({ filter, projection, sort, at: atText(at), ...mapValues(plain, jsonText) });
      return { method: 'POST', path: `${collectionPath(collection)}/${kind}`, body };
    }
    case 'history':
      return get(`${documentPath(request.collection, request.id)}/history`, { limit: request.limit });
    case 'changes': {
      const { collection, since, limit } = request;
      return get(collection === undefined ? '/v1/changes' : `${collectionPath(collection)}/changes`, { since, limit });
    }
    case 'block':
      return get(`/v1/blocks/${request.height}`, {});
    case 'aggregate': {
      const { collection, pipeline, hint, at, allowDiskUse, explain } = request;
      const options = { allowDiskUse: jsonText(allowDiskUse), explain: jsonText(explain) };
      const body = objectText({ pipeline, hint: jsonText(hint), at: atText(at), ...options });
      return post(collection, 'aggregate', body);
    }
  }
}

function get(path: string, query: Readonly<Record<string, number | undefined>>): RestRequest {
  const present = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = present.map(([name, value]) => `${name}=${value}`).join('&');
  return { method: 'GET', path: text === '' ? path : `${path}?${text}` };
}

/** The request that writes. */
export function writeRequest(operation: Write): RestRequest {
  switch (operation.type) {
    case 'insert':
      return post(operation.collection, 'documents', insertBody(operation.documents));
    case 'update':
      return post(operation.collection, operation.returning === undefined ? 'update' : 'find-and-modify', fieldsText(operation));
    case 'delete': {
      const image = operation.returning === undefined ? {} : { delete: 'true' };
      return post(
        operation.collection,
        operation.returning === undefined ? 'delete' : 'find-and-modify',
        deleteBody(operation, image),
      );
    }
    case 'replace':
      return bulkRequest({ type: 'bulk', operations: [operation] });
    case 'bulk':
      return bulkRequest(operation);
    case 'transaction':
      return { method: 'POST', path: '/v1/transactions', body: transactionBody(operation) };
    default:
      return catalogueRequest(operation);
  }
}

/** Throws `not_implemented` when the operations are in several collections. */
function bulkRequest({ operations, ordered }: BulkOperation): RestRequest {
  const collection = operations[0]?.collection ?? '';
  if (operations.some((operation) => operation.collection !== collection))
    throw new NotImplemented('A bulk of several collections over HTTP');
  const texts = operations.map((operation) => typedText(operation, false));
  return post(collection, 'bulk', objectText({ operations: `[${texts.join(',')}]`, ordered: jsonText(ordered) }));
}

function catalogueRequest(operation: CatalogueOperation): RestRequest {
  switch (operation.type) {
    case 'createCollection':
      return {
        method: 'POST',
        path: '/v1/collections',
        body: objectText({ name: jsonText(operation.collection), ...options(operation) }),
      };
    case 'alterCollection':
      return { method: 'PATCH', path: collectionPath(operation.collection), body: objectText(options(operation)) };
    case 'dropCollection':
      return { method: 'DELETE', path: collectionPath(operation.collection) };
    case 'createIndex':
      return post(operation.collection, 'indexes', indexSpecText(operation.index));
    case 'alterIndex':
      return {
        method: 'PATCH',
        path: indexPath(operation),
        body: objectText({ hidden: jsonText(operation.hidden), expireAfterSeconds: jsonText(operation.expireAfterSeconds) }),
      };
    case 'dropIndex':
      return { method: 'DELETE', path: indexPath(operation) };
    case 'removePrincipal':
    case 'setPrincipal':
      throw new NotImplemented(`${operation.type} as an operation over HTTP`);
  }
}

function indexPath({ collection, index }: { readonly collection: string; readonly index: string }): string {
  return `${collectionPath(collection)}/indexes/${encodeURIComponent(index)}`;
}

/** The request that makes a user, or a token where there is no password. */
export function principalRequest({ expiresAt, ...principal }: NewPrincipal | NewUser): RestRequest {
  const path = 'password' in principal ? '/v1/users' : '/v1/tokens';
  const expiry = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() };
  return { method: 'POST', path, body: JSON.stringify({ ...principal, ...expiry }) };
}

export function removalRequest(kind: PrincipalKind, name: string): RestRequest {
  return { method: 'DELETE', path: `/v1/${kind}s/${encodeURIComponent(name)}` };
}

function options({ options: { schema } }: { readonly options: { readonly schema?: string | null } }): Members {
  return { schema: schema === null ? 'null' : schema };
}

function post(collection: string, action: string, body: string): RestRequest {
  return { method: 'POST', path: `${collectionPath(collection)}/${action}`, body };
}

function insertBody(documents: readonly StoredText[]): string {
  return documents.length === 1 ? documents[0]! : `[${documents.join(',')}]`;
}

function transactionBody({ operations, reads = [] }: TransactionOperation): string {
  const readTexts = reads.map(({ collection, id, version }) =>
    objectText({ collection: jsonText(collection), id, version: String(version) }),
  );
  return `{"operations":[${operations.map((part) => typedText(part, true)).join(',')}],"reads":[${readTexts.join(',')}]}`;
}

/** A write of documents as a request of its own. */
type DocumentWrite = Extract<Write, { readonly collection: string; readonly type: DocumentOperation['type'] }>;

/** Fields that are JSON text already. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['id', 'document', 'filter', 'update', 'arrayFilters', 'sort', 'projection']);

/** One write of a bulk or a transaction. */
function typedText(operation: DocumentOperation, named: boolean): string {
  const collection = named ? jsonText(operation.collection) : undefined;
  return objectText({ type: jsonText(operation.type), collection, ...fields(operation) });
}

function fieldsText(operation: DocumentWrite): string {
  return objectText(fields(operation));
}

function deleteBody(operation: DocumentWrite, more: Members): string {
  const { returning: _returning, ...members } = fields(operation);
  return objectText({ ...members, ...more });
}

function fields(operation: DocumentWrite): Members {
  const { type: _type, collection: _collection, ...rest } = operation;
  if ('documents' in rest) return { documents: `[${rest.documents.join(',')}]` };
  return mapValues(rest, (value, name) => (TEXT_FIELDS.has(name) ? String(value) : jsonText(value)));
}

/** A string id stands in the path as it is, unless it would read as another type, or as a step to another path. */
function documentPath(collection: string, id: StoredText): string {
  const value = id.startsWith('"') ? parseValue(id) : undefined;
  const isPlain = typeof value === 'string' && !/^$|^["{]|^-?[0-9]|^(?:true|false|null|\.{1,2})$/.test(value);
  return `${collectionPath(collection)}/documents/${encodeURIComponent(isPlain ? value : id)}`;
}

function atQuery(at: At | undefined): string {
  if (at === undefined) return '';
  return `?at=${'height' in at ? at.height : encodeURIComponent(new Date(at.time).toISOString())}`;
}

function atText(at: At | undefined): string | undefined {
  if (at === undefined) return undefined;
  return 'height' in at ? String(at.height) : `{"$date":${at.time}}`;
}

function jsonText(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function objectText(members: Members): string {
  const present = Object.entries(members).filter(([, text]) => text !== undefined);
  return `{${present.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function mapValues(table: object, map: (value: unknown, name: string) => string | undefined): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, map(value, name)]));
}
