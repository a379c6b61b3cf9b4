import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALL_ENDPOINTS, openApiText } from '@aerolithdb/api';

/** Where the OpenAPI document of the REST door is kept. */
export const OPENAPI_FILE = fileURLToPath(new URL('../../../contracts/openapi.json', import.meta.url));

/** The document as the code declares it now. */
export function currentOpenApi(): string {
  return openApiText(ALL_ENDPOINTS);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(dirname(OPENAPI_FILE), { recursive: true });
  writeFileSync(OPENAPI_FILE, currentOpenApi());
  console.log(`${join('contracts', 'openapi.json')}: ${ALL_ENDPOINTS.length} operations`);
}
