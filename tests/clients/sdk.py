#!/usr/bin/env python3
"""The AWS SDK for JavaScript against a running server: sdk.py VIGIL

The SDK is looked for in VIGIL_NODE_MODULES (a directory that holds node_modules) and beside this file, where
`npm install --no-package-lock` puts it. Leaves with 77 if it is not there.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

from running import TIMEOUT, Server

HERE = Path(__file__).resolve().parent


def main():
    modules = Path(os.environ.get("VIGIL_NODE_MODULES", HERE)).resolve()
    if shutil.which("node") is None or not (modules / "node_modules/@aws-sdk/client-inspector2").is_dir():
        print("node or @aws-sdk/client-inspector2 is not installed")
        return 77
    with Server(sys.argv[1]) as server:
        environment = server.environment(**server.credentials(), VIGIL_NODE_MODULES=str(modules),
                                         VIGIL_URL=server.url, VIGIL_ACCOUNT=server.key["accountId"],
                                         VIGIL_HOSTS=str(server.hosts),
                                         VIGIL_FINDINGS=str(server.findings))
        done = subprocess.run(["node", str(HERE / "sdk.mjs")], env=environment, stdin=subprocess.DEVNULL,
                              timeout=TIMEOUT)
        if done.returncode != 0:
            print(server.log()[-4000:])
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
