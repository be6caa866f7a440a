#!/usr/bin/env python3
"""Runs the golden cases: tests/cases.py PROGRAM [case...]

A case is a folder tests/cases/<name>/ with a README (what must and must not be found, and why), `feeds/`
(advisories), `tree/` (a small root) and `commands`: lines of a file name, an exit code and arguments.
Each command's output (standard output, then standard error) is compared with expected/<file>; what
depends on the place of the checkout or on the readers' versions is replaced by a word first. JSON
documents are also checked against the rules of their format, in formats.py.

VIGIL_ACCEPT=1 writes what came out into expected/. Read the difference before you commit it.
"""
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import formats

HERE = Path(__file__).resolve().parent
TIME = "1795392000"  # 2026-11-23T00:00:00Z
ACCEPT = os.environ.get("VIGIL_ACCEPT") == "1"


def scrubbed(text, case, home):
    text = text.replace(str(home), "HOME").replace(str(case), "CASE")
    text = re.sub(r"\bi-[0-9a-f]{17}\b", "i-RESOURCE", text)
    text = re.sub(r"finding/[0-9a-f]{32}", "finding/ID", text)
    text = re.sub(r"urn:uuid:[0-9a-f-]{36}", "urn:uuid:SERIAL", text)
    text = re.sub(r"/spdx/[0-9a-f-]{36}", "/spdx/DOCUMENT", text)
    text = re.sub(r"missing: .*(\n {4}\S.*)*", "missing: FEEDS", text)
    return re.sub(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)-[0-9a-f]{16}", r"\1-CONTENT", text)


def run(program, arguments, case, home):
    environment = {"PATH": os.environ["PATH"], "VIGIL_HOME": str(home), "SOURCE_DATE_EPOCH": TIME,
                   "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    return subprocess.run([program, *arguments], cwd=case, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120)


def compare(path, found):
    if ACCEPT:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, newline="")
        return []
    with path.open(newline="") if path.exists() else open(os.devnull) as file:
        expected = file.read()
    return list(difflib.unified_diff(expected.splitlines(), found.splitlines(), str(path), "found", lineterm=""))


def run_case(program, case):
    problems = []
    with tempfile.TemporaryDirectory(prefix="vigil-case-") as temporary:
        home = Path(temporary)
        loaded = run(program, ["intel", "update", "--from", "feeds", "--no-archive"], case, home)
        if loaded.returncode != 0:
            return [f"{case.name}: loading feeds failed", loaded.stderr.decode()]
        for line in (case / "commands").read_text().splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            name, code, arguments = line.split(None, 2)
            arguments = shlex.split(arguments.replace("{root}", str(case / "tree")))
            done = run(program, arguments, case, home)
            where = f"{case.name}/{name}"
            if done.returncode != int(code):
                problems.append(f"{where}: exit code {done.returncode}, expected {code}")
            output = done.stdout.decode("utf-8")
            problems += [f"{where}: {problem}" for problem in formats.check(name, output)]
            text = scrubbed(output + done.stderr.decode("utf-8"), case, home)
            problems += compare(case / "expected" / name, text)
    return problems


def main():
    program, names = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    cases = [HERE / "cases" / name for name in names] or sorted((HERE / "cases").iterdir())
    failed = 0
    for case in cases:
        problems = run_case(program, case)
        print(f"{'FAIL' if problems else 'ok  '} {case.name}")
        for problem in problems:
            print("    " + problem)
        failed += bool(problems)
    if failed:
        print("If what is found is right: VIGIL_ACCEPT=1, then read the difference before committing it.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
