#include "store/postgres/row.h"

#include <libpq-fe.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <variant>

namespace vigil::store::postgres {
namespace {

// Object ids of built-in types, which never change: pg_type.dat.
constexpr Oid kBool = 16;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kOid = 26;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kNumeric = 1700;

template <typename T>
T big_endian(std::string_view bytes) {
  std::make_unsigned_t<T> value = 0;
  for (const char c : bytes.substr(0, sizeof(T))) {
    value = static_cast<std::make_unsigned_t<T>>(value << 8U) | static_cast<unsigned char>(c);
  }
  return static_cast<T>(value);
}

/// numeric: count of digits, weight of the first, sign, scale, digits to the base of 10000.
double numeric(std::string_view bytes) {
  constexpr std::uint16_t kNegative = 0x4000;
  constexpr std::size_t kHead = 8;
  constexpr double kBase = 10000;
  const int weight = big_endian<std::int16_t>(bytes.substr(2));
  const bool is_negative = big_endian<std::uint16_t>(bytes.substr(4)) == kNegative;
  double value = 0;
  int power = weight;
  for (std::size_t at = kHead; at + 1 < bytes.size(); at += 2) {
    value += big_endian<std::int16_t>(bytes.substr(at)) * std::pow(kBase, power--);
  }
  return is_negative ? -value : value;
}

/// The same without what a double loses; the part before the point.
std::int64_t numeric_integer(std::string_view bytes) {
  constexpr double kTooLarge = 9.2e18;
  const double rough = numeric(bytes);
  if (rough > kTooLarge) return std::numeric_limits<std::int64_t>::max();
  if (rough < -kTooLarge) return std::numeric_limits<std::int64_t>::min();
  const std::int64_t digits = big_endian<std::int16_t>(bytes);
  const std::int64_t weight = big_endian<std::int16_t>(bytes.substr(2));
  std::int64_t value = 0;
  for (std::int64_t i = 0; i <= weight; ++i) {
    const std::int64_t digit =
        i < digits ? big_endian<std::int16_t>(bytes.substr(static_cast<std::size_t>(8 + 2 * i)))
                   : 0;
    value = value * 10000 + digit;
  }
  return rough < 0 ? -value : value;
}

template <typename T>
T parsed(std::string_view text) {
  T value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

using Number = std::variant<std::monostate, std::int64_t, double>;

/// The value if it is a number.
Number number(Oid type, std::string_view bytes) {
  switch (type) {
    case kBool:
      return std::int64_t{bytes.front() != 0};
    case kInt2:
      return std::int64_t{big_endian<std::int16_t>(bytes)};
    case kInt4:
      return std::int64_t{big_endian<std::int32_t>(bytes)};
    case kOid:
      return std::int64_t{big_endian<std::uint32_t>(bytes)};
    case kInt8:
      return big_endian<std::int64_t>(bytes);
    case kFloat4:
      return double{std::bit_cast<float>(big_endian<std::uint32_t>(bytes))};
    case kFloat8:
      return std::bit_cast<double>(big_endian<std::uint64_t>(bytes));
    case kNumeric: {
      const double value = numeric(bytes);
      if (value == std::floor(value)) return numeric_integer(bytes);
      return value;
    }
    default:
      return std::monostate{};
  }
}

std::int64_t whole(double value) {
  constexpr double kTooLarge = 9.2e18;
  if (std::isnan(value)) return 0;
  return static_cast<std::int64_t>(std::clamp(value, -kTooLarge, kTooLarge));
}

}  // namespace

bool PostgresRow::is_null(int column) const {
  return PQgetisnull(result_, 0, column) != 0;
}

std::string_view PostgresRow::bytes(int column) const {
  return {PQgetvalue(result_, 0, column),
          static_cast<std::size_t>(PQgetlength(result_, 0, column))};
}

std::int64_t PostgresRow::integer(int column) const {
  if (is_null(column)) return 0;
  const Number value = number(PQftype(result_, column), bytes(column));
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* real = std::get_if<double>(&value)) return whole(*real);
  return parsed<std::int64_t>(bytes(column));
}

double PostgresRow::real(int column) const {
  if (is_null(column)) return 0;
  const Number value = number(PQftype(result_, column), bytes(column));
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return parsed<double>(bytes(column));
}

std::string_view PostgresRow::text(int column) const {
  if (is_null(column)) return {};
  const Number value = number(PQftype(result_, column), bytes(column));
  if (std::holds_alternative<std::monostate>(value)) return bytes(column);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return made_.emplace_back(std::to_string(*integer));
  }
  std::string digits(32, '\0');
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), std::get<double>(value));
  digits.resize(static_cast<std::size_t>(end.ptr - digits.data()));
  return made_.emplace_back(std::move(digits));
}

}  // namespace vigil::store::postgres
