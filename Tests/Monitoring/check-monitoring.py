#!/usr/bin/env python3
"""Holds `waltz metrics` and the files in docs/monitoring to promtool.

    Tests/Monitoring/check-monitoring.py WALTZ

The metrics of runs at several points are read by promtool; the alert rules are checked and tested by it; every
query of the dashboard is one that it can parse; and whatever rules and dashboard ask for is there.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "docs/monitoring/waltz-alerts.yaml"
DASHBOARD = ROOT / "docs/monitoring/waltz-dashboard.json"
# Of node_exporter, not of Waltz.
OTHERS = {"node_textfile_mtime_seconds"}


def main():
    os.environ["PATH"] += f":{ROOT}/.build/promtool/usr/bin"
    waltz = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        names = check_metrics(waltz, Path(folder))
        run(["promtool", "check", "rules", RULES])
        run(["promtool", "test", "rules", ROOT / "Tests/Monitoring/alerts-test.yaml"])
        queries = check_dashboard(Path(folder))
    asked = set(re.findall(r"\b(?:waltz|node)_[a-z_]+", RULES.read_text() + "\n".join(queries)))
    if missing := asked - names - OTHERS:
        sys.exit(f"check-monitoring: nobody emits {sorted(missing)}")
    page = (ROOT / "docs/MONITORING.md").read_text()
    if unsaid := {name for name in names if f"`{name}" not in page}:
        sys.exit(f"check-monitoring: docs/MONITORING.md does not name {sorted(unsaid)}")
    print(f"check-monitoring: {len(names)} metrics, {len(queries)} queries of the dashboard")


def check_metrics(waltz, folder):
    """Runs that ended, wait for clients, for a person, or are in doubt; the names of all metrics."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    names = set()
    for scenario in (None, "nobody-there", "held-wait", "in-doubt"):
        state = folder / str(scenario)
        more = ["--scenario", ROOT / f"plans/scenarios/{scenario}.yaml"] if scenario else []
        done = subprocess.run(
            [waltz, "run", ROOT / "plans/one-server.yaml", "--simulate", "--state", state,
             "--until", "waiting", *more],
            env=environment, capture_output=True, check=False, timeout=120)
        if done.returncode not in (0, 1, 10, 11, 13):
            sys.exit(f"check-monitoring: run ends with {done.returncode}: {done.stderr.decode()}")
        (out := folder / "out").mkdir(exist_ok=True)
        run([waltz, "metrics", "--state", state, "--all", "--textfile", out / "waltz.prom"],
            env=environment)
        # node_exporter would take a draft that was left for metrics.
        if os.listdir(out) != ["waltz.prom"]:
            sys.exit(f"check-monitoring: beside the textfile is something else: {os.listdir(out)}")
        text = (out / "waltz.prom").read_text()
        run(["promtool", "check", "metrics"], input=text)
        names |= set(re.findall(r"^# TYPE (\S+) gauge$", text, re.MULTILINE))
    return names


def check_dashboard(folder):
    """The queries of the dashboard, each of which promtool parses as a rule."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    rules = [
        {"record": f"dashboard:query{number}", "expr": query.replace("$run", ".*")}
        for number, query in enumerate(queries)
    ]
    file = folder / "queries.yaml"
    file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
    run(["promtool", "check", "rules", file])
    return queries


def run(command, input=None, env=None):
    done = subprocess.run(
        command, input=input, text=True, capture_output=True, check=False, env=env)
    if done.returncode != 0:
        words = " ".join(map(str, command))
        sys.exit(f"check-monitoring: {words} ends with {done.returncode}:\n{done.stdout}{done.stderr}")


main()
