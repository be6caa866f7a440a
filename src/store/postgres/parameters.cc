#include "store/postgres/parameters.h"

#include <bit>
#include <string>

namespace vigil::store::postgres {
namespace {

constexpr int kBinary = 1;

struct Typer {
  Type operator()(std::nullptr_t) const { return Type::Unknown; }
  Type operator()(std::int64_t) const { return Type::Integer; }
  Type operator()(double) const { return Type::Real; }
  Type operator()(std::string_view) const { return Type::Text; }
  Type operator()(Blob) const { return Type::Bytes; }
};

bool is_number(Type type) {
  return type == Type::Integer || type == Type::Real;
}

std::array<char, 8> big_endian(std::uint64_t value) {
  std::array<char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<unsigned char>(value >> (56U - 8U * i)));
  }
  return bytes;
}

}  // namespace

Result<std::vector<Type>> types_of(std::size_t columns, std::span<const Value> rows) {
  std::vector<Type> types(columns, Type::Unknown);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Type type = std::visit(Typer{}, rows[i]);
    Type& known = types[i % columns];
    if (type == Type::Unknown || type == known) continue;
    if (known == Type::Unknown) {
      known = type;
    } else if (is_number(known) && is_number(type)) {
      known = Type::Real;
    } else {
      return fail("column " + std::to_string(i % columns + 1) + " mixes types");
    }
  }
  return types;
}

Parameters::Parameters(std::span<const Type> types)
    : types_(types),
      numbers_(types.size()),
      pointers_(types.size()),
      lengths_(types.size()),
      formats_(types.size(), kBinary) {}

void Parameters::set(std::span<const Value> row) {
  for (std::size_t i = 0; i < types_.size(); ++i) {
    const Value& value = row[i];
    pointers_[i] = nullptr;
    lengths_[i] = 0;
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      pointers_[i] = text->data() != nullptr ? text->data() : "";
      lengths_[i] = static_cast<int>(text->size());
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      pointers_[i] = blob->bytes.data() != nullptr ? blob->bytes.data() : "";
      lengths_[i] = static_cast<int>(blob->bytes.size());
    } else if (!std::holds_alternative<std::nullptr_t>(value)) {
      const auto* integer = std::get_if<std::int64_t>(&value);
      if (types_[i] == Type::Integer) {
        numbers_[i] = big_endian(static_cast<std::uint64_t>(*integer));
      } else {
        const double real =
            integer != nullptr ? static_cast<double>(*integer) : std::get<double>(value);
        numbers_[i] = big_endian(std::bit_cast<std::uint64_t>(real));
      }
      pointers_[i] = numbers_[i].data();
      lengths_[i] = static_cast<int>(numbers_[i].size());
    }
  }
}

}  // namespace vigil::store::postgres
