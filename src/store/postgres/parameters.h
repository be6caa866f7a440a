// Values as PostgreSQL's binary protocol wants them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store::postgres {

/// The type of a parameter, declared with its statement: left to itself the server takes it from what
/// the parameter is compared with, and `$1 = 0` would make it an int4, too small for our ids. NULL
/// alone has no type of its own.
enum class Type : std::uint32_t { Unknown = 0, Bytes = 17, Integer = 20, Text = 25, Real = 701 };

/// The types of one row of values, or of all rows: an integer among reals counts as a real, NULL as
/// whatever the others are. Error Invalid if a column mixes text with numbers or bytes.
Result<std::vector<Type>> types_of(std::size_t columns, std::span<const Value> rows);

/// One row as libpq takes it; the pointers lead into this object and into the values.
class Parameters {
 public:
  explicit Parameters(std::span<const Type> types);
  void set(std::span<const Value> row);

  [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }
  [[nodiscard]] const char* const* data() const { return pointers_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  std::span<const Type> types_;
  std::vector<std::array<char, 8>> numbers_;  ///< big-endian
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

}  // namespace vigil::store::postgres
