#!/usr/bin/env python3
"""Kills `waltz run --simulate` right before every call that changes the disk, one run for each call,
resumes it, and checks that nothing was lost and nothing done twice.

  Tests/Crash/kill-everywhere.py WALTZ PLAN [--scenario FILE] [--seed N] [--every K] [--from N] [--to N]
                                 [--jobs N] [--torn] [--again SEED] [--keep DIR]

For each call N of an undisturbed run:
  1. `run` in a fresh state directory, killed right before call N (with --torn: in the middle of it);
  2. with --again: `resume` killed too, up to three times, each at a call drawn from the seed;
  3. `resume` until the run is finished, or `run` again where no run had been made;
  4. the final `status`, normalised, must equal the undisturbed run's, orphans included;
  5. every step must have exactly one `step-succeeded`, every wait one `step-started`, none is skipped;
  6. no effect that is not idempotent may stand twice in the estate's own log, and none may be missing;
  7. `verify` must find nothing altered.

Needs a C compiler and Python 3. Exit status 0 when every point passed.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

# Members of `status` that differ between two runs of the same plan by nature: a killed run is resumed
# later than it would have gone on, and a call that was cut is made again.
VOLATILE = {
    "run", "lastSequence", "head", "startedAt", "updatedAt", "endedAt", "now", "attempt", "seconds",
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
        self.again = options.again
        self.calls = 0
        self.work = work
        # Made here, so that the first run makes no more calls than the others.
        (work / "home" / "waltz" / "heads").mkdir(parents=True, exist_ok=True)
        self.library = work / "killpoint.so"
        source = pathlib.Path(__file__).resolve().parent / "killpoint.c"
        compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("clang") or "cc"
        subprocess.run(
            [compiler, "-O2", "-shared", "-fPIC", "-o", self.library, source, "-ldl"], check=True)

    def call(self, *arguments, **variables):
        environment = {
            **os.environ, "NO_COLOR": "1", "XDG_STATE_HOME": str(self.work / "home"), **variables}
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
                result.returncode, text(result.stderr)))
        if not count.exists():
            raise Failed("the undisturbed run left no count: is the binary linked statically?")
        self.calls = int(count.read_text())
        return self.outcome(state)

    def told(self, command, state, *arguments):
        """What a command that only reads says; raises where it fails."""
        result = self.call(command, *arguments, "--state", state)
        if result.returncode != 0:
            raise Failed("%s ends with %d: %s" % (
                command, result.returncode, text(result.stdout + result.stderr)))
        return result.stdout

    def outcome(self, state):
        """What must be the same however often the run was killed; raises where a promise is broken."""
        status = json.loads(self.told("status", state, "--format", "json"))
        unfinished = sorted(
            step["id"] for step in status["stepStates"] if step["state"] != "succeeded")
        if unfinished:
            raise Failed("not succeeded: %s" % ", ".join(unfinished))
        started = collections.Counter()
        succeeded = collections.Counter()
        for line in self.told("events", state).splitlines():
            event = json.loads(line)
            if event["type"] == "step-started":
                started[event["step"]] += 1
            elif event["type"] == "step-succeeded":
                succeeded[event["step"]] += 1
            elif event["type"] == "step-skipped":
                raise Failed("step %s was skipped" % event["step"])
        steps = sorted(step["id"] for step in status["stepStates"])
        odd = sorted(step for step in steps if succeeded[step] != 1)
        if odd or set(succeeded) != set(steps):
            raise Failed("not succeeded exactly once: %s" % ", ".join(odd))
        reset = sorted(
            step for step in steps if step.startswith("await-") and started[step] != 1)
        if reset:
            raise Failed("waits that began anew: %s" % ", ".join(reset))
        self.told("verify", state)
        return {"status": normalised(status), "effects": effects(state)}

    def killed_at(self, point, expected):
        state = self.work / ("state-%d" % point)
        try:
            result = self.run(state, **self.kill_at(point))
            if result.returncode != -9:
                raise Failed("was not killed but ended with %d" % result.returncode)
            dice = random.Random("%s %d" % (self.again, point))
            for _ in range(3 if self.again is not None else 0):
                # What is left, and the calls to open it; a call beyond the last one kills nothing.
                call = dice.randint(1, self.calls - point + 30)
                self.go_on(state, **self.kill_at(call))
            self.go_on(state)
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

    def kill_at(self, call):
        variables = {"WALTZ_KILL_AT": str(call)}
        if self.torn:
            variables["WALTZ_KILL_TORN"] = "1"
        return variables

    def go_on(self, state, **variables):
        """Takes the run up where it stands; begins it where the first kill came before there was one."""
        listed = self.call("runs", "--state", state, "--format", "json")
        runs = json.loads(listed.stdout)["runs"] if listed.returncode == 0 else []
        if len(runs) > 1:
            raise Failed("there are %d runs" % len(runs))
        if not runs:
            result = self.run(state, **variables)
        elif runs[0]["status"] == "succeeded":
            # The kill came after the last event: there is nothing to resume.
            return
        else:
            result = self.call("resume", "--state", state, **variables)
        if result.returncode != 0 and not (variables and result.returncode == -9):
            raise Failed("going on ends with %d: %s" % (
                result.returncode, text(result.stderr)[-2_000:]))


def text(output):
    return output.decode(errors="replace").strip()


def effects(state):
    """What was done to the estate, by its own log; raises where something was done twice."""
    done = collections.Counter()
    for log in sorted((state / "estates").glob("*.log")):
        for number, line in enumerate(log.read_bytes().splitlines(), 1):
            try:
                entry = json.loads(line)
            except ValueError:
                raise Failed("%s line %d is no JSON" % (log.name, number))
            if entry.get("effect") and entry["done"]:
                done[(entry["step"], entry["class"])] += 1
    if not done:
        raise Failed("nothing was done to the estate")
    repeated = sorted(
        step for (step, kind), times in done.items() if times > 1 and kind not in REPEATABLE)
    if repeated:
        raise Failed("done twice: %s" % ", ".join(repeated))
    return sorted("%s %s" % key for key in done)


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
    parser.add_argument("--again", type=int, metavar="SEED", help="kill what resumes, too")
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
            expected = harness.undisturbed()
            count = harness.calls
        except Failed as error:
            print("The undisturbed run is not as it should be: %s" % error, file=sys.stderr)
            return 2
        points = range(options.first, min(options.last or count, count) + 1, options.every)
        print("%d calls change the disk; %d steps; killing at %d points" % (
            count, len(expected["status"]["stepStates"]), len(points)), flush=True)
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
