#include "match/subject.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "model/ecosystem.h"
#include "model/package_name.h"
#include "version/scheme.h"

namespace vigil::match {
namespace {

bool speaks_of_sources(std::string_view scheme) {
  return scheme == "deb" || scheme == "apk";
}

/// A tag of one or two numbers moves on with the releases: it is the newest one of its line.
std::string newest_of_line(std::string_view tag) {
  constexpr std::string_view kAboveAll = ".4294967295";
  std::string_view numbers = tag;
  if (numbers.starts_with('v')) numbers.remove_prefix(1);
  const auto parts = base::split(numbers, '.');
  const bool is_line =
      parts.size() < 3 && std::ranges::all_of(
                              parts,
                              [](std::string_view part) {
                                return !part.empty() && std::ranges::all_of(part, base::is_digit);
                              });
  std::string version(numbers);
  for (std::size_t i = parts.size(); is_line && i < 3; ++i) version += kAboveAll;
  return version;
}

/// How the version of a language's package is written where advisories are compared with it.
std::string comparable_version(std::string_view family, std::string_view version) {
  version = base::trim(version);
  // PEP 440: a local version is the public one with somebody's changes; specifiers ignore it.
  if (family == "PyPI") return std::string(version.substr(0, version.find('+')));
  // What follows the hyphen is the platform a gem was built for.
  if (family == "RubyGems") return std::string(version.substr(0, version.find('-')));
  if (family == "GitHub Actions") return newest_of_line(version);
  return std::string(version);
}

/// "linux-signed-amd64" -> "linux", "linux-signed-hwe-6.5" -> "linux-hwe-6.5",
/// "linux-signed" -> "linux"; empty for any other source.
std::string unsigned_kernel_source(std::string_view source) {
  constexpr std::string_view kSigned = "linux-signed";
  if (!source.starts_with(kSigned)) return {};
  std::string_view rest = source.substr(kSigned.size());
  if (!rest.empty() && rest.front() != '-') return {};
  // Debian names the architecture it signs for, Ubuntu the flavour.
  constexpr std::array<std::string_view, 3> kArchitectures = {"-amd64", "-arm64", "-i386"};
  for (const std::string_view architecture : kArchitectures) {
    if (rest.ends_with(architecture)) rest.remove_suffix(architecture.size());
  }
  return "linux" + std::string(rest);
}

}  // namespace

bool is_distribution(std::string_view ecosystem) {
  return !model::purl_namespace_of_ecosystem(ecosystem).empty();
}

bool is_kernel_source(std::string_view source) {
  if (source == "linux") return true;
  if (!source.starts_with("linux-")) return false;
  const std::string_view flavour = source.substr(6);
  // Ubuntu's flavours (kernel.ubuntu.com/reports/kernel-stable-board), Debian's version suffix.
  constexpr std::array<std::string_view, 21> kFlavours = {
      "hwe",       "aws",    "azure",      "gcp",      "gke",      "oracle", "ibm",
      "kvm",       "oem",    "lowlatency", "raspi",    "riscv",    "nvidia", "intel",
      "bluefield", "xilinx", "fips",       "realtime", "starfive", "laptop", "allwinner"};
  return base::is_digit(flavour.empty() ? 'x' : flavour.front()) ||
         std::any_of(kFlavours.begin(), kFlavours.end(),
                     [&](std::string_view known) { return flavour.starts_with(known); });
}

Subject subject_of(const model::Package& package) {
  const version::Scheme* scheme = version::scheme_of_ecosystem(package.ecosystem);
  Subject subject{package.ecosystem, package.name, package.version};
  if (scheme != nullptr && speaks_of_sources(scheme->name)) {
    if (!package.source_name.empty()) subject.name = package.source_name;
    if (!package.source_version.empty()) subject.version = package.source_version;
    if (std::string plain = unsigned_kernel_source(subject.name); !plain.empty()) {
      subject.name = std::move(plain);
      subject.version = package.version;
    }
  }
  if (!is_distribution(subject.ecosystem)) {
    const std::string_view family = model::split_ecosystem(subject.ecosystem).family;
    subject.version = comparable_version(family, subject.version);
  }
  subject.name = model::normal_name(subject.ecosystem, subject.name);
  return subject;
}

}  // namespace vigil::match
