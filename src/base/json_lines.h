// The lines of a JSON document's values, which its tree does not know.
//
//   const JsonLines lines(text);   // the text that was parsed
//   lines.of(root["packages"]["node_modules/a"]);
//
// One pass over the text that keeps one number a line; asking is a binary search.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_tree.h"

namespace vigil::base {

class JsonLines {
 public:
  /// Of another text than the one that was parsed the lines are wrong, but nothing else is.
  explicit JsonLines(std::string_view text);

  /// Where the value begins, from 1: for a member written as usual this is its key's line too. 0 of
  /// what is missing.
  [[nodiscard]] std::uint32_t of(const Json& value) const;

 private:
  /// How many words of the tree's tape come before each line but the first.
  std::vector<std::uint32_t> words_;
};

/// JSON as people write it into configuration files (JSONC, and what bun.lock is): the same text with
/// comments and commas before a closing bracket made blanks, so that every line stays where it is.
std::string plain_json(std::string_view text);

}  // namespace vigil::base
