#!/usr/bin/env python3
"""Checks the rules of this project that a program can check.

Each rule is one function over the tree: its first line of documentation is the reason that is printed,
it yields (file, line, what is wrong). Exits with 1 if anything was found.
"""
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS_FILE = "src/CMakeLists.txt"
SOURCE_LINES, TEST_LINES = 800, 1200
ESSAY_LINES = 5
# Where adding one more is adding a directory: parent, the registering CMake function's folder.
KINDS = ["src/version", "src/intel/feeds", "src/inventory/catalogers", "src/deliver/formats", "src/api/operations"]


@lru_cache(maxsize=None)
def files():
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return sorted(name for name in names if name and (ROOT / name).is_file())


@lru_cache(maxsize=None)
def text(name):
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def sources(*suffixes):
    return [name for name in files() if name.endswith(suffixes)]


def matches(name, pattern):
    for number, line in enumerate(text(name).splitlines(), 1):
        found = re.search(pattern, line)
        if found:
            yield number, found


@lru_cache(maxsize=None)
def rooms():
    return re.findall(r"^vigil_room\((\w+)", text(ROOMS_FILE), re.M)


def rule_room_order():
    """a room may use only the rooms before it, so that the flow has one direction"""
    order = rooms()
    for name in sources(".cc", ".h"):
        parts = Path(name).parts
        if parts[0] != "src" or parts[1] not in order:
            continue
        for line, found in matches(name, r'^#include "(\w+)/'):
            room = found[1]
            if room not in order:
                yield name, line, f"'{room}' is no room of {ROOMS_FILE}"
            elif order.index(room) > order.index(parts[1]):
                yield name, line, f"{parts[1]} includes {room}, a room below it"


def rule_file_length():
    """a file holds one idea; beyond this length it holds several"""
    for name in sources(".cc", ".h"):
        limit = TEST_LINES if name.endswith("_test.cc") else SOURCE_LINES
        count = text(name).count("\n")
        if count > limit:
            yield name, limit + 1, f"{count} lines, at most {limit}"


def kind_directories():
    for parent in KINDS:
        for folder in sorted((ROOT / parent).iterdir()):
            main = folder / f"{folder.name}.cc"
            if main.is_file():
                yield str(folder.relative_to(ROOT)), str(main.relative_to(ROOT))


def rule_kind_has_test():
    """what nothing tests does not work for long"""
    for folder, main in kind_directories():
        if not any(name.startswith(folder + "/") and name.endswith("_test.cc") for name in files()):
            yield main, 1, f"{folder} has no test"


def rule_kind_has_essay():
    """the opening comment teaches the thing: what it is, the reference, the traps, what is missing"""
    for _, main in kind_directories():
        essay = 0
        for line in text(main).splitlines():
            if not line.startswith("//"):
                break
            essay += 1
        if essay < ESSAY_LINES:
            yield main, 1, f"opens with {essay} lines of comment, at least {ESSAY_LINES} are wanted"


def rule_fuzz_target_has_seeds():
    """a fuzzer without inputs to begin with does not get past the first check of a format"""
    for name in sources(".cc"):
        if Path(name).parent == Path("fuzz"):
            seeds = f"fuzz/seeds/{Path(name).stem}/"
            if not any(other.startswith(seeds) for other in files()):
                yield name, 1, f"no inputs in {seeds}"


# Headers with a path of a library, or a single name that is none of the standard library's or the system's.
THIRD_PARTY = re.compile(
    r"^#include <(fmt|simdjson|sqlite3|archive|archive_entry|expat|openssl|curl|xxhash|sodium|CLI|boost|gtest|gmock)\b")


def rule_own_headers_only():
    """a third-party header in ours costs every file that includes it, and ties our interface to it"""
    for name in sources(".h"):
        if "test" in Path(name).name or "/testing" in name:
            continue
        for line, found in matches(name, THIRD_PARTY):
            yield name, line, f"<{found[1]}> in a header"


def rule_no_temporaries_in_co_await():
    """g++ 12 destroys a temporary aggregate or closure in a co_await expression twice; name it first"""
    for name in sources(".cc", ".h"):
        code = re.sub(r'//[^\n]*|"(?:\\.|[^"\\\n])*"', "", text(name))
        for found in re.finditer(r"\bco_await\b([^;]*);", code):
            # A condition ends where its block begins.
            expression = re.split(r"\)\s*\{\s*\n", found[1])[0]
            if re.search(r"[{\[]", expression):
                yield name, code.count("\n", 0, found.start()) + 1, "a brace or bracket after co_await"


