#!/usr/bin/env python3
"""The web console in a real browser against a running server: console.py VIGIL [playwright option...]

The server watches what the tests are about: hosts and an image of the golden case debian-12's tree, a project
with a lock file whose only advisory is written by an attacker, and this machine. The tests themselves are
web/tests/*.spec.ts. Leaves with 77 where there is no npm, no Chromium or no console in the program.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
WEB = HERE.parents[1] / "web"
sys.path.insert(0, str(HERE.parent / "clients"))
from artefact_files import docker_archive, layer_of  # noqa: E402
from running import CASE, Server  # noqa: E402

MINUTES = 15


def skip(why):
    print(why)
    sys.exit(77)


def browser():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return skip("Chromium is not installed")


def fill(server):
    """What is watched besides the hosts: an image of one layer, a repository, this machine."""
    archive = Path(server.directory, "image.tar")
    docker_archive(archive, [layer_of(CASE / "tree")], "registry.example/shop/web:1.2")
    key = server.credentials()
    server.vigil("scan", "image", str(archive), "--server", server.url, **key)
    project = Path(server.directory, "shop")
    shutil.copytree(HERE / "project", project)
    server.vigil("scan", "dir", str(project), "--server", server.url, **key)
    server.vigil("scan", "host", "--server", server.url, **key)


def main():
    program, options = sys.argv[1], sys.argv[2:]
    chromium = browser()
    if not shutil.which("npm"):
        skip("npm is not installed")
    subprocess.run([str(WEB.parent / "script" / "web"), "build"], check=True, stdin=subprocess.DEVNULL)
    with Server(program, feeds=[HERE / "feeds"]) as server, tempfile.TemporaryDirectory() as downloads:
        fill(server)
        done = subprocess.run(
            ["npx", "--no-install", "playwright", "test", *options], cwd=WEB, stdin=subprocess.DEVNULL,
            timeout=MINUTES * 60,
            env={**os.environ, "VIGIL_URL": server.url, "VIGIL_USER": server.user, "VIGIL_PASSWORD": server.password,
                 "VIGIL_PROGRAM": server.program, "VIGIL_DATA": server.data, "VIGIL_DOWNLOADS": downloads,
                 "VIGIL_TREE": str(CASE / "tree"), "VIGIL_CHROMIUM": chromium, **server.credentials()})
        if done.returncode != 0:
            print(server.log()[-5000:], file=sys.stderr)
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
