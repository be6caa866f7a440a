#!/usr/bin/env python3
"""Images, functions, repositories and disks that are sent to a running server: artefacts.py VIGIL

Each is made here of the golden case's tree, scanned with `vigil scan KIND --server`, and asked for through
boto3: the same vulnerabilities as of the tree itself, under the identity AWS's clients know. Leaves with 77 if
boto3 is not there.
"""
import json
import os
import subprocess
import sys
import unittest
import zipfile
from pathlib import Path

try:
    import boto3
except ImportError:
    print("boto3 is not installed")
    sys.exit(77)

from artefact_files import docker_archive, layer_of
from running import CASE, TIMEOUT, Server

VULNERABLE = {"curl", "openssl", "zlib"}


def vulnerabilities(resource_id):
    """Of the active findings of a resource: id and packages."""
    client = boto3.client("inspector2", **SERVER.keywords())
    criteria = {"resourceId": [{"comparison": "EQUALS", "value": resource_id}],
                "findingStatus": [{"comparison": "EQUALS", "value": "ACTIVE"}]}
    pages = client.get_paginator("list_findings").paginate(filterCriteria=criteria)
    return [finding for page in pages for finding in page["findings"]]


def packages(findings):
    return sorted((finding["packageVulnerabilityDetails"]["vulnerabilityId"], package["name"], package["version"])
                  for finding in findings
                  for package in finding["packageVulnerabilityDetails"]["vulnerablePackages"])


def coverage(resource_id):
    client = boto3.client("inspector2", **SERVER.keywords())
    criteria = {"resourceId": [{"comparison": "EQUALS", "value": resource_id}]}
    return client.list_coverage(filterCriteria=criteria)["coveredResources"]


def scan(kind, *arguments):
    """The id of the resource, from the first line of what `vigil scan --server` prints."""
    text = SERVER.vigil("scan", kind, *arguments, "--server", SERVER.url, **SERVER.credentials())
    return text.split(" ", 1)[0]


class Artefacts(unittest.TestCase):
    def setUp(self):
        self.directory = Path(SERVER.directory, self.id())
        self.directory.mkdir()
        host = scan("dir", str(CASE / "tree"))
        self.expected = packages(vulnerabilities(host))
        self.assertTrue(self.expected)

    def test_an_image_has_the_findings_of_its_tree(self):
        archive = self.directory / "image.tar"
        docker_archive(archive, [layer_of(CASE / "tree")], "team/app:1.0")
        resource = scan("image", str(archive))
        self.assertRegex(resource, r"^arn:aws:ecr:us-east-1:\d{12}:repository/team/app/sha256:[0-9a-f]{64}$")
        found = vulnerabilities(resource)
        self.assertEqual(packages(found), self.expected)
        one = found[0]["resources"][0]
        self.assertEqual(one["type"], "AWS_ECR_CONTAINER_IMAGE")
        self.assertEqual(one["details"]["awsEcrContainerImage"]["imageTags"], ["1.0"])
        for finding in found:
            for package in finding["packageVulnerabilityDetails"]["vulnerablePackages"]:
                self.assertRegex(package.get("sourceLayerHash", ""), r"^sha256:[0-9a-f]{64}$")
        covered = coverage(resource)
        self.assertEqual([c["resourceType"] for c in covered], ["AWS_ECR_CONTAINER_IMAGE"])
        self.assertEqual(covered[0]["scanStatus"]["statusCode"], "ACTIVE")

    def test_a_removed_package_database_leaves_nothing_to_find(self):
        whiteout = self.directory / "upper" / "var" / "lib" / "dpkg"
        whiteout.mkdir(parents=True)
        (whiteout / ".wh.status").touch()
        archive = self.directory / "image.tar"
        docker_archive(archive, [layer_of(CASE / "tree"), layer_of(self.directory / "upper")], "team/empty:1")
        self.assertEqual(vulnerabilities(scan("image", str(archive))), [])

    def test_a_function_is_known_by_its_name(self):
        package = self.directory / "thumbnails.zip"
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("index.js", "exports.handler = 1")
            archive.writestr("package-lock.json", json.dumps(
                {"name": "f", "lockfileVersion": 3, "packages": {"": {}, "node_modules/a": {"version": "1.0.0"}}}))
        resource = scan("function", str(package))
        self.assertRegex(resource, r"^arn:aws:lambda:us-east-1:\d{12}:function:thumbnails:\$LATEST$")
        covered = coverage(resource)
        self.assertEqual([c["resourceType"] for c in covered], ["AWS_LAMBDA_FUNCTION"])
        self.assertEqual(covered[0]["resourceMetadata"]["lambdaFunction"]["runtime"], "NODEJS")

    def test_a_repository_is_known_by_its_remote(self):
        tree = self.directory / "checkout"
        tree.mkdir()
        git = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"}
        for words in (["init", "-q", "-b", "main"], ["remote", "add", "origin", "https://code.example/o/project"]):
            subprocess.run(["git", *words], cwd=tree, check=True, timeout=TIMEOUT, env=git)
        (tree / "package-lock.json").write_text("{}")
        resource = scan("repo", str(tree))
        self.assertRegex(resource, r"^arn:aws:inspector2:us-east-1:\d{12}:codesecurity-integration/.*/project-.*$")

    def test_what_is_unchanged_is_not_sent_again(self):
        archive = self.directory / "image.tar"
        docker_archive(archive, [layer_of(CASE / "tree")], "team/again:1")
        scan("image", str(archive))
        text = SERVER.vigil("scan", "image", str(archive), "--server", SERVER.url, **SERVER.credentials())
        self.assertIn("nothing has changed", text)


if __name__ == "__main__":
    with Server(sys.argv.pop(1), hosts=0) as SERVER:
        program = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if program.result.wasSuccessful() else 1)
