import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_NAME } from '@aerolithdb/storage';
import { ADMIN_KEY_FILE } from '../admin-key.ts';
import { error, type Finding, fine, notPossible, warning } from './finding.ts';

const CHECK = 'permissions';
const OTHERS = 0o077;

/** Whether others may read the admin key or the data, and whether one user owns it all. One finding a fault. */
export function checkPermissions(folder: string, platform: NodeJS.Platform = process.platform): Finding[] {
  if (platform === 'win32') return [fine(CHECK, 'not looked at: Windows has no modes of files')];
  try {
    const faults = [...keyFaults(folder), ...folderFaults(folder), ...ownerFaults(folder)];
    return faults.length > 0 ? faults : [fine(CHECK, 'only the owner may read the folder and the admin key')];
  } catch (thrown) {
    return [notPossible(CHECK, thrown, 'Run the doctor as the user that runs the node.')];
  }
}

function keyFaults(folder: string): Finding[] {
  const file = join(folder, ADMIN_KEY_FILE);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) {
    const todo =
      'Nothing, if the token is kept elsewhere. Without it: stop the node and make another one with "aerolith key reset".';
    return [warning(CHECK, `there is no ${ADMIN_KEY_FILE}`, todo)];
  }
  if ((stats.mode & OTHERS) === 0) return [];
  const found = `${ADMIN_KEY_FILE} has mode ${modeText(stats)}: others on this machine may use the admin token`;
  return [error(CHECK, found, `chmod 600 ${file}; if others had access, make a new token and delete this one.`)];
}

function folderFaults(folder: string): Finding[] {
  const stats = statSync(folder);
  if ((stats.mode & OTHERS) === 0) return [];
  return [warning(CHECK, `the folder has mode ${modeText(stats)}: others may look into it`, `chmod 700 ${folder}`)];
}

function ownerFaults(folder: string): Finding[] {
  const owner = statSync(join(folder, FILE_NAME)).uid;
  const strays = readdirSync(folder).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.uid !== owner);
  if (strays.length === 0 && statSync(folder).uid === owner) return [];
  const found = `${[...strays, 'the folder'][0]} belongs to another user than ${FILE_NAME}`;
  return [warning(CHECK, found, `chown -R the folder ${folder} to the user that runs the node.`)];
}

function modeText(stats: Stats): string {
  return (stats.mode & 0o777).toString(8).padStart(4, '0');
}
