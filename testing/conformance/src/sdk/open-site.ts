import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AerolithClient, type AerolithDatabase, type ClientOptions } from '@aerolithdb/client';
import { open } from '@aerolithdb/embedded';
import { RestNode } from '../rest/rest-node.ts';

/** A database that a suite runs on, and what stands behind it. */
export interface Site extends AsyncDisposable {
  readonly db: AerolithDatabase;
}

/** Each way to a database by its name. */
export const SITES: Readonly<Record<string, () => Promise<Site>>> = {
  'client over a server': openClient,
  embedded: openEmbedded,
};

async function openClient(): Promise<Site> {
  const node = await RestNode.start();
  return siteOf(clientOf(node), () => node[Symbol.asyncDispose]());
}

/** A client of a node; `url` where something stands in between. */
export function clientOf(node: RestNode, options: ClientOptions = {}, url = node.server.url): AerolithClient {
  return new AerolithClient(url, { token: node.token, ...options });
}

async function openEmbedded(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'aerolith-sdk-'));
  const db = await open(folder);
  return siteOf(db, () => rm(folder, { recursive: true, force: true }));
}

function siteOf(db: AerolithDatabase, release: () => Promise<void>): Site {
  const dispose = async (): Promise<void> => {
    await db.close();
    await release();
  };
  return { db, [Symbol.asyncDispose]: dispose };
}
