type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without the members that are undefined, as optional members want it. */
export function withoutAbsent<T extends Readonly<Record<string, unknown>>>(object: T): Present<T> {
  const present: Record<string, unknown> = {};
  for (const name of Object.keys(object)) if (object[name] !== undefined) present[name] = object[name];
  // What was left out is optional in `Present`, what was kept has its type.
  return present as unknown as Present<T>;
}
