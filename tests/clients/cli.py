#!/usr/bin/env python3
"""The main commands through the AWS CLI against a running server: cli.py VIGIL

Leaves with 77 if there is no `aws`.
"""
import json
import shutil
import subprocess
import sys
import unittest

from running import TIMEOUT, Server

AWS = shutil.which("aws")


def aws(*arguments, service="inspector2"):
    command = [AWS, service, *arguments, "--endpoint-url", SERVER.url, "--output", "json"]
    done = subprocess.run(command, env=SERVER.environment(**SERVER.credentials(), AWS_MAX_ATTEMPTS="1"),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=TIMEOUT)
    return done


def answer(*arguments):
    done = aws(*arguments)
    assert done.returncode == 0, f"aws {arguments}: {done.stderr}"
    return json.loads(done.stdout) if done.stdout.strip() else {}


class Commands(unittest.TestCase):
    def test_list_findings_takes_all_pages_by_itself(self):
        found = answer("list-findings")["findings"]
        self.assertEqual(len(found), SERVER.findings)

    def test_list_findings_with_a_filter(self):
        found = answer("list-findings", "--filter-criteria",
                       '{"vulnerabilityId":[{"comparison":"EQUALS","value":"CVE-2023-38545"}]}',
                       "--sort-criteria", "field=SEVERITY,sortOrder=DESC", "--max-items", "2")
        self.assertEqual(len(found["findings"]), 2)
        self.assertIn("NextToken", found)

    def test_a_filter_lives_and_dies(self):
        arn = answer("create-filter", "--name", "by-cli", "--action", "NONE", "--filter-criteria", "{}",
                     "--tags", "team=blue")["arn"]
        self.assertEqual(answer("list-tags-for-resource", "--resource-arn", arn)["tags"], {"team": "blue"})
        answer("untag-resource", "--resource-arn", arn, "--tag-keys", "team")
        self.assertEqual([f["arn"] for f in answer("list-filters")["filters"]], [arn])
        answer("delete-filter", "--arn", arn)

    def test_status_and_coverage(self):
        status = answer("batch-get-account-status")["accounts"][0]
        self.assertEqual(status["state"]["status"], "ENABLED")
        self.assertEqual(answer("list-coverage-statistics", "--group-by", "RESOURCE_TYPE")
                         ["countsByGroup"][0]["groupKey"], "AWS_EC2_INSTANCE")

    def test_an_error_is_printed_with_its_type(self):
        done = aws("delete-filter", "--arn", "nonsense")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("(ValidationException)", done.stderr)


if __name__ == "__main__":
    if AWS is None:
        print("there is no aws command")
        sys.exit(77)
    with Server(sys.argv.pop(1)) as SERVER:
        program = unittest.main(exit=False, verbosity=1)
        failed = not program.result.wasSuccessful()
        if failed:
            print(SERVER.log()[-4000:])
    sys.exit(1 if failed else 0)
