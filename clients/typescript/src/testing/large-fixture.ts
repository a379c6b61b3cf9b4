const FIELDS = 30;

/** A type of 30 fields, of which some are objects or arrays of objects of 30 fields that hold such again. */
function largeType(): string {
  const plain = ['string', 'number', 'Date', 'string[]', 'boolean', 'string | null', 'number | undefined'];
  const fields = (inner: (index: number) => string): string =>
    Array.from({ length: FIELDS }, (_, index) => `  field${index}: ${inner(index)};`).join('\n');
  const leaf = (index: number): string => plain[index % plain.length]!;
  const nesting = (name: string) => (index: number) => (index % 6 === 5 ? (index % 12 === 5 ? name : `${name}[]`) : leaf(index));
  return [
    `type Inner = {\n${fields(leaf)}\n};`,
    `type Middle = {\n${fields(nesting('Inner'))}\n};`,
    `type Large = { _id: string } & {\n${fields(nesting('Middle'))}\n};`,
  ].join('\n');
}

/** A program of at least 500 lines that queries and updates a large type at all its levels. */
export function largeFixture(): string {
  const uses = Array.from({ length: 58 }, (_, n) => {
    const number = 1 + 7 * (n % 4);
    const outer = n % 2 === 0 ? 5 : 17;
    return `{
  const found = await large.find({ 'field${outer}.field${number}': { $gt: ${n} }, 'field${outer}.field11.field${number}': ${n} }, {
    projection: { field0: 1, 'field${outer}.field5.field${number}': 1 },
  }).sort({ 'field11.field${number}': -1 }).first();
  await large.updateOne({ $or: [{ field1: ${n} }, { 'field11.0.field5.field0': 'x' }] }, { $set: { 'field5.field17.field0': 'y' }, $inc: { field1: 1 } });
  void found?.field0.length;
}`;
  });
  const head = `import { AerolithClient } from '../index.ts';\n${largeType()}\nconst large = new AerolithClient('http://localhost').collection<Large>('large');`;
  return `${head}\n${uses.join('\n')}\nexport {};\n`;
}
