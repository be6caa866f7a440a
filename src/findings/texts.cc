#include "findings/texts.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace vigil::findings {
namespace {

constexpr std::size_t kDescriptionCharacters = 1024;
constexpr std::size_t kTitleCharacters = 1024;

bool is_of_system(const model::Package& package) {
  return package.manager == "OS";
}

std::string_view purl_type(const model::Package& package) {
  std::string_view rest = package.package_url;
  if (!rest.starts_with("pkg:")) return {};
  rest.remove_prefix(4);
  return rest.substr(0, rest.find('/'));
}

/// "2:1.2-3" -> epoch 2; the rest stays in `version`.
int take_epoch(std::string_view& version) {
  const std::size_t colon = version.find(':');
  if (colon == std::string_view::npos) return 0;
  const auto epoch = base::parse_unsigned(version.substr(0, colon));
  if (!epoch || *epoch > 1'000'000) return 0;
  version.remove_prefix(colon + 1);
  return static_cast<int>(*epoch);
}

/// What an image or a directory calls a package may be anything; what stands in a command that people
/// paste into a root shell must be one word of it, and no option. Debian Policy 5.6.1, RPM and apk
/// names need no more characters.
bool is_safe_argument(std::string_view name) {
  return !name.empty() && base::is_alnum(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return base::is_alnum(c) || std::string_view("+-._:").find(c) != std::string_view::npos;
         });
}

}  // namespace

std::string title(std::string_view vulnerability, const std::vector<std::string>& packages) {
  std::string text(vulnerability);
  text += " - ";
  for (std::size_t i = 0; i < packages.size() && i < 2; ++i) {
    if (i != 0) text += ", ";
    text += packages[i];
  }
  if (packages.size() > 2) text += " and " + std::to_string(packages.size() - 2) + " more";
  return shortened(text, kTitleCharacters);
}

std::string shortened(std::string_view text, std::size_t characters) {
  std::string whole = base::printable(text);
  std::size_t seen = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    const bool continues = (static_cast<unsigned char>(whole[at]) & 0xC0U) == 0x80U;
    if (!continues && seen++ == characters) return whole.substr(0, at);
  }
  return whole;
}

std::string description(std::string_view text) {
  text = base::trim(text);
  return text.empty() ? "None Provided" : shortened(text, kDescriptionCharacters);
}

std::string platform(std::string_view id, std::string_view version) {
  struct Name {
    std::string_view id;
    std::string_view platform;
    std::size_t parts;  ///< of the version that are part of the name
  };
  constexpr std::array kNames = {
      Name{"debian", "DEBIAN", 1},        Name{"ubuntu", "UBUNTU", 2},
      Name{"alpine", "ALPINE_LINUX", 2},  Name{"amzn", "AMAZON_LINUX", 1},
      Name{"rhel", "REDHAT", 1},          Name{"rocky", "ROCKY_LINUX", 1},
      Name{"almalinux", "ALMA_LINUX", 1}, Name{"ol", "ORACLE_LINUX", 1},
      Name{"fedora", "FEDORA", 1},        Name{"sles", "SUSE_SERVER", 2},
  };
  if (id.empty()) return "OTHER";
  std::string name;
  std::size_t parts = 2;
  for (const Name& known : kNames) {
    if (known.id != id) continue;
    name = known.platform;
    parts = known.parts;
  }
  if (name.empty()) name = base::upper(id);
  const auto numbers = base::split(version, '.');
  for (std::size_t i = 0; i < numbers.size() && i < parts && !numbers[i].empty(); ++i) {
    name += "_";
    name += numbers[i];
  }
  for (char& c : name) {
    if (!base::is_alnum(c)) c = '_';
  }
  return name;
}

std::string remediation(const model::Package& package) {
  if (!is_of_system(package) || !is_safe_argument(package.name)) return {};
  const std::string_view type = purl_type(package);
  if (type == "deb") return "apt-get update && apt-get install --only-upgrade " + package.name;
  if (type == "apk") return "apk update && apk upgrade " + package.name;
  if (type == "rpm") return "dnf upgrade " + package.name;
  return {};
}

std::string fixed_in_version(const model::Package& package, std::string_view fixed_version) {
  if (fixed_version.empty()) return "NotAvailable";
  const std::string_view type = purl_type(package);
  if (!is_of_system(package) || (type != "deb" && type != "rpm")) return std::string(fixed_version);
  const bool has_epoch = fixed_version.find(':') != std::string_view::npos;
  std::string text = has_epoch ? std::string(fixed_version) : "0:" + std::string(fixed_version);
  if (type == "rpm" && !package.architecture.empty())
    text += "." + architecture_name(package.architecture);
  return text;
}

VersionParts split_version(const model::Package& package) {
  std::string_view rest = package.version;
  VersionParts parts;
  if (!is_of_system(package)) return {0, std::string(rest), {}};
  parts.epoch = take_epoch(rest);
  const std::string_view type = purl_type(package);
  const std::size_t dash = type == "apk" ? rest.rfind("-r") : rest.rfind('-');
  parts.version = rest.substr(0, dash);
  if (dash != std::string_view::npos) parts.release = rest.substr(dash + 1);
  return parts;
}

std::string architecture_name(std::string_view architecture) {
  if (architecture == "aarch64") return "ARM64";
  return base::upper(architecture);
}

Source source_of(std::string_view ecosystem, std::string_view vulnerability) {
  const std::string id(vulnerability);
  const std::string_view family = ecosystem.substr(0, ecosystem.find(':'));
  const bool is_cve = vulnerability.starts_with("CVE-");
  if (family == "Debian")
    return {"DEBIAN_CVE", "https://security-tracker.debian.org/tracker/" + id};
  if (family == "Ubuntu") return {"UBUNTU_CVE", "https://ubuntu.com/security/" + id};
  if (family == "Alpine") return {"ALPINE_CVE", "https://security.alpinelinux.org/vuln/" + id};
  if (family == "Red Hat") return {"REDHAT_CVE", "https://access.redhat.com/security/cve/" + id};
  if (family == "Amazon Linux")
    return {"AMAZON_CVE", "https://alas.aws.amazon.com/cve/html/" + id + ".html"};
  if (vulnerability.starts_with("GHSA-")) return {"GITHUB", "https://github.com/advisories/" + id};
  if (is_cve) return {"NVD", "https://nvd.nist.gov/vuln/detail/" + id};
  return {"OSV", "https://osv.dev/vulnerability/" + id};
}

}  // namespace vigil::findings
