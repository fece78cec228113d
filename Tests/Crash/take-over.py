#!/usr/bin/env python3
"""Stops `waltz run --simulate` somewhere around a call that changes the disk, lets another executor take the run over
and finish it, lets the first one go on, and checks that it did nothing more.

  Tests/Crash/take-over.py WALTZ PLAN [--times N] [--seed N] [--jobs N] [--speed N] [--keep DIR]

Time and uptime of the machine go `--speed` times as fast for both, so that a lease of a minute lasts seconds. For each of
N times:
  1. `run` in a fresh state directory, stopped (SIGSTOP) at a call drawn from the seed, or at a random instruction up to
     five milliseconds later;
  2. `resume` by another process, until the first one's lease has run out and the run is finished; where the first one
     was stopped within a transaction, or before there was a run, nobody can take it over, and it goes on itself;
  3. the first one goes on (SIGCONT): it must end, and with 14 unless it had finished the run before;
  4. the estate's log is byte for byte what it was before that: no line lost, none added;
  5. status, effects and record are those of an undisturbed run, and no effect was carried out twice.

Needs a C compiler and Python 3. Exit status 0 when all is well.
"""

import argparse
import collections
import concurrent.futures
import importlib.util
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
loader = importlib.util.spec_from_file_location("kill_everywhere", here / "kill-everywhere.py")
kill_everywhere = importlib.util.module_from_spec(loader)
loader.loader.exec_module(kill_everywhere)
Failed, text, LIMIT = kill_everywhere.Failed, kill_everywhere.text, kill_everywhere.LIMIT


class TakeOver(kill_everywhere.Harness):
    def __init__(self, options, work):
        super().__init__(options, work)
        self.seed = options.seed
        self.hurry = {
            "WALTZ_HURRY": str(options.speed), "WALTZ_HURRY_FROM": str(time.time_ns())}

    def once(self, number, expected):
        """One takeover; what became of it, and what is wrong."""
        dice = random.Random("%s %d" % (self.seed, number))
        call = dice.randint(1, self.calls)
        after = dice.choice([0, dice.randint(1, 500), dice.randint(1, 5_000)])
        place = "stopped at call %d, %d us later" % (call, after)
        state = self.work / ("state-%d" % number)
        errors = self.work / ("errors-%d" % number)
        first = None
        try:
            with open(errors, "wb") as log:
                first = subprocess.Popen(
                    self.waltz + ["run", self.plan, "--simulate", "--state", str(state)],
                    env=self.environment(WALTZ_STOP_AT=str(call), WALTZ_STOP_AFTER=str(after)),
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
            became = self.take_over(first, state)
            if became == "taken over":
                before = self.log(state)
                os.kill(first.pid, signal.SIGCONT)
                status = first.wait(LIMIT)
                if status != 14:
                    raise Failed("the first executor ended with %d: %s" % (
                        status, text(errors.read_bytes())[-2_000:]))
                if self.log(state) != before:
                    raise Failed("the first executor changed the estate's log")
            elif became == "went on":
                os.kill(first.pid, signal.SIGCONT)
                first.wait(LIMIT)
                self.finish(state)
            outcome = self.outcome(state)
            for part, value in expected.items():
                if outcome[part] != value:
                    raise Failed("%s differs from the undisturbed run: %s" % (
                        part, kill_everywhere.difference(value, outcome[part])))
        except subprocess.TimeoutExpired:
            return None, "%s: no end after %d s" % (place, LIMIT)
        except (Failed, ValueError, KeyError) as error:
            return None, "%s: %s" % (place, error)
        finally:
            if first and first.poll() is None:
                first.kill()
                first.wait()
        shutil.rmtree(state, ignore_errors=True)
        errors.unlink()
        return became, None

    def take_over(self, first, state):
        """Takes the run of a stopped process over and finishes it."""
        end = time.monotonic() + LIMIT
        while process_state(first.pid) != "T":
            # It may end first: the call was one of its last, or the machine was slow and it lost its lease.
            if first.poll() is not None:
                self.finish(state)
                return "not stopped"
            if time.monotonic() > end:
                raise Failed("was not stopped")
            time.sleep(0.01)
        while time.monotonic() < end:
            result = self.call("resume", "--state", state, **self.hurry)
            said = text(result.stderr)
            if result.returncode == 0:
                # Had it finished the run, it has nothing to lose.
                return "taken over" if "resumed" in said else "went on"
            if result.returncode == 3 and "There are no runs" in said:
                return "went on"
            if result.returncode == 3 and ("locked" in said or "stands still" in said):
                return "went on"
            if result.returncode == 2 and "no run" in said.lower():
                return "went on"
            if result.returncode not in (14, 15):
                raise Failed("resume ended with %d: %s" % (result.returncode, said[-2_000:]))
            time.sleep(0.2)
        raise Failed("could not be taken over")

    def finish(self, state):
        """Goes on with what is left, if anything is."""
        for _ in range(10):
            try:
                self.go_on(state, **self.hurry)
                return
            except Failed as error:
                # On a slow machine a process stands still for as long as a lease lasts here.
                if "ends with 14" not in str(error) and "ends with 15" not in str(error):
                    raise
                time.sleep(0.5)
        raise Failed("could not be finished")

    def environment(self, **variables):
        return {
            **os.environ, "NO_COLOR": "1", "XDG_STATE_HOME": str(self.work / "home"),
            "LD_PRELOAD": str(self.library), **self.hurry, **variables}

    @staticmethod
    def log(state):
        return b"".join(path.read_bytes() for path in sorted((state / "estates").glob("*.log")))


def process_state(pid):
    try:
        return pathlib.Path("/proc/%d/stat" % pid).read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return None


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("waltz")
    parser.add_argument("plan")
    parser.add_argument("--times", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--speed", type=int, default=25)
    parser.add_argument("--keep", help="work in this directory and leave what failed there")
    options = parser.parse_args()
    options.scenario, options.torn, options.again = None, False, None

    work = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="waltz-take-over-")).resolve()
    work.mkdir(parents=True, exist_ok=True)
    counts = collections.Counter()
    failures = 0
    try:
        seed, options.seed = options.seed, None
        harness = TakeOver(options, work)
        harness.seed = seed
        expected = harness.undisturbed()
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for became, problem in pool.map(
                    lambda number: harness.once(number, expected), range(options.times)):
                if problem:
                    failures += 1
                    print(problem, flush=True)
                else:
                    counts[became] += 1
        print("%d times stopped around one of %d calls: %s; %d failed" % (
            options.times, harness.calls,
            ", ".join("%d %s" % (count, became) for became, count in counts.most_common()), failures))
    except Failed as error:
        print("The undisturbed run is not as it should be: %s" % error, file=sys.stderr)
        return 2
    finally:
        if failures:
            print("what failed is in %s" % work, file=sys.stderr)
        elif not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    return 1 if failures or not counts["taken over"] else 0


if __name__ == "__main__":
    sys.exit(main())
