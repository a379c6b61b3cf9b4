/** A JSON object of these members, each a JSON text already; absent ones are left out. */
export function requestBody(members: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [`${JSON.stringify(name)}:${value}`],
  );
  return `{${parts.join(',')}}`;
}
