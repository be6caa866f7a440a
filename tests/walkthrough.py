#!/usr/bin/env python3
"""Compiles the examples of CONTRIBUTING.md as the files they claim to be: tests/walkthrough.py COMPILER"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WARNINGS = ["-Wall", "-Wextra", "-Wno-missing-field-initializers", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


def main():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```cpp (\S+)\n(.*?)^```$", text, re.M | re.S)
    if len(examples) < 4:
        sys.exit("CONTRIBUTING.md has fewer examples than kinds")
    failed = 0
    for path, code in examples:
        with tempfile.TemporaryDirectory(prefix="vigil-example-") as folder:
            source = Path(folder) / Path(path).name
            source.write_text(code, encoding="utf-8")
            # A test program's precompiled header brings GoogleTest.
            before = ["-include", "gtest/gtest.h"] if path.endswith("_test.cc") else []
            done = subprocess.run([sys.argv[1], "-std=c++20", "-fsyntax-only", *WARNINGS, f"-I{ROOT}/src", *before,
                                   str(source)], capture_output=True, text=True)
        print(f"{'FAIL' if done.returncode else 'ok  '} {path}")
        if done.returncode:
            failed += 1
            print(done.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
