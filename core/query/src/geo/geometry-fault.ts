/** What is wrong with a geometry, as a sentence. A value and no exception: most values that are looked at for one are none. */
export class GeometryFault {
  readonly sentence: string;

  constructor(sentence: string) {
    this.sentence = sentence;
  }
}

/** Reads each of the values. The first fault is the fault of all. */
export function readEach<From, To>(
  values: readonly From[],
  read: (value: From, index: number) => To | GeometryFault,
): To[] | GeometryFault {
  const all: To[] = [];
  for (const [index, value] of values.entries()) {
    const one = read(value, index);
    if (one instanceof GeometryFault) return one;
    all.push(one);
  }
  return all;
}
