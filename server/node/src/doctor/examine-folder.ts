import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Inspection } from '@aerolithdb/engine/inspect';
import { AerolithError } from '@aerolithdb/protocol';
import { FILE_NAME } from '@aerolithdb/storage';
import { ADMIN_KEY_FILE } from '../admin-key.ts';
import { storageFigures } from '../data-folder.ts';
import { FolderLock, holder } from '../folder-lock.ts';
import { formatAddress } from '../option-values.ts';
import type { NodeOptions } from '../options.ts';
import { askNode } from './ask-node.ts';
import { checkCertificate } from './certificate.ts';
import { checkClock } from './clock.ts';
import { checkDiskSpace } from './disk-space.ts';
import { checkChecksums, checkIndexes } from './file-checks.ts';
import { error, type Finding, fine } from './finding.ts';
import { checkLedger } from './ledger.ts';
import { checkLogSize } from './log-size.ts';
import { checkMemory, measureMemory } from './memory.ts';
import type { OnStep } from './on-step.ts';
import { checkPermissions } from './permissions.ts';
import { checkPorts } from './ports.ts';
import { judgeSlowQueries, slowQueriesOf, slowQueriesUnknown } from './slow-queries.ts';
import { checkSyncSpeed } from './sync-speed.ts';
import { checkVersions } from './versions.ts';

export type Examination = {
  /** What a node would run with; `data` is the folder that is looked at. */
  readonly options: NodeOptions;
  /** `quick` leaves out what reads much of the file: checksums, indexes, the ledger. `full` walks the whole ledger, not its last blocks. */
  readonly depth: 'quick' | 'usual' | 'full';
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onStep: OnStep;
};

/**
 * Looks at a data folder and at the machine around it, whether a node runs on it or not, and changes nothing (but for a file of some
 * KiB that is there while the disk is measured). Gives each finding when it is made.
 */
export async function* examineFolder(examination: Examination): AsyncGenerator<Finding, void, void> {
  const { options, now } = examination;
  const folder = resolve(options.data);
  const isThere = existsSync(join(folder, FILE_NAME));
  const isRunning = isThere && FolderLock.isHeld(folder);
  yield checkFolder(folder, isThere, isRunning);
  if (isThere) yield* examineFile(examination, folder);
  else yield checkVersions(undefined);
  yield checkDiskSpace(nearestFolder(folder));
  if (isThere) yield checkSyncSpeed(folder);
  if (isThere) yield* checkPermissions(folder);
  yield await checkPorts(options, isRunning, adminToken(folder));
  yield* checkCertificate(options, now());
  yield checkMemory(options, isRunning, measureMemory());
  yield* await checkSlowQueries(options, isRunning, adminToken(folder));
}

async function checkSlowQueries(options: NodeOptions, isRunning: boolean, token: string | undefined): Promise<Finding[]> {
  if (!isRunning || options.http === 'off') return [slowQueriesUnknown('no node answers over HTTP that could be asked')];
  const asked = { address: options.http, isTls: options.tlsCert !== undefined, token };
  const answer = await askNode(asked, '/v1/slow-reads');
  if (answer === 'untrusted') return [slowQueriesUnknown('this machine does not trust the certificate of the node')];
  if (answer?.status === 200) return judgeSlowQueries(slowQueriesOf(answer.body));
  return [slowQueriesUnknown(`the node of this folder does not answer on ${formatAddress(options.http)}`)];
}

async function* examineFile({ depth, now, onStep }: Examination, folder: string): AsyncGenerator<Finding, void, void> {
  let inspection: Inspection;
  try {
    inspection = Inspection.open(folder);
  } catch (thrown) {
    yield checkVersions(undefined);
    yield openFault(thrown);
    return;
  }
  try {
    yield checkVersions(inspection.format());
    yield checkClock(now(), inspection.head().time);
    yield checkLogSize(folder);
    if (depth === 'quick') return;
    yield await checkChecksums(inspection, storageFigures(folder).fileBytes, onStep);
    yield* await checkIndexes(inspection, onStep);
    yield await checkLedger(inspection, depth === 'full', onStep);
  } catch (thrown) {
    if (!(thrown instanceof AerolithError)) throw thrown;
    yield openFault(thrown);
  } finally {
    inspection.close();
  }
}

const FILE_TODO: Readonly<Record<string, string>> = {
  storage_corrupt: 'Restore the folder from a backup; keep the damaged file.',
  data_newer: 'Use the version of the program that wrote it, or a newer one.',
  data_foreign: 'Name the data folder of a node with --data.',
};

function openFault(thrown: unknown): Finding {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof AerolithError ? thrown.code : 'storage_failed';
  return error('data file', message, FILE_TODO[code] ?? 'Check the disk and that you may read the folder.', { code });
}

function checkFolder(folder: string, isThere: boolean, isRunning: boolean): Finding {
  if (!isThere) {
    const found = existsSync(folder) ? `${folder} holds no ${FILE_NAME}` : `there is no folder ${folder}`;
    return error('data folder', found, 'Name the folder of a node with --data, or make it with "aerolith start".', { folder });
  }
  const pid = isRunning ? holder(folder) : undefined;
  const state = isRunning ? `a node runs on it${pid === undefined ? '' : ` (process ${pid})`}` : 'no node runs on it';
  return fine('data folder', `${folder}: ${state}`, { folder, running: isRunning });
}

/** The folder itself, or the one above it that is there. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function adminToken(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, ADMIN_KEY_FILE), 'utf8').trim();
  } catch (thrown) {
    if (thrown instanceof Error) return undefined;
    throw thrown;
  }
}
