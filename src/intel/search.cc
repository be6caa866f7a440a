#include "intel/search.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace vigil::intel {
namespace {

bool contains(std::string_view text, std::string_view lower_needle) {
  const auto at = std::search(text.begin(), text.end(), lower_needle.begin(), lower_needle.end(),
                              [](char a, char b) { return base::to_lower(a) == b; });
  return at != text.end();
}

bool speaks_of(const model::Vulnerability& vulnerability, std::string_view needle) {
  const auto& exploits = vulnerability.exploits;
  if (std::any_of(exploits.begin(), exploits.end(),
                  [&](const model::Exploit& exploit) { return contains(exploit.id, needle); })) {
    return true;
  }
  return contains(vulnerability.id, needle) || contains(vulnerability.title, needle) ||
         contains(vulnerability.description, needle) ||
         std::any_of(vulnerability.aliases.begin(), vulnerability.aliases.end(),
                     [&](const std::string& alias) { return contains(alias, needle); });
}

/// Flags the vulnerabilities of packages of this name.
std::vector<bool> of_packages_named(const Snapshot& snapshot, std::string_view name) {
  std::vector<bool> flags(snapshot.vulnerability_count(), false);
  for (std::size_t i = 0; i < snapshot.package_count(); ++i) {
    const Snapshot::PackageEntry package = snapshot.package(i);
    if (!base::equals_ignoring_case(package.name, name)) continue;
    for (const Advisory advisory : package.advisories) {
      if (advisory.vulnerability() < flags.size()) flags[advisory.vulnerability()] = true;
    }
  }
  return flags;
}

}  // namespace

SearchResult search(const Snapshot& snapshot, std::string_view text, std::size_t limit) {
  const std::string needle = base::lower(base::trim(text));
  if (needle.empty()) return {};
  const std::vector<bool> named = of_packages_named(snapshot, needle);
  std::vector<std::tuple<bool, std::int64_t, std::uint32_t>> found;
  for (std::uint32_t i = 0; i < snapshot.vulnerability_count(); ++i) {
    const auto vulnerability = snapshot.vulnerability(i);
    if (!vulnerability || (!named[i] && !speaks_of(*vulnerability, needle))) continue;
    found.emplace_back(!vulnerability->known_exploited, -vulnerability->published, i);
  }
  std::sort(found.begin(), found.end());
  SearchResult result;
  result.total = found.size();
  for (std::size_t i = 0; i < found.size() && i < limit; ++i)
    result.vulnerabilities.push_back(std::get<2>(found[i]));
  return result;
}

std::vector<PackageAdvice> packages_of(const Snapshot& snapshot, std::uint32_t vulnerability) {
  std::vector<PackageAdvice> advice;
  for (std::size_t i = 0; i < snapshot.package_count(); ++i) {
    const Snapshot::PackageEntry package = snapshot.package(i);
    for (const Advisory advisory : package.advisories) {
      if (advisory.vulnerability() != vulnerability) continue;
      advice.push_back({std::string(package.ecosystem), std::string(package.name), advisory.state(),
                        std::string(advisory.fixed_version()),
                        std::string(advisory.vendor_severity()), std::string(advisory.advisory()),
                        std::string(advisory.note()), std::string(advisory.feed())});
    }
  }
  return advice;
}

}  // namespace vigil::intel
