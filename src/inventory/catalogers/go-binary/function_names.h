// The names of the functions in a Go program, from the table that stack traces need ("pclntab"). It
// is there in stripped programs too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/program/sections.h"

namespace vigil::inventory::go_binary {

/// The table of names: NUL after each. Functions that were inlined everywhere are in it, which no
/// symbol table shows. Of Go 1.16 and later; empty if it is not found.
std::string_view find_function_names(const Program& program);

struct Function {
  std::string package;      ///< import path: "golang.org/x/text/language", "main"
  std::string_view symbol;  ///< "Parse", "(*Decoder).Decode", "(*Decoder).Decode.func1"
};

/// Takes a name apart; the package is empty for what the compiler made ("type:.eq.", "go:...").
Function parse_function(std::string_view name);

}  // namespace vigil::inventory::go_binary
