import { AerolithError, assertIndexName, type IndexSpec, indexOptionsOf } from '@aerolithdb/protocol';
import { parsePath } from '@aerolithdb/query';
import { kindNameOf, kindOf } from './kind-of.ts';

const KEYS_MAX = 32;

/** Refuses a definition that no index can have, or that its kind cannot hold. Throws `invalid_name`, `invalid_index`, `not_implemented`. */
export function assertDefinition(spec: IndexSpec): void {
  assertIndexName(spec.name);
  assertKeys(spec);
  const kind = kindOf(spec);
  for (const [name] of indexOptionsOf(spec)) {
    if (kind.options.includes(name)) continue;
    const known = kind.options.length === 0 ? 'none' : kind.options.join(', ');
    const message = `"${name}" is no option of an index of the kind "${kindNameOf(spec)}", which takes ${known}.`;
    throw new AerolithError('invalid_index', message, { option: name });
  }
  kind.assertSpec(spec);
}

function assertKeys({ keys }: IndexSpec): void {
  if (keys.length === 0 || keys.length > KEYS_MAX) {
    throw new AerolithError('invalid_index', `An index has 1 to ${KEYS_MAX} fields; this one has ${keys.length}.`);
  }
  const seen = new Set<string>();
  for (const [path] of keys) {
    if (path !== '$**') assertPath(path);
    if (seen.has(path)) throw new AerolithError('invalid_index', `The index names "${path}" twice.`, { path });
    seen.add(path);
  }
}

function assertPath(path: string): void {
  const components = parsePath(path.replace(/\.\$\*\*$/, ''), 'invalid_index');
  if (!components.some((component) => component === '' || component.startsWith('$'))) return;
  const message = `"${path}" is no path: its components are field names, parted by single dots.`;
  throw new AerolithError('invalid_index', message, { path });
}
