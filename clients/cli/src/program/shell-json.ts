/**
 * A small front for JSON typed in a shell: `{age: {$gt: 30}, name: 'Bo'}` becomes `{"age": {"$gt": 30}, "name": "Bo"}`.
 * It only quotes bare field names and turns single quotes into double ones; whether the result is JSON is for the parser to say.
 */
const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|([A-Za-z_$][\w$.-]*)(\s*:)|[^"'A-Za-z_$]+|[A-Za-z_$][\w$.-]*|["']/gs;

export function shellJson(text: string): string {
  return text.replace(TOKEN, (token: string, name: string | undefined, colon: string | undefined) => {
    if (name !== undefined) return `"${name}"${colon ?? ':'}`;
    return token.length > 1 && token.startsWith("'") ? doubleQuoted(token) : token;
  });
}

function doubleQuoted(token: string): string {
  const inner = token.slice(1, -1).replace(/\\'/g, "'");
  return `"${inner.replace(/\\.|"/gs, (part) => (part === '"' ? '\\"' : part))}"`;
}
