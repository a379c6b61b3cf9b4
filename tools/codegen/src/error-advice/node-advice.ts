import type { ErrorCode } from '@aerolithdb/protocol';
import type { Advice } from './advice.ts';

/** Advice for a node that cannot do it now, or does not start. */
export const NODE_ADVICE = {
  overloaded: {
    causes: 'More requests, reads or commands wait than the node takes; or there were too many failed attempts to sign in.',
    remedy:
      'Send it again a little later, with fewer at once; where the answer has a `Retry-After`, after that. The TypeScript client does so by itself. If it stays, see [performance](performance-tuning.md#callers-in-flight).',
  },
  timeout: {
    causes: 'A query reads very many documents without an index; or the limit of the call is short and the machine is busy.',
    remedy:
      'Look at `aerolith explain`, then make an index or narrow the filter. `--read-timeout-ms` and `timeoutMs` raise the limit. A write that ended so may have been applied: send it again with the same command id.',
  },
  storage_full: {
    causes: 'The disk that holds the data folder is full.',
    remedy:
      'Free space or move the data folder to a larger disk. Reads go on meanwhile; writes go on by themselves when there is space, without a restart.',
  },
  storage_failed: {
    causes: 'The disk gave an error, or the data folder may not be written to by this user.',
    remedy:
      'Look at the log of the system and at the permissions of the folder. Stop the node and copy the folder before anything else when the disk is failing.',
  },
  storage_corrupt: {
    causes: 'Bytes of the data file were changed by something else: a failing disk, a copy of a running database, an editor.',
    remedy:
      'Stop the node, keep a copy of the folder, and restore a [backup](backup.md). What is damaged is never served as data.',
  },
  log_closed: {
    causes: 'The node is stopping; or the program called `close()` and went on to use the database.',
    remedy: 'Send it again when the node runs; the TypeScript client does so by itself for ten seconds. In a program close last.',
  },
  not_implemented: {
    causes: 'The operation, option or protocol has its place but is not built yet.',
    remedy:
      'What works is in the [changelog](../../CHANGELOG.md). Do without it; the sentence names another way where there is one.',
  },
  internal: {
    causes: 'A fault of the program.',
    remedy:
      'Look at what the node printed, and report it with that text and what you did. A write may or may not have been applied: send it again with the same command id to find out.',
  },
  node_too_old: {
    causes: 'The program runs on a Node.js that is older than it needs.',
    remedy:
      'Install Node.js 24 or newer from nodejs.org, or into the folder with `npm install node@24`. In a clone `npm start` brings its own.',
  },
  port_in_use: {
    causes: 'Another node, or another program, listens there.',
    remedy: 'Stop it, or choose another address: `aerolith start --http 127.0.0.1:8081`.',
  },
  data_in_use: {
    causes: 'A node runs on the folder already, or a program has it open with `open`.',
    remedy: 'The sentence names the process. Talk to that node over HTTP, stop it, or choose another folder with `--data`.',
  },
  data_newer: {
    causes: 'The folder was used with a newer version, and this is an older one.',
    remedy:
      'Run the newer version again. There is no way back in place: an export of the newer version can be imported by the older one.',
  },
  data_foreign: {
    causes: '`--data` names a file, or a folder that holds other things.',
    remedy: 'Name an empty folder, one that does not exist yet, or one that AerolithDB made.',
  },
  insecure_bind: {
    causes: 'The address can be reached from other machines and there is no certificate.',
    remedy:
      'Give `--tls-cert` and `--tls-key`, or listen on 127.0.0.1 and let a proxy with TLS stand in front. See [access](access.md#on-the-network).',
  },
  invalid_configuration: {
    causes:
      'A misspelt option, a value that is none, a configuration file that cannot be read; in a program, an address that is none.',
    remedy: 'The sentence names the option and what it takes. All of them are in [configuration](../reference/configuration.md).',
  },
  unreachable: {
    causes: 'No server runs at that address, it is still starting, or a firewall stands between.',
    remedy:
      'Start it (`aerolith start`), or give the right address with `--url` or `AEROLITH_URL`. `curl ADDRESS/health` needs no token.',
  },
} as const satisfies Partial<Record<ErrorCode, Advice>>;
