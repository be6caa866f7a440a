#!/usr/bin/env python3
"""A server from its first start to the end of its findings' lives, as its users see it: lifecycle.py VIGIL

The console's session is used for everything, so nothing but Python is needed. The clock is moved by --clock-offset.
The host is the tree of the golden case debian-12; intelligence is the case's. Each server is ended by its process
id, and no wait is longer than TIMEOUT.
"""
import base64
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

CASE = Path(__file__).resolve().parents[1] / "cases" / "debian-12"
TIMEOUT = 60
DAY = 86400

class Server:
    """`vigil server` over one data directory, which outlives it."""

    def __init__(self, program, directory):
        self.program, self.directory = program, directory
        self.data = os.path.join(directory, "data")
        self.snapshot = os.path.join(directory, "intelligence")
        self.environment = {"PATH": os.environ["PATH"], "HOME": directory, "VIGIL_HOME": os.path.join(directory, "home"),
                            **{name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}}
        self.process = None

    def start(self, *options):
        log = open(os.path.join(self.directory, "log"), "ab")
        self.process = subprocess.Popen(
            [self.program, "server", "--data", self.data, "--intel", self.snapshot, "--listen", "127.0.0.1:0",
             "--watch-host", "no", "--intel-interval", "0", "--maintenance-interval", "1s", *options],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=log, text=True)
        log.close()
        watchdog = threading.Timer(TIMEOUT, self.process.kill)
        watchdog.start()
        printed = ""
        for line in self.process.stdout:
            printed += line
            if found := re.search(r"serves http://(127\.0\.0\.1):(\d+)", line):
                self.host, self.port = found[1], int(found[2])
                watchdog.cancel()
                return printed
        watchdog.cancel()
        raise RuntimeError("the server did not start:\n" + self.log())

    def log(self):
        return Path(self.directory, "log").read_text(errors="replace")

    def end(self, how=signal.SIGTERM):
        """Its exit code."""
        if not self.process:
            return None
        self.process.send_signal(how)
        code = self.process.wait(TIMEOUT)
        self.process.stdout.close()
        self.process = None
        return code

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        try:
            text = body if isinstance(body, (str, bytes, type(None))) else json.dumps(body)
            connection.request(method, path, text, headers or {})
            answer = connection.getresponse()
            return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), answer.read()
        finally:
            connection.close()

    def run(self, *arguments, **environment):
        done = subprocess.run([self.program, *arguments], env={**self.environment, **environment}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT)
        if done.returncode != 0:
            raise RuntimeError(f"vigil {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

class Lifecycle(unittest.TestCase):
    """Steps of one story: each goes on where the one before it ended."""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="vigil-lifecycle-")
        cls.server = Server(PROGRAM, cls.directory)
        cls.server.run("intel", "update", "--from", str(CASE / "feeds"), "--no-archive", "--intel", cls.server.snapshot)
        cls.tree = os.path.join(cls.directory, "tree")
        shutil.copytree(CASE / "tree", cls.tree, symlinks=True)
        os.makedirs(os.path.join(cls.tree, "etc"), exist_ok=True)
        Path(cls.tree, "etc", "machine-id").write_text("0123456789abcdef0123456789abcdef\n")
        cls.session = {}

    @classmethod
    def tearDownClass(cls):
        cls.server.end(signal.SIGKILL)
        shutil.rmtree(cls.directory, ignore_errors=True)

    # What the steps use.

    def log_in(self):
        status, headers, body = self.server.request(
            "POST", "/vigil/v1/session", {"name": "admin", "password": type(self).password})
        self.assertEqual(status, 200, body)
        cookie = headers["set-cookie"]
        for attribute in ("HttpOnly", "SameSite=Strict"):
            self.assertIn(attribute, cookie)
        type(self).session = {"Cookie": cookie.split(";")[0], "x-vigil-csrf": json.loads(body)["csrf"]}

    def ask(self, path, body=None, method="POST", expected=200):
        status, headers, answer = self.server.request(
            method, path, body if body is not None else ({} if method == "POST" else None), self.session)
        self.assertEqual(status, expected, answer)
        return json.loads(answer)

    def findings(self, **criteria):
        filters = {name: [{"comparison": "EQUALS", "value": value}] for name, value in criteria.items()}
        found, token = [], None
        while True:
            page = self.ask("/findings/list", {"filterCriteria": filters, "maxResults": 2,
                                               **({"nextToken": token} if token else {})})
            found += page["findings"]
            token = page.get("nextToken")
            if not token:
                return {one["packageVulnerabilityDetails"]["vulnerabilityId"]: one for one in found}

    def scan(self):
        self.server.run("scan", "host", "--root", self.tree, "--server",
                        f"http://{self.server.host}:{self.server.port}",
                        AWS_ACCESS_KEY_ID=self.key["accessKeyId"], AWS_SECRET_ACCESS_KEY=self.key["secretAccessKey"],
                        AWS_REGION=self.key["region"])

    def install_curl(self, version):
        path = Path(self.tree, "var/lib/dpkg/status")
        text = re.sub(r"(Package: curl\n(?:.+\n)*?Version: ).*", r"\g<1>" + version, path.read_text())
        path.write_text(text)

    def restart(self, days, how=signal.SIGTERM):
        self.server.end(how)
        printed = self.server.start("--clock-offset", f"{days * DAY}s")
        self.assertNotIn("AWS_SECRET_ACCESS_KEY", printed)
        self.log_in()

    def wait_for(self, condition):
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.1)
        self.fail("it did not happen in time")

    # The story.

    def test_01_the_first_start_prints_credentials_once(self):
        printed = self.server.start()
        type(self).password = re.search(r"password (\S+)", printed)[1]
        self.assertIn("AWS_SECRET_ACCESS_KEY", printed)
        self.assertNotIn(self.password, self.server.log())
        self.assertEqual(os.stat(self.server.data).st_mode & 0o777, 0o700)
        self.assertEqual(os.stat(os.path.join(self.server.data, "master.key")).st_mode & 0o777, 0o600)

    def test_02_nothing_but_health_is_open(self):
        self.assertEqual(self.server.request("GET", "/vigil/v1/health")[0], 200)
        for method, path in (("GET", "/vigil/v1/metrics"), ("GET", "/vigil/v1/resources"), ("GET", "/vigil/v1/events"),
                             ("GET", "/vigil/v1/intelligence"), ("GET", "/vigil/v1/session"), ("POST", "/findings/list"),
                             ("POST", "/no/such/operation"), ("PUT", "/vigil/v1/resources/i-1/inventory")):
            status, headers, body = self.server.request(method, path, "{}" if method != "GET" else None)
            self.assertEqual(status, 403, (path, body))
            self.assertIn("MissingAuthenticationToken", headers["x-amzn-errortype"])
            self.assertIn("x-amzn-requestid", headers)

    def test_03_a_session_needs_the_password_and_the_second_token(self):
        self.assertEqual(self.server.request(
            "POST", "/vigil/v1/session", {"name": "admin", "password": "wrong-password"})[0], 403)
        self.log_in()
        self.assertEqual(self.ask("/vigil/v1/session", method="GET")["principal"], "admin")
        cookie = {"Cookie": self.session["Cookie"]}
        self.assertEqual(self.server.request("POST", "/findings/list", "{}", cookie)[0], 403)
        self.assertEqual(self.server.request("POST", "/findings/list", "{}", self.session)[0], 200)

    def test_04_a_scan_brings_the_findings_that_the_scan_itself_shows(self):
        type(self).key = json.loads(self.server.run("account", "key", "--data", self.server.data, "--format", "json"))
        self.scan()
        shown = json.loads(self.server.run("scan", "host", "--root", self.tree, "--format", "json",
                                           "--intel", self.server.snapshot))
        stored = self.findings()
        self.assertEqual({one["findingArn"] for one in shown},
                         {one["findingArn"] for one in stored.values()})

        self.assertGreaterEqual(len(stored), 3)
        self.assertEqual({one["status"] for one in stored.values()}, {"ACTIVE"})

    def test_05_an_unchanged_rescan_sends_nothing(self):
        before = self.ask("/vigil/v1/events?limit=1000", method="GET")
        self.assertGreater(len(before["events"]), 3)
        self.scan()
        self.assertEqual(self.ask(f"/vigil/v1/events?after={before['next']}", method="GET")["events"], [])

    def test_06_what_an_upgrade_fixes_closes_by_itself(self):
        self.install_curl("7.88.1-10+deb12u4")
        self.scan()
        self.assertEqual(set(self.findings(findingStatus="CLOSED")), {"CVE-2023-38545"})

    def test_07_a_killed_server_has_lost_nothing(self):
        before = self.findings()
        self.restart(0, signal.SIGKILL)
        self.assertEqual(self.findings(), before)

    def test_08_found_again_within_seven_days_it_is_the_same_finding(self):
        first = self.findings()["CVE-2023-38545"]["firstObservedAt"]
        self.restart(6)
        self.install_curl("7.88.1-10+deb12u1")
        self.scan()
        again = self.findings()["CVE-2023-38545"]
        self.assertEqual(again["status"], "ACTIVE")
        self.assertEqual(again["firstObservedAt"], first)

    def test_09_a_suppression_rule_hides_and_lets_go(self):
        rule = self.ask("/filters/create", {"name": "accepted-curl", "action": "SUPPRESS", "filterCriteria": {
            "vulnerabilityId": [{"comparison": "EQUALS", "value": "CVE-2023-38545"}]}})["arn"]
        self.wait_for(lambda: self.findings()["CVE-2023-38545"]["status"] == "SUPPRESSED")
        self.ask("/filters/delete", {"arn": rule})
        self.wait_for(lambda: self.findings()["CVE-2023-38545"]["status"] == "ACTIVE")

    def test_10_closed_findings_are_deleted_thirty_days_later(self):
        self.install_curl("7.88.1-10+deb12u4")
        self.scan()
        self.restart(35)
        self.assertIn("CVE-2023-38545", self.findings())
        self.restart(37)
        self.wait_for(lambda: "CVE-2023-38545" not in self.findings())

    def test_11_a_resource_that_goes_takes_its_findings_along(self):
        resource = self.ask("/vigil/v1/resources", method="GET")["resources"][0]
        shown = self.ask(f"/vigil/v1/resources/{resource['resourceId']}", method="GET")
        self.assertIn("curl", {package["name"] for package in shown["packages"]})
        self.ask(f"/vigil/v1/resources/{resource['resourceId']}", method="DELETE")
        self.assertEqual({one["status"] for one in self.findings().values()}, {"CLOSED"})
        self.ask("/vigil/v1/resources/i-0000000000000000f", method="DELETE", expected=404)

    def test_12_an_sbom_is_an_inventory_too(self):
        path = "/vigil/v1/resources/i-00000000000000001/inventory?name=bill"
        bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
            {"type": "library", "name": "curl", "version": "7.88.1-10+deb12u1",
             "purl": "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u1?arch=amd64&distro=debian-12"}]}
        headers = {**self.session, "Content-Type": "application/vnd.cyclonedx+json"}
        for expected in (True, False):
            status, _, answer = self.server.request("PUT", path, bill, headers)
            self.assertEqual(status, 200, answer)
            self.assertEqual(json.loads(answer)["changed"], expected)
        self.assertEqual(set(self.findings(resourceId="i-00000000000000001")), {"CVE-2023-38545"})
        self.assertEqual(self.server.request("PUT", path, "x", {**self.session, "Content-Type": "text/plain"})[0], 415)
        self.assertEqual(self.server.request("PUT", path, "{", headers)[0], 400)

    def test_13_metrics_are_for_prometheus(self):
        basic = base64.b64encode(f"{self.key['accessKeyId']}:{self.key['secretAccessKey']}".encode()).decode()
        status, _, page = self.server.request("GET", "/vigil/v1/metrics", headers={"Authorization": "Basic " + basic})
        self.assertEqual(status, 200)
        self.assertIn(b'vigil_requests_total{operation="ListFindings",status="200"}', page)
        self.assertIn(b'vigil_findings{severity="CRITICAL"} 1', page)
        wrong = base64.b64encode(f"{self.key['accessKeyId']}:wrong".encode()).decode()
        self.assertEqual(self.server.request("GET", "/vigil/v1/metrics", headers={"Authorization": "Basic " + wrong})[0], 401)
        self.assertEqual(self.server.request("GET", "/vigil/v1/resources", headers={"Authorization": "Basic " + basic})[0], 403)

    def test_14_a_disabled_key_is_useless_at_once(self):
        self.server.run("account", "disable-key", self.key["accessKeyId"], "--data", self.server.data)
        with self.assertRaises(RuntimeError):
            self.scan()

    def test_15_an_administrator_manages_users_and_keys(self):
        self.ask("/vigil/v1/users", {"name": "eve", "password": "three lamps and a piano"}, expected=201)
        self.assertEqual([(one["name"], one["administrator"], one["sessions"]) for one in
                          self.ask("/vigil/v1/users", method="GET")["users"] if one["name"] == "eve"], [("eve", False, 0)])
        self.ask("/vigil/v1/users/eve/password", {"password": "a kettle on the moon"}, method="PUT")
        self.ask("/vigil/v1/users/eve", method="DELETE")
        type(self).key = {**self.ask("/vigil/v1/keys", {"holder": "eve"}, expected=201), "region": "us-east-1"}
        self.scan()
        self.ask(f"/vigil/v1/keys/{self.key['accessKeyId']}", method="DELETE")
        with self.assertRaises(RuntimeError):
            self.scan()
        server = self.ask("/vigil/v1/server", method="GET")
        self.assertEqual((server["store"], server["host"]["watched"]), ("sqlite", False))
        audit = [line for line in self.server.log().splitlines() if " audit " in line]
        self.assertTrue(any('action="made a user" about=eve principal=admin' in line for line in audit), audit)
        for secret in (self.password, self.key["secretAccessKey"], "kettle", "piano"):
            self.assertNotIn(secret, self.server.log())

    def test_16_every_answer_says_what_it_is_and_that_it_is_not_to_be_kept(self):
        for method, path, headers in (("GET", "/vigil/v1/session", self.session), ("POST", "/findings/list", self.session),
                                      ("GET", "/vigil/v1/health", {}), ("GET", "/vigil/v1/users", {}),
                                      ("POST", "/no/such/operation", {}), ("DELETE", "/vigil/v1/health", {})):
            status, answered, _ = self.server.request(method, path, "{}" if method == "POST" else None, headers)
            self.assertEqual((answered.get("x-content-type-options"), answered.get("cache-control")),
                             ("nosniff", "no-store"), (method, path, status))
        refused = self.server.request("GET", "/vigil/v1/session", None, {"Transfer-Encoding": "nonsense"})
        self.assertGreaterEqual(refused[0], 400)
        self.assertEqual(refused[1].get("x-content-type-options"), "nosniff")

    def test_17_logging_out_ends_the_session(self):
        self.ask("/vigil/v1/session", method="DELETE")
        self.assertEqual(self.server.request("GET", "/vigil/v1/session", headers=self.session)[0], 401)

    def test_18_it_ends_when_it_is_told_to(self):
        self.assertEqual(self.server.end(), 0)
        checked = self.server.run("server", "check", "--data", self.server.data, "--intel", self.server.snapshot,
                                  "--listen", "127.0.0.1:0")
        self.assertIn("The store opens.", checked)

if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(failfast=True)
