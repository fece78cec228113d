#!/usr/bin/env python3
"""Holds docs/CI.md, docs/COMMANDS.md and .pre-commit-hooks.yaml to the programs that read them.

    check-recipes.py WALTZ          run with the python of .build/checks

The files in docs/CI.md must fit the schemas of their services, and a job that needs another one runs when that
does; every command line of waltz in them is run in a scratch repository with a changed plan, where it must not
be misunderstood; the script that comments is run against a GitHub of its own; the hooks are run by the real
pre-commit.
"""

import base64
import hashlib
import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
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
        recipes, parts = check_server_commands(folder / "server-commands", waltz)
    print(
        f"check-recipes: {len(files)} files and {commands} command lines of docs/CI.md, 2 hooks, "
        f"{recipes} files and {parts} parts of plans of docs/COMMANDS.md")


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
    variables = {
        "BASE": base, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "PLAN": "plans/rotation.yaml",
        "GRAPH": "plans/rotation.graph.json"}
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


# A plan in which every action of the recipes has a step.
PLAN = """\
apiVersion: waltz/v1
kind: RotationPlan
metadata: { name: emea-2026 }
certificates:
  paris-2026:
    pkcs12: certs/paris.p12
    password: { env: PARIS_P12_PASSWORD }
    fingerprint: sha256:%s
sites:
  paris:
    clients: 4200
    database: sql-express
    api:
      url: https://sepm-par-01.example.net:8446
      username: rotation
      password: { env: PARIS_API_PASSWORD }
    servers:
      sepm-par-01:
        address: sepm-par-01.example.net
        certificate: paris-2026
        version: 14.3.9816
        upgrade: { to: 14.3.11216 }
""" % ("3f" * 32)

# An ssh that runs no PowerShell: it keeps what it was asked for, and says what it was told to say.
SSH = r"""#!/bin/sh
printf '%s\n' "$@" > "$STANDIN/arguments"
cat > "$STANDIN/input"
for last; do :; done
printf %s "$last" | base64 -d | iconv -f UTF-16LE -t UTF-8 > "$STANDIN/script"
cat "$STANDIN/said" 2>/dev/null
exit "$(cat "$STANDIN/status")"
"""

# An sftp that fetches from a folder of this machine.
SFTP = r"""#!/bin/sh
read -r line
from=$(printf %s "$line" | sed 's/^get "\/\([^"]*\)" .*/\1/')
to=$(printf %s "$line" | sed 's/.* "\([^"]*\)"$/\1/')
cp "$STANDIN/disk/$(basename "$from")" "$to"
"""


def check_server_commands(folder, waltz):
    """The parts of plans are valid, the shell scripts do what they say, every script that a plan names is there."""
    page = (ROOT / "docs/COMMANDS.md").read_text()
    files = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n", page, re.DOTALL))
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if text.startswith("#!"):
            path.chmod(0o755)
            run(["sh", "-n", path])
    parts = re.findall(r"```yaml\n(automation:.*?)```\n", page, re.DOTALL)
    if len(parts) < 5 or len(files) < 10:
        sys.exit(f"check-recipes: only {len(parts)} parts of plans and {len(files)} files in docs/COMMANDS.md")
    (folder / "certs").mkdir()
    shutil.copy(ROOT / "plans/certs/paris.p12", folder / "certs")
    for number, part in enumerate(parts):
        plan = folder / f"part-{number}.yaml"
        plan.write_text(PLAN + part)
        run([waltz, "plan", "validate", "--fail-on", "warning", plan])
        for rule in yaml.safe_load(part)["automation"].values():
            for words in command_lines(rule):
                for word in words:
                    script = f"commands/{word}" if word.endswith(".ps1") else word.removeprefix("./")
                    if script.startswith("commands/") and script not in files:
                        if script != "commands/drive-console":
                            sys.exit(f"check-recipes: docs/COMMANDS.md has no {script}")
    check_on_server(folder, files)
    check_recovery_file(folder)
    check_look(folder)
    return len(files), len(parts)


def command_lines(rule):
    """Every program with its arguments below a rule."""
    if isinstance(rule, list):
        return [rule]
    return [line for value in rule.values() if not isinstance(value, str) for line in command_lines(value)]


def stand_in(folder, name, **programs):
    """A folder whose programs stand for those of the same name."""
    place = folder / name
    (place / "disk").mkdir(parents=True)
    for program, text in programs.items():
        (place / program).write_text(text)
        (place / program).chmod(0o755)
    environment = {"PATH": f"{place}:{os.environ['PATH']}", "STANDIN": str(place), "HOME": str(place)}
    return place, environment


