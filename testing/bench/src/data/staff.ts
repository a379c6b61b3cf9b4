/** Persons that report to one. */
const REPORTS = 6;
const REGIONS = 12;

/** JSON text of person `n`: a tree by `boss`. The first 1,000 are the owners that `documentText` names. The same `n` gives the same text. */
export function staffText(n: number): string {
  return JSON.stringify({
    _id: n,
    name: `owner ${n}`,
    boss: n === 0 ? null : Math.floor((n - 1) / REPORTS),
    region: `region ${n % REGIONS}`,
    salary: 1000 + ((n * 37) % 5000),
  });
}
