#!/usr/bin/env python3
"""Measures Vigil against floors of the same run: see script/bench.

A floor is a program that cannot do less than what is asked: the same bytes decompressed and hashed, the
same tree listed by find(1), the same packages listed by dpkg-query. Ratios to it travel from machine to
machine, times do not.
"""
import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from images import bench_images, bench_shared_layers

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "release"
VIGIL = str(BUILD / "vigil")
MIB = 1024 * 1024
rows = []


class Run:
    """One execution: wall and CPU seconds, peak resident bytes, standard output."""

    def __init__(self, command, home=None, keep=False):
        environment = dict(os.environ, LC_ALL="C.UTF-8")
        if home:
            environment["VIGIL_HOME"] = str(home)
        with tempfile.TemporaryFile() as output:
            start = time.perf_counter()
            process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                       stdout=output if keep else subprocess.DEVNULL, stderr=subprocess.PIPE)
            errors = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            self.output = output.read().decode()
        self.cpu = usage.ru_utime + usage.ru_stime
        self.rss = usage.ru_maxrss * 1024
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{errors.decode()}")


def median(command, times, home=None):
    runs = [Run(command, home) for _ in range(times)]
    return statistics.median(run.wall for run in runs), max(run.rss for run in runs)


def add(name, value, unit, floor=None, target=None, most=True):
    """`target`: ("value", limit) or ("ratio", limit); `most`: the limit must not be exceeded."""
    ratio = value / floor if floor else None
    met = None
    if target:
        measured = value if target[0] == "value" else ratio
        met = measured <= target[1] if most else measured >= target[1]
    rows.append((name, value, unit, floor, ratio, target, most, met))


def show():
    def number(value):
        return "" if value is None else f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"

    table = [("name", "value", "unit", "floor", "ratio", "target", "ok?")]
    for name, value, unit, floor, ratio, target, most, met in rows:
        sign = "<=" if most else ">="
        wanted = f"{target[0]} {sign} {number(target[1])}" if target else ""
        table.append((name, number(value), unit, number(floor), number(ratio), wanted,
                      "" if met is None else "yes" if met else "NO"))
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    for row in table:
        cells = [cell.rjust(width) if 0 < i < 5 and i != 2 else cell.ljust(width)
                 for i, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())


def floor_of_file(path):
    """CPU seconds to decompress and hash a file."""
    quoted = "'" + str(path).replace("'", "'\\''") + "'"
    readers = {".gz": "gzip -dc", ".bz2": "bzip2 -dc", ".xz": "xz -dc", ".zst": "zstd -dcq --long=27",
               ".zip": "unzip -p"}
    reader = readers.get(path.suffix, "cat")
    before = os.times()
    subprocess.run(["sh", "-c", f"{reader} {quoted} | sha256sum >/dev/null"], check=True)
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


def bench_import(feeds, work):
    update = [VIGIL, "intel", "update", "--no-archive", "--from"]
    full = Run([*update, feeds], work)
    snapshot = work / "intelligence"
    labels = Run([str(BUILD / "bench" / "bench_match"), str(snapshot), "--sources"], keep=True).output.splitlines()
    floor = sum(floor_of_file(feeds / label) for label in labels if (feeds / label).is_file())
    add("import: CPU", full.cpu, "s", floor, ("value", 90))
    add("import: peak memory", full.rss / MIB, "MiB", None, ("value", 1024))
    again = Run([*update, feeds], work)
    add("import, nothing changed: wall", again.wall, "s", None, ("value", 3))

    copy = work / "feeds"
    shutil.copytree(feeds, copy)
    Run([*update, copy], work)
    # A gzip file may have several members: this one gains an empty line, and so another content.
    catalogue = next(copy.glob("kev/*.json.gz"), None) or next(copy.rglob("*.gz"))
    with catalogue.open("ab") as file:
        file.write(gzip.compress(b"\n"))
    changed = Run([*update, copy], work, keep=True)
    add("import, one file changed: wall", changed.wall, "s")
    shutil.rmtree(copy)


def bench_match(work):
    def best(*options):
        program = [str(BUILD / "bench" / "bench_match"), str(work / "intelligence"), *options]
        fields = min((Run(program, keep=True).output.split() for _ in range(3)), key=lambda line: float(line[1]))
        return int(fields[0]) / float(fields[1]), int(fields[2]) / float(fields[1])

    add("match: lookups a second, one core", best()[0], "1/s", None, ("value", 2e6), most=False)
    lookups, compared = best("--every")
    add("match: lookups without the early end", lookups, "1/s")
    add("match: advisories compared a second", compared, "1/s")


def bench_host(work):
    scan, rss = median([VIGIL, "scan", "host"], 21, work)
    listing, _ = median(["dpkg-query", "-W"], 21)
    add("scan host: wall, median of 21", scan * 1000, "ms", listing * 1000, ("value", 80))
    add("scan host: peak memory", rss / MIB, "MiB", None, ("value", 64))
    nothing, _ = median(["/bin/true"], 51)
    version, _ = median([VIGIL, "--version"], 51)
    add("--version: wall, median of 51", version * 1000, "ms", nothing * 1000, ("value", 10))


