"""Container images as files, made by hand: what `docker save` writes."""
import hashlib
import io
import json
import tarfile
from pathlib import Path


def layer_of(tree):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for path in sorted(Path(tree).rglob("*")):
            tar.add(path, arcname=str(path.relative_to(tree)), recursive=False)
    return buffer.getvalue()


def docker_archive(path, layers, tag):
    digests = [hashlib.sha256(layer).hexdigest() for layer in layers]
    config = json.dumps({"architecture": "amd64", "os": "linux", "created": "2026-11-01T00:00:00Z",
                         "config": {}, "rootfs": {"type": "layers", "diff_ids": ["sha256:" + d for d in digests]},
                         "history": [{"created_by": f"COPY {number}"} for number in range(len(layers))]}).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = [{"Config": name, "RepoTags": [tag], "Layers": [d + "/layer.tar" for d in digests]}]
    with tarfile.open(path, "w") as tar:
        for member, content in [(name, config), ("manifest.json", json.dumps(manifest).encode()),
                                *((d + "/layer.tar", layer) for d, layer in zip(digests, layers))]:
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
