#!/usr/bin/env python3
"""Holds the JSON Schemas to Waltz, with a validator that is not ours (check-jsonschema).

    check-schemas.py WALTZ          run with the python of .build/checks

Every document is shown to both. What has no structural mistake for Waltz (stage F, and E001) must be valid
for its schema; what has one must be invalid. Where JSON Schema cannot say what Waltz says, the reason
stands in EXCEPTIONS below; a reason that nothing needs any more fails the check as well.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import ruamel.yaml

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKER = ROOT / ".build/checks/bin/check-jsonschema"
SCHEMAS = {
    "RotationPlan": ROOT / "schemas/rotation-plan.schema.json",
    "EstateScenario": ROOT / "schemas/estate-scenario.schema.json",
}
OVERLAY_SCHEMA = ROOT / "schemas/rotation-plan-overlay.schema.json"
NEWS_SCHEMA = ROOT / "schemas/notifications.schema.json"

# Overlays for the plan that is probed, and whether Waltz and their schema take them.
OVERLAYS = [
    ("sites: { paris: { clients: 20 } }", True),
    ("apiVersion: waltz/v1\nkind: RotationPlanOverlay\nwaits: { default: { minimum: 2d } }", True),
    ("kind: RotationPlan\nmetadata: { labels: { environment: test } }", True),
    ("sites: { paris: { api: { password: { env: null, file: secrets/test } } } }", True),
    ("waits: { default: null }\nautomation: { restart-services: null }", True),
    ("automation: { restart-services: { command: [restart], timeout: 20m } }", True),
    ("automation: { verify-certificate: { probe: { berlin: [look] }, timeout: 1m } }", True),
    ("automation: { verify-certificate: { probe: [look] } }", False),
    ("replication: null", True),
    ("kind: EstateScenario\nsites: {}", False),
    ("sites: { paris: { clints: 20 } }", False),
    ("sites: { paris: { clients: many } }", False),
    ("replication: [{ sites: [paris] }]", False),
    ("- sites", False),
]

PROBE_PLAN = ROOT / "plans/quickstart.yaml"

# Why a document may be wrong for Waltz and right for its schema: a code, and what its text must hold.
EXCEPTIONS = {
    "merge key": ("F007", r"<<:", "JSON has no merge key: a validator sees the merged mapping."),
    "no such zone": (
        "F028", r"timeZone:", "A pattern does not know which time zones there are."),
    "number for a name": (
        "F013", r"(name|certificate|authority): *[-+.0-9]",
        "A plain number is a number to YAML tools, and patterns hold for texts only."),
    "number for a version": (
        "F014", r"(version|to): *[-+.0-9]",
        "A plain number is a number to YAML tools, and patterns hold for texts only."),
    "number for an address": (
        "F016", r"address: *[-+.0-9]",
        "A plain number is a number to YAML tools, and patterns hold for texts only."),
    "notation of a number": (
        "F012", r": *\+?(0[xo]|[0-9]+[eE_]|[0-9]+\.0|\+)",
        "JSON knows a number's value and not how it was written."),
    "quoted number": (
        "F012", r": *['\"][0-9]+['\"]", "JSON Schema has no range for numbers in a text."),
    "port or host of a URL": (
        "F017", r"https?://", "A pattern does not count a port, nor name a host's every rule."),
    "day of the calendar": ("E001", r"start:", "A pattern does not know the calendar."),
    "size of a duration": ("F010", r"[0-9]{9,}[dhms]", "A pattern does not count."),
}


def main():
    # Anchors of the mistakes that the catalogue shows.
    warnings.simplefilter("ignore", ruamel.yaml.error.ReusedAnchorWarning)
    waltz = Path(sys.argv[1]).resolve()
    check = subprocess.run(
        [CHECKER, "--check-metaschema", *SCHEMAS.values(), OVERLAY_SCHEMA, NEWS_SCHEMA], cwd=ROOT)
    if check.returncode != 0:
        return 1
    problems = check_examples()
    with tempfile.TemporaryDirectory() as folder:
        documents = write(collect(waltz), Path(folder))
        problems += compare(waltz, documents)
        problems += compare_overlays(waltz, Path(folder))
        problems += compare_news(Path(folder))
    for problem in problems:
        print(f"check-schemas: {problem}", file=sys.stderr)
    return 1 if problems else 0


def collect(waltz):
    """Documents by name: files of the repository, the catalogue's, and mutations of the valid ones."""
    documents = {}
    for file in sorted([*ROOT.glob("plans/**/*.yaml"), *ROOT.glob("Tests/Mistakes/**/*.yaml")]):
        name = str(file.relative_to(ROOT)).replace("/", "-")
        # What is no UTF-8 becomes a text with a mistake of YAML, which is left out below.
        documents[name] = file.read_text(errors="backslashreplace")
    documents["init.yaml"] = run([waltz, "plan", "init", "-"])
    for line in run([waltz, "explain"]).splitlines():
        code = line.split()[0]
        page = run([waltz, "explain", code])
        bad, good = page.split("\nThis triggers it:\n\n")[1].split("\nThis does not:\n\n")
        documents[f"{code}-bad.yaml"] = unindented(bad)
        documents[f"{code}-good.yaml"] = unindented(good)
    documents.update(probes())
    for name, text in list(documents.items()):
        if name.startswith(("plans-", "init")) or name.endswith("-good.yaml"):
            documents.update(mutations(name, text))
    return documents