def make_tree(folder, files, packages):
    """Directories of 100 files; a Debian with so many packages."""
    (folder / "etc").mkdir(parents=True)
    (folder / "var/lib/dpkg/info").mkdir(parents=True)
    (folder / "etc/os-release").write_text('ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n')
    with open(folder / "var/lib/dpkg/status", "w", encoding="ascii") as status:
        for i in range(packages):
            status.write(f"Package: package{i}\nStatus: install ok installed\nArchitecture: amd64\n"
                         f"Source: source{i // 3}\nVersion: 1.{i}-1\nMaintainer: A <a@example.org>\n"
                         "Description: one of many\n with a longer text\n\n")
    made = 0
    while made < files:
        here = folder / f"srv/{made // 10000:03}/{made // 100 % 100:02}"
        here.mkdir(parents=True)
        base = os.open(here, os.O_DIRECTORY)
        for i in range(min(100, files - made)):
            os.close(os.open(f"file{i}.txt", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=base))
        os.close(base)
        made += 100


def bench_tree(work, files):
    small, large = work / "small", work / "large"
    make_tree(small, 10_000, 5000)
    make_tree(large, files, 5000)
    find = ["find", str(large), "-type", "f"]
    scan = [VIGIL, "scan", "dir", str(large), "--format", "csv"]
    for command in (find, scan):
        Run(command, work)
    floor = min(Run(find).wall for _ in range(5))
    runs = [Run(scan, work) for _ in range(5)]
    add(f"tree of {files:,} files, 5,000 packages: wall", min(run.wall for run in runs) * 1000, "ms", floor * 1000,
        ("ratio", 1.3))
    least = Run([VIGIL, "scan", "dir", str(small), "--format", "csv"], work).rss
    add(f"tree of {files:,} files: peak memory, floor: 10,000", max(run.rss for run in runs) / MIB, "MiB",
        least / MIB, ("ratio", 1.05))
    shutil.rmtree(small)
    shutil.rmtree(large)


def values_of(run):
    return {name: float(value) for name, value in (line.split() for line in run.output.splitlines())}


def bench_store(work, hosts):
    """The store of a made-up fleet: bench/fleet.cc builds it, bench/ledger.cc measures on it."""
    folder = work / "store"
    folder.mkdir()
    built = values_of(Run([str(BUILD / "bench" / "bench_fleet"), str(folder), str(hosts)], keep=True))
    fleet = f"store of {hosts:,} hosts, {built['findings']:,.0f} findings"
    whole = hosts >= 100_000
    add(f"{fleet}: built, wall", built["wall"], "s", None, ("value", 600) if whole else None)
    add("store: built, CPU a finding", built["cpu"] / built["findings"] * 1e6, "us")
    add("store: built, peak memory", built["peak_bytes"] / MIB, "MiB", None, ("value", 1024))
    add("store: inventory on disk", built["bytes_inventory"] / MIB, "MiB", None, ("value", 3072))
    add("store: findings on disk", built["bytes_findings"] / MIB, "MiB")
    found = values_of(Run([str(BUILD / "bench" / "bench_ledger"), str(folder), str(hosts)], keep=True))
    add("store: opened, wall", found["open_wall"], "s", None, ("value", 1))
    add("store: a host's first ingest, CPU", found["ingest_first_cpu"] * 1000, "ms", None, ("value", 30))
    add("store: 5 of 500 packages changed, CPU", found["ingest_changed_cpu"] * 1000, "ms", None, ("value", 3))
    add("store: nothing changed, CPU", found["ingest_unchanged_cpu"] * 1000, "ms")
    add(f"store: 1,000 advisories, {found['refresh_found_resources']:,.0f} resources found", found["refresh_found_wall"],
        "s", None, ("value", 1))
    add("store: findings changed a second, floor: bare rows", found["refresh_written_per_second"], "1/s",
        found["floor_written_per_second"], ("value", 30_000), most=False)
    add("store: the same in CPU time", found["refresh_written_per_cpu_second"], "1/s",
        found["floor_written_per_cpu_second"])
    shutil.rmtree(folder)


def bench_catalogers(work):
    """Large lock files and node_modules; the floor finds and reads the same files and counts their lines."""
    folder = work / "catalogers"
    folder.mkdir()
    for line in Run([str(BUILD / "bench" / "bench_catalogers"), str(folder)], keep=True).output.splitlines():
        name, took, floor = line.split()
        wanted = ("value", 300) if name.startswith(("package-lock", "node-modules")) else None
        add(f"{name}: CPU", float(took), "ms", float(floor), wanted)
    shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true",
                        help="a tree of 50,000 files instead of 1,000,000, a store of 5,000 hosts instead of 100,000")
    arguments = parser.parse_args()
    feeds = Path(os.environ.get("VIGIL_FEEDS") or ROOT.parent / "shared" / "feeds").resolve()
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name:
        work = Path(name)
        load = os.getloadavg()[0]
        print(f"{os.cpu_count()} CPUs, load {load:.1f}" + (": others are at work, times are too long" if load > 1 else ""))
        bench_images(add, str(BUILD / "bench" / "bench_image"), work, 150_000 if arguments.quick else 3_000_000)
        bench_shared_layers(add, VIGIL, 100)
        bench_catalogers(work)
        bench_store(work, 5_000 if arguments.quick else 100_000)
        if feeds.is_dir():
            bench_import(feeds, work)
            bench_match(work)
            if shutil.which("dpkg-query"):
                bench_host(work)
            bench_tree(work, 50_000 if arguments.quick else 1_000_000)
        else:
            print("no feeds: set VIGIL_FEEDS to a directory of them; only the store is measured")
    show()


if __name__ == "__main__":
    main()
