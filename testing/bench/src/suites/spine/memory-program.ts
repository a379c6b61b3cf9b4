import { documentText } from '../../data/documents.ts';
import { Aerolith } from '../../peers/aerolith.ts';

/** `memory-program FOLDER DOCUMENTS MS`: loads, prints a URL-like ready line, then reads by id and by query for MS milliseconds. */
const [folder, documents, milliseconds] = process.argv.slice(2);
const count = Number(documents);
const COLLECTION = 'documents';
const CHUNK = 10_000;

const store = await Aerolith.open(folder!);
await store.reset(COLLECTION, true);
for (let start = 0; start < count; start += CHUNK) {
  const texts = Array.from({ length: Math.min(CHUNK, count - start) }, (_, i) => documentText(start + i));
  await store.load(COLLECTION, texts);
}
console.log('ready http://127.0.0.1:0');
const end = performance.now() + Number(milliseconds);
for (let n = 0; performance.now() < end; n++) {
  store.get(COLLECTION, (n * 7919) % count);
  if (n % 20 === 0) await store.findGroup(COLLECTION, (n * 31) % (count / 20));
}
await store.close();
