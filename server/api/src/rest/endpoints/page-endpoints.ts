import { AerolithError } from '@aerolithdb/protocol';
import { type Answer, jsonText } from '../answer.ts';
import { openEndpoint } from '../endpoint.ts';
import { STRING } from '../json-schemas.ts';
import { DOCS_PAGE, DOCS_SCRIPT, HOME_PAGE, isPageFile, PAGE_FILES, PAGE_POLICY, readPageFile } from '../page-files.ts';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const home = openEndpoint({
  id: 'home',
  method: 'GET',
  path: '/',
  tag: 'Pages',
  summary: 'A page that points to the page of the API.',
  parameters: {},
  body: {},
  answers: [{ status: 200, summary: 'HTML.', mediaType: 'text/html', schema: STRING }],
  errors: [],
  handle: () => page(HOME_PAGE, HTML),
});

const openApi = openEndpoint({
  id: 'openapi',
  method: 'GET',
  path: '/openapi.json',
  tag: 'Pages',
  summary: 'This API as an OpenAPI 3.1 document.',
  parameters: {},
  body: {},
  answers: [{ status: 200, summary: 'The document.', schema: { type: 'object' } }],
  errors: [],
  handle: ({ site }) => jsonText(site.openApiText()),
});

const docs = openEndpoint({
  id: 'docs',
  method: 'GET',
  path: '/docs',
  tag: 'Pages',
  summary: 'The page of the API.',
  parameters: {},
  body: {},
  answers: [{ status: 200, summary: 'HTML.', mediaType: 'text/html', schema: STRING }],
  errors: [],
  handle: () => page(DOCS_PAGE, HTML),
});

const docsFile = openEndpoint({
  id: 'docsFile',
  method: 'GET',
  path: '/docs/{file}',
  tag: 'Pages',
  summary: 'A file of the page of the API.',
  parameters: { file: { in: 'path', kind: 'string', required: true, summary: 'Its name.', example: 'swagger-ui.css' } },
  body: {},
  answers: [{ status: 200, summary: 'The file.', mediaType: 'application/octet-stream', schema: {} }],
  errors: ['not_found'],
  handle: async ({ parameters: { file } }) => {
    if (file === 'start.js') return page(DOCS_SCRIPT, SCRIPT);
    if (!isPageFile(file)) throw new AerolithError('not_found', `The page of the API has no file "${file}".`);
    return page(await readPageFile(file), PAGE_FILES[file]);
  },
});

function page(body: string | Buffer, type: string): Answer {
  const headers = ['content-security-policy', PAGE_POLICY, 'x-frame-options', 'DENY', 'referrer-policy', 'no-referrer'];
  return { status: 200, body, type, headers };
}

export const PAGE_ENDPOINTS = [home, openApi, docs, docsFile];
