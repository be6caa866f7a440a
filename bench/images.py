"""Container images: made here, scanned by bench_image, beside `gzip -dc LAYER | sha256sum` (or zstd, or nothing).

The large layer is a tar of a real tree that VIGIL_BENCH_LAYER names, for instance of
`mmdebstrap --variant=apt --include=build-essential,nodejs,npm,openjdk-17-jdk-headless,golang-go bookworm layer.tar`;
without it only the layer of empty files is measured.
"""
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path

MIB = 1024 * 1024
READERS = {".gz": "gzip -dc", ".zst": "zstd -dcq", "": "cat"}


def write_empty_files(path, count):
    """A tar.gz with so many empty files in directories of 1,000."""
    header = bytearray(512)
    for at, text in ((100, b"0000644"), (108, b"0000000"), (116, b"0000000"), (124, b"00000000000"),
                     (136, b"14545454545"), (156, b"0"), (257, b"ustar\x0000")):
        header[at:at + len(text)] = text
    gzip = subprocess.Popen(["gzip", "-c"], stdin=subprocess.PIPE, stdout=path.open("wb"))
    buffer = bytearray()
    for i in range(count):
        entry = bytearray(header)
        name = b"srv/data/d%04d/file-%07d" % (i // 1000, i)
        entry[:len(name)] = name
        entry[148:156] = b" " * 8
        entry[148:155] = b"%06o\0" % sum(entry)
        buffer += entry
        if len(buffer) > MIB:
            gzip.stdin.write(buffer)
            buffer.clear()
    gzip.stdin.write(buffer + bytes(1024))
    gzip.stdin.close()
    gzip.wait()


def digest_of(command):
    return "sha256:" + subprocess.run(f"{command} | sha256sum", shell=True, check=True, capture_output=True,
                                      text=True).stdout[:64]


def config_of(diff_ids):
    return json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                       "rootfs": {"type": "layers", "diff_ids": diff_ids}}).encode()


def docker_archive(path, layer, diff_id):
    config = config_of([diff_id])
    with tarfile.open(path, "w") as archive:
        def add(name, content):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        add("config.json", config)
        archive.add(layer, "layer/layer.tar")
        add("manifest.json", json.dumps([{"Config": "config.json", "RepoTags": ["bench:1"],
                                          "Layers": ["layer/layer.tar"]}]).encode())


def oci_layout(path, layer, diff_id):
    blobs = path / "blobs/sha256"
    blobs.mkdir(parents=True)

    def put(content):
        name = hashlib.sha256(content).hexdigest()
        (blobs / name).write_bytes(content)
        return {"digest": "sha256:" + name, "size": len(content)}
    stored = digest_of(f"cat '{layer}'")
    os.link(layer, blobs / stored[7:])
    manifest = {"schemaVersion": 2, "config": put(config_of([diff_id])),
                "layers": [{"digest": stored, "size": layer.stat().st_size}]}
    (path / "index.json").write_text(json.dumps({"manifests": [put(json.dumps(manifest).encode())]}))


def floor_of(layer):
    start = time.perf_counter()
    digest_of(f"{READERS[layer.suffix if layer.suffix in READERS else '']} '{layer}'")
    return time.perf_counter() - start


def scan(program, image, *options):
    """The best of three, in seconds, and the peak memory."""
    runs = [json.loads(subprocess.run([program, *options, str(image)], check=True, capture_output=True).stdout)
            for _ in range(3)]
    return min(run["seconds"] for run in runs), max(run["bytes"] for run in runs)


def bench_images(add, program, work, files):
    layer = work / "empty.gz"
    write_empty_files(layer, files)
    image = work / "image.tar"
    docker_archive(image, layer, digest_of(f"gzip -dc '{layer}'"))
    floor = min(floor_of(layer) for _ in range(2))
    seconds, memory = scan(program, image)
    add(f"image of {files:,} empty files: wall", seconds, "s", floor, ("ratio", 1.5))
    add("image of empty files: peak memory", memory / MIB, "MiB", None, ("value", 64))
    image.unlink()
    layer.unlink()
    real = os.environ.get("VIGIL_BENCH_LAYER")
    if not real:
        return
    diff_id = digest_of(f"cat '{real}'")
    for suffix, packer in ((".gz", "gzip -c"), (".zst", "zstd -qc"), ("", "cat")):
        layer = work / f"layer{suffix}"
        subprocess.run(f"{packer} '{real}' > '{layer}'", shell=True, check=True)
        floor = min(floor_of(layer) for _ in range(2))
        image = work / "image.tar"
        layout = work / f"layout{suffix}"
        docker_archive(image, layer, diff_id)
        oci_layout(layout, layer, diff_id)
        kind = suffix or "plain"
        for name, path in (("docker-archive", image), ("OCI layout", layout)):
            seconds, memory = scan(program, path)
            add(f"image, {kind}, {name}: wall", seconds, "s", floor, ("ratio", 0.7) if suffix == ".gz" else None)
            add(f"image, {kind}, {name}: peak memory", memory / MIB, "MiB", None, ("value", 100))
        cache = work / "cache"
        scan(program, image, "--cache", str(cache))
        seconds, _ = scan(program, image, "--cache", str(cache))
        add(f"image, {kind}, from the cache: wall", seconds * 1000, "ms", None, ("value", 50))
        subprocess.run(["rm", "-rf", image, layout, layer, cache], check=True)


def bench_shared_layers(add, program, count):
    """Images of five shared layers and one of their own, in four processes at once: see tests/layers.py."""
    run = subprocess.run([sys.executable, str(Path(__file__).parent.parent / "tests/layers.py"), program, str(count)],
                         check=True, capture_output=True, text=True)
    found = json.loads(run.stdout)
    every = found["images"] * found["layers"]
    add(f"{count} images with shared layers: analysed, of {every} layers", found["kept"], "layers", None,
        ("value", found["images"] + found["layers"] - 1))
    add(f"{count} images with shared layers: wall", found["seconds"], "s", found["seconds_without_cache"],
        ("ratio", 1))
