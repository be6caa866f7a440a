#include "inventory/layer/interest.h"

#include <algorithm>

#include "inventory/operating_system.h"
#include "inventory/program.h"

namespace vigil::inventory {
namespace {

/// Files that tell the operating system are small.
constexpr std::uint64_t kSystemLimit = std::uint64_t{1} << 20;

std::vector<Pattern> system_patterns() {
  std::vector<Pattern> patterns;
  for (const std::string_view path : operating_system_files()) patterns.push_back(at(path));
  return patterns;
}

/// Cataloguers that stand for the files read beside what matches.
std::vector<std::unique_ptr<Cataloger>> make_companions(
    std::span<const Cataloger* const> catalogers) {
  static const std::vector<Pattern> kSystem = system_patterns();
  std::vector<std::unique_ptr<Cataloger>> companions;
  const auto add = [&](std::span<const Pattern> patterns, std::uint64_t limit) {
    companions.push_back(std::make_unique<Cataloger>());
    companions.back()->patterns = patterns;
    companions.back()->limit = limit;
  };
  add(kSystem, kSystemLimit);
  for (const Cataloger* cataloger : catalogers) {
    if (!cataloger->companions.empty()) add(cataloger->companions, cataloger->limit);
  }
  return companions;
}

std::vector<const Cataloger*> pointers(const std::vector<std::unique_ptr<Cataloger>>& owned) {
  std::vector<const Cataloger*> out;
  out.reserve(owned.size());
  for (const auto& each : owned) out.push_back(each.get());
  return out;
}

}  // namespace

Interest::Interest(std::span<const Cataloger* const> catalogers)
    : companions_(make_companions(catalogers)),
      matcher_(catalogers),
      beside_(pointers(companions_)) {
  for (const Cataloger* cataloger : catalogers) {
    for (const Pattern& pattern : cataloger->patterns) add_fixed(pattern);
  }
  for (const auto& each : companions_) {
    for (const Pattern& pattern : each->patterns) add_fixed(pattern);
  }
}

void Interest::add_fixed(const Pattern& pattern) {
  for (std::string_view path : {pattern.path, pattern.directory}) {
    for (; path.size() > 1; path = path.substr(0, path.rfind('/'))) on_the_way_.insert(path);
  }
}

bool Interest::leads_to_fixed_place(std::string_view path) const {
  return on_the_way_.contains(path);
}

/// A companion in a directory may have to end in something, too.
bool Interest::is_companion(const Cataloger& of, std::string_view path) {
  return std::any_of(of.patterns.begin(), of.patterns.end(), [&](const Pattern& pattern) {
    if (!pattern.path.empty()) return path == pattern.path;
    if (!pattern.name.empty()) return path.substr(path.rfind('/') + 1) == pattern.name;
    if (!pattern.directory.empty() && path.substr(0, path.rfind('/')) != pattern.directory)
      return false;
    return path.ends_with(pattern.suffix);
  });
}

void Interest::look(std::string_view path, std::uint32_t mode, Wanted& out) {
  out.now.clear();
  out.keep = false;
  out.keep_limit = 0;
  const auto keep = [&](const Cataloger* cataloger) {
    out.keep = true;
    out.keep_limit = std::max(out.keep_limit, cataloger->limit);
  };
  matcher_.match(path, found_);
  for (const Cataloger* cataloger : found_) {
    if (cataloger->needs == Needs::File) {
      out.now.push_back(cataloger);
    } else {
      keep(cataloger);
    }
  }
  beside_.match(path, found_);
  for (const Cataloger* cataloger : found_) {
    if (is_companion(*cataloger, path)) keep(cataloger);
  }
  out.if_program.clear();
  if (may_be_program(path)) matcher_.match_program(path, mode, out.if_program);
  out.program = !out.if_program.empty();
}

}  // namespace vigil::inventory
