#include "model/ecosystem.h"

#include "base/text.h"

namespace vigil::model {
namespace {

/// One way a family is written as a purl. The first row of a family is the one Vigil writes; the
/// first row of a type without namespace holds for every namespace.
struct Row {
  std::string_view family;
  std::string_view type;
  std::string_view name_space;  ///< of distributions; empty: any
};
constexpr Row kRows[] = {
    {"Alpaquita", "apk", "alpaquita"},
    {"Alpine", "apk", "alpine"},
    {"AlmaLinux", "rpm", "almalinux"},
    {"AlmaLinux", "rpm", "alma"},
    {"Amazon Linux", "rpm", "amzn"},
    {"Amazon Linux", "rpm", "amazon"},
    {"Arch Linux", "alpm", "arch"},
    {"Azure Linux", "rpm", "azurelinux"},
    {"Azure Linux", "rpm", "mariner"},
    {"Bitnami", "bitnami", ""},
    {"Chainguard", "apk", "chainguard"},
    {"CRAN", "cran", ""},
    {"ConanCenter", "conan", ""},
    {"Debian", "deb", "debian"},
    {"Echo", "deb", "echo"},
    {"GitHub Actions", "githubactions", ""},
    {"GitHub Actions", "github", ""},
    {"Go", "golang", ""},
    {"Hackage", "hackage", ""},
    {"Hex", "hex", ""},
    {"Julia", "julia", ""},
    {"Mageia", "rpm", "mageia"},
    {"Maven", "maven", ""},
    {"MinimOS", "apk", "minimos"},
    {"NuGet", "nuget", ""},
    {"Oracle Linux", "rpm", "oracle"},
    {"Oracle Linux", "rpm", "ol"},
    {"Packagist", "composer", ""},
    {"Photon OS", "rpm", "photon"},
    {"Pub", "pub", ""},
    {"PyPI", "pypi", ""},
    {"Red Hat", "rpm", "redhat"},
    {"Red Hat", "rpm", "rhel"},
    {"Rocky Linux", "rpm", "rocky"},
    {"Rocky Linux", "rpm", "rockylinux"},
    {"RubyGems", "gem", ""},
    {"SUSE", "rpm", "suse"},
    {"SUSE", "rpm", "sles"},
    {"SwiftURL", "swift", ""},
    {"Ubuntu", "deb", "ubuntu"},
    {"VSCode", "vscode-extension", ""},
    {"Wolfi", "apk", "wolfi"},
    {"crates.io", "cargo", ""},
    {"npm", "npm", ""},
    {"opam", "opam", ""},
    {"openEuler", "rpm", "openeuler"},
    {"openSUSE", "rpm", "opensuse"},
};

const Row* find_family(std::string_view family) {
  for (const Row& row : kRows) {
    if (base::equals_ignoring_case(row.family, family)) return &row;
  }
  return nullptr;
}

/// "fedora-25", "debian-12": what stands before the release.
std::string_view before_dash(std::string_view distro) {
  return distro.substr(0, distro.find('-'));
}

std::string normal_release(std::string_view family, std::string_view release) {
  constexpr std::string_view kLongTerm = ":LTS";
  release = base::trim(release);
  while (family == "Ubuntu" && release.ends_with(kLongTerm)) {
    release = base::trim(release.substr(0, release.size() - kLongTerm.size()));
  }
  const bool bare = family == "Alpine" && !release.empty() && base::is_digit(release.front());
  return (bare ? "v" : "") + std::string(release);
}

}  // namespace

EcosystemParts split_ecosystem(std::string_view ecosystem) {
  const std::size_t colon = ecosystem.find(':');
  if (colon == std::string_view::npos) return {ecosystem, {}};
  return {ecosystem.substr(0, colon), ecosystem.substr(colon + 1)};
}

std::string normal_ecosystem(std::string_view ecosystem) {
  const auto [written, release] = split_ecosystem(base::trim(ecosystem));
  const Row* known = find_family(base::trim(written));
  const std::string_view family = known ? known->family : base::trim(written);
  std::string out(family);
  const std::string normal = normal_release(family, release);
  return normal.empty() ? out : out + ":" + normal;
}

std::string_view purl_type_of_ecosystem(std::string_view ecosystem) {
  const Row* row = find_family(split_ecosystem(ecosystem).family);
  return row ? row->type : std::string_view{};
}

std::string_view purl_namespace_of_ecosystem(std::string_view ecosystem) {
  const Row* row = find_family(split_ecosystem(ecosystem).family);
  return row ? row->name_space : std::string_view{};
}

std::string_view ecosystem_of_purl(const PackageUrl& purl) {
  const std::string_view vendor =
      purl.name_space.empty() ? before_dash(purl.qualifier("distro")) : purl.name_space;
  for (const Row& row : kRows) {
    if (row.type != purl.type) continue;
    if (row.name_space.empty() || base::equals_ignoring_case(row.name_space, vendor)) {
      return row.family;
    }
  }
  return {};
}

std::string name_of_purl(const PackageUrl& purl) {
  if (purl.name_space.empty()) return purl.name;
  if (purl.type == "maven") return purl.name_space + ":" + purl.name;
  for (const std::string_view type : {"npm", "golang", "composer", "swift", "github", "hex"}) {
    if (purl.type == type) return purl.name_space + "/" + purl.name;
  }
  return purl.name;
}

}  // namespace vigil::model
