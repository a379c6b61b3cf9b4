const WORDS = ['amber', 'basalt', 'cedar', 'delta', 'ember', 'fjord', 'garnet', 'heath', 'iris', 'juniper'];
const NOTE = 'A person of the benchmark, with as much text as a short profile has. '.repeat(2);

/** Different values of `city`, so many documents share one. */
export const CITIES = 1000;

/** Person number `n` as JSON text of about 300 bytes. */
export function personText(n: number): string {
  const word = (shift: number) => WORDS[Math.floor(n / 10 ** shift) % WORDS.length]!;
  const tags = [word(0), word(1)];
  const fields = { _id: n, name: `${word(0)} ${word(2)}`, city: n % CITIES, score: (n * 7919) % 1000, tags, note: NOTE };
  return JSON.stringify(fields);
}
