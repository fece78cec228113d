#!/usr/bin/env bash
# What a release is compiled otherwise for than what is tested: news and checks beside a run, and without one, by the program
# as people install it.
#
#   Tests/Release/check-release.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
plan=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../plans/one-server.yaml")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -m 700 state
(
  umask 077
  cat >state/notify.yaml <<'END'
apiVersion: waltz/v1
kind: Notifications
ping: { url: { env: NOBODY }, worlds: [simulated] }
exposure: { url: { env: NOBODY_EITHER }, worlds: [simulated] }
destinations:
  log: { command: [sh, -c, cat >> told], worlds: [simulated] }
END
)
# Ports on which nothing listens: to be refused is an answer, to crash is none.
export NOBODY=http://127.0.0.1:9/a NOBODY_EITHER=http://127.0.0.1:9/b XDG_STATE_HOME="$folder/home"

# ends WANTED… -- ARGUMENT…: expects one of these exit statuses.
ends() {
  local wanted=() status=0
  while [ "$1" != -- ]; do wanted+=("$1") && shift; done
  shift
  "$program" "$@" --state state >printed 2>&1 || status=$?
  [[ " ${wanted[*]} " == *" $status "* ]] || {
    printf 'release: waltz %s ended with %s:\n' "$*" "$status" >&2
    head -c 4000 printed >&2
    exit 1
  }
}

ends 0 -- run "$plan" --simulate
[ -s state/told ] || { echo "release: nobody was told of the run" >&2 && exit 1; }
ends 0 3 -- notify deliver
ends 0 -- notify status
grep -q '^exposure (a check) .*failing' printed || { cat printed >&2 && exit 1; }
ends 0 -- status
ends 0 -- metrics --all
ends 0 -- verify one-server-1
echo "release: a run is told of, and checks that nobody answers hold nothing up"
