import type { LinesRequest } from '@aerolithdb/protocol';

export type ExportJob = { readonly folder: string; readonly request: LinesRequest };

/** The state that an export is of. */
export type ExportAbout = { readonly height: number };
