#include "match/third_party.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace vigil::match {
namespace {

// What the distributions and derivatives that are matched against Debian's or Ubuntu's advisories
// write into dpkg's Origin. Debian itself writes none.
constexpr std::array<std::string_view, 8> kDistributions = {
    "debian", "ubuntu", "raspbian", "devuan", "kali", "linuxmint", "pop!_os", "neon"};

// What well-known archives put into the versions of packages whose names Debian has too: the
// PostgreSQL project, Ondřej Surý's PHP, NodeSource.
constexpr std::array<std::string_view, 4> kRebuildMarks = {"pgdg", "sury.org", "nodesource",
                                                           "+0~20"};

template <typename List>
bool contains_any(std::string_view text, const List& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

}  // namespace

bool is_third_party(const model::Package& package) {
  if (!package.package_url.starts_with("pkg:deb/")) return false;
  if (contains_any(package.version, kRebuildMarks)) return true;
  // With an address it is a maintainer, who may be anybody; an Origin has none.
  const bool is_origin = !package.vendor.empty() && package.vendor.find('@') == std::string::npos;
  return is_origin && !contains_any(base::lower(package.vendor), kDistributions);
}

}  // namespace vigil::match
