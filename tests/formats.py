"""Rules that a report of each format must keep, whatever it says.

Sources: the Inspector2 service model (Finding: required members, enumerations, bounds), SARIF 2.1.0
(OASIS), CycloneDX 1.5 (cyclonedx.org). Written from the documents, not from our own writers.
"""
import csv
import io
import json
import re

SEVERITIES = {"INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL", "UNTRIAGED"}
MANAGERS = set("BUNDLER CARGO COMPOSER NPM NUGET PIPENV POETRY YARN GOBINARY GOMOD JAR OS PIP PYTHONPKG "
               "NODEPKG POM GEMSPEC DOTNET_CORE".split())
RESOURCES = {"AWS_EC2_INSTANCE", "AWS_ECR_CONTAINER_IMAGE", "AWS_ECR_REPOSITORY", "AWS_LAMBDA_FUNCTION",
             "CODE_REPOSITORY"}
BANDS = [(9.0, "CRITICAL"), (7.0, "HIGH"), (4.0, "MEDIUM"), (0.1, "LOW"), (0.0, "INFORMATIONAL")]


def members(problems, where, value, required, optional=()):
    if not isinstance(value, dict):
        problems.append(f"{where}: not an object")
        return {}
    problems += [f"{where}: no {name}" for name in required if name not in value]
    problems += [f"{where}: unknown member {name}" for name in value if name not in {*required, *optional}]
    return value


def text(problems, where, value, least, most, pattern=None):
    if not isinstance(value, str) or not least <= len(value) <= most:
        problems.append(f"{where}: not a text of {least}..{most} characters: {value!r}")
    elif pattern and not re.fullmatch(pattern, value):
        problems.append(f"{where}: {value!r} is not {pattern}")


def one_of(problems, where, value, allowed):
    if value not in allowed:
        problems.append(f"{where}: {value!r} is none of {sorted(allowed)}")


def finding(value):
    problems = []
    members(problems, "finding", value,
            ["findingArn", "awsAccountId", "type", "description", "remediation", "severity", "firstObservedAt",
             "lastObservedAt", "status", "resources"],
            ["title", "updatedAt", "inspectorScore", "inspectorScoreDetails", "packageVulnerabilityDetails",
             "fixAvailable", "exploitAvailable", "exploitabilityDetails", "epss"])
    if problems:
        return problems
    text(problems, "findingArn", value["findingArn"], 1, 100,
         r"arn:(aws[a-zA-Z-]*)?:inspector2:[a-z]{2}(-gov)?-[a-z]+-\d:\d{12}:finding/[a-f0-9]{32}")
    text(problems, "awsAccountId", value["awsAccountId"], 12, 12, r"\d{12}")
    one_of(problems, "type", value["type"], {"PACKAGE_VULNERABILITY"})
    text(problems, "description", value["description"], 1, 1024)
    text(problems, "title", value.get("title"), 1, 1024)
    one_of(problems, "severity", value["severity"], SEVERITIES)
    one_of(problems, "status", value["status"], {"ACTIVE", "SUPPRESSED", "CLOSED"})
    one_of(problems, "fixAvailable", value.get("fixAvailable"), {"YES", "NO", "PARTIAL"})
    one_of(problems, "exploitAvailable", value.get("exploitAvailable"), {"YES", "NO"})
    if not value["firstObservedAt"] <= value["lastObservedAt"]:
        problems.append("observed last before first")
    if not 1 <= len(value["resources"]) <= 10:
        problems.append("resources: not 1 to 10")
    for resource in value["resources"]:
        members(problems, "resource", resource, ["type", "id"],
                ["partition", "region", "tags", "details", "provider", "providerAccountId", "providerOrgId"])
        one_of(problems, "resource.type", resource.get("type"), RESOURCES)
    if "inspectorScore" in value:
        score = value["inspectorScore"]
        band = next(name for least, name in BANDS if score >= least)
        if value["severity"] != band:
            problems.append(f"severity {value['severity']} at a score of {score}")
        adjusted = value["inspectorScoreDetails"]["adjustedCvss"]
        members(problems, "adjustedCvss", adjusted,
                ["scoreSource", "version", "score", "scoringVector"], ["cvssSource", "adjustments"])
        for change in adjusted.get("adjustments", []):
            members(problems, "adjustment", change, ["metric", "reason"])
    if not 0 <= value.get("epss", {}).get("score", 0) <= 1:
        problems.append("epss.score is not 0..1")
    details = members(problems, "details", value.get("packageVulnerabilityDetails"),
                      ["vulnerabilityId", "source"],
                      ["vulnerablePackages", "cvss", "relatedVulnerabilities", "sourceUrl", "vendorSeverity",
                       "vendorCreatedAt", "vendorUpdatedAt", "referenceUrls"])
    text(problems, "vulnerabilityId", details.get("vulnerabilityId"), 1, 128)
    for rating in details.get("cvss", []):
        members(problems, "cvss", rating, ["baseScore", "scoringVector", "version", "source"])
    if not details.get("vulnerablePackages"):
        problems.append("no package")
    for package in details.get("vulnerablePackages", []):
        members(problems, "package", package, ["name", "version"],
                ["sourceLayerHash", "epoch", "release", "arch", "packageManager", "filePath", "fixedInVersion",
                 "remediation", "sourceLambdaLayerArn"])
        one_of(problems, "packageManager", package.get("packageManager"), MANAGERS)
        text(problems, "arch", package.get("arch", "X"), 1, 64, "[A-Z0-9_]+")
        text(problems, "fixedInVersion", package.get("fixedInVersion"), 1, 1024)
    return problems