# One for each exception that changed lines seldom meet, and what must be valid though YAML tools see no text.
PROBES = {
    "address: sepm-par-01.example.net": [
        "address: -1", "address: 12345", "address: true", "address: a, version: 7",
        "address: a, version: 14.3"],
    "clients: 4200": ["clients: '999999999999'", "clients: '4200'"],
    "url: https://sepm-par-01.example.net:8446": ["url: https://sepm-par-01.example.net:99999"],
    "minimum: 24h": ["minimum: 999999999999999d"],
    "start: 2026-01-05T08:00:00Z": ["start: '2026-02-30T08:00:00Z'", "start: 2026-01-05T08:00:00.5Z"],
}


def probes():
    plan = PROBE_PLAN.read_text()
    scenario = (
        "apiVersion: waltz/v1\nkind: EstateScenario\nmetadata: { name: probe }\n"
        "start: 2026-01-05T08:00:00Z\n")
    for line, variants in PROBES.items():
        text = next((text for text in (plan, scenario) if line in text), None)
        if text is None:
            sys.exit(f"check-schemas: {PROBE_PLAN.name} has no line '{line}' any more")
        for number, variant in enumerate(variants):
            yield f"probe-{line.split(':')[0]}-{number}.yaml", text.replace(line, variant, 1)


def unindented(example):
    return "".join(line[4:] + "\n" for line in example.rstrip("\n").split("\n"))


# What may be written where a value stood: what YAML tools see as numbers, truth values, dates, nothing.
SCALARS = [
    "no", "true", "1.10", "2026-01-01", "0x10", "1e3", "7", "-1", "'4200'", "''", "' '", "null", "~",
    "operator", "24h", "98%", "[]", "{}", "[a]", "{ a: b }", "sha256:00", "a b", "ä", "certs/x.p12",
]


def mutations(name, text):
    """Lines of a document left out, with a misspelt key, or with another value."""
    chance = random.Random(name)
    lines = text.split("\n")
    keys = [i for i, line in enumerate(lines) if re.match(r"^\s*(- )?[A-Za-z][\w-]*:", line)]
    result = {}
    for number in range(12):
        if not keys:
            break
        at = chance.choice(keys)
        changed = list(lines)
        key, value = changed[at].split(":", 1)
        kind = number % 3
        if kind == 0 and value.strip() and not key.strip().startswith("-"):
            del changed[at]
        elif kind == 1:
            changed[at] = f"{key}x:{value}"
        elif value.strip():
            changed[at] = f"{key}: {chance.choice(SCALARS)}"
        else:
            continue
        result[name.replace(".yaml", f"~{number}.yaml")] = "\n".join(changed)
    return result


def write(documents, folder):
    """One file a document, sorted by kind; what holds several documents or is no YAML is left out.

    Duplicate keys, bad anchors and the like are YAML's affair: which of them a validator sees depends on
    its parser. So are overlays, of which Waltz says something only with the plan that they are for:
    compare_overlays has those.
    """
    files = {kind: {} for kind in SCHEMAS}
    for name, text in documents.items():
        try:
            found = list(ruamel.yaml.YAML(typ="safe", pure=True).load_all(text))
        except (ruamel.yaml.error.YAMLError, ValueError):
            continue
        if len(found) != 1 or not isinstance(found[0], dict):
            continue
        if found[0].get("kind") == "RotationPlanOverlay":
            continue
        kind = "EstateScenario" if found[0].get("kind") == "EstateScenario" else "RotationPlan"
        path = folder / name
        path.write_text(text)
        files[kind][str(path)] = text
    return files


