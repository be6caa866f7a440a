#include "inventory/catalogers/go-binary/function_names.h"

#include <algorithm>
#include <optional>

#include "inventory/program/bytes_of_program.h"

namespace vigil::inventory::go_binary {
namespace {

/// debug/gosym/pclntab.go: the magic of Go 1.16, 1.18 and 1.20, then two zeros, the smallest
/// instruction (1, 2, 4) and the size of a pointer (4, 8).
struct Form {
  std::uint64_t magic;
  unsigned names_field;  ///< in pointers behind the first eight bytes
};
constexpr Form kForms[] = {{0xFFFFFFFA, 2}, {0xFFFFFFF0, 3}, {0xFFFFFFF1, 3}};

/// The table of names if a pclntab begins here: the field behind its offset is that of what follows.
std::string_view names_of(const Program& program, std::string_view table) {
  const auto magic = program.number(table, 0, 4);
  const auto* const form = std::find_if(std::begin(kForms), std::end(kForms),
                                        [&](const Form& one) { return magic == one.magic; });
  if (form == std::end(kForms) || table.size() < 8 || table[4] != 0 || table[5] != 0) return {};
  const char quantum = table[6];
  const auto pointer = static_cast<unsigned>(static_cast<unsigned char>(table[7]));
  if ((quantum != 1 && quantum != 2 && quantum != 4) || (pointer != 4 && pointer != 8)) return {};
  const auto begin = program.number(table, 8 + form->names_field * pointer, pointer);
  const auto end = program.number(table, 8 + (form->names_field + 1) * pointer, pointer);
  if (!begin || !end || *begin >= *end || *end > table.size()) return {};
  return table.substr(*begin, *end - *begin);
}

std::string_view search(const Program& program, std::string_view content) {
  for (const Form& form : kForms) {
    std::string magic;
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned shift = program.big_endian ? 24 - 8 * i : 8 * i;
      magic.push_back(static_cast<char>(form.magic >> shift & 0xFFU));
    }
    magic.append(2, '\0');
    for (std::size_t at = content.find(magic); at != std::string_view::npos;
         at = content.find(magic, at + 1)) {
      const std::string_view names = names_of(program, content.substr(at));
      if (!names.empty()) return names;
    }
  }
  return {};
}

/// "gopkg.in/yaml%2ev3" -> "gopkg.in/yaml.v3": the compiler writes what would look like the end of
/// the path in hexadecimal (cmd/internal/objabi.PathToPrefix).
std::string unescape(std::string_view text) {
  const auto digit = [](char c) -> std::optional<unsigned> {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    return std::nullopt;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto high = digit(text[i + 1]);
      const auto low = digit(text[i + 2]);
      if (high && low) {
        out.push_back(static_cast<char>(*high << 4U | *low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

}  // namespace

std::string_view find_function_names(const Program& program) {
  for (const std::string_view name : {".gopclntab", ".data.rel.ro.gopclntab", "__gopclntab"}) {
    const Section* const section = program.section(name);
    if (section == nullptr) continue;
    const std::string_view names = names_of(program, section->content);
    if (!names.empty()) return names;
  }
  // PE has no section of its own for it.
  for (const Section& section : program.sections) {
    if (section.executable && program.format != ProgramFormat::Pe) continue;
    const std::string_view names = search(program, section.content);
    if (!names.empty()) return names;
  }
  if (!program.sections.empty()) return {};
  for (const Segment& segment : program.segments) {
    const std::string_view names = search(program, segment.content);
    if (!names.empty()) return names;
  }
  return {};
}

Function parse_function(std::string_view name) {
  Function function;
  for (const std::string_view made : {"type:", "type..", "go:", "go.", "struct {", "interface {"}) {
    if (name.starts_with(made)) return function;
  }
  // Type parameters may hold paths of other packages.
  const std::string_view plain = name.substr(0, name.find('['));
  const std::size_t slash = plain.rfind('/');
  const std::size_t dot = plain.find('.', slash == std::string_view::npos ? 0 : slash + 1);
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size()) return function;
  function.package = unescape(plain.substr(0, dot));
  function.symbol = name.substr(dot + 1);
  return function;
}

}  // namespace vigil::inventory::go_binary
