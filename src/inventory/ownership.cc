#include "inventory/ownership.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "inventory/runtime/owners.h"
#include "model/ecosystem.h"

namespace vigil::inventory {
namespace {

/// A distribution whose advisories speak of all it ships, and why that can be said.
///
/// Not here, so that what lies in their packages is judged by its own advisories as well: Amazon
/// Linux, Fedora, Photon OS, openEuler, Mageia, SUSE and openSUSE (they speak of a package once a fix
/// is released, not while it is known to be vulnerable), and what has no advisories.
struct Distribution {
  std::string_view family;
  /// How the vendor of its own packages begins, where packages say so; rpm's of other repositories
  /// (EPEL, NodeSource) say another.
  std::string_view vendor;
};
constexpr Distribution kDistributions[] = {
    // The security tracker has every CVE of every source package, fixed or not.
    {"Debian", ""},
    {"Ubuntu", ""},
    // VEX states every product's packages: fixed, affected, not affected, will not fix.
    {"Red Hat", "Red Hat"},
    // Rebuilds: the state is Red Hat's, the errata come with each rebuild.
    {"AlmaLinux", "AlmaLinux"},
    {"Rocky Linux", "Rocky"},
    {"Oracle Linux", "Oracle"},
    // The security database has a row for every CVE that was looked at, also for "not affected".
    {"Alpine", ""},
    {"Wolfi", ""},
    {"Chainguard", ""},
    {"MinimOS", ""},
    // Every CVE of a package, open ones too.
    {"Arch Linux", ""},
    {"Azure Linux", "Microsoft"},
};

/// From a package manager's database. What a program says of itself in a note is evidence of
/// another kind.
bool is_of_system(const model::Package& package) {
  return package.manager == "OS" && package.evidence == model::Evidence::Installed;
}

/// A program's note names the very package that owns it: no advisories have to be compared.
bool is_note(const model::Package& package) {
  return package.manager == "OS" && !is_of_system(package);
}

/// The files a place may lie in: "/a/b.jar/c.jar/pom.properties" is in "/a/b.jar".
std::vector<std::string_view> files_of(std::string_view path) {
  std::vector<std::string_view> files = {path};
  for (const std::string_view end : {"!", ".jar/", ".war/", ".ear/", ".zip/", ".egg/", ".whl/"}) {
    const std::size_t at = path.find(end);
    if (at == std::string_view::npos) continue;
    files.push_back(path.substr(0, end == "!" ? at : at + end.size() - 1));
  }
  return files;
}

class Leaving {
 public:
  Leaving(const tree::View& view, std::span<const Cataloger* const> catalogers,
          Inventory& inventory)
      : view_(view), catalogers_(catalogers), packages_(inventory.packages) {}

  void run() {
    for (const model::Package& package : packages_) {
      if (is_of_system(package)) continue;
      for (const model::Location& location : package.locations) {
        for (const std::string_view file : files_of(location.path)) owners_.add(file);
      }
    }
    owned_ = owners_.find(view_, packages_, catalogers_);
    std::vector<std::pair<std::size_t, model::Location>> given;
    std::vector<bool> leaves(packages_.size(), false);
    for (std::size_t i = 0; i < packages_.size(); ++i) {
      const auto owners = owners_of(packages_[i]);
      if (owners.empty()) continue;
      leaves[i] = true;
      for (std::size_t at = 0; at < owners.size(); ++at) {
        given.emplace_back(owners[at], packages_[i].locations[at]);
      }
    }
    for (auto& [owner, location] : given) give(packages_[owner], std::move(location));
    std::size_t index = 0;
    std::erase_if(packages_, [&](const model::Package&) { return leaves[index++]; });
  }

 private:
  /// One for each place; none if a place is nobody's.
  std::vector<std::size_t> owners_of(const model::Package& package) {
    std::vector<std::size_t> owners;
    if (is_of_system(package)) return owners;
    for (const model::Location& location : package.locations) {
      const std::size_t owner = owner_of(location.path, is_note(package));
      if (owner == packages_.size()) return {};
      owners.push_back(owner);
    }
    return owners;
  }

  std::size_t owner_of(std::string_view path, bool anyone) {
    for (const std::string_view file : files_of(path)) {
      for (const std::size_t owner : owned_[owners_.add(file)]) {
        const model::Package& package = packages_[owner];
        if (!is_of_system(package)) continue;
        if (anyone || speaks_for(package.ecosystem, package.vendor)) return owner;
      }
    }
    return packages_.size();
  }

  static void give(model::Package& owner, model::Location location) {
    const bool known =
        std::any_of(owner.locations.begin(), owner.locations.end(),
                    [&](const model::Location& one) { return one.path == location.path; });
    if (!known) owner.locations.push_back(std::move(location));
  }

  const tree::View& view_;
  std::span<const Cataloger* const> catalogers_;
  std::vector<model::Package>& packages_;
  Owners owners_;
  std::vector<std::vector<std::size_t>> owned_;
};

}  // namespace

bool speaks_for(std::string_view ecosystem, std::string_view vendor) {
  const std::string_view family = model::split_ecosystem(ecosystem).family;
  return std::any_of(std::begin(kDistributions), std::end(kDistributions),
                     [&](const Distribution& one) {
                       return one.family == family && vendor.starts_with(one.vendor);
                     });
}

void leave_owned_to_system(const tree::View& view, std::span<const Cataloger* const> catalogers,
                           Inventory& inventory) {
  const auto& packages = inventory.packages;
  const bool others = std::any_of(packages.begin(), packages.end(), [](const auto& package) {
    return !is_of_system(package) && !package.locations.empty();
  });
  const bool notes = std::any_of(packages.begin(), packages.end(), is_note);
  const bool system = std::any_of(packages.begin(), packages.end(), [&](const auto& package) {
    return is_of_system(package) && (notes || speaks_for(package.ecosystem, package.vendor));
  });
  if (others && system) Leaving(view, catalogers, inventory).run();
}

}  // namespace vigil::inventory
