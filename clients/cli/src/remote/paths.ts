export function collectionPath(collection: string): string {
  return `/v1/collections/${encodeURIComponent(collection)}`;
}

/** `id` as the REST contract takes it: a string id as it is, any other type as Extended JSON. */
export function documentPath(collection: string, id: string): string {
  return `${collectionPath(collection)}/documents/${encodeURIComponent(id)}`;
}
