#include "inventory/file_packages.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "inventory/language_package.h"

namespace vigil::inventory {
namespace {

constexpr std::size_t kMaximumWord = 1024;
constexpr std::size_t kMaximumRequirements = 4'000'000;
constexpr std::size_t kMaximumProblems = 20;

std::string shown(std::string_view text) {
  return base::printable(text.substr(0, 80));
}

}  // namespace

bool is_package_word(std::string_view text) {
  return !text.empty() && text.size() <= kMaximumWord &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

std::size_t FilePackages::add(std::string_view name, std::string_view version, std::uint32_t line) {
  if (!is_package_word(name)) {
    problem(line, "'" + shown(name) + "' is no package's name");
    return kNone;
  }
  if (!is_package_word(version)) {
    problem(line, "'" + shown(version) + "' is no version of " + shown(name));
    return kNone;
  }
  packages_.push_back(language_package(ecosystem_, name, version, file_.path, line));
  packages_.back().evidence = evidence_;
  return packages_.size() - 1;
}

void FilePackages::require(std::size_t parent, std::string_view child) {
  if (parent == kNone || required_names_.size() >= kMaximumRequirements) return;
  required_names_.emplace_back(parent, child);
}

void FilePackages::require(std::size_t parent, std::size_t child) {
  if (parent == kNone || child == kNone || required_.size() >= kMaximumRequirements) return;
  required_.emplace_back(parent, child);
}

void FilePackages::ask(std::string_view name) {
  asked_known_ = true;
  asked_.emplace(name);
}

void FilePackages::problem(std::string why) {
  ++problems_;
  if (problems_ <= kMaximumProblems) context_.problems.push_back({file_.path, std::move(why)});
}

void FilePackages::problem(std::uint32_t line, std::string_view why) {
  problem((line == 0 ? "" : "line " + std::to_string(line) + ": ") + std::string(why));
}

void FilePackages::set_parents() {
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_name;
  for (std::size_t i = 0; i < packages_.size(); ++i) by_name[packages_[i].name].push_back(i);
  for (const auto& [parent, name] : required_names_) {
    const auto found = by_name.find(name);
    if (found == by_name.end()) continue;
    for (const std::size_t child : found->second) require(parent, child);
  }
  std::sort(required_.begin(), required_.end());
  required_.erase(std::unique(required_.begin(), required_.end()), required_.end());
  for (const auto& [parent, child] : required_) {
    if (parent == child) continue;
    packages_[child].parents.push_back(packages_[parent].name + "@" + packages_[parent].version);
  }
  for (model::Package& package : packages_) {
    std::sort(package.parents.begin(), package.parents.end());
    package.parents.erase(std::unique(package.parents.begin(), package.parents.end()),
                          package.parents.end());
  }
}

void FilePackages::finish() {
  set_parents();
  for (model::Package& package : packages_) {
    if (asked_known_) {
      package.relation =
          asked_.contains(package.name) ? model::Relation::Direct : model::Relation::Transitive;
    }
    context_.packages.push_back(std::move(package));
  }
  if (problems_ > kMaximumProblems) {
    context_.problems.push_back(
        {file_.path, "and " + std::to_string(problems_ - kMaximumProblems) + " problems more"});
  }
  packages_.clear();
}

}  // namespace vigil::inventory
