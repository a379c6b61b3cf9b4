/** Thrown when a wait has reached its limit. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** The end of `work`; after `ms` milliseconds a `TimeLimitError` that names what was waited for, and `detail()`. */
export function within<T>(ms: number, what: string, work: Promise<T>, detail: () => string = () => ''): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new TimeLimitError(`${what} took more than ${ms / 1000} s. ${detail()}`.trimEnd())),
      ms,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
