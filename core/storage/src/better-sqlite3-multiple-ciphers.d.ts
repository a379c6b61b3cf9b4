/** The package has the interface of better-sqlite3 and exports no types of its own. */
declare module 'better-sqlite3-multiple-ciphers' {
  import Database = require('better-sqlite3');
  export = Database;
}
