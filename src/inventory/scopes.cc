#include "inventory/scopes.h"

#include <algorithm>

namespace vigil::inventory {
namespace {

constexpr std::size_t kMaximumRequirements = 4'000'000;
/// More are one: of the last.
constexpr std::size_t kMaximumScopes = 60;

}  // namespace

void Scopes::ask(std::size_t package, std::string_view scope) {
  if (package != FilePackages::kNone && asked_.size() < kMaximumRequirements) {
    asked_.emplace_back(package, scope);
  }
}

void Scopes::require(std::size_t parent, std::size_t child, bool optional) {
  if (parent == FilePackages::kNone || child == FilePackages::kNone) return;
  if (required_.size() < kMaximumRequirements) required_.push_back({parent, child, optional});
}

void Scopes::settle(FilePackages& packages) {
  std::vector<std::string> scopes = {"", "optional", "peer"};
  for (const auto& [package, scope] : asked_) {
    if (scopes.size() < kMaximumScopes &&
        std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) {
      scopes.push_back(scope);
    }
  }
  std::sort(required_.begin(), required_.end(),
            [](const Requirement& a, const Requirement& b) { return a.parent < b.parent; });
  std::vector<std::size_t> first(packages.size() + 1);
  for (const Requirement& one : required_) ++first[one.parent + 1];
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];

  constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);
  std::vector<std::size_t> found(packages.size(), kUnknown);
  std::vector<std::size_t> later;  // what optional requirements of needed packages lead to
  for (std::size_t rank = 0; rank < scopes.size(); ++rank) {
    std::vector<std::size_t> left;
    for (const auto& [package, scope] : asked_) {
      const bool unlisted = rank + 1 == scopes.size() && found[package] == kUnknown;
      if (scope == scopes[rank] || unlisted) left.push_back(package);
    }
    if (rank == 1) left.insert(left.end(), later.begin(), later.end());
    while (!left.empty()) {
      const std::size_t package = left.back();
      left.pop_back();
      if (found[package] != kUnknown) continue;
      found[package] = rank;
      for (std::size_t i = first[package]; i < first[package + 1]; ++i) {
        (required_[i].optional && rank == 0 ? later : left).push_back(required_[i].child);
      }
    }
  }
  for (std::size_t i = 0; i < packages.size(); ++i) {
    packages[i].relation = model::Relation::Transitive;
    if (found[i] != kUnknown) packages[i].scope = scopes[found[i]];
  }
  for (const auto& [package, scope] : asked_) packages[package].relation = model::Relation::Direct;
  for (const Requirement& one : required_) packages.require(one.parent, one.child);
}

}  // namespace vigil::inventory
