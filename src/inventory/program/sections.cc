#include "inventory/program/sections.h"

#include <algorithm>

#include "inventory/program/bytes_of_program.h"
#include "inventory/program/formats.h"

namespace vigil::inventory {

const Section* Program::section(std::string_view name) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const Section& one) { return one.name == name; });
  return found == sections.end() ? nullptr : &*found;
}

std::string_view Program::at(std::uint64_t address) const {
  for (const Segment& segment : segments) {
    constexpr std::uint32_t kLoad = 1;
    if (segment.type != kLoad || address < segment.address) continue;
    const std::uint64_t distance = address - segment.address;
    if (distance < segment.content.size()) return segment.content.substr(distance);
  }
  return {};
}

std::optional<std::uint64_t> Program::number(std::string_view bytes, std::uint64_t offset,
                                             unsigned width) const {
  return number_at(bytes, offset, width, big_endian);
}

std::vector<Program> read_programs(std::string_view file) {
  constexpr std::string_view kElf(
      "\x7f"
      "ELF",
      4);
  std::optional<Program> program;
  if (file.starts_with(kElf)) {
    program = read_elf(file);
  } else if (file.starts_with("MZ")) {
    program = read_pe(file);
  } else {
    return read_mach_o(file);
  }
  std::vector<Program> programs;
  if (program) programs.push_back(std::move(*program));
  return programs;
}

}  // namespace vigil::inventory
