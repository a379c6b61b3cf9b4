import { openDatabase } from '../open-database.ts';

/** For a test: begins to build an index in a folder and ends like a power cut once so many blocks of the build are durable. */
const [folder = '', name = '', steps = '1'] = process.argv.slice(2);
const { database, session } = await openDatabase(folder);
await database.execute(session, { type: 'createIndex', collection: 'c', index: { name, keys: [[name, 1]] } });
const begun = database.head().height;
database.onBlock(({ height }) => {
  if (height >= begun + Number(steps)) process.kill(process.pid, 'SIGKILL');
});
if (database.head().height >= begun + Number(steps)) process.kill(process.pid, 'SIGKILL');
