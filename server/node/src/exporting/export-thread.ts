import { keepZstdUninterrupted, Reader } from '@aerolithdb/engine/read';
import { serveStreams } from '../streaming/serve-streams.ts';
import type { ExportAbout, ExportJob } from './export-job.ts';

/** Program of the thread of an export. It holds one snapshot for as long as it reads (see `ByteOutlet`). */

/** Of the thread; the connections of the readers keep theirs. */
const CACHE_BYTES = 8_388_608;

serveStreams<ExportJob, ExportAbout>(keepZstdUninterrupted, ({ folder, request }, begun, outlet) => {
  const reader = Reader.open(folder, { cacheBytes: CACHE_BYTES });
  try {
    reader.lines(request, ({ height, pieces }) => {
      // What a query is refused for may show with its first piece.
      const first = pieces.next();
      begun({ height });
      if (first.done === true) return;
      outlet.send(first.value);
      for (const piece of pieces) outlet.send(piece);
    });
  } finally {
    reader.close();
  }
});