def inspector(document):
    if not isinstance(document, list):
        return ["not an array"]
    problems = [problem for value in document for problem in finding(value)]
    arns = [value["findingArn"] for value in document]
    if len(arns) != len(set(arns)):
        problems.append("two findings have one ARN")
    return problems


def sarif(document):
    problems = []
    if document.get("version") != "2.1.0":
        problems.append("version is not 2.1.0")
    for run in document["runs"]:
        driver = run["tool"]["driver"]
        rules = driver.get("rules", [])
        ids = [rule["id"] for rule in rules]
        if len(ids) != len(set(ids)):
            problems.append("a rule stands twice")
        for rule in rules:
            score = rule.get("properties", {}).get("security-severity")
            if score is not None and not (isinstance(score, str) and 0 <= float(score) <= 10):
                problems.append(f"security-severity {score!r}")
        for result in run["results"]:
            one_of(problems, "level", result["level"], {"none", "note", "warning", "error"})
            if not result["message"].get("text"):
                problems.append("a result without message")
            if ids[result["ruleIndex"]] != result["ruleId"]:
                problems.append("ruleIndex points to another rule")
            for location in result["locations"]:
                uri = location["physicalLocation"]["artifactLocation"]["uri"]
                text(problems, "uri", uri, 1, 4096, r"(?!/)[A-Za-z0-9\-._~!$&'()*+,;=:@/%]+")
    return problems


