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
  subject.name = model::normal_name(subject.ecosystem, subject.name);
  return subject;
}

}  // namespace vigil::match
