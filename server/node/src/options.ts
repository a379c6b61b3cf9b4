import { availableParallelism } from 'node:os';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from './node-log.ts';
import { type Address, parseAddress, parsePath, parseThreads, parseWhole, parseWord } from './option-values.ts';

/** One option: flags, environment, configuration file, help and `docs/reference/configuration.md` are made from this. */
export type OptionDeclaration<T> = {
  /** On the command line. In the configuration file it is the key of `OPTIONS`. */
  readonly flag: `--${string}`;
  /** In the environment. */
  readonly environment: `AEROLITH_${string}`;
  /** What stands for the value in help. */
  readonly value: string;
  readonly defaultText: string | undefined;
  readonly parse: (text: string, option: string) => T;
  readonly meaning: string;
  /** Whether a running node takes a new value over when it is told to read its options again (SIGHUP). */
  readonly reloadable: boolean;
};

function option<T>(declaration: OptionDeclaration<T>): OptionDeclaration<T> {
  return declaration;
}

const whole = (low: number, high: number) => (text: string, name: string) => parseWhole(text, name, low, high);

/** More than four share what the main thread and the writer can do. */
const HTTP_THREADS = { auto: process.platform === 'linux' ? Math.min(4, availableParallelism()) : 1, most: 16 } as const;

/** Every option of a node, in the order of help. */
export const OPTIONS = {
  data: option<string>({
    flag: '--data',
    environment: 'AEROLITH_DATA',
    value: 'DIR',
    defaultText: './aerolith-data',
    parse: parsePath,
    meaning: 'Folder that holds the data; made when it does not exist.',
    reloadable: false,
  }),
  config: option<string>({
    flag: '--config',
    environment: 'AEROLITH_CONFIG',
    value: 'FILE',
    defaultText: undefined,
    parse: parsePath,
    meaning: 'YAML or JSON file with options by name; the command line and the environment go before it.',
    reloadable: false,
  }),
  http: option<Address | 'off'>({
    flag: '--http',
    environment: 'AEROLITH_HTTP',
    value: 'ADDR|off',
    defaultText: '127.0.0.1:8080',
    parse: parseAddress,
    meaning: 'Where HTTP listens.',
    reloadable: false,
  }),
  httpThreads: option<number>({
    flag: '--http-threads',
    environment: 'AEROLITH_HTTP_THREADS',
    value: 'N|auto',
    defaultText: 'auto',
    parse: (text, name) => parseThreads(text, name, HTTP_THREADS),
    meaning:
      'Threads that serve HTTP at one address, which needs Linux. auto: one a core, four at most; elsewhere one. Each takes about 40 MB.',
    reloadable: false,
  }),
  grpc: option<Address | 'off'>({
    flag: '--grpc',
    environment: 'AEROLITH_GRPC',
    value: 'ADDR|off',
    defaultText: 'off',
    parse: parseAddress,
    meaning: 'Where gRPC listens (8082 is kept for it). Not built yet: only off is accepted.',
    reloadable: false,
  }),
  ws: option<Address | 'off'>({
    flag: '--ws',
    environment: 'AEROLITH_WS',
    value: 'ADDR|off',
    defaultText: 'off',
    parse: parseAddress,
    meaning: 'Where WebSocket listens (8083 is kept for it). Not built yet: only off is accepted.',
    reloadable: false,
  }),
  mongo: option<Address | 'off'>({
    flag: '--mongo',
    environment: 'AEROLITH_MONGO',
    value: 'ADDR|off',
    defaultText: 'off',
    parse: parseAddress,
    meaning: 'Where the MongoDB protocol listens (27017 is kept for it). Not built yet: only off is accepted.',
    reloadable: false,
  }),
  postgres: option<Address | 'off'>({
    flag: '--postgres',
    environment: 'AEROLITH_POSTGRES',
    value: 'ADDR|off',
    defaultText: 'off',
    parse: parseAddress,
    meaning: 'Where the PostgreSQL protocol listens (5433 is kept for it). Not built yet: only off is accepted.',
    reloadable: false,
  }),
  tlsCert: option<string | undefined>({
    flag: '--tls-cert',
    environment: 'AEROLITH_TLS_CERT',
    value: 'FILE',
    defaultText: undefined,
    parse: parsePath,
    meaning:
      'Certificate chain (PEM) for HTTP; with --tls-key it makes HTTP listen with TLS, which any address off loopback needs.',
    reloadable: true,
  }),
  tlsKey: option<string | undefined>({
    flag: '--tls-key',
    environment: 'AEROLITH_TLS_KEY',
    value: 'FILE',
    defaultText: undefined,
    parse: parsePath,
    meaning: 'Private key (PEM) of the certificate.',
    reloadable: true,
  }),
  readers: option<number>({
    flag: '--readers',
    environment: 'AEROLITH_READERS',
    value: 'N',
    defaultText: '1',
    parse: whole(1, 16),
    meaning: 'Threads that answer find, count, distinct, history and changes.',
    reloadable: true,
  }),
  cacheMegabytes: option<number>({
    flag: '--cache-megabytes',
    environment: 'AEROLITH_CACHE_MEGABYTES',
    value: 'MB',
    defaultText: '32',
    parse: whole(1, 1_048_576),
    meaning:
      'Pages that each connection to the file keeps in memory, in MiB: one a reader and one for reads by id, which the HTTP threads share out; the writer keeps twice as much. The system caches the file as well.',
    reloadable: false,
  }),
  readTimeoutMs: option<number>({
    flag: '--read-timeout-ms',
    environment: 'AEROLITH_READ_TIMEOUT_MS',
    value: 'MS',
    defaultText: '30000',
    parse: whole(1, 3_600_000),
    meaning: 'Longest time that one read may take, in milliseconds; then it ends with timeout.',
    reloadable: true,
  }),
  readMemoryMegabytes: option<number>({
    flag: '--read-memory-megabytes',
    environment: 'AEROLITH_READ_MEMORY_MEGABYTES',
    value: 'MB',
    defaultText: '1024',
    parse: whole(32, 65_536),
    meaning:
      'Memory that the values of one read may take in its thread, in MiB, beside the pages; then it ends with query_too_large, and the thread is replaced.',
    reloadable: false,
  }),
  slowReadMs: option<number>({
    flag: '--slow-read-ms',
    environment: 'AEROLITH_SLOW_READ_MS',
    value: 'MS',
    defaultText: '500',
    parse: whole(1, 3_600_000),
    meaning: 'A read that takes longer is remembered by its shape, for aerolith doctor and GET /v1/slow-reads.',
    reloadable: true,
  }),
  expiryMs: option<number>({
    flag: '--expiry-ms',
    environment: 'AEROLITH_EXPIRY_MS',
    value: 'MS',
    defaultText: '10000',
    parse: whole(10, 86_400_000),
    meaning: 'Milliseconds between two looks for documents that have expired (see expireAfterSeconds of indexes).',
    reloadable: false,
  }),
  waitingReads: option<number>({
    flag: '--waiting-reads',
    environment: 'AEROLITH_WAITING_READS',
    value: 'N',
    defaultText: '10000',
    parse: whole(1, 1_000_000),
    meaning: 'Reads that may wait for a thread; more are refused with overloaded.',
    reloadable: true,
  }),
  waitingCommands: option<number>({
    flag: '--waiting-commands',
    environment: 'AEROLITH_WAITING_COMMANDS',
    value: 'N',
    defaultText: '50000',
    parse: whole(1, 10_000_000),
    meaning: 'Commands that may wait for the log; more are refused with overloaded.',
    reloadable: true,
  }),
  waitingMegabytes: option<number>({
    flag: '--waiting-megabytes',
    environment: 'AEROLITH_WAITING_MEGABYTES',
    value: 'MB',
    defaultText: '128',
    parse: whole(8, 65_536),
    meaning: 'Bytes of commands that may wait for the log, in MiB; more are refused with overloaded.',
    reloadable: true,
  }),
  logLevel: option<LogLevel>({
    flag: '--log-level',
    environment: 'AEROLITH_LOG_LEVEL',
    value: 'LEVEL',
    defaultText: 'warn',
    parse: (text, name) => parseWord(text, name, LOG_LEVELS),
    meaning:
      'What the node says on its error stream: error (faults), warn (also refused logins and slow reads), info (also start, stop and reload), debug.',
    reloadable: true,
  }),
  logFormat: option<LogFormat>({
    flag: '--log-format',
    environment: 'AEROLITH_LOG_FORMAT',
    value: 'FORMAT',
    defaultText: 'auto',
    parse: (text, name) => parseWord(text, name, LOG_FORMATS),
    meaning: 'How the log looks: text, json (one object a line), or auto: text on a terminal and JSON elsewhere.',
    reloadable: false,
  }),
} as const;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<D> = D extends OptionDeclaration<infer T> ? T : never;

/** Options without a default, which may be absent. */
type Optional = 'config' | 'tlsCert' | 'tlsKey';

/** The value of every option. */
export type NodeOptions = { readonly [K in Exclude<OptionName, Optional>]: ValueOf<(typeof OPTIONS)[K]> } & {
  readonly [K in Optional]?: ValueOf<(typeof OPTIONS)[K]>;
};

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];
