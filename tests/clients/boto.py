#!/usr/bin/env python3
"""Every operation through boto3, with its paginators, against a running server: boto.py VIGIL

Every answer is also checked against botocore's output shapes (answers.py). Leaves with 77 if boto3 is not there.
"""
import datetime
import json
import re
import sys
import unittest
from pathlib import Path

try:
    import boto3
    import botocore.config
    import botocore.exceptions
except ImportError:
    print("boto3 is not installed")
    sys.exit(77)

import answers
from running import Server

ROOT = Path(__file__).resolve().parents[2]
ACTIVE = {"findingStatus": [{"comparison": "EQUALS", "value": "ACTIVE"}]}
SBOM = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
    {"type": "library", "bom-ref": "comp-1", "name": "curl", "version": "7.88.1-10+deb12u1",
     "purl": "pkg:deb/debian/curl@7.88.1-10+deb12u1?distro=bookworm"}]}


def client(server, service="inspector2", **more):
    config = botocore.config.Config(retries={"max_attempts": 0}, connect_timeout=5, read_timeout=30)
    made = boto3.client(service, config=config, **{**server.keywords(), **more})
    answered, problems = answers.watch(made)
    WATCHED.append((answered, problems))
    return made


WATCHED = []


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.api = client(SERVER)
        cls.account = SERVER.key["accountId"]

    def listed(self, operation, key, page_size=None, **asked):
        """Everything a paginator gives, and in how many pages."""
        config = {"PageSize": page_size} if page_size else {}
        pages = list(self.api.get_paginator(operation).paginate(PaginationConfig=config, **asked))
        return [item for page in pages for item in page.get(key, [])], len(pages)

    def refused(self, code, status, call, **asked):
        with self.assertRaises(botocore.exceptions.ClientError) as caught:
            call(**asked)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code)
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        self.assertTrue(response["ResponseMetadata"]["RequestId"])
        return response

    def test_findings_are_listed_page_by_page(self):
        whole, pages = self.listed("list_findings", "findings")
        self.assertEqual(len(whole), SERVER.findings)
        self.assertGreater(pages, 1)
        single, pages = self.listed("list_findings", "findings", 1, filterCriteria=ACTIVE)
        self.assertEqual(pages, len(whole))
        self.assertEqual({f["findingArn"] for f in single}, {f["findingArn"] for f in whole})
        self.assertEqual(len({f["findingArn"] for f in single}), len(single))
        self.assertIsInstance(whole[0]["firstObservedAt"], datetime.datetime)

    def test_findings_are_sorted(self):
        for order, reverse in (("ASC", False), ("DESC", True)):
            found, _ = self.listed("list_findings", "findings", 3,
                                   sortCriteria={"field": "VULNERABILITY_ID", "sortOrder": order})
            ids = [f["packageVulnerabilityDetails"]["vulnerabilityId"] for f in found]
            self.assertEqual(ids, sorted(ids, reverse=reverse))

    def test_every_sort_field_is_taken(self):
        shape = self.api.meta.service_model.shape_for("SortField")
        for field in shape.enum:
            got = self.api.list_findings(sortCriteria={"field": field, "sortOrder": "DESC"})
            self.assertEqual(len(got["findings"]), 25, field)

    def test_every_filter_field_is_taken(self):
        criteria = self.api.meta.service_model.shape_for("FilterCriteria")
        now = datetime.datetime.now(datetime.timezone.utc)
        values = {"StringFilterList": {"comparison": "EQUALS", "value": "no such value"},
                  "DateFilterList": {"startInclusive": now + datetime.timedelta(days=1)},
                  "NumberFilterList": {"lowerInclusive": 1e9},
                  "MapFilterList": {"comparison": "EQUALS", "key": "no such key"},
                  "PortRangeFilterList": {"beginInclusive": 1, "endInclusive": 2},
                  "PackageFilterList": {"name": {"comparison": "EQUALS", "value": "no such package"}}}
        for name, shape in criteria.members.items():
            got = self.api.list_findings(filterCriteria={name: [values[shape.name]]})
            self.assertEqual(got["findings"], [], name)

    def test_details_of_findings(self):
        arns = [f["findingArn"] for f in self.api.list_findings(maxResults=10)["findings"]]
        foreign = arns[0].replace(self.account, "999999999999")
        got = self.api.batch_get_finding_details(findingArns=arns[1:] + [foreign])
        self.assertEqual({d["findingArn"] for d in got["findingDetails"]}, set(arns[1:]))
        self.assertEqual([(e["findingArn"], e["errorCode"]) for e in got["errors"]],
                         [(foreign, "ACCESS_DENIED")])

    def test_aggregations_of_all_types(self):
        for kind in ("FINDING_TYPE", "PACKAGE", "TITLE", "REPOSITORY", "AMI", "AWS_EC2_INSTANCE",
                     "AWS_ECR_CONTAINER", "IMAGE_LAYER", "ACCOUNT", "AWS_LAMBDA_FUNCTION", "LAMBDA_LAYER",
                     "CODE_REPOSITORY", "VM_INSTANCE", "CONTAINER_IMAGE", "SERVERLESS_FUNCTION"):
            got = self.api.list_finding_aggregations(aggregationType=kind)
            self.assertEqual(got["aggregationType"], kind)

    def test_aggregations_count_active_findings(self):
        account = self.api.list_finding_aggregations(aggregationType="ACCOUNT")["responses"]
        self.assertEqual(len(account), 1)
        counted = account[0]["accountAggregation"]
        self.assertEqual(counted["accountId"], self.account)
        active, _ = self.listed("list_findings", "findings", filterCriteria=ACTIVE)
        self.assertEqual(counted["severityCounts"]["all"], len(active))
        for word in ("critical", "high", "medium"):
            self.assertEqual(counted["severityCounts"][word],
                             sum(f["severity"] == word.upper() for f in active), word)

    def test_aggregations_are_paged(self):
        hosts, pages = self.listed("list_finding_aggregations", "responses", 3,
                                   aggregationType="AWS_EC2_INSTANCE",
                                   aggregationRequest={"ec2InstanceAggregation": {"sortBy": "ALL"}})
        ids = [h["ec2InstanceAggregation"]["instanceId"] for h in hosts]
        self.assertEqual(len(set(ids)), SERVER.hosts)
        self.assertEqual(len(ids), SERVER.hosts)
        self.assertEqual(pages, (SERVER.hosts + 2) // 3)
        self.refused("ValidationException", 400, self.api.list_finding_aggregations,
                     aggregationType="TITLE",
                     aggregationRequest={"ec2InstanceAggregation": {"sortBy": "ALL"}})

    def test_a_suppression_rule_from_birth_to_death(self):
        criteria = {"vulnerablePackages": [{"name": {"comparison": "EQUALS", "value": "curl"}}]}
        arn = self.api.create_filter(name="accepted.curl", action="SUPPRESS", filterCriteria=criteria,
                                     description="d", reason="r", tags={"team": "blue"})["arn"]
        suppressed = {"findingStatus": [{"comparison": "EQUALS", "value": "SUPPRESSED"}]}
        found, _ = self.listed("list_findings", "findings", filterCriteria=suppressed)
        self.assertEqual(len(found), SERVER.hosts)
        listed = self.api.list_filters(arns=[arn])["filters"]
        self.assertEqual([(f["arn"], f["name"], f["action"], f["tags"]) for f in listed],
                         [(arn, "accepted.curl", "SUPPRESS", {"team": "blue"})])
        self.assertEqual(listed[0]["criteria"], criteria)
        self.refused("ValidationException", 400, self.api.create_filter, name="accepted.curl",
                     action="NONE", filterCriteria={})

        self.api.tag_resource(resourceArn=arn, tags={"vigil:owner": "eve", "a/b": "c"})
        self.assertEqual(self.api.list_tags_for_resource(resourceArn=arn)["tags"],
                         {"team": "blue", "vigil:owner": "eve", "a/b": "c"})
        self.api.untag_resource(resourceArn=arn, tagKeys=["a/b", "team"])
        self.assertEqual(self.api.list_tags_for_resource(resourceArn=arn)["tags"], {"vigil:owner": "eve"})

        self.assertEqual(self.api.update_filter(filterArn=arn, action="NONE")["arn"], arn)
        found, _ = self.listed("list_findings", "findings", filterCriteria=suppressed)
        self.assertEqual(found, [])
        self.assertEqual(self.api.delete_filter(arn=arn)["arn"], arn)
        self.assertEqual(self.api.list_filters(arns=[arn])["filters"], [])
        self.refused("ResourceNotFoundException", 404, self.api.delete_filter, arn=arn)
        self.refused("ResourceNotFoundException", 404, self.api.list_tags_for_resource, resourceArn=arn)

    def test_filters_are_paged(self):
        made = [self.api.create_filter(name=f"paged-{n}", action="NONE", filterCriteria=ACTIVE)["arn"]
                for n in range(5)]
        found, pages = self.listed("list_filters", "filters", 2, action="NONE")
        self.assertEqual(([f["arn"] for f in found], pages), (made, 3))
        for arn in made:
            self.api.delete_filter(arn=arn)

    def test_coverage(self):
        rows, pages = self.listed("list_coverage", "coveredResources", 3)
        packages = [row for row in rows if row["scanType"] == "PACKAGE"]
        self.assertEqual(len({row["resourceId"] for row in packages}), SERVER.hosts)
        self.assertEqual({row["scanStatus"]["statusCode"] for row in packages}, {"ACTIVE"})
        self.assertGreater(pages, 1)
        one, _ = self.listed("list_coverage", "coveredResources", filterCriteria={
            "resourceId": [{"comparison": "EQUALS", "value": rows[0]["resourceId"]}]})
        self.assertEqual({row["resourceId"] for row in one}, {rows[0]["resourceId"]})

    def test_coverage_statistics(self):
        rows, _ = self.listed("list_coverage", "coveredResources")
        for group in self.api.meta.service_model.shape_for("GroupKey").enum:
            pages = list(self.api.get_paginator("list_coverage_statistics").paginate(groupBy=group))
            self.assertEqual({page["totalCounts"] for page in pages}, {len(rows)}, group)
        counts, _ = self.listed("list_coverage_statistics", "countsByGroup", groupBy="RESOURCE_TYPE")
        self.assertEqual(counts, [{"groupKey": "AWS_EC2_INSTANCE", "count": len(rows)}])
        self.assertNotIn("countsByGroup", self.api.list_coverage_statistics())

    def test_accounts_and_scan_types(self):
        def state():
            accounts = self.api.batch_get_account_status(accountIds=[self.account])["accounts"]
            return {name: one["status"] for name, one in accounts[0]["resourceState"].items()}
        self.assertEqual(set(state()), {"ec2", "ecr", "lambda", "lambdaCode", "codeRepository"})
        self.assertEqual(state()["ec2"], "ENABLED")
        self.assertEqual(self.api.enable(resourceTypes=["LAMBDA", "ECR"])["failedAccounts"], [])
        self.assertEqual((state()["lambda"], state()["ecr"]), ("ENABLED", "ENABLED"))
        self.api.disable(resourceTypes=["LAMBDA", "ECR"])
        self.assertEqual((state()["lambda"], state()["ecr"]), ("DISABLED", "DISABLED"))
        other = self.api.batch_get_account_status(accountIds=["999999999999"])
        self.assertEqual(other["failedAccounts"][0]["errorCode"], "ACCESS_DENIED")

    def test_permissions(self):
        found, pages = self.listed("list_account_permissions", "permissions", 3)
        self.assertEqual((len(found), pages), (8, 3))

    def test_configuration(self):
        self.api.update_configuration(
            ecrConfiguration={"rescanDuration": "LIFETIME", "pullDateRescanDuration": "DAYS_90"},
            ec2Configuration={"scanMode": "EC2_SSM_AGENT_BASED"})
        got = self.api.get_configuration()
        state = got["ecrConfiguration"]["rescanDurationState"]
        self.assertEqual((state["rescanDuration"], state["pullDateRescanDuration"]), ("LIFETIME", "DAYS_90"))
        self.assertEqual(got["ec2Configuration"]["scanModeState"]["scanMode"], "EC2_SSM_AGENT_BASED")
        self.refused("ValidationException", 400, self.api.update_configuration)

    def test_vulnerabilities(self):
        found, _ = self.listed("search_vulnerabilities", "vulnerabilities",
                               filterCriteria={"vulnerabilityIds": ["CVE-2023-38545"]})
        self.assertEqual([v["id"] for v in found], ["CVE-2023-38545"])
        found, _ = self.listed("search_vulnerabilities", "vulnerabilities",
                               filterCriteria={"vulnerabilityIds": ["CVE-1999-0001"]})
        self.assertEqual(found, [])

    def test_clusters(self):
        image = f"arn:aws:ecr:us-east-1:{self.account}:repository/app"
        found, _ = self.listed("get_clusters_for_image", "cluster", filter={"resourceId": image})
        self.assertEqual(found, [])

    def test_sboms_are_scanned(self):
        scanner = client(SERVER, "inspector-scan")
        for wanted in ("CYCLONE_DX_1_5", "INSPECTOR"):
            got = scanner.scan_sbom(sbom=SBOM, outputFormat=wanted)["sbom"]
            self.assertIn("CVE-2023-38545", [one["id"] for one in got["vulnerabilities"]], wanted)
        self.refused("ValidationException", 400, scanner.scan_sbom, sbom={"bomFormat": "x"})

    def test_errors_are_typed(self):
        with self.assertRaises(self.api.exceptions.ValidationException) as caught:
            self.api.list_findings(filterCriteria={"severity": [{"comparison": "LIKE", "value": "x"}]})
        response = caught.exception.response
        self.assertEqual(response["reason"], "FIELD_VALIDATION_FAILED")
        self.assertEqual(response["fields"][0]["name"], "filterCriteria.severity.1.member.comparison")
        with self.assertRaises(self.api.exceptions.ValidationException):
            self.api.list_findings(nextToken="made up")
        with self.assertRaises(self.api.exceptions.AccessDeniedException):
            self.api.delete_filter(arn="arn:aws:inspector2:us-east-1:999999999999:owner/999999999999/"
                                       "filter/0123456789abcdef")

    def test_operations_that_do_not_exist_say_so(self):
        self.refused("UnknownOperationException", 404, self.api.list_members)
        self.refused("UnknownOperationException", 404, self.api.get_encryption_key,
                     scanType="CODE", resourceType="AWS_LAMBDA_FUNCTION")

    def test_a_wrong_signature_is_refused(self):
        for wrong in ({"aws_secret_access_key": "wrong"}, {"aws_access_key_id": "AKIAXXXXXXXXXXXXXXXX"}):
            with self.assertRaises(botocore.exceptions.ClientError) as caught:
                client(SERVER, **wrong).list_findings()
            self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 403)

    def test_accounts_know_nothing_of_each_other(self):
        other = json.loads(SERVER.vigil("account", "create", "other", *SERVER.place,
                                        "--format", "json"))["accountId"]
        key = json.loads(SERVER.vigil("account", "key", *SERVER.place, "--account", other,
                                      "--format", "json"))
        stranger = client(SERVER, aws_access_key_id=key["accessKeyId"],
                          aws_secret_access_key=key["secretAccessKey"])
        finding = self.api.list_findings(maxResults=1)
        filter_arn = self.api.create_filter(name="mine", action="NONE", filterCriteria={})["arn"]

        self.assertEqual(stranger.list_findings()["findings"], [])
        self.assertEqual(stranger.list_coverage()["coveredResources"], [])
        self.assertEqual(stranger.list_coverage_statistics()["totalCounts"], 0)
        self.assertEqual(stranger.list_filters()["filters"], [])
        self.assertEqual(stranger.list_finding_aggregations(aggregationType="ACCOUNT")["responses"], [])
        details = stranger.batch_get_finding_details(findingArns=[finding["findings"][0]["findingArn"]])
        self.assertEqual([e["errorCode"] for e in details["errors"]], ["ACCESS_DENIED"])
        self.refused("ValidationException", 400, stranger.list_findings, maxResults=1,
                     nextToken=finding["nextToken"])
        for call, asked in ((stranger.update_filter, {"filterArn": filter_arn, "action": "SUPPRESS"}),
                            (stranger.delete_filter, {"arn": filter_arn}),
                            (stranger.list_filters, {"arns": [filter_arn]})):
            self.refused("AccessDeniedException", 403, call, **asked)
        for call, asked in ((stranger.tag_resource, {"tags": {"a": "b"}}),
                            (stranger.untag_resource, {"tagKeys": ["a"]}),
                            (stranger.list_tags_for_resource, {})):
            self.refused("ResourceNotFoundException", 404, call, resourceArn=filter_arn, **asked)
        failed = stranger.disable(accountIds=[self.account])
        self.assertEqual([f["errorCode"] for f in failed["failedAccounts"]], ["ACCESS_DENIED"])
        self.assertEqual(self.api.delete_filter(arn=filter_arn)["arn"], filter_arn)

    def test_prowlers_questions(self):
        got = self.api.batch_get_account_status(accountIds=[self.account])
        self.assertEqual(got["accounts"][0]["state"]["status"], "ENABLED")
        criteria = {"awsAccountId": [{"comparison": "EQUALS", "value": self.account}], **ACTIVE}
        self.assertEqual(len(self.api.list_findings(filterCriteria=criteria, maxResults=1)["findings"]), 1)

    def test_cartographys_question(self):
        criteria = {"awsAccountId": [{"comparison": "EQUALS", "value": self.account}],
                    "findingStatus": [{"comparison": "NOT_EQUALS", "value": "CLOSED"}]}
        found, _ = self.listed("list_findings", "findings", 100, filterCriteria=criteria)
        self.assertEqual(len(found), SERVER.findings)


def whole():
    """What only all tests together can say."""
    problems = sorted({problem for _, found in WATCHED for problem in found})
    answered = {name for names, _ in WATCHED for name in names}
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^### (\w+)$", page, re.M))
    problems += [f"{name} was never answered" for name in sorted(documented - answered)]
    return problems


if __name__ == "__main__":
    with Server(sys.argv.pop(1)) as SERVER:
        program = unittest.main(exit=False, verbosity=1)
        failed = not program.result.wasSuccessful()
        if len(sys.argv) == 1:
            problems = whole()
            print("\n".join(problems))
            failed = failed or bool(problems)
        if failed:
            print(SERVER.log()[-4000:])
    sys.exit(1 if failed else 0)
