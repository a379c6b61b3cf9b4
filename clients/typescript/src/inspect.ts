/** Node prints an object by the method of this name. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;
