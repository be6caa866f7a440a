// A CSV file with a header line, read by the names of its columns.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/input.h"
#include "base/result.h"

namespace vigil::intel::feeds {

/// The fields of one row.
class Row {
 public:
  using Field = std::function<std::string_view(std::string_view column)>;
  Row(std::uint64_t line, const Field& field) : line_(line), field_(field) {}

  /// Empty if there is no such column or the row is too short.
  std::string_view operator[](std::string_view column) const { return field_(column); }
  [[nodiscard]] std::string position() const { return "line " + std::to_string(line_); }

 private:
  std::uint64_t line_;
  const Field& field_;
};

/// Calls `each` with every row but the header. An error if the file is no CSV or cut short inside
/// quotes.
Result<void> for_each_row(base::Input& input, const std::function<void(const Row&)>& each);

}  // namespace vigil::intel::feeds
