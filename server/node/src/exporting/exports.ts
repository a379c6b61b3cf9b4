import type { ExportSource, RunningExport } from '@aerolithdb/database';
import type { LinesRequest } from '@aerolithdb/protocol';
import { programUrl } from '../program-url.ts';
import type { StreamSlots } from '../streaming/stream-slots.ts';
import { StreamThreads } from '../streaming/stream-threads.ts';
import type { ExportAbout, ExportJob } from './export-job.ts';

/** The exports of a node that runs. */
export class Exports implements ExportSource {
  readonly #folder: string;
  readonly #threads: StreamThreads<ExportJob, ExportAbout>;

  constructor(folder: string, slots: StreamSlots) {
    this.#folder = folder;
    const program = programUrl('export-thread', import.meta.url);
    this.#threads = new StreamThreads({ folder, program, kind: 'export', slots });
  }

  async begin(request: LinesRequest, signal?: AbortSignal): Promise<RunningExport> {
    const { about, stream } = await this.#threads.begin({ folder: this.#folder, request });
    return { height: about.height, bytes: stream.bytes(signal), close: () => stream.close() };
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
