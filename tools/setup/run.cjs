// The entry of every `npm run` verb. An old Node must be able to parse this file, so it is written in ES5.
'use strict';

var OLDEST_NODE = 18;
var major = parseInt(process.versions.node, 10);
var need = 'AerolithDB needs Node.js ' + OLDEST_NODE + ' or newer; this is ' + process.version + '. ';

if (major < OLDEST_NODE) {
  console.error(need + 'Install a newer one from https://nodejs.org and run the same command again.');
  process.exit(1);
}
require('./load.cjs');