def compare(waltz, files):
    problems, used, counts = [], set(), [0, 0]
    report = json.loads(run(
        [waltz, "plan", "validate", "--no-files", "--format", "json", *(f for kind in files.values() for f in kind)],
        statuses=(0, 1)))
    codes = {}
    for diagnostic in report["diagnostics"]:
        if diagnostic["severity"] == "error":
            name = os.path.basename(diagnostic["file"])
            codes.setdefault(name, set()).add(diagnostic["code"])
    for kind, documents in files.items():
        # Aliases that never end and the like are an end of the validator, too.
        documents = {
            path: text for path, text in documents.items()
            if not any(code.startswith("S0") for code in codes.get(os.path.basename(path), ()))}
        invalid = invalid_files(SCHEMAS[kind], documents)
        for path, text in documents.items():
            name = os.path.basename(path)
            found = codes.get(name, set())
            mistakes = {code for code in found if code.startswith("F") or code == "E001"}
            counts[bool(mistakes)] += 1
            if not mistakes and path in invalid:
                problems.append(f"{name} is valid, but not for the schema: {invalid[path]}\n{text}")
            if mistakes and path not in invalid:
                fits = [
                    reason for reason, (code, pattern, _) in EXCEPTIONS.items()
                    if mistakes == {code} and re.search(pattern, text)]
                used.update(fits)
                if not fits:
                    problems.append(f"{name} has {sorted(mistakes)}, but is valid for the schema:\n{text}")
    for reason in EXCEPTIONS.keys() - used:
        problems.append(f"nothing needs the exception '{reason}' any more")
    print(f"check-schemas: {counts[0]} documents without and {counts[1]} with a structural mistake, "
          f"{len(used)} kinds of exceptions")
    return problems


def compare_overlays(waltz, folder):
    """What is no overlay for Waltz must be none for the schema, and the other way round."""
    problems, files = [], {}
    for number, (text, is_valid) in enumerate(OVERLAYS):
        file = folder / f"overlay-{number}.yaml"
        file.write_text(text + "\n")
        files[str(file)] = text
        report = json.loads(run(
            [waltz, "plan", "validate", "--no-files", "--format", "json", PROBE_PLAN, "--overlay", file],
            statuses=(0, 1)))
        if any(found["code"].startswith("F") and found["severity"] == "error"
               for found in report["diagnostics"]) == is_valid:
            problems.append(f"Waltz should {'' if is_valid else 'not '}take the overlay:\n{text}")
    invalid = invalid_files(OVERLAY_SCHEMA, files)
    for (path, text), (_, is_valid) in zip(files.items(), OVERLAYS):
        if (path in invalid) == is_valid:
            problems.append(
                f"the schema should {'' if is_valid else 'not '}take the overlay: {invalid.get(path)}\n{text}")
    return problems


def compare_news(folder):
    """The settings in docs/NOTIFICATIONS.md fit their schema, and with a slip they do not."""
    page = (ROOT / "docs/NOTIFICATIONS.md").read_text()
    text = re.search(r"```yaml\n(.*?)```\n", page, re.DOTALL)[1]
    good, bad = folder / "notify.yaml", folder / "notify-bad.yaml"
    good.write_text(text)
    bad.write_text(text.replace("quiet:", "quite:"))
    invalid = invalid_files(NEWS_SCHEMA, [str(good), str(bad)])
    return [] if set(invalid) == {str(bad)} else [f"of the settings of news these are invalid: {invalid}"]


def invalid_files(schema, files):
    """What check-jsonschema says is invalid, with its first reason."""
    output = run(
        [CHECKER, "--schemafile", schema, "--output-format", "json", *files], statuses=(0, 1))
    if not output.startswith("{"):
        sys.exit(f"check-schemas: check-jsonschema broke down:\n{output}")
    checked = json.loads(output)
    result = {error["filename"]: error["message"] for error in checked.get("errors", [])}
    result.update({e["filename"]: e["message"] for e in checked.get("parse_errors", [])})
    return result


def check_examples():
    """Every example and every default fits the place where it stands."""
    from jsonschema import Draft202012Validator
    problems = []

    def walk(node, schema, path):
        if isinstance(node, list):
            for index, item in enumerate(node):
                walk(item, schema, f"{path}/{index}")
        elif isinstance(node, dict):
            place = {**node, "$defs": schema.get("$defs", {})}
            values = node.get("examples", []) if isinstance(node.get("examples"), list) else []
            for value in values + ([node["default"]] if "default" in node else []):
                for error in Draft202012Validator(place).iter_errors(value):
                    problems.append(f"{path}: the example {value!r} does not fit: {error.message}")
            for key, value in node.items():
                if key not in ("examples", "default", "const", "enum"):
                    walk(value, schema, f"{path}/{key}")

    for file in SCHEMAS.values():
        schema = json.loads(file.read_text())
        walk(schema, schema, file.name)
    return problems


def run(command, statuses=(0,)):
    done = subprocess.run(
        [str(word) for word in command], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"})
    if done.returncode not in statuses:
        sys.exit(f"check-schemas: {command[0]} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout or done.stderr


if __name__ == "__main__":
    sys.exit(main())
