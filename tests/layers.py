#!/usr/bin/env python3
"""Images that share layers, scanned by several processes at once with one cache: layers.py VIGIL [IMAGES]

A shared layer is analysed once. That is proved by taking its bytes away: after the first image the blobs of the
shared layers are not in the other images' layouts, so each of those scans can only have them from the cache. Their
bills of materials must be those of scans that used no cache. Prints one line, in seconds and counts.
"""
import concurrent.futures
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

SHARED = 5
AT_ONCE = 4
TIMEOUT = 120


def layer(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content.encode()))
    return buffer.getvalue()


def module(folder, name, version):
    return {f"{folder}/node_modules/{name}/package.json": json.dumps({"name": name, "version": version})}


def shared_layers():
    status = "".join(f"Package: part-{i}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.{i}-1\n\n"
                     for i in range(200))
    first = {"etc/os-release": 'ID=debian\nVERSION_ID="12"\n', "var/lib/dpkg/status": status}
    rest = [{key: value for i in range(100) for key, value in module(f"usr/lib/s{n}", f"m{n}-{i}", "1.0.0").items()}
            for n in range(1, SHARED)]
    return [layer(files) for files in [first, *rest]]


def write_layout(folder, layers, left_out=0):
    """An OCI layout; of the first `left_out` layers the bytes are missing."""
    blobs = folder / "blobs/sha256"
    blobs.mkdir(parents=True)

    def put(content, there=True):
        digest = hashlib.sha256(content).hexdigest()
        if there:
            (blobs / digest).write_bytes(content)
        return {"digest": "sha256:" + digest, "size": len(content)}
    stored = [put(content, number >= left_out) for number, content in enumerate(layers)]
    config = put(json.dumps({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {
        "type": "layers", "diff_ids": [each["digest"] for each in stored]}}).encode())
    manifest = put(json.dumps({"schemaVersion": 2, "config": config, "layers": stored}).encode())
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [manifest]}))
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')


class Images:
    def __init__(self, vigil, folder, count):
        self.vigil, self.folder = vigil, folder
        shared = shared_layers()
        self.whole = [folder / f"whole-{i}" for i in range(count)]
        self.without = [folder / f"without-{i}" for i in range(count)]
        for i in range(count):
            own = [layer(module(f"srv/app-{i}", f"own-{i}", f"2.0.{i}"))]
            write_layout(self.whole[i], shared + own)
            write_layout(self.without[i], shared + own, left_out=SHARED)

    def packages(self, layout, *options):
        done = subprocess.run([self.vigil, "sbom", "image", "--format", "json", *options, str(layout)],
                              env={**os.environ, "VIGIL_HOME": str(self.folder / "home")}, check=True,
                              capture_output=True, text=True, timeout=TIMEOUT)
        bill = json.loads(done.stdout)
        inventory = bill.get("inventory", bill)
        if inventory.get("problems"):
            raise AssertionError(f"{layout.name}: {inventory['problems'][:2]}")
        return sorted(f"{each['name']} {each['version']} {sorted(map(str, each.get('locations', [])))}"
                      for each in inventory["packages"])

    def at_once(self, layouts, *options):
        start = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            found = list(pool.map(lambda layout: self.packages(layout, *options), layouts))
        return found, time.perf_counter() - start

    def kept(self):
        return [path for path in (self.folder / "home").rglob("*")
                if path.is_file() and "locks" not in path.parts and len(path.name) > 64]


def run(vigil, count):
    with tempfile.TemporaryDirectory(prefix="vigil-layers-") as folder:
        images = Images(vigil, Path(folder), count)
        expected, alone = images.at_once(images.whole, "--no-cache")
        assert len({str(each) for each in expected}) == count, "every image has a package of its own"
        # Nothing is known yet, and four processes want the same layers.
        cold, _ = images.at_once(images.whole[:AT_ONCE])
        assert cold == expected[:AT_ONCE], "a cold cache shared by processes changes what is found"
        assert len(images.kept()) == SHARED + AT_ONCE, [path.name for path in images.kept()]
        # The shared layers can only come from the cache now.
        warm, shared = images.at_once(images.without)
        assert warm == expected, "what is found with shared layers from the cache differs"
        assert len(images.kept()) == SHARED + count, "a layer was analysed twice or not kept"
        return {"images": count, "layers": SHARED + 1, "kept": len(images.kept()),
                "seconds": round(shared, 3), "seconds_without_cache": round(alone, 3)}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 12)))
