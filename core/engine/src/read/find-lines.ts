import type { LinesRequest } from '@aerolithdb/protocol';
import { beginFinding, type Finding } from './find.ts';
import { pastTexts } from './find-past.ts';
import { sortedTexts } from './find-sorted.ts';
import { walkedTexts } from './find-walking.ts';
import { type FoundText, outgoing, outgoingFound } from './outgoing.ts';
import { collectionAt, heightAt } from './past-height.ts';
import { queryParts } from './query-parts.ts';
import type { ReadContext } from './read-context.ts';
import { utf8Of } from './relaxed-bytes.ts';
import { scannedLines } from './scanned-lines.ts';

/** `pieces`: UTF-8 of whole lines, each in memory of its own. They can be read for as long as the state is kept. */
export type FoundLines = { readonly height: number; readonly pieces: Generator<Buffer, void, void> };

/** Length of the texts after which a piece is full, in UTF-16 units. */
const PIECE_UNITS = 131_072;

/** All that a find selects, in its order, as NDJSON. Throws what `find` throws; while the pieces are read too. */
export function findLines(context: ReadContext, request: LinesRequest): FoundLines {
  if (request.at !== undefined) {
    const height = heightAt(context, request.at);
    const parts = queryParts(request);
    const collection = collectionAt(context, request.collection, height);
    return { height, pieces: joined(pastTexts(context, collection, height, parts), (text) => outgoing(text, parts.projection)) };
  }
  return { height: context.height, pieces: linesOf(beginFinding(context, request)) };
}

function linesOf(finding: Finding): FoundLines['pieces'] {
  const { context, plan, parts } = finding;
  const { sort, skip, limit, projection } = parts;
  const shown = (found: FoundText) => outgoingFound(found, plan, projection);
  if (sort !== undefined && !plan.access.sorted) return joined(sortedTexts(finding, sort), shown);
  const isPlain = plan.access.kind === 'scan' && skip === 0 && projection === undefined;
  return isPlain ? scannedLines(context.connection, plan, limit) : joined(walkedTexts(finding), shown);
}

function* joined<Text>(texts: Iterable<Text>, shown: (text: Text) => string): FoundLines['pieces'] {
  let [lines, units] = [[] as string[], 0];
  for (const stored of texts) {
    const text = shown(stored);
    lines.push(text);
    units += text.length;
    if (units < PIECE_UNITS) continue;
    yield utf8Of(`${lines.join('\n')}\n`);
    [lines, units] = [[], 0];
  }
  if (lines.length > 0) yield utf8Of(`${lines.join('\n')}\n`);
}
