// Literal terms of Erlang and Elixir as a tree: what mix.lock, rebar.lock and hex_metadata.config
// hold. Only literals; anything that would have to be run is an error.
//
// References: erlang.org/doc/reference_manual/data_types, hexdocs.pm/elixir/syntax-reference.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::inventory::hex {

struct Term {
  enum class Kind : std::uint8_t {
    Nothing,  ///< what is not there
    Atom,     ///< foo, :foo, "foo": in front of a value
    Text,     ///< "foo", <<"foo">>
    Number,
    List,   ///< [1, 2]
    Tuple,  ///< {1, 2}; also a pair of a keyword list or map
    Map,    ///< its pairs are tuples
  };
  Kind kind = Kind::Nothing;
  std::string text;  ///< of an atom, text or number
  std::vector<Term> items;
  std::uint32_t line = 0;

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  /// The item of that number; Nothing if there are not so many.
  [[nodiscard]] const Term& at(std::size_t number) const;
  /// The second of the first pair that begins with this key; Nothing if there is none.
  [[nodiscard]] const Term& value(std::string_view key) const;
};

enum class Language : std::uint8_t {
  Erlang,  ///< comments begin with %, terms end with a dot
  Elixir,  ///< comments begin with #, maps with %{
};

/// Every term of the text. The error says the line; deeper than 100 levels is one.
Result<std::vector<Term>> parse_terms(std::string_view text, Language language);

}  // namespace vigil::inventory::hex
