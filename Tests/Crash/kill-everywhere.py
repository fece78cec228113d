#!/usr/bin/env python3
"""Kills `waltz run --simulate` right before every call that changes the disk, one run for each call,
resumes it, and checks that nothing was lost and nothing done twice.

  Tests/Crash/kill-everywhere.py WALTZ PLAN [--scenario FILE] [--seed N] [--every K] [--from N] [--to N]
                                 [--jobs N] [--torn] [--keep DIR]

For each call N of an undisturbed run:
  1. `run` in a fresh state directory, killed right before call N (with --torn: in the middle of it);
  2. `resume` until the run is finished, or `run` again where no run had been made;
  3. the final `status`, normalised, must equal the undisturbed run's;
  4. every step must have exactly one `step-succeeded`, and none may be skipped;
  5. no effect that is not idempotent may stand twice in the estate's own log.

Needs a C compiler and Python 3. Exit status 0 when every point passed.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Members of `status` that differ between two runs of the same plan by nature.
VOLATILE = {
    "run", "id", "lineage", "head", "hash", "eventCount", "events", "lastSequence",
    "lease", "holder", "epoch", "createdAt", "startedAt", "endedAt", "finishedAt", "updatedAt", "lastAt", "at", "since",
    "attempt", "attempts", "duration", "seconds", "exposure", "verificationOff",
    "replicationBroken", "orphans", "latentOrphans",
}
REPEATABLE = {"idempotent", "readOnly"}
LIMIT = 300


class Failed(Exception):
    pass


class Harness:
    def __init__(self, options, work):
        self.waltz = [str(pathlib.Path(options.waltz).resolve())]
        self.plan = options.plan
        self.extra = []
        if options.scenario:
            self.extra += ["--scenario", options.scenario]
        if options.seed is not None:
            self.extra += ["--seed", str(options.seed)]
        self.torn = options.torn
        self.work = work
        self.library = work / "killpoint.so"
        source = pathlib.Path(__file__).resolve().parent / "killpoint.c"
        compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("clang") or "cc"
        subprocess.run(
            [compiler, "-O2", "-shared", "-fPIC", "-o", self.library, source, "-ldl"], check=True)

    def call(self, *arguments, **variables):
        environment = {**os.environ, "NO_COLOR": "1", **variables}
        if variables:
            environment["LD_PRELOAD"] = str(self.library)
        return subprocess.run(
            self.waltz + [str(argument) for argument in arguments], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            timeout=LIMIT)

    def run(self, state, **variables):
        return self.call(
            "run", self.plan, "--simulate", "--state", state, *self.extra, **variables)

    def undisturbed(self):
        state = self.work / "undisturbed"
        count = self.work / "count"
        result = self.run(state, WALTZ_KILL_COUNT=str(count))
        if result.returncode != 0:
            raise Failed("the undisturbed run ends with %d:\n%s" % (
                result.returncode, result.stderr.decode(errors="replace")))
        if not count.exists():
            raise Failed("the undisturbed run left no count: is the binary linked statically?")
        return int(count.read_text()), self.outcome(state)

    def outcome(self, state):
        """What must be the same however often the run was killed; raises where a promise is broken."""
        result = self.call("status", "--state", state, "--format", "json")
        if result.returncode != 0:
            raise Failed("status ends with %d: %s" % (
                result.returncode, result.stderr.decode(errors="replace").strip()))
        status = json.loads(result.stdout)
        runs = sorted((state / "estates").glob("*.log"))
        listed = self.call("events", *([runs[0].stem] if len(runs) == 1 else []), "--state", state)
        if listed.returncode != 0:
            raise Failed("events ends with %d" % listed.returncode)
        succeeded = collections.Counter()
        started = set()
        for line in listed.stdout.splitlines():
            event = json.loads(line)
            if event["type"] == "step-started":
                started.add(event["step"])
            elif event["type"] == "step-succeeded":
                succeeded[event["step"]] += 1
            elif event["type"] == "step-skipped":
                raise Failed("step %s was skipped" % event["step"])
        twice = sorted(step for step, times in succeeded.items() if times != 1)
        if twice:
            raise Failed("succeeded more than once: %s" % ", ".join(twice))
        open_steps = sorted(started - set(succeeded))
        if open_steps:
            raise Failed("started but never succeeded: %s" % ", ".join(open_steps))
        effects = collections.Counter()
        for log in runs:
            for number, line in enumerate(log.read_bytes().splitlines(), 1):
                try:
                    effect = json.loads(line)
                except ValueError:
                    raise Failed("%s line %d is no JSON" % (log.name, number))
                if effect.get("class") not in REPEATABLE and effect.get("effect"):
                    effects[(effect.get("step"), effect["effect"])] += 1
        repeated = sorted("%s (%s)" % key for key, times in effects.items() if times > 1)
        if repeated:
            raise Failed("done twice: %s" % ", ".join(repeated))
        verified = self.call("verify", *([runs[0].stem] if len(runs) == 1 else []), "--state", state)
        if verified.returncode != 0:
            raise Failed("verify: %s" % verified.stdout.decode(errors="replace").strip())
        return {
            "status": normalised(status),
            "steps": sorted(succeeded),
            "effects": sorted("%s %s" % key for key in effects),
        }

    def killed_at(self, point, expected):
        state = self.work / ("state-%d" % point)
        variables = {"WALTZ_KILL_AT": str(point)}
        if self.torn:
            variables["WALTZ_KILL_TORN"] = "1"
        try:
            result = self.run(state, **variables)
            if result.returncode != -9:
                raise Failed("was not killed but ended with %d" % result.returncode)
            # The first kill may come before there is a run, or before its file.
            listed = self.call("runs", "--state", state, "--format", "json")
            has_run = listed.returncode == 0 and json.loads(listed.stdout)["runs"]
            result = self.call("resume", "--state", state) if has_run else self.run(state)
            # A kill right after the final event leaves a finished run: nothing to resume.
            message = result.stderr.decode(errors="replace").strip()
            if result.returncode != 0 and not re.search(r"has succeeded|No run waits", message):
                raise Failed("resume ends with %d: %s" % (result.returncode, message[-2_000:]))
            outcome = self.outcome(state)
            for part, value in expected.items():
                if outcome[part] != value:
                    raise Failed("%s differs from the undisturbed run: %s" % (
                        part, difference(value, outcome[part])))
        except subprocess.TimeoutExpired as error:
            return point, "no end after %d s: %s" % (LIMIT, " ".join(map(str, error.cmd[1:3])))
        except (Failed, ValueError, KeyError) as error:
            return point, "%s: %s" % (type(error).__name__, error)
        shutil.rmtree(state, ignore_errors=True)
        return point, None


def normalised(value):
    if isinstance(value, dict):
        return {key: normalised(child) for key, child in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        return [normalised(child) for child in value]
    return value


def difference(expected, found, path="$"):
    """The first place at which two values differ."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(set(expected) | set(found)):
            if expected.get(key) != found.get(key):
                return difference(expected.get(key), found.get(key), path + "." + key)
    if isinstance(expected, list) and isinstance(found, list):
        for index, (left, right) in enumerate(zip(expected, found)):
            if left != right:
                return difference(left, right, "%s[%d]" % (path, index))
        return "%s has %d elements, not %d" % (path, len(found), len(expected))
    return "%s is %s, not %s" % (path, json.dumps(found), json.dumps(expected))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("waltz")
    parser.add_argument("plan")
    parser.add_argument("--scenario")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--every", type=int, default=1, help="only every K-th call")
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--to", type=int, dest="last")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--torn", action="store_true", help="write half of the bytes, then kill")
    parser.add_argument("--keep", help="work in this directory and leave what failed there")
    options = parser.parse_args()

    work = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="waltz-kill-"))
    work.mkdir(parents=True, exist_ok=True)
    work = work.resolve()
    failures = []
    passed = 0
    try:
        harness = Harness(options, work)
        try:
            count, expected = harness.undisturbed()
        except Failed as error:
            print("The undisturbed run is not as it should be: %s" % error, file=sys.stderr)
            return 2
        points = range(options.first, min(options.last or count, count) + 1, options.every)
        print("%d calls change the disk; %d steps; killing at %d points" % (
            count, len(expected["steps"]), len(points)), flush=True)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for point, problem in pool.map(
                    lambda point: harness.killed_at(point, expected), points):
                if problem is None:
                    passed += 1
                else:
                    failures.append(point)
                    print("killed at %d: %s" % (point, problem), flush=True)
        print("%d passed, %d failed" % (passed, len(failures)))
    finally:
        if not options.keep and not failures:
            shutil.rmtree(work, ignore_errors=True)
        elif failures:
            print("what failed is in %s" % work, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
