// PE: learn.microsoft.com/windows/win32/debug/pe-format.
#include <algorithm>

#include "inventory/program/bytes_of_program.h"
#include "inventory/program/formats.h"

namespace vigil::inventory {
namespace {

constexpr std::uint64_t kExecutable = 0x20000000;
constexpr std::uint64_t kWritable = 0x80000000;
constexpr std::uint64_t kSectionSize = 40;

}  // namespace

std::optional<Program> read_pe(std::string_view file) {
  const auto get = [&](std::uint64_t at, unsigned width) {
    return number_at(file, at, width, false).value_or(0);
  };
  const std::uint64_t header = get(0x3C, 4);
  if (part_of(file, header, 4) != std::string_view("PE\0\0", 4)) return std::nullopt;
  const std::uint64_t optional = header + 24;
  const std::uint64_t magic = get(optional, 2);
  const bool wide = magic == 0x20B;
  if (!wide && magic != 0x10B) return std::nullopt;
  Program program;
  program.format = ProgramFormat::Pe;
  program.bits = wide ? 64 : 32;
  program.machine = static_cast<std::uint16_t>(get(header + 4, 2));
  program.content = file;
  const std::uint64_t base = wide ? get(optional + 24, 8) : get(optional + 28, 4);
  const std::uint64_t table = optional + get(header + 20, 2);
  const std::uint64_t count = std::min(get(header + 6, 2), kMostSections);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = table + i * kSectionSize;
    if (at + kSectionSize > file.size()) break;
    const std::uint64_t flags = get(at + 36, 4);
    Section section;
    section.name = file.substr(at, 8);
    section.name = section.name.substr(0, section.name.find('\0'));
    section.address = base + get(at + 12, 4);
    section.offset = get(at + 20, 4);
    // The size in the file is rounded up to whole sectors.
    const std::uint64_t loaded = get(at + 8, 4);
    const std::uint64_t stored = get(at + 16, 4);
    section.content =
        part_of(file, section.offset, loaded == 0 ? stored : std::min(loaded, stored));
    section.writable = (flags & kWritable) != 0;
    section.executable = (flags & kExecutable) != 0;
    program.sections.push_back(section);
    program.segments.push_back({1, section.address, section.offset, section.content,
                                section.writable, section.executable});
  }
  return program;
}

}  // namespace vigil::inventory