def check_on_server(folder, files):
    """The script arrives whole, with its arguments as texts, and the status comes back."""
    place, environment = stand_in(folder, "ssh", ssh=SSH)
    hostile = "it's $(touch x); `id`"
    for name in files:
        if not name.endswith(".ps1"):
            continue
        for status in (0, 1, 2, 75, 255):
            (place / "status").write_text(str(status))
            run(
                [folder / "commands/on-server", "sepm.example.net", Path(name).name, hostile],
                env=environment, statuses=(status,))
        script = (place / "script").read_text()
        if files[name].strip() not in script or " 'it''s $(touch x); `id`'\n" not in script:
            sys.exit(f"check-recipes: {name} does not arrive as it is:\n{script}")
        arguments = (place / "arguments").read_text().splitlines()
        if arguments[arguments.index("--") + 1] != "sepm.example.net" or arguments[0] != "-n":
            sys.exit(f"check-recipes: on-server asks ssh for {arguments}")
    (place / "status").write_text("3")
    run(
        [folder / "commands/by-winrm", "jump.example.net", "sepm.example.net", "services-since.ps1", hostile],
        env=environment, statuses=(3,))
    outer, inner = (place / "script").read_text(), (place / "input").read_text()
    inner = base64.b64decode(inner).decode("utf-16-le")
    if "-ComputerName 'sepm.example.net'" not in outer or files["commands/services-since.ps1"].strip() not in inner:
        sys.exit(f"check-recipes: by-winrm sends something else:\n{outer}\n{inner}")
    if " 'it''s $(touch x); `id`'\n" not in inner:
        sys.exit(f"check-recipes: by-winrm changes its arguments:\n{inner}")
    long = folder / "commands/long.ps1"
    long.write_text("# " + "x" * 4000 + "\n")
    run([folder / "commands/on-server", "sepm.example.net", "long.ps1"], env=environment, statuses=(2,))


def check_recovery_file(folder):
    """A copy is kept once its hash is right, and a check says 1 only where it knows."""
    place, environment = stand_in(folder, "sftp", ssh=SSH, sftp=SFTP)
    kept = folder / "kept"
    content = b"the keys"
    name = "recovery_2026-01-05-08-00-00.zip"
    digest = hashlib.sha256(content).hexdigest()
    said = {"name": name, "path": f"C:/Program Files (x86)/SEPM/{name}", "written": "x", "sha256": digest}
    environment |= {"WALTZ_RUN": "emea-2026-1", "WALTZ_STEP": "back-up-server/paris/sepm-par-01"}
    words = [folder / "commands/copy-recovery-file", "sepm.example.net", kept]
    (place / "said").write_text(json.dumps(said, separators=(",", ":")) + "\n")
    (place / "status").write_text("0")
    (place / "disk" / name).write_bytes(b"something else")
    run([*words, "check"], env=environment, statuses=(1,))
    run(words, env=environment, statuses=(75,))
    run([*words, "check"], env=environment, statuses=(1,))
    (place / "disk" / name).write_bytes(content)
    shown = json.loads(run(words, env=environment))
    copy = Path(shown["file"])
    if copy.read_bytes() != content or shown["sha256"] != digest or copy.stat().st_mode & 0o077:
        sys.exit(f"check-recipes: copy-recovery-file keeps {shown}")
    run([*words, "check"], env=environment)
    # After the update the file from before it is none.
    later = environment | {"WALTZ_STEP": "keep-recovery-file/paris/sepm-par-01"}
    run([*words, "check"], env=later, statuses=(1,))
    run(words, env=later, statuses=(75,))
    newer = "recovery_2026-01-12-08-00-00.zip"
    (place / "disk" / newer).write_bytes(content)
    fresh = said | {"name": newer, "path": f"C:/Program Files (x86)/SEPM/{newer}"}
    (place / "said").write_text(json.dumps(fresh, separators=(",", ":")) + "\n")
    run([*words, "check"], env=later, statuses=(1,))
    run(words, env=later)
    run([*words, "check"], env=later)
    (place / "status").write_text("255")
    run([*words, "check"], env=environment, statuses=(2,))
    run(words, env=environment, statuses=(2,))
    (place / "status").write_text("0")
    for wrong in ({"name": "../x.zip"}, {"name": "recovery_/../x.zip"}, {"sha256": "0"}, {"name": ""}):
        (place / "said").write_text(json.dumps(said | wrong, separators=(",", ":")) + "\n")
        run([*words, "check"], env=environment, statuses=(2,))


# An ssh that runs what it is asked for on this machine.
LOCAL_SSH = r"""#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift 2
exec "$@"
"""


def check_look(folder):
    """What a Unix machine sees on a port is the certificate that is presented there, and null where nothing is."""
    _, environment = stand_in(folder, "look", ssh=LOCAL_SSH)
    certificate = ROOT / "plans/certs/berlin.pem"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, ROOT / "plans/certs/berlin.key")
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text())).hexdigest()
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_server(("127.0.0.1", 0)) as closed:
        port, other = server.getsockname()[1], closed.getsockname()[1]
        closed.close()

        def serve():
            try:
                connection, _ = server.accept()
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                pass

        threading.Thread(target=serve, daemon=True).start()
        said = run(
            [folder / "commands/look-from", "jump.example.net", "127.0.0.1", f"{port},{other}"],
            env=environment)
    if json.loads(said) != {"ports": {str(port): f"sha256:{digest}", str(other): None}}:
        sys.exit(f"check-recipes: look-from sees {said}")


def run(command, statuses=(0,), **options):
    command = [str(word) for word in command]
    options.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode not in statuses:
        sys.exit(
            f"check-recipes: {shlex.join(command)} ended with {done.returncode}:\n"
            f"{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
