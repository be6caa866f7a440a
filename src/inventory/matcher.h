// All patterns of the cataloguers, compiled so that a walk decides about an entry with two or three
// hash look-ups, whatever their number.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/cataloger.h"

namespace vigil::inventory {

class Matcher {
 public:
  /// The patterns' texts must outlive the matcher, as those of cataloguers do.
  explicit Matcher(std::span<const Cataloger* const> catalogers);

  /// Puts the cataloguers that want the file of this absolute path into `found`, each once, in the
  /// order given to the constructor. Paths of Pattern::path and Pattern::directory count too.
  /// Not by Pattern::program, but by Cataloger::wants.
  void match(std::string_view path, std::vector<const Cataloger*>& found) const;
  /// Only by name and suffix: what fixed paths do not find.
  void match_anywhere(std::string_view path, std::vector<const Cataloger*>& found) const;

  /// Does any pattern match anywhere, so that the tree has to be walked?
  [[nodiscard]] bool needs_walk() const {
    return !names_.empty() || !suffixes_.empty() || !programs_.empty();
  }
  /// Those that want every program, whatever its name.
  [[nodiscard]] std::span<const Cataloger* const> programs() const { return programs_; }
  /// Puts those of them into `found` that want the file of this path and these permission bits if it
  /// begins as a program does.
  void match_program(std::string_view path, std::uint32_t mode,
                     std::vector<const Cataloger*>& found) const;

 private:
  using Table = std::unordered_map<std::string_view, std::vector<std::uint16_t>>;
  using Chosen = std::vector<std::uint16_t>;

  static void look_up(const Table& table, std::string_view key, Chosen& chosen);
  void anywhere(std::string_view path, Chosen& chosen) const;
  void settle(std::string_view path, Chosen& chosen, std::vector<const Cataloger*>& found) const;

  std::vector<const Cataloger*> catalogers_;
  std::vector<const Cataloger*> programs_;
  std::vector<const Cataloger*> libraries_;
  Table paths_;
  Table directories_;
  Table names_;
  Table suffixes_;
  std::vector<std::size_t> suffix_lengths_;  ///< ascending
  std::bitset<256> last_bytes_;              ///< of the suffixes: most entries end otherwise
  std::bitset<256> name_lengths_;            ///< of the names; longer ones are not looked at
};

}  // namespace vigil::inventory
