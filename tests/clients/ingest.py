#!/usr/bin/env python3
"""What other machines send to a running server, and what ScanSbom says of documents: ingest.py VIGIL

Inventories go through `vigil scan --server`, SBOMs and refusals through requests signed by botocore, ScanSbom
through boto3. Leaves with 77 if boto3 is not there.
"""
import json
import sys
import unittest
import urllib.error
import urllib.request
from pathlib import Path

try:
    import boto3
    import botocore.auth
    import botocore.awsrequest
    import botocore.config
    import botocore.credentials
    import botocore.exceptions
except ImportError:
    print("boto3 is not installed")
    sys.exit(77)

from running import TIMEOUT, Server

CURL = {"type": "library", "bom-ref": "comp-1", "name": "curl", "version": "7.88.1-10+deb12u1",
        "purl": "pkg:deb/debian/curl@7.88.1-10+deb12u1?distro=bookworm"}
SBOM = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
    CURL, {"type": "library", "bom-ref": "comp-2", "name": "bash", "version": "9",
           "purl": "pkg:deb/debian/bash@9?distro=bookworm"},
    {"type": "library", "bom-ref": "comp-3", "name": "nameless"}]}
SPDX = {"spdxVersion": "SPDX-2.3", "packages": [
    {"SPDXID": "SPDXRef-1", "name": "curl", "externalRefs": [
        {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": CURL["purl"]}]}]}
CYCLONEDX = "application/vnd.cyclonedx+json"


def put(resource, body, media_type):
    """Status and answer of PUT /vigil/v1/resources/RESOURCE/inventory."""
    url = f"{SERVER.url}/vigil/v1/resources/{resource}/inventory"
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = botocore.awsrequest.AWSRequest("PUT", url, {"Content-Type": media_type}, body)
    key = botocore.credentials.Credentials(SERVER.key["accessKeyId"], SERVER.key["secretAccessKey"])
    botocore.auth.SigV4Auth(key, "vigil", SERVER.key["region"]).add_auth(request)
    plain = urllib.request.Request(url, body, dict(request.headers), method="PUT")
    try:
        with urllib.request.urlopen(plain, timeout=TIMEOUT) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")


def boto(service):
    return boto3.client(service, config=botocore.config.Config(retries={"max_attempts": 0}), **SERVER.keywords())


def findings(resource):
    criteria = {"resourceId": [{"comparison": "EQUALS", "value": resource}],
                "findingStatus": [{"comparison": "EQUALS", "value": "ACTIVE"}]}
    return {one["packageVulnerabilityDetails"]["vulnerabilityId"]
            for one in boto("inspector2").list_findings(filterCriteria=criteria)["findings"]}


class Inventories(unittest.TestCase):
    def scan(self, tree):
        return json.loads(SERVER.vigil("scan", "host", "--root", str(tree), "--server", SERVER.url,
                                       "--format", "json", **SERVER.credentials()))

    def test_a_host_is_sent_whole_and_then_as_what_changed(self):
        tree = Path(SERVER.directory, "changing")
        (tree / "etc").mkdir(parents=True)
        (tree / "var/lib/dpkg").mkdir(parents=True)
        (tree / "etc/os-release").write_text("ID=debian\nVERSION_ID=12\n")
        (tree / "etc/machine-id").write_text("f" * 32 + "\n")
        status = tree / "var/lib/dpkg/status"
        entry = "Package: {}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {}\n\n"
        others = "".join(entry.format(f"package-{n}", "1") for n in range(50))
        status.write_text(others + entry.format("curl", "7.88.1-10+deb12u1"))
        first = self.scan(tree)
        self.assertEqual((first["changed"], first["opened"]), (True, 1))
        same = self.scan(tree)
        self.assertEqual((same["changed"], same["digest"]), (False, first["digest"]))
        status.write_text(others + entry.format("curl", "7.88.1-10+deb12u4"))
        fixed = self.scan(tree)
        self.assertEqual((fixed["changed"], fixed["opened"], fixed["closed"]), (True, 0, 1))
        self.assertNotEqual(fixed["digest"], first["digest"])

    def test_a_delta_without_its_base_is_a_conflict(self):
        delta = {"vigilInventoryDelta": 1, "base": "a" * 64, "result": "b" * 64}
        body = {"resource": {"type": "AWS_EC2_INSTANCE", "id": "i-00000000000000001"}, "delta": delta}
        status, answer = put("i-00000000000000001", body, "application/vnd.vigil.inventory-delta+json")
        self.assertEqual(status, 409)
        self.assertIn("digest", answer)

    def test_sboms_are_inventories(self):
        for resource, document, media_type in (("i-0000000000000000a", SBOM, CYCLONEDX),
                                               ("i-0000000000000000b", SPDX, "application/spdx+json")):
            status, answer = put(resource, document, media_type)
            self.assertEqual((status, answer["changed"], answer["opened"]), (200, True, 1), answer)
            self.assertEqual(findings(resource), {"CVE-2023-38545"})
            status, again = put(resource, document, media_type)
            self.assertEqual((status, again["changed"], again["digest"]), (200, False, answer["digest"]))

    def test_what_is_no_inventory_is_refused(self):
        resource = "i-0000000000000000c"
        for body, media_type, expected in (
                (b"{", CYCLONEDX, 400), (b"", CYCLONEDX, 400), (b"{}", CYCLONEDX, 400),
                ({"bomFormat": "CycloneDX", "specVersion": "9"}, CYCLONEDX, 400),
                (b"[" * 100000, CYCLONEDX, 400), (SBOM, "text/plain", 415),
                ({"resource": {"type": "t", "id": "another"}, "inventory": {"vigilInventory": 1}},
                 "application/vnd.vigil.inventory+json", 400)):
            status, answer = put(resource, body, media_type)
            self.assertEqual(status, expected, answer)
            self.assertTrue(answer["message"])
        self.assertEqual(findings(resource), set())


class ScanSbom(unittest.TestCase):
    def scan(self, document=SBOM, **more):
        return boto("inspector-scan").scan_sbom(sbom=document, **more)["sbom"]

    def test_the_document_comes_back_with_the_findings(self):
        got = self.scan()
        properties = {p["name"]: p["value"] for p in got["metadata"]["properties"]}
        counters = [properties[f"amazon:inspector:sbom_scanner:{band}_vulnerabilities"]
                    for band in ("critical", "high", "medium", "low", "other")]
        self.assertEqual(sum(map(int, counters)), len(got["vulnerabilities"]))
        found = got["vulnerabilities"][0]
        self.assertEqual((found["bom-ref"], found["id"]), ("vuln-1", "CVE-2023-38545"))
        self.assertEqual(found["affects"], [{"ref": "comp-1"}])
        self.assertIn({"name": "amazon:inspector:sbom_scanner:fixed_version:comp-1",
                       "value": "7.88.1-10+deb12u4"}, found["properties"])
        said = [[p["value"] for p in component["properties"]] for component in got["components"]]
        self.assertEqual(said, [[], ["Component scanned: no vulnerabilities found."],
                                ["Component skipped: no purl provided."]])

    def test_inspectors_own_formats(self):
        for wanted in ("INSPECTOR", "INSPECTOR_ALT"):
            got = self.scan(outputFormat=wanted)
            self.assertEqual([one["id"] for one in got["vulnerabilities"]], ["CVE-2023-38545"])
            self.assertEqual(sum(got["vulnerability_count"].values()), 1)
            self.assertEqual(len(got["messages"]), 2)

    def test_refusals_have_inspectors_reasons(self):
        many = {**SBOM, "components": [CURL] * 5001}
        for document, reason in ((SPDX, "UNSUPPORTED_SBOM_TYPE"), ({}, "UNSUPPORTED_SBOM_TYPE"),
                                 (many, "FIELD_VALIDATION_FAILED"),
                                 ({**SBOM, "components": 7}, "CANNOT_PARSE")):
            with self.assertRaises(botocore.exceptions.ClientError) as caught:
                self.scan(document)
            self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")
            self.assertEqual(caught.exception.response["reason"], reason)


if __name__ == "__main__":
    with Server(sys.argv.pop(1), hosts=0) as SERVER:
        program = unittest.main(exit=False, verbosity=1)
        failed = not program.result.wasSuccessful()
        if failed:
            print(SERVER.log()[-4000:])
    sys.exit(1 if failed else 0)
