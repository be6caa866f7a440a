// In which line of a JSON file something stands, for readers whose tree does not say it.
//
//   LineFinder lines(file.content);
//   for (const Json& package : root["packages"].items())
//     use(package, lines.next("\"name\": ", package["name"].text()));
//
// What is asked for in the order of the file costs one pass over it in all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vigil::inventory {

class LineFinder {
 public:
  /// `text` must outlive it.
  explicit LineFinder(std::string_view text) : text_(text) {}

  /// The line (from 1) of the next place with `before`, a quote, `value`, a quote, behind the last
  /// that was found. 0 if there is none; after sixteen such answers always.
  std::uint32_t next(std::string_view before, std::string_view value);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;  ///< up to here line ends are in `line_`
  std::uint32_t line_ = 1;
  int misses_ = 0;
};

}  // namespace vigil::inventory
