#!/bin/sh
# Checks killpoint.c with a program whose calls are known.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc=${CC:-cc}

"$cc" -Wall -Wextra -Werror -O2 -shared -fPIC -o "$work/killpoint.so" "$here/killpoint.c" -ldl

cat >"$work/program.c" <<'PROGRAM'
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
int main(void) {
  puts("this goes to a pipe and does not count");
  fflush(stdout);
  if (mkdir("d", 0700)) return 1;                                   /* 1 */
  int file = open("d/a", O_RDWR | O_CREAT, 0600);                   /* 2 */
  if (write(file, "12345678", 8) != 8) return 1;                    /* 3 */
  if (pwrite(file, "abcdefgh", 8, 8) != 8) return 1;                /* 4 */
  struct iovec parts[2] = {{"ij", 2}, {"kl", 2}};
  if (pwritev(file, parts, 2, 16) != 4) return 1;                   /* 5 */
  if (fchmod(file, 0640)) return 1;                                 /* 6 */
  if (fsync(file)) return 1;                                        /* 7 */
  if (fdatasync(file)) return 1;                                    /* 8 */
  if (ftruncate(file, 10)) return 1;                                /* 9 */
  close(file);
  close(open("d/a", O_RDONLY));
  if (rename("d/a", "d/b")) return 1;                               /* 10 */
  if (unlink("d/b")) return 1;                                      /* 11 */
  return 0;
}
PROGRAM
"$cc" -O2 -o "$work/program" "$work/program.c"

failures=0
expect() {
  if [ "$2" != "$3" ]; then
    echo "$1: expected '$2', found '$3'"
    failures=$((failures + 1))
  fi
}

mkdir "$work/at"
(cd "$work/at" && WALTZ_KILL_COUNT="$work/count" LD_PRELOAD="$work/killpoint.so" "$work/program") |
  cat >/dev/null
expect "calls" 11 "$(cat "$work/count")"

# What is there after a kill before each call: the directory, the file's name and size.
look() {
  if [ ! -d "$work/at/d" ]; then
    echo none
  elif [ -e "$work/at/d/a" ]; then
    echo "a $(wc -c <"$work/at/d/a" | tr -d ' ')"
  elif [ -e "$work/at/d/b" ]; then
    echo "b $(wc -c <"$work/at/d/b" | tr -d ' ')"
  else
    echo empty
  fi
}

kill_at() {
  rm -rf "$work/at"
  mkdir "$work/at"
  (
    cd "$work/at"
    status=0
    env "$@" LD_PRELOAD="$work/killpoint.so" "$work/program" 2>/dev/null || status=$?
    echo "$status" >"$work/status"
  ) 2>/dev/null | cat >/dev/null
  expect "status, $*" 137 "$(cat "$work/status")"
}

point=0
for found in none empty "a 0" "a 8" "a 16" "a 20" "a 20" "a 20" "a 20" "a 10" "b 10"; do
  point=$((point + 1))
  kill_at WALTZ_KILL_AT=$point
  expect "killed at $point" "$found" "$(look)"
done
kill_at WALTZ_KILL_AT=3 WALTZ_KILL_TORN=1
expect "torn write" "a 4" "$(look)"
kill_at WALTZ_KILL_AT=4 WALTZ_KILL_TORN=1
expect "torn pwrite" "a 12" "$(look)"
kill_at WALTZ_KILL_AT=5 WALTZ_KILL_TORN=1
expect "torn pwritev" "a 18" "$(look)"

if [ "$failures" -gt 0 ]; then
  echo "$failures checks failed"
  exit 1
fi
echo "killpoint.c: every check passed"
