#include "inventory/matcher.h"

#include <algorithm>

#include "inventory/program.h"

namespace vigil::inventory {

Matcher::Matcher(std::span<const Cataloger* const> catalogers)
    : catalogers_(catalogers.begin(), catalogers.end()) {
  for (std::size_t i = 0; i < catalogers_.size(); ++i) {
    const auto index = static_cast<std::uint16_t>(i);
    const auto& patterns = catalogers_[i]->patterns;
    if (std::any_of(patterns.begin(), patterns.end(), [](const Pattern& p) { return p.program; })) {
      programs_.push_back(catalogers_[i]);
    }
    if (std::any_of(patterns.begin(), patterns.end(), [](const Pattern& p) { return p.library; })) {
      libraries_.push_back(catalogers_[i]);
    }
    for (const Pattern& pattern : patterns) {
      if (!pattern.path.empty()) paths_[pattern.path].push_back(index);
      if (!pattern.directory.empty()) directories_[pattern.directory].push_back(index);
      if (!pattern.name.empty()) {
        names_[pattern.name].push_back(index);
        name_lengths_.set(std::min<std::size_t>(pattern.name.size(), 255));
      }
      if (!pattern.suffix.empty()) {
        suffixes_[pattern.suffix].push_back(index);
        suffix_lengths_.push_back(pattern.suffix.size());
        last_bytes_.set(static_cast<unsigned char>(pattern.suffix.back()));
      }
    }
  }
  std::sort(suffix_lengths_.begin(), suffix_lengths_.end());
  suffix_lengths_.erase(std::unique(suffix_lengths_.begin(), suffix_lengths_.end()),
                        suffix_lengths_.end());
}

void Matcher::look_up(const Table& table, std::string_view key, Chosen& chosen) {
  if (table.empty()) return;
  const auto found = table.find(key);
  if (found != table.end()) chosen.insert(chosen.end(), found->second.begin(), found->second.end());
}

void Matcher::anywhere(std::string_view path, Chosen& chosen) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name_lengths_.test(std::min<std::size_t>(name.size(), 255))) look_up(names_, name, chosen);
  if (path.empty() || !last_bytes_.test(static_cast<unsigned char>(path.back()))) return;
  for (const std::size_t length : suffix_lengths_) {
    if (length > path.size()) break;
    look_up(suffixes_, path.substr(path.size() - length), chosen);
  }
}

void Matcher::settle(std::string_view path, Chosen& chosen,
                     std::vector<const Cataloger*>& found) const {
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  for (const std::uint16_t index : chosen) {
    const Cataloger* const cataloger = catalogers_[index];
    if (cataloger->wants == nullptr || cataloger->wants(path)) found.push_back(cataloger);
  }
}

void Matcher::match_anywhere(std::string_view path, std::vector<const Cataloger*>& found) const {
  found.clear();
  Chosen chosen;
  anywhere(path, chosen);
  settle(path, chosen, found);
}

void Matcher::match_program(std::string_view path, std::uint32_t mode,
                            std::vector<const Cataloger*>& found) const {
  found.clear();
  const bool executable = may_be_executed(path, mode);
  if (!executable && !may_be_library(path)) return;
  for (const Cataloger* cataloger : executable ? programs_ : libraries_) {
    if (cataloger->wants == nullptr || cataloger->wants(path)) found.push_back(cataloger);
  }
}

void Matcher::match(std::string_view path, std::vector<const Cataloger*>& found) const {
  found.clear();
  Chosen chosen;
  anywhere(path, chosen);
  look_up(paths_, path, chosen);
  look_up(directories_, path.substr(0, path.rfind('/')), chosen);
  settle(path, chosen, found);
}

}  // namespace vigil::inventory
