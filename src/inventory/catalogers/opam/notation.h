// The texts of one field in a file of opam's notation. Reference: opam.ocaml.org/doc/Manual.html,
// "Common file format".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::inventory::opam {

/// "text" {filter}
struct Text {
  std::string text;
  std::string_view filter;  ///< between the braces behind it; into the file
  std::uint32_t line = 0;
};

/// The texts of `name: "text"` or `name: ["text" {filter} ...]` at the top level of the file, in
/// their order; texts inside filters are not among them.
std::vector<Text> field(std::string_view file, std::string_view name);

}  // namespace vigil::inventory::opam
