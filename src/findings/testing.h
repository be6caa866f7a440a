// One resource and one finding of each kind, with every member set, for tests.
#pragma once

#include "findings/finding.h"

namespace vigil::findings::testing {

inline Resource instance() {
  Resource resource;
  resource.id = "i-0123456789abcdef0";
  resource.account = "123456789012";
  resource.region = "us-east-1";
  resource.platform = "DEBIAN_12";
  resource.name = "web-1";
  resource.ipv4 = {"10.0.0.5", "203.0.113.9"};
  resource.ipv6 = {"2001:db8::5"};
  resource.tags = {{"team", "blue"}, {"vigil:kind", "host"}};
  resource.instance = InstanceDetails{"t3.micro",
                                      "ami-1",
                                      "key",
                                      "arn:aws:iam::123456789012:instance-profile/web",
                                      "vpc-1",
                                      "subnet-1",
                                      {"sg-1", "sg-2"},
                                      1'700'000'000};
  return resource;
}

inline Resource image() {
  Resource resource;
  resource.type = "AWS_ECR_CONTAINER_IMAGE";
  resource.account = "123456789012";
  resource.region = "us-east-1";
  resource.platform = "ALPINE_LINUX_3_21";
  ImageDetails image;
  image.repository = "library/nginx";
  image.registry = "docker.io";
  image.digest = "sha256:" + std::string(64, 'a');
  image.architecture = "amd64";
  image.author = "somebody";
  image.tags = {"latest", "1.27"};
  image.pushed = 1'700'000'000;
  image.last_in_use = 1'700'000'100;
  image.in_use_count = 0;
  resource.id = "arn:aws:ecr:us-east-1:123456789012:repository/library/nginx/" + image.digest;
  resource.image = image;
  return resource;
}

inline Resource function() {
  Resource resource;
  resource.type = "AWS_LAMBDA_FUNCTION";
  resource.id = "arn:aws:lambda:us-east-1:123456789012:function:resize:$LATEST";
  resource.account = "123456789012";
  resource.region = "us-east-1";
  resource.organisation = "o-abcdefghij";
  FunctionDetails function;
  function.name = "resize";
  function.runtime = "PYTHON_3_11";
  function.code_digest = "c29tZXRoaW5n";
  function.role_arn = "arn:aws:iam::123456789012:role/resize";
  function.layers = {"arn:aws:lambda:us-east-1:123456789012:layer:pillow:3"};
  function.vpc_id = "vpc-1";
  function.subnet_ids = {"subnet-1"};
  function.security_group_ids = {"sg-1"};
  function.package_type = "ZIP";
  function.architectures = {"ARM64"};
  function.last_modified = 1'700'000'000;
  resource.function = function;
  return resource;
}

inline Resource repository() {
  Resource resource;
  resource.type = "CODE_REPOSITORY";
  resource.id =
      "arn:aws:inspector2:us-east-1:123456789012:codesecurity-integration/"
      "00000000-0000-4000-8000-000000000000/project-00000000-0000-4000-8000-000000000001";
  resource.account = "123456789012";
  resource.region = "us-east-1";
  resource.repository =
      RepositoryDetails{"shop/backend",
                        "arn:aws:inspector2:us-east-1:123456789012:codesecurity-integration/"
                        "00000000-0000-4000-8000-000000000000",
                        "GITHUB"};
  return resource;
}

inline AffectedPackage affected(std::string name, std::string version, std::string fixed) {
  AffectedPackage affected;
  affected.package.ecosystem = "Debian:12";
  affected.package.name = std::move(name);
  affected.package.version = std::move(version);
  affected.package.architecture = "amd64";
  affected.package.manager = "OS";
  affected.package.package_url = "pkg:deb/debian/" + affected.package.name;
  affected.package.locations = {{"/var/lib/dpkg/status", 1}};
  affected.fixed_version = std::move(fixed);
  return affected;
}

/// CVE-2024-6119 in two packages of Debian, known exploited, with an adjusted score.
inline Finding vulnerable_package() {
  Finding finding;
  finding.arn =
      "arn:aws:inspector2:us-east-1:123456789012:finding/0123456789abcdef0123456789abcdef";
  finding.title = "CVE-2024-6119 - libssl3, openssl";
  finding.description = "A name check reads \"too far\".\nIt may crash.";
  finding.severity = model::Severity::High;
  finding.score.severity = model::Severity::High;
  finding.score.score = 7.5;
  finding.score.base_score = 7.5;
  finding.score.base_vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";
  finding.score.base_source = "NVD";
  finding.score.base_version = "3.1";
  finding.score.adjusted_vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/MAC:H";
  finding.score.adjustments = {{"MAC", "L", "H", "nothing runs it"}};
  finding.score.floor = score::AppliedFloor{7.5, "exploited and exposed"};
  model::Vulnerability& vulnerability = finding.vulnerability;
  vulnerability.id = "CVE-2024-6119";
  vulnerability.aliases = {"GHSA-1", "GHSA-2"};
  vulnerability.description = finding.description;
  vulnerability.source_url = "https://nvd.nist.gov/vuln/detail/CVE-2024-6119";
  vulnerability.cvss = {
      {"4.0", "CVSS:4.0/AV:N", 8.7, "OPENSSL", model::CvssOrigin::Cna},
      {"3.1", "CVSS:3.1/AV:L", 5.5, "REDHAT_CVE", model::CvssOrigin::Vendor},
      {"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, "NVD", model::CvssOrigin::Nvd}};
  vulnerability.vendor_severities = {{"DEBIAN_CVE", "not yet assigned"}};
  vulnerability.cwes = {"CWE-843"};
  vulnerability.references = {"https://openssl.org/a", "https://openssl.org/b"};
  vulnerability.published = 1'725'379'200;
  vulnerability.modified = 1'725'465'600;
  vulnerability.epss = model::Epss{0.25, 0.9, "2026-11-20"};
  vulnerability.known_exploited = model::KnownExploited{"2024-10-01", "2024-10-22", "Patch.", true};
  vulnerability.exploits = {{"Metasploit", "exploit/x", "2024-09-20"},
                            {"Exploit-DB", "1", "2024-11-05"},
                            {"Exploit-DB", "2", ""}};
  finding.source = "DEBIAN_CVE";
  finding.source_url = "https://security-tracker.debian.org/tracker/CVE-2024-6119";
  finding.vendor_severity = "not yet assigned";
  finding.packages = {affected("libssl3", "3.0.14-1~deb12u1", "3.0.14-1~deb12u2"),
                      affected("openssl", "1:3.0.14-1~deb12u1", "")};
  finding.packages[0].remediation = "apt-get update && apt-get install --only-upgrade libssl3";
  finding.fix = FixAvailable::Partial;
  finding.exploit_available = true;
  finding.first_observed = 1'795'000'000;
  finding.last_observed = 1'795'392'000;
  return finding;
}

/// Port 22 of the instance, from the internet.
inline Finding open_port() {
  Finding finding;
  finding.arn =
      "arn:aws:inspector2:us-east-1:123456789012:finding/0123456789abcdef1123456789abcdef";
  finding.title = "Port 22 is reachable from an Internet Gateway - TCP";
  finding.description =
      "On the instance i-0123456789abcdef0, the port range 22-22 is reachable from the "
      "InternetGateway igw-1 from an attached ENI eni-1.";
  finding.severity = model::Severity::Medium;
  finding.recommendation =
      "You can restrict access to your instance by modifying the Security Groups or ACLs in the "
      "network path.";
  OpenPorts ports;
  ports.begin = ports.end = 22;
  ports.path = {{"igw-1", "AWS::EC2::InternetGateway",
                 "arn:aws:ec2:us-east-1:123456789012:internet-gateway/igw-1"},
                {"sg-1", "AWS::EC2::SecurityGroup", ""},
                {"i-0123456789abcdef0", "AWS::EC2::Instance", ""}};
  finding.ports = ports;
  finding.first_observed = 1'795'000'000;
  finding.last_observed = 1'795'392'000;
  return finding;
}

inline Finding code_flaw() {
  Finding finding;
  finding.arn =
      "arn:aws:inspector2:us-east-1:123456789012:finding/0123456789abcdef2123456789abcdef";
  finding.title = "CWE-798 - Hardcoded credentials";
  finding.description = "Credentials stand in the code.";
  finding.severity = model::Severity::Critical;
  finding.recommendation = "Keep them in a secret store.";
  finding.recommendation_url = "https://example.org/secrets";
  finding.fix = FixAvailable::Yes;
  CodeFlaw flaw;
  flaw.file_path = "src/app/login.py";
  flaw.begin_line = 10;
  flaw.end_line = 12;
  flaw.detector_id = "python/hardcoded-credentials@v1.0";
  flaw.detector_name = "Hardcoded credentials";
  flaw.rule_id = "python-detect-hardcoded-aws-credentials";
  flaw.detector_tags = {"security", "secrets"};
  flaw.cwes = {"CWE-798"};
  flaw.references = {"https://example.org/798"};
  flaw.lambda_layer = "arn:aws:lambda:us-east-1:123456789012:layer:l:1";
  finding.flaw = flaw;
  finding.first_observed = 1'795'000'000;
  finding.last_observed = 1'795'392'000;
  return finding;
}

}  // namespace vigil::findings::testing
