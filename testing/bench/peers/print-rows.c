/* Prints the first column of each row of a query, a row a line: what the shell of SQLite does in its mode "list", for an SQLite of this version. */
#include <stdio.h>
#include "sqlite3.h"

static int fail(sqlite3 *database) {
  fprintf(stderr, "%s\n", sqlite3_errmsg(database));
  return 1;
}

int main(int count, char **words) {
  sqlite3 *database;
  sqlite3_stmt *statement;
  int step;
  if (count != 3) return 2;
  if (sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READONLY, 0) != SQLITE_OK) return fail(database);
  if (sqlite3_prepare_v2(database, words[2], -1, &statement, 0) != SQLITE_OK) return fail(database);
  while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
    fputs((const char *)sqlite3_column_text(statement, 0), stdout);
    fputc('\n', stdout);
  }
  if (step != SQLITE_DONE) return fail(database);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return fflush(stdout) == 0 ? 0 : 1;
}
