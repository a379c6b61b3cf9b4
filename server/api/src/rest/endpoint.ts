import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database, ExecuteOptions, Session } from '@aerolithdb/database';
import { AerolithError, type ErrorCode, type Role } from '@aerolithdb/protocol';
import type { Answer, TAKEN } from './answer.ts';
import { parseBody } from './body.ts';
import type { Fields, JsonSchema, Parsed } from './field.ts';
import type { RestLimits } from './limits.ts';
import { type Parameters, parseParameters } from './parameters.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Tag =
  | 'Node'
  | 'Collections'
  | 'Documents'
  | 'Queries'
  | 'Writes'
  | 'Indexes'
  | 'Changes'
  | 'Ledger'
  | 'Principals'
  | 'Pages';

export type AnswerForm = { readonly mediaType: string; readonly schema: JsonSchema; readonly example?: unknown };

/** What a good answer looks like. */
export type AnswerDescription = {
  readonly status: number;
  readonly summary: string;
  readonly schema?: JsonSchema;
  readonly example?: unknown;
  readonly mediaType?: string;
  /** The same answer in other forms, which a client asks for with `Accept`. */
  readonly otherForms?: readonly AnswerForm[];
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * The one description of an operation. The routes, the checks on parameters and body, the OpenAPI document and
 * `docs/reference/rest.md` are made from it.
 */
export type Description<P extends Parameters, B extends Fields> = {
  /** `operationId` of OpenAPI. */
  readonly id: string;
  readonly method: Method;
  /** With `{name}` for each path parameter. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** `none`: no token needed. `any`: any principal. Otherwise the least role, on the collection or (where none is named) on `*`. */
  readonly role: Role | 'none' | 'any';
  /** Takes an `Idempotency-Key`. */
  readonly writes?: boolean;
  readonly parameters: P;
  /** Fields of a JSON body. */
  readonly body: B;
  /** The one field of `body` that is the whole body. */
  readonly whole?: keyof B & string;
  readonly bodyLimit?: 'bodyBytes' | 'documentsBodyBytes' | 'bulkBodyBytes';
  /** The body may be left out. */
  readonly optionalBody?: boolean;
  readonly bodyExample?: unknown;
  readonly answers: readonly AnswerDescription[];
  /** Codes of its own; those that every operation may give are added. */
  readonly errors: readonly ErrorCode[];
};

/** The request and response behind a call, for endpoints that write the answer themselves. */
export type Wire = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The signal that the client has left before it was answered. */
  gone(): AbortSignal;
  /** Makes this a stream, ended by the client, by the endpoint or by the server. Throws `overloaded`. */
  openStream(): OpenStream;
  /** Sends the head of an answer whose body the endpoint writes. `headers`: name, value, name, value … */
  sendHead(status: number, headers: readonly string[]): void;
};

/** `signal`: the client has left, or the server closes. `end`: the endpoint is done. */
export type OpenStream = { readonly signal: AbortSignal; readonly end: () => void };

/** What the server lends to its endpoints. */
export type Site = {
  readonly limits: RestLimits;
  readonly openApiText: () => string;
  readonly metricsText: () => string;
};

/** What an endpoint works with. */
export type OpenCall<P extends Parameters, B extends Fields> = {
  readonly database: Database;
  readonly parameters: Parsed<P>;
  readonly body: Parsed<B>;
  /** The command id, when the client chose one with `Idempotency-Key`. */
  readonly command: ExecuteOptions;
  readonly exchange: Wire;
  readonly site: Site;
};

export type Call<P extends Parameters, B extends Fields> = OpenCall<P, B> & { readonly session: Session };

export type Outgoing = Answer | typeof TAKEN;

type Handled = Outgoing | Promise<Outgoing>;

/** A request as the server hands it over: not yet checked against the description. */
export type RawCall = {
  readonly database: Database;
  readonly session: Session | undefined;
  readonly path: Readonly<Record<string, string>>;
  /** Text after `?`, without it. */
  readonly query: string;
  readonly bytes: Buffer | undefined;
  readonly commandId: string | undefined;
  readonly exchange: Wire;
  readonly site: Site;
};

export type Endpoint = Description<Parameters, Fields> & { readonly run: (raw: RawCall) => Handled };

/** Joins a description with what carries it out; `handle` gets only what the description has let through. */
export function endpoint<const P extends Parameters, const B extends Fields>(
  description: Description<P, B> & { readonly handle: (call: Call<P, B>) => Handled },
): Endpoint {
  const { handle, ...rest } = description;
  const check = checked(rest);
  const run = (raw: RawCall): Handled => {
    if (raw.session === undefined) throw new AerolithError('unauthenticated', 'Send the header "Authorization: Bearer TOKEN".');
    return handle({ ...check(raw), session: raw.session });
  };
  return { ...rest, run };
}

/** An endpoint that anyone may call. */
export function openEndpoint<const P extends Parameters, const B extends Fields>(
  description: Omit<Description<P, B>, 'role'> & { readonly handle: (call: OpenCall<P, B>) => Handled },
): Endpoint {
  const { handle, ...rest } = description;
  const check = checked(rest);
  return { ...rest, role: 'none', run: (raw) => handle(check(raw)) };
}

function checked<P extends Parameters, B extends Fields>(
  description: Pick<Description<P, B>, 'parameters' | 'body' | 'whole' | 'optionalBody'>,
): (raw: RawCall) => OpenCall<P, B> {
  const readParameters = parseParameters(description.parameters);
  const readBody = parseBody(description);
  return (raw) => {
    const { database, commandId, exchange, site } = raw;
    const command = commandId === undefined ? NO_OPTIONS : { commandId };
    return { database, parameters: readParameters(raw), body: readBody(raw.bytes), command, exchange, site };
  };
}

const NO_OPTIONS: ExecuteOptions = {};

/** Whether a description takes a body. */
export function takesBody(description: { readonly body: Fields }): boolean {
  return Object.keys(description.body).length > 0;
}
