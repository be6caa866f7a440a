// Which files of a layer are wanted, and what for: all that cataloguers say of themselves, asked once
// per entry of a tar.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "inventory/cataloger.h"
#include "inventory/matcher.h"

namespace vigil::inventory {

struct Wanted {
  std::vector<const Cataloger*> now;  ///< Needs::File, by its name
  bool program = false;               ///< by name and mode it may be a program somebody wants
  std::vector<const Cataloger*> if_program;  ///< who wants it then
  bool keep = false;
  std::uint64_t keep_limit = 0;

  [[nodiscard]] bool any() const { return keep || program || !now.empty(); }
};

class Interest {
 public:
  explicit Interest(std::span<const Cataloger* const> catalogers);

  void look(std::string_view path, std::uint32_t mode, Wanted& out);
  /// Does a link at this path lie on the way to a fixed place that somebody looks at?
  [[nodiscard]] bool leads_to_fixed_place(std::string_view path) const;

 private:
  void add_fixed(const Pattern& pattern);
  [[nodiscard]] static bool is_companion(const Cataloger& of, std::string_view path);

  std::vector<std::unique_ptr<Cataloger>> companions_;  ///< stand for what is read beside
  Matcher matcher_;
  Matcher beside_;
  std::unordered_set<std::string_view> on_the_way_;
  std::vector<const Cataloger*> found_;
};

}  // namespace vigil::inventory