def cyclonedx(document):
    problems = []
    members(problems, "bom", document, ["$schema", "bomFormat", "specVersion", "serialNumber", "version"],
            ["metadata", "components", "dependencies", "vulnerabilities"])
    text(problems, "serialNumber", document["serialNumber"], 45, 45,
         "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
    references = [document["metadata"]["component"]["bom-ref"]]
    for component in document["components"]:
        members(problems, "component", component, ["type", "name"],
                ["bom-ref", "version", "description", "scope", "licenses", "cpe", "purl", "properties"])
        one_of(problems, "component.scope", component.get("scope", "required"), {"required", "optional", "excluded"})
        one_of(problems, "component.type", component["type"],
               {"application", "framework", "library", "container", "platform", "operating-system", "device",
                "device-driver", "firmware", "file", "machine-learning-model", "data"})
        text(problems, "purl", component.get("purl", "pkg:a/b"), 1, 4096, r"pkg:[a-z0-9.+-]+/\S+")
        references.append(component["bom-ref"])
    for dependency in document.get("dependencies", []):
        for reference in [dependency["ref"], *dependency["dependsOn"]]:
            one_of(problems, "dependency", reference, references)
    for vulnerability in document.get("vulnerabilities", []):
        members(problems, "vulnerability", vulnerability, ["id"],
                ["bom-ref", "source", "ratings", "cwes", "description", "advisories", "published", "updated",
                 "affects", "properties"])
        references.append(vulnerability["bom-ref"])
        for rating in vulnerability["ratings"]:
            one_of(problems, "rating.severity", rating["severity"],
                   {"critical", "high", "medium", "low", "info", "none", "unknown"})
            one_of(problems, "rating.method", rating["method"],
                   {"CVSSv2", "CVSSv3", "CVSSv31", "CVSSv4", "OWASP", "SSVC", "other"})
        if not all(isinstance(cwe, int) and cwe > 0 for cwe in vulnerability["cwes"]):
            problems.append("a CWE is no number")
        for advisory in vulnerability.get("advisories", []):
            text(problems, "advisory", advisory["url"], 1, 4096, r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
        for affected in vulnerability["affects"]:
            if affected["ref"] not in references:
                problems.append(f"affects {affected['ref']}, which is no component")
    if len(references) != len(set(references)):
        problems.append("a bom-ref stands twice")
    return problems


def spdx(document):
    """SPDX 2.3, clauses 6 to 11."""
    problems = []
    members(problems, "document", document,
            ["spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"],
            ["packages", "hasExtractedLicensingInfos", "relationships"])
    one_of(problems, "dataLicense", document["dataLicense"], {"CC0-1.0"})
    text(problems, "created", document["creationInfo"]["created"], 20, 20, r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    ids = ["SPDXRef-DOCUMENT"]
    licenses = {info["licenseId"] for info in document.get("hasExtractedLicensingInfos", [])}
    for package in document["packages"]:
        members(problems, "package", package, ["SPDXID", "name", "downloadLocation"],
                ["versionInfo", "filesAnalyzed", "supplier", "primaryPackagePurpose", "summary", "licenseConcluded",
                 "licenseDeclared", "copyrightText", "sourceInfo", "externalRefs", "annotations"])
        text(problems, "SPDXID", package["SPDXID"], 9, 200, r"SPDXRef-[A-Za-z0-9.-]+")
        ids.append(package["SPDXID"])
        declared = package.get("licenseDeclared", "NOASSERTION")
        if declared.startswith("LicenseRef-") and declared not in licenses:
            problems.append(f"the text of {declared} is missing")
        for reference in package.get("externalRefs", []):
            one_of(problems, "referenceType", (reference["referenceCategory"], reference["referenceType"]),
                   {("PACKAGE-MANAGER", "purl"), ("SECURITY", "cpe23Type")})
        for annotation in package.get("annotations", []):
            members(problems, "annotation", annotation, ["annotationDate", "annotationType", "annotator", "comment"])
    if len(ids) != len(set(ids)):
        problems.append("an SPDXID stands twice")
    for relation in document["relationships"]:
        one_of(problems, "relationshipType", relation["relationshipType"], {"DESCRIBES", "CONTAINS", "DEPENDS_ON"})
        one_of(problems, "element", relation["spdxElementId"], set(ids))
        one_of(problems, "element", relation["relatedSpdxElement"], set(ids))
    if sum(r["relationshipType"] == "DESCRIBES" for r in document["relationships"]) != 1:
        problems.append("the document does not describe one thing")
    return problems


def table(output):
    rows = list(csv.reader(io.StringIO(output, newline=""), strict=True))
    problems = [f"line {number} has {len(row)} cells" for number, row in enumerate(rows, 1) if len(row) != 52]
    problems += [f"a formula: {cell!r}" for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]
    if "\n" in output.replace("\r\n", ""):
        problems.append("a line does not end in CR LF")
    return problems


def check(name, output):
    """The problems of a report; which format it is, the file's name says."""
    if name.endswith(".cdx.json"):
        return cyclonedx(json.loads(output))
    if name.endswith(".spdx.json"):
        return spdx(json.loads(output))
    if name.endswith(".json"):
        return inspector(json.loads(output))
    if name.endswith(".sarif"):
        return sarif(json.loads(output))
    if name.endswith(".csv"):
        return table(output)
    return []