def rule_no_using_namespace():
    """a name's origin is to be seen where it stands"""
    # A source may name the namespace nested in its own that its folder is.
    for name in sources(".cc", ".h"):
        nested = r"(?!\w+;)" if name.endswith(".cc") else ""
        for line, found in matches(name, r"^\s*using namespace (std|fmt|testing)?" + nested):
            if "NOLINT(google-build-using-namespace):" not in found.string:
                yield name, line, "using namespace"


def rule_types_have_one_definition():
    """two types of one name in a namespace are one to the linker, which keeps the functions of either"""
    seen = {}
    for name in sources(".h"):
        space = ""
        for number, line in enumerate(text(name).splitlines(), 1):
            opened = re.match(r"namespace ([\w:]+) \{", line)
            space = opened[1] if opened else space
            found = re.match(r"(?:class|struct) (\w+)\b[^;]*\{", line)
            if not found or "<" in line:
                continue
            other = seen.setdefault((space, found[1]), name)
            if other != name:
                yield name, number, f"{space}::{found[1]} is defined in {other} too"


def rule_header_guard():
    """#pragma once cannot collide or be forgotten when a file moves"""
    for name in sources(".h"):
        if "#pragma once" not in text(name):
            yield name, 1, "no #pragma once"


# Written apart so that this file does not find itself.
MACHINE_PATHS = re.compile("|".join([
    r"(?<![\w/.-])/wo" r"rk/", r"/tmp/w" r"t\b", r"(?<![\w.])/home/(?!user\b|<|\$)\w+/"]))
# A host that serves packages, as an address or in a configuration; "crates" with its ending is also the
# name of an ecosystem in OSV and in package URLs, so only its addresses count.
REGISTRIES = re.compile("|".join([
    r"pypi\." r"org", r"pythonhosted\." r"org", r"registry\.npmjs\." r"org", r"//(static\.|index\.)?crates\." r"io",
    r"(deb|ftp\.\w+|snapshot)\.debian\." r"org", r"archive\.ubuntu\." r"com", r"rubygems\." r"org/(api|gems|downloads)",
    r"repo1?\.maven\." r"org", r"proxy\.golang\." r"org", r"registry-1\.docker\." r"io"]))
# What stands for itself in data: the texts of real documents.
DATA = ("fuzz/seeds/", "tests/cases/")


def written():
    return [name for name in files() if not name.startswith(DATA) and Path(name).suffix != ".dict"]


def rule_no_machine_paths():
    """the project must build and read the same on every machine"""
    for name in written():
        for line, found in matches(name, MACHINE_PATHS):
            yield name, line, f"a path of one machine: {found[0]}"


def rule_no_registry_hosts():
    """where packages come from is the machine's configuration, not ours"""
    for name in written():
        for line, found in matches(name, REGISTRIES):
            yield name, line, f"the host of a package registry: {found[0]}"


def rule_documents_name_what_exists():
    """a document that names what is not there misleads its reader"""
    named = re.compile(r"`((?:script|docs|src|cmake|fuzz|bench|tests|tools|share)/[\w./-]*\w)")
    for name in sources(".md") + [n for n in files() if n.startswith((".ci/", "script/"))]:
        pattern = named if name.endswith(".md") else re.compile(r"(?<![\w/.-])(script/[a-z]+)\b")
        for line, content in enumerate(text(name).splitlines(), 1):
            for found in pattern.finditer(content):
                if not (ROOT / found[1]).exists():
                    yield name, line, f"{found[1]} does not exist"


def rule_architecture_lists_the_rooms():
    """the page that shows the rooms must show those there are, in their order"""
    page = "docs/architecture.md"
    if page not in files():
        yield page, 1, "missing"
        return
    listed = re.findall(r"^### `(\w+)`", text(page), re.M)
    if listed != rooms():
        yield page, 1, f"lists {' '.join(listed)}; {ROOMS_FILE} has {' '.join(rooms())}"


def rule_scripts_are_strict():
    """a script that goes on after a failed step reports success for work not done"""
    for name in files():
        if name.startswith(("script/", ".ci/")) and text(name).startswith("#!/usr/bin/env bash"):
            if "\nset -euo pipefail\n" not in text(name):
                yield name, 1, "no `set -euo pipefail`"
            if not (ROOT / name).stat().st_mode & 0o100:
                yield name, 1, "not executable"


def main():
    rules = [value for key, value in globals().items() if key.startswith("rule_")]
    count = 0
    for rule in rules:
        for name, line, what in rule():
            print(f"{name}:{line}: {what}: {rule.__doc__}")
            count += 1
    if count:
        print(f"tools/lint: {count} to mend", file=sys.stderr)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
