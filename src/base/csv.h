// Reads comma-separated values (RFC 4180) as a stream: quoted fields with doubled quotes, line
// breaks inside quotes, LF or CRLF, an optional byte order mark.
//
// Beyond the RFC, as real files need it: another separator, quotes inside an unquoted field are
// ordinary characters, lines without any character are passed over, and the last line needs no end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "base/input.h"
#include "base/result.h"

namespace vigil::base {

struct CsvFormat {
  char separator = ',';
  /// Past these the walk ends with an error of code TooLarge.
  std::size_t row_bytes = std::size_t{16} << 20;
  std::size_t row_fields = 10'000;
};

/// One row: the fields without their quotes, valid until the visitor returns, and the number of the
/// line it begins on, from 1.
using CsvVisitor =
    std::function<Result<void>(std::uint64_t line, std::span<const std::string_view> fields)>;

/// Every row, the header line too. A quoted field that never ends is an error ("ends in the
/// middle"), and so is text between a closing quote and the separator. An error of the visitor ends
/// the walk and is returned as it is.
Result<void> for_each_csv_row(Input& input, const CsvFormat& format, const CsvVisitor& visit);

}  // namespace vigil::base
