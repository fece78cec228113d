/* How long SQLite alone takes to append events as the journal does: the same pragmas, an insert for each
 * event and one update of the head for each transaction, without hashing, leases or checks.
 *
 *   sqliteappend DIRECTORY EVENTS BATCH BYTES    prints the nanoseconds of all appends together */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *database;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void check(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fprintf(stderr, "sqliteappend: %s\n", sqlite3_errmsg(database));
  exit(3);
}

static void run(const char *sql) { check(sqlite3_exec(database, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
  return statement;
}

static void step(sqlite3_stmt *statement) {
  check(sqlite3_step(statement));
  check(sqlite3_reset(statement));
}

int main(int count, char **arguments) {
  if (count != 5) return 2;
  char path[4096];
  snprintf(path, sizeof path, "%s/raw.db", arguments[1]);
  long events = atol(arguments[2]), batch = atol(arguments[3]), size = atol(arguments[4]);
  if (batch < 1 || size < 0) return 2;
  remove(path);
  check(sqlite3_open(path, &database));
  run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON;"
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
      "CREATE TABLE events (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL,"
      "  step TEXT, attempt INTEGER, bytes BLOB NOT NULL, hash BLOB NOT NULL) STRICT;"
      "CREATE TABLE heads (run INTEGER PRIMARY KEY, count INTEGER NOT NULL, hash BLOB NOT NULL,"
      "  last_type TEXT, last_at INTEGER) STRICT;"
      "INSERT INTO heads (run, count, hash) VALUES (1, 0, x'00');");
  char *bytes = calloc(1, (size_t)size + 1), hash[32] = {0};
  memset(bytes, 'x', (size_t)size);
  sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
  sqlite3_stmt *insert = prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)");
  sqlite3_stmt *head =
      prepare("UPDATE heads SET count = ?, hash = ?, last_type = ?, last_at = ? WHERE run = 1");

  long long start = now();
  for (long event = 0; event < events;) {
    step(begin);
    long end = event + batch < events ? event + batch : events;
    for (; event < end; event++) {
      sqlite3_bind_int64(insert, 1, (1LL << 32) | (event + 1));
      sqlite3_bind_int64(insert, 2, 1750000000000LL + event);
      sqlite3_bind_text(insert, 3, "step-started", -1, SQLITE_STATIC);
      sqlite3_bind_text(insert, 4, "check-server/paris/a", -1, SQLITE_STATIC);
      sqlite3_bind_int64(insert, 5, 1);
      sqlite3_bind_blob(insert, 6, bytes, (int)size, SQLITE_STATIC);
      sqlite3_bind_blob(insert, 7, hash, sizeof hash, SQLITE_STATIC);
      step(insert);
    }
    sqlite3_bind_int64(head, 1, event);
    sqlite3_bind_blob(head, 2, hash, sizeof hash, SQLITE_STATIC);
    sqlite3_bind_text(head, 3, "step-started", -1, SQLITE_STATIC);
    sqlite3_bind_int64(head, 4, 1750000000000LL + event);
    step(head);
    step(commit);
  }
  printf("%lld\n", now() - start);
  sqlite3_finalize(begin), sqlite3_finalize(commit), sqlite3_finalize(insert), sqlite3_finalize(head);
  sqlite3_close(database);
  free(bytes);
  return 0;
}
