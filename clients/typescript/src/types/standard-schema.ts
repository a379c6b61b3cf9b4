/** A schema of any library that follows Standard Schema v1 (standardschema.dev): zod, valibot, arktype and others. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

export type SchemaIssue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

type TypesOf<S extends StandardSchema> = NonNullable<S['~standard']['types']>;

/** What the schema takes. */
export type SchemaInput<S extends StandardSchema> = TypesOf<S>['input'];
/** What the schema makes of it, which is what is stored. */
export type SchemaOutput<S extends StandardSchema> = TypesOf<S>['output'];
