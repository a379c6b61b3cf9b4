import { openDatabase } from '../open-database.ts';

/** For tests: a program that opens the folder of its first argument, says so, and waits to be killed. */

const running = await openDatabase(process.argv[2]!, { readers: 1 });
process.stdout.write(`open ${running.folder}\n`);
setInterval(() => running.database.status(), 1000);
