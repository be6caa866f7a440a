#include "estate/changed.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace vigil::estate {
namespace {

constexpr std::string_view kUbuntu = "Ubuntu:";
constexpr std::string_view kUbuntuPro = "Ubuntu:Pro:";

std::string name_of(std::string_view ecosystem, std::string_view subject) {
  std::string name(ecosystem);
  name += '\n';
  name += subject;
  return name;
}

void add_ids(const intel::Snapshot& snapshot, const intel::PackageKey& package,
             std::unordered_set<std::string_view>& ids) {
  for (const intel::Advisory row : snapshot.advisories(package.ecosystem, package.name))
    ids.insert(snapshot.vulnerability_id(row.vulnerability()));
}

std::vector<bool> marked(const intel::Snapshot& snapshot,
                         const std::unordered_set<std::string_view>& ids) {
  std::vector<bool> marks(snapshot.vulnerability_count(), false);
  for (std::uint32_t i = 0; i < marks.size(); ++i)
    marks[i] = ids.contains(snapshot.vulnerability_id(i));
  return marks;
}

bool covers_the_same(const intel::Snapshot& before, const intel::Snapshot& after) {
  const auto old_ones = before.ecosystems();
  const auto new_ones = after.ecosystems();
  return std::equal(old_ones.begin(), old_ones.end(), new_ones.begin(), new_ones.end(),
                    [](const auto& a, const auto& b) { return a.name == b.name; });
}

}  // namespace

Changed changes_between(const intel::Snapshot& before, const intel::Snapshot& after,
                        const std::vector<std::string>& also) {
  Changed out;
  out.other_ecosystems = !covers_the_same(before, after);
  const std::vector<intel::PackageKey> packages = intel::changed_packages(before, after);
  std::unordered_set<std::string_view> ids(also.begin(), also.end());
  for (const intel::PackageKey& package : packages) {
    add_ids(before, package, ids);
    add_ids(after, package, ids);
  }
  out.before = marked(before, ids);
  out.after = marked(after, ids);
  out.vulnerabilities = ids.size();

  std::unordered_set<std::string> names;
  const auto add_name = [&](std::string ecosystem, std::string_view subject) {
    if (names.insert(name_of(ecosystem, subject)).second)
      out.packages.push_back({std::move(ecosystem), std::string(subject), {}, {}});
  };
  const auto add = [&](std::string_view ecosystem, std::string_view subject) {
    add_name(std::string(ecosystem), subject);
    // Matching asks Ubuntu Pro's rows about packages of plain Ubuntu too.
    if (ecosystem.starts_with(kUbuntuPro))
      add_name(std::string(kUbuntu) + std::string(ecosystem.substr(kUbuntuPro.size())), subject);
  };
  for (const intel::PackageKey& package : packages) add(package.ecosystem, package.name);
  // The snapshot before need not be asked: a package that only it has has changed.
  for (std::size_t i = 0; i < after.package_count() && !ids.empty(); ++i) {
    const intel::Snapshot::PackageEntry entry = after.package(i);
    for (const intel::Advisory row : entry.advisories) {
      if (row.vulnerability() >= out.after.size() || !out.after[row.vulnerability()]) continue;
      add(entry.ecosystem, entry.name);
      break;
    }
  }
  return out;
}

}  // namespace vigil::estate
