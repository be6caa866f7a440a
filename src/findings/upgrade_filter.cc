#include "findings/upgrade_filter.h"

#include <algorithm>
#include <set>

#include "findings/filter_table.h"

namespace vigil::findings {
namespace {

using fields::number_of;

constexpr std::size_t kValues = 10;  // of a field, Inspector2's bound

Criterion equals(std::uint16_t field, std::span<const std::string> values) {
  Criterion criterion;
  criterion.field = field;
  for (const std::string& value : values) criterion.strings.push_back({Comparison::Equals, value});
  return criterion;
}
Criterion equals(std::uint16_t field, std::initializer_list<std::string> values) {
  return equals(field, std::span(values.begin(), values.size()));
}

/// Whole characters of UTF-8.
std::string beginning(const std::string& name, std::size_t length) {
  while (length > 0 && length < name.size() &&
         (static_cast<unsigned char>(name[length]) & 0xC0U) == 0x80U) {
    --length;
  }
  return name.substr(0, length);
}

/// The longest beginnings of which there are at most ten; nothing if even their first bytes are more.
std::set<std::string> beginnings(const std::set<std::string>& names) {
  std::size_t longest = 0;
  for (const std::string& name : names) longest = std::max(longest, name.size());
  for (std::size_t length = longest; length > 0; --length) {
    std::set<std::string> cut;
    for (const std::string& name : names) cut.insert(beginning(name, length));
    if (cut.size() <= kValues && !cut.contains("")) return cut;
  }
  return {};
}

Criterion packages_of(const Upgrade& upgrade) {
  Criterion criterion;
  criterion.field = number_of("vulnerablePackages");
  std::set<std::string> names;
  for (const FixedPackage& package : upgrade.packages) names.insert(package.name);
  const auto add = [&](Comparison comparison, const std::string& name) -> PackageTest& {
    PackageTest& test = criterion.packages.emplace_back();
    test.name = StringTest{comparison, name};
    return test;
  };
  if (upgrade.packages.size() <= kValues) {
    for (const auto& [name, version] : upgrade.packages) {
      PackageTest& test = add(Comparison::Equals, name);
      if (!version.empty()) test.version = StringTest{Comparison::Equals, version};
    }
  } else if (names.size() <= kValues) {
    for (const std::string& name : names) add(Comparison::Equals, name);
  } else {
    for (const std::string& name : beginnings(names)) add(Comparison::Prefix, name);
  }
  return criterion;
}

}  // namespace

Filter upgrade_filter(const Upgrade& upgrade, std::span<const std::string> vulnerabilities,
                      std::string_view resource) {
  Filter filter;
  filter.criteria.push_back(equals(number_of("findingStatus"), {"ACTIVE"}));
  if (!resource.empty())
    filter.criteria.push_back(equals(number_of("resourceId"), {std::string(resource)}));
  if (vulnerabilities.size() <= kValues && !vulnerabilities.empty())
    filter.criteria.push_back(equals(number_of("vulnerabilityId"), vulnerabilities));
  filter.criteria.push_back(equals(number_of("fixAvailable"), {"YES", "PARTIAL"}));
  Criterion packages = packages_of(upgrade);
  if (!packages.packages.empty()) filter.criteria.push_back(std::move(packages));
  return filter;
}

}  // namespace vigil::findings
