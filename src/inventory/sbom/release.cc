#include "inventory/sbom/release.h"

#include <algorithm>

#include "base/text.h"
#include "inventory/operating_system.h"
#include "model/ecosystem.h"

namespace vigil::inventory {
namespace {

struct Name {
  std::string_view written;
  std::string_view id;
};
/// How purl namespaces, `distro` qualifiers and components call what os-release(5) calls `id`. What
/// is not here is called by its id.
constexpr Name kNames[] = {
    {"alma", "almalinux"},
    {"almalinux os", "almalinux"},
    {"alpine linux", "alpine"},
    {"amazon", "amzn"},
    {"amazon linux", "amzn"},
    {"amazon linux ami", "amzn"},
    {"amazonlinux", "amzn"},
    {"arch linux", "arch"},
    {"azure linux", "azurelinux"},
    {"cbl-mariner", "mariner"},
    {"centos linux", "centos"},
    {"common base linux mariner", "mariner"},
    {"debian gnu/linux", "debian"},
    {"el", "rhel"},
    {"fedora linux", "fedora"},
    {"opensuse", "opensuse-leap"},
    {"opensuse leap", "opensuse-leap"},
    {"opensuse.leap", "opensuse-leap"},
    {"opensuse tumbleweed", "opensuse-tumbleweed"},
    {"opensuse.tumbleweed", "opensuse-tumbleweed"},
    {"oracle", "ol"},
    {"oracle linux", "ol"},
    {"oracle linux server", "ol"},
    {"oraclelinux", "ol"},
    {"red hat enterprise linux", "rhel"},
    {"redhat", "rhel"},
    {"rocky linux", "rocky"},
    {"rockylinux", "rocky"},
    {"suse", "sles"},
    {"suse linux enterprise server", "sles"},
    {"vmware photon os", "photon"},
};

std::string id_of(std::string_view written) {
  const std::string lower = base::lower(base::trim(written));
  for (const Name& name : kNames) {
    if (name.written == lower) return std::string(name.id);
  }
  return lower;
}

bool is_rolling(std::string_view id, std::string_view release) {
  if (id == "debian") return release == "sid" || release == "unstable" || release == "testing";
  return id == "alpine" && release == "edge";
}

/// `release` is a version, or a codename.
OperatingSystem system(std::string id, std::string_view release) {
  OperatingSystem os;
  os.id = std::move(id);
  if (os.id == "opensuse-leap" && release == "tumbleweed") os.id = "opensuse-tumbleweed";
  // "12 (bookworm)", "v3.21"
  release = release.substr(0, release.find(' '));
  if (os.id == "alpine" && release.starts_with('v')) release.remove_prefix(1);
  if (!release.empty() && base::is_digit(release.front())) {
    os.version = release;
  } else if (is_rolling(os.id, release)) {
    os.codename = release;
    os.rolling = true;
  } else {
    os.codename = release;
    os.version = version_of_codename(os.id, release);
  }
  os.ecosystem = ecosystem_of(os.id, os.version, os.rolling);
  return os;
}

}  // namespace

OperatingSystem system_of_component(std::string_view name, std::string_view version) {
  const bool is_stream = base::lower(name).find("stream") != std::string::npos;
  OperatingSystem os = system(is_stream ? "centos" : id_of(name), base::lower(version));
  os.name = name;
  if (!version.empty()) os.name += " " + std::string(version);
  // CentOS Stream runs ahead of Red Hat's versions; nobody's advisories speak of it.
  if (is_stream) os.ecosystem.clear();
  return os;
}

OperatingSystem system_of_purl(const model::PackageUrl& purl) {
  const std::string distro = base::lower(purl.qualifier("distro"));
  // The release is what follows the last dash, or begins with the first digit: "opensuse-leap-15.5",
  // "el9"; without either the whole, where it is not the distribution's name alone.
  const std::size_t dash = distro.rfind('-');
  const auto digit = static_cast<std::size_t>(
      std::find_if(distro.begin(), distro.end(), base::is_digit) - distro.begin());
  std::size_t begin = dash == std::string::npos ? std::min(digit, distro.size()) : dash + 1;
  if (begin == distro.size()) begin = 0;
  std::string_view name = std::string_view(distro).substr(0, begin);
  while (name.ends_with('-')) name.remove_suffix(1);
  if (name == "v") name = {};
  const std::string_view release = std::string_view(distro).substr(begin);
  const std::string id = id_of(name.empty() ? std::string_view(purl.name_space) : name);
  OperatingSystem os = system(id, release);
  if (os.ecosystem.empty()) os = system(id_of(distro), {});
  return os;
}

std::string release_ecosystem(const model::PackageUrl& purl, const OperatingSystem& os) {
  const OperatingSystem own = system_of_purl(purl);
  if (!own.ecosystem.empty()) return own.ecosystem;
  const bool of_type = model::purl_type_of_ecosystem(os.ecosystem) == purl.type;
  if (purl.name_space.empty()) return of_type ? os.ecosystem : std::string();
  const std::string_view family = model::ecosystem_of_purl(purl);
  const bool same_family = !family.empty() && family == model::split_ecosystem(os.ecosystem).family;
  return same_family || id_of(purl.name_space) == os.id ? os.ecosystem : std::string();
}

}  // namespace vigil::inventory
