"""A Vigil server of the test's own: intelligence and hosts written by hand, on a free port of this machine.

    with Server("build/debug/vigil") as server:
        client = boto3.client("inspector2", endpoint_url=server.url, **server.keywords())

The intelligence is that of the golden case debian-12; each host is its tree under another machine id. The
server is ended by its process id, also when a test fails, and no call waits longer than TIMEOUT seconds.
VIGIL_TEST_STORE is the address of an empty database to use instead of a file: postgres://...
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

CASE = Path(__file__).resolve().parents[1] / "cases" / "debian-12"
TIMEOUT = 60


class Server:
    def __init__(self, program, hosts=10, feeds=()):
        self.program = str(Path(program).resolve())
        self.hosts = hosts
        self.feeds = [CASE / "feeds", *feeds]
        self.findings = 3 * hosts  # curl, openssl, zlib on each
        self.directory = tempfile.mkdtemp(prefix="vigil-clients-")
        self.data = os.path.join(self.directory, "data")
        self.process = None
        store = os.environ.get("VIGIL_TEST_STORE")
        self.place = ["--data", self.data, *(["--store", store] if store else [])]

    def __enter__(self):
        try:
            self.start()
            self.key = json.loads(self.vigil("account", "key", *self.place, "--format", "json"))
            for number in range(self.hosts):
                self.scan_host(number)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def start(self):
        snapshot = os.path.join(self.directory, "intelligence")
        feeds = os.path.join(self.directory, "feeds")
        for feed in self.feeds:
            shutil.copytree(feed, feeds, dirs_exist_ok=True)
        self.vigil("intel", "update", "--from", feeds, "--no-archive", "--intel", snapshot)
        self.process = subprocess.Popen(
            [self.program, "server", *self.place, "--listen", "127.0.0.1:0", "--intel", snapshot,
             "--intel-interval", "0", "--scan-interval", "0", "--deep-interval", "0", "--process-interval", "0",
             "--watch-host", "no"],
            env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=open(os.path.join(self.directory, "log"), "wb"), text=True)
        watchdog = threading.Timer(TIMEOUT, self.process.kill)
        watchdog.start()
        try:
            for line in self.process.stdout:
                if first := re.search(r"log in as (\S+) with password (\S+)", line):
                    self.user, self.password = first[1], first[2]
                found = re.search(r"serves (http://\S+)", line)
                if found:
                    self.url = found[1]
                    return
        finally:
            watchdog.cancel()
        raise RuntimeError("the server did not start:\n" + self.log())

    def log(self):
        return Path(self.directory, "log").read_text(errors="replace")

    def environment(self, **more):
        """What a program of the test sees: nothing of the user's own configuration."""
        names = ("PATH", "LD_LIBRARY_PATH", "PYENV_ROOT", "PYENV_VERSION", "ASAN_OPTIONS", "UBSAN_OPTIONS")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        return {**kept, "HOME": self.directory, "VIGIL_HOME": os.path.join(self.directory, "home"), **more}

    def credentials(self):
        return {"AWS_ACCESS_KEY_ID": self.key["accessKeyId"],
                "AWS_SECRET_ACCESS_KEY": self.key["secretAccessKey"],
                "AWS_REGION": self.key["region"], "AWS_DEFAULT_REGION": self.key["region"]}

    def keywords(self):
        """The same for boto3.client."""
        return {"endpoint_url": self.url, "region_name": self.key["region"],
                "aws_access_key_id": self.key["accessKeyId"],
                "aws_secret_access_key": self.key["secretAccessKey"]}

    def vigil(self, *arguments, **environment):
        done = subprocess.run([self.program, *arguments], env=self.environment(**environment),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=TIMEOUT)
        if done.returncode != 0:
            raise RuntimeError(f"vigil {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def scan_host(self, number):
        tree = os.path.join(self.directory, f"host-{number}")
        shutil.copytree(CASE / "tree", tree, symlinks=True)
        Path(tree, "etc", "machine-id").write_text(f"{number + 1:032x}\n")
        self.vigil("scan", "host", "--root", tree, "--server", self.url, **self.credentials())
