/** Every limit of the HTTP door, each declared once. All are on by default; an option of `RestServer` moves any of them. */
export const REST_LIMITS = {
  /** Bytes of a request body that holds documents or updates. */
  documentsBodyBytes: 8_388_608,
  /** Bytes of the body of a bulk request, which holds many commands. */
  bulkBodyBytes: 33_554_432,
  /** Bytes of any other request body. */
  bodyBytes: 1_048_576,
  /** Operations in one bulk request. */
  bulkOperations: 10_000,
  /** Bytes of all headers of one request. */
  headerBytes: 16_384,
  /** Characters of a request target (path and query). */
  urlLength: 8192,
  /** Milliseconds in which the headers of a request must arrive. */
  headersMs: 10_000,
  /** Milliseconds in which a whole request must arrive. */
  requestMs: 60_000,
  /** Milliseconds in which an answer must be ready (change streams are exempt). */
  answerMs: 60_000,
  /** Milliseconds an idle connection is kept for a next request. */
  keepAliveMs: 72_000,
  /** Milliseconds without one byte in either direction after which a connection that has a request open is closed. */
  silentMs: 120_000,
  /** Milliseconds the buffer of a change stream may stay full before its client counts as stalled and is closed. */
  stalledStreamMs: 30_000,
  /** Milliseconds between two signs of life on a change stream. */
  heartbeatMs: 15_000,
  /** Seconds a long poll may wait. */
  waitSeconds: 60,
  /** Open connections. */
  connections: 8192,
  /** Requests in progress at once (change streams and long polls not counted). */
  concurrentRequests: 4096,
  /** Change streams and long polls open at once. */
  concurrentStreams: 4096,
  /** Requests a second of one principal. The default is above what one node answers; lower it to share a node. */
  requestsPerSecond: 50_000,
  /** Requests a principal may make at once after a pause. */
  requestBurst: 50_000,
  /** Principals whose sign-in is remembered, so that a password is not hashed for each request. */
  rememberedSignIns: 4096,
  /** Entries of one page of changes or of history. */
  pageEntries: 1000,
} as const;

export type RestLimits = { readonly [Name in keyof typeof REST_LIMITS]: number };
