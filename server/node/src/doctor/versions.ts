import { FORMAT_VERSION } from '@aerolithdb/storage';
import { VERSION } from '../version.ts';
import { type Finding, fine, warning } from './finding.ts';

const CHECK = 'versions';
const NODE_MAJOR = 24;

/** `format`: that of the file, when it could be read. A newer one does not open, which the check of the file says. */
export function checkVersions(format: number | undefined, node: string = process.versions.node): Finding {
  const figures = { program: VERSION, node, formatMax: FORMAT_VERSION, ...(format !== undefined && { format }) };
  const found = `AerolithDB ${VERSION} on Node ${node}${format === undefined ? '' : `; the file has format ${format}`}`;
  if (Number(node.split('.')[0]) === NODE_MAJOR) return fine(CHECK, found, figures);
  return warning(CHECK, found, `Run it on Node ${NODE_MAJOR}, which it is tested on.`, figures);
}
