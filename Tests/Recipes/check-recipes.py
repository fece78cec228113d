#!/usr/bin/env python3
"""Holds docs/CI.md and .pre-commit-hooks.yaml to the programs that read them.

    check-recipes.py WALTZ          run with the python of .build/checks

The files in docs/CI.md must fit the schemas of their services, and a job that needs another one runs when that
does; every command line of waltz in them is run in a scratch repository with a changed plan, where it must not
be misunderstood; the script that comments is run against a GitHub of its own; the hooks are run by the real
pre-commit.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKS = ROOT / ".build/checks/bin"
PAGE = ROOT / "docs/CI.md"
COMMENT = ".github/workflows/plans-comment.yml"
SERVICES = {
    ".github/workflows/plans.yml": "vendor.github-workflows",
    COMMENT: "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


def main():
    waltz = Path(sys.argv[1]).resolve()
    page = PAGE.read_text()
    files = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n", page, re.DOTALL))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name, text in files.items():
            path = folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        check_files(folder / "files", files)
        for name, text in files.items():
            if name in SERVICES:
                check_needs(name, yaml.safe_load(text))
        check_comment(files[COMMENT], folder / "comment")
        repository, base = scratch(folder / "repository", waltz)
        commands = check_commands(page, repository, base, waltz)
        check_hooks(repository, folder, waltz)
    print(f"check-recipes: {len(files)} files and {commands} command lines of docs/CI.md, 2 hooks")


def check_files(folder, files):
    for name, schema in SERVICES.items():
        run([CHECKS / "check-jsonschema", "--builtin-schema", schema, folder / name])
    if missing := files.keys() - SERVICES.keys() - {".pre-commit-config.yaml", "Jenkinsfile"}:
        sys.exit(f"check-recipes: nothing checks {sorted(missing)}")
    run([CHECKS / "pre-commit", "validate-config", folder / ".pre-commit-config.yaml"])
    run([CHECKS / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"])


def check_needs(name, document):
    """Every job that is needed is there, and runs whenever the one that needs it does."""
    jobs = document.get("jobs", document)

    def member(job, key):
        """What a job says, itself or through the one that it extends, as GitLab has it."""
        while key not in job and "extends" in job:
            job = jobs[job["extends"]]
        return job.get(key)

    for job, content in jobs.items():
        needs = content.get("needs", []) if isinstance(content, dict) else []
        for need in [needs] if isinstance(needs, str) else needs:
            need = need["job"] if isinstance(need, dict) else need
            if need not in jobs:
                sys.exit(f"check-recipes: {name}: {job} needs {need}, which is not there")
            for key in ("if", "rules", "only", "except"):
                condition = member(jobs[need], key)
                if condition != member(content, key):
                    sys.exit(f"check-recipes: {name}: {job} may run without {need}: {key} differs")


# A GitHub that answers from a file and writes down what it was told to change.
GH = r"""#!/bin/sh
case "$1 $2" in
  "run download")
    while [ "$1" != --dir ]; do shift; done
    [ -e "$GITHUB/difference.md" ] || exit 1
    mkdir -p "$2" && cp "$GITHUB/difference.md" "$2" ;;
  *)
    for word; do
      case $word in
        PATCH | POST) method=$word ;;
        repos/*) place=$word ;;
        body=@*) body=${word#body=@} ;;
        .*) filter=$word ;;
      esac
    done
    if [ -n "$method" ]; then
      echo "$method $place" >> "$GITHUB/changes"
      cp "$body" "$GITHUB/body"
    else
      jq -r "$filter" "$GITHUB/$(basename "$place").json"
    fi ;;
esac
"""


def check_comment(workflow, folder):
    """One comment of its own, found again among those of others; none that is empty or belongs nowhere."""
    job = yaml.safe_load(workflow)["jobs"]["comment"]
    folder.mkdir()
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    difference = "<!-- waltz:plan-diff emea -->\n## Rotation plan `emea`\n"
    others = [
        {"id": 1, "user": {"login": "github-actions[bot]"}, "body": "Coverage: 80 %"},
        {"id": 2, "user": {"login": "stranger"}, "body": difference}]
    own = {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- waltz:plan-diff -->\n"}
    last = {"id": 4, "user": {"login": "github-actions[bot]"}, "body": "Deployed."}
    cases = [
        (difference, [{"number": 7}], others, "POST repos/o/r/issues/7/comments\n"),
        (difference, [{"number": 7}], [*others, own, last], "PATCH repos/o/r/issues/comments/3\n"),
        (difference, [], others, ""),
        (difference, [{"number": "7/../8"}], others, ""),
        ("", [{"number": 7}], others, ""),
        ("@everyone\n" + difference, [{"number": 7}], others, ""),
        (None, [{"number": 7}], others, ""),
    ]
    for number, (body, pulls, comments, changes) in enumerate(cases):
        github = folder / str(number)
        github.mkdir()
        (github / "pulls.json").write_text(json.dumps(pulls))
        (github / "comments.json").write_text(json.dumps(comments))
        if body is not None:
            (github / "difference.md").write_text(body)
        run(
            ["bash", "-e", "-c", job["steps"][0]["run"]], cwd=github, env={
                "PATH": f"{folder}:{os.environ['PATH']}", "GITHUB": str(github),
                "RUNNER_TEMP": str(github / "temp"), "RUN": "1", "GH_REPO": "o/r",
                "OWNER": "someone", "BRANCH": "$(touch x)", "MARKER": job["env"]["MARKER"]})
        done = github / "changes"
        if (done.read_text() if done.exists() else "") != changes:
            sys.exit(f"check-recipes: {COMMENT}: case {number} does not lead to {changes or 'nothing'}")
        if changes and (github / "body").read_text() != body:
            sys.exit(f"check-recipes: {COMMENT}: case {number} comments something else")


def scratch(folder, waltz):
    """A repository whose second commit changes a plan; the first commit's id."""
    (folder / "plans").mkdir(parents=True)
    plan = folder / "plans/rotation.yaml"
    run([waltz, "plan", "init", plan])
    # Its certificate; what it holds is not looked into without its password.
    (plan.parent / "certs").mkdir()
    shutil.copy(ROOT / "plans/certs/paris.p12", plan.parent / "certs/new-certificate.p12")
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.net", "-C", folder]
    run([*git, "init", "--quiet", "--initial-branch", "main"])
    run([*git, "add", "plans"])
    run([*git, "commit", "--quiet", "--message", "Add a plan"])
    base = run([*git, "rev-parse", "HEAD"]).strip()
    plan.write_text(plan.read_text().replace("adopted: 98%", "adopted: 99%"))
    run([*git, "commit", "--quiet", "--all", "--message", "Wait for more clients"])
    return folder, base


def check_commands(page, repository, base, waltz):
    """Every command line of waltz in the page's code does what it is there for."""
    lines = [
        re.sub(r"^.*?(?:bin/)?waltz (?=plan |explain)", "", match).rstrip("'\"")
        for block in re.findall(r"```\w+\n(.*?)```", page, re.DOTALL)
        for match in re.findall(r"^.*\bwaltz (?:plan|explain) .*$", block, re.MULTILINE)
        if not match.lstrip().startswith(("#", "-  id:"))]
    if len(lines) < 8:
        sys.exit(f"check-recipes: only {len(lines)} command lines found in docs/CI.md")
    variables = {"BASE": base, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    for line in lines:
        words = []
        for word in shlex.split(re.split(r" (?:>|\|\|) ", line)[0]):
            words.append(re.sub(r"\$(\w+)", lambda match: variables[match[1]], word))
        differs = words[:2] == ["plan", "diff"]
        run([waltz, *words], cwd=repository, statuses=(4,) if differs else (0,))
    return len(lines)


def check_hooks(repository, folder, waltz):
    """The hooks, by the real pre-commit: a good plan passes, a bad one does not."""
    programs = folder / "bin"
    programs.mkdir()
    (programs / "waltz").symlink_to(waltz)
    environment = {
        **os.environ, "PATH": f"{programs}:{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
    }
    # As it is here, committed or not.
    source = folder / "source"
    source.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", source)
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.net", "-C", source]
    run([*git, "init", "--quiet"])
    run([*git, "add", "."])
    run([*git, "commit", "--quiet", "--message", "Hooks"])
    plan = repository / "plans/rotation.yaml"

    def hook(name, statuses):
        return run(
            [CHECKS / "pre-commit", "try-repo", source, name, "--files", "plans/rotation.yaml"],
            cwd=repository, env=environment, statuses=statuses)

    hook("waltz-plan-fmt", (0,))
    hook("waltz-plan-validate", (0,))
    plan.write_text(plan.read_text().replace("minimum: 24h", "minimum: 24"))
    if "F010" not in hook("waltz-plan-validate", (1,)):
        sys.exit("check-recipes: the hook does not show what waltz found")
    plan.write_text(plan.read_text().replace("minimum: 24", "minimum:    24h"))
    hook("waltz-plan-fmt", (1,))
    if "minimum: 24h" not in plan.read_text():
        sys.exit("check-recipes: the hook does not put the plan into its layout")


def run(command, statuses=(0,), **options):
    command = [str(word) for word in command]
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode not in statuses:
        sys.exit(
            f"check-recipes: {shlex.join(command)} ended with {done.returncode}:\n"
            f"{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
