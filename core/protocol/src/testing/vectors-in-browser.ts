/** Entry of the bundle that runs in a browser: holds the code to the vectors it finds and leaves the report where the host looks. */
import { checkVectors, type VectorFiles } from './check-vectors.ts';

const page = globalThis as unknown as { vectors: VectorFiles; report: string };
page.report = JSON.stringify(checkVectors(page.vectors));
