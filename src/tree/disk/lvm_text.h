// The text LVM2 keeps its metadata in (vgcfgbackup(8) writes the same): names with a number, a text,
// a list or a section of names.
//
//   rhel {
//     id = "abc"          # a comment
//     stripes = [ "pv0", 0 ]
//     physical_volumes { pv0 { pe_start = 2048 } }
//   }
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::tree::disk {

struct LvmSection {
  /// A number is kept as its digits.
  std::map<std::string, std::string, std::less<>> values;
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
  std::map<std::string, LvmSection, std::less<>> sections;

  [[nodiscard]] std::string_view text(std::string_view name) const;
  /// Nothing if it is missing or no number.
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& list(std::string_view name) const;
  /// An empty one if it is missing.
  [[nodiscard]] const LvmSection& section(std::string_view name) const;
};

/// Sections may lie 16 deep.
Result<LvmSection> parse_lvm_text(std::string_view text);

}  // namespace vigil::tree::disk
