// Mach-O: Apple's mach-o/loader.h and mach-o/fat.h (opensource.apple.com, xnu/EXTERNAL_HEADERS).
#include <algorithm>

#include "inventory/program/bytes_of_program.h"
#include "inventory/program/formats.h"

namespace vigil::inventory {
namespace {

constexpr std::uint64_t kSegment32 = 0x01;
constexpr std::uint64_t kSegment64 = 0x19;
constexpr std::uint64_t kMostCommands = 4096;
constexpr std::uint64_t kMostProcessors = 8;
constexpr std::uint64_t kZeroFilled = 1;
constexpr std::uint64_t kGigabytesZeroFilled = 0xC;

std::string_view fixed_name(std::string_view name) {
  return name.substr(0, name.find('\0'));
}

class Reader {
 public:
  explicit Reader(Program& program) : program_(program), wide_(program.bits == 64) {}

  void segment(std::uint64_t at, std::uint64_t size) {
    const std::uint64_t address_width = wide_ ? 8 : 4;
    Segment segment;
    segment.type = 1;
    segment.address = address(at + 24);
    segment.offset = address(at + 24 + 2 * address_width);
    segment.content =
        part_of(program_.content, segment.offset, address(at + 24 + 3 * address_width));
    const std::uint64_t rest = at + 24 + 4 * address_width;
    const std::uint64_t protection = get(rest + 4, 4);
    segment.writable = (protection & 2U) != 0;
    segment.executable = (protection & 4U) != 0;
    program_.segments.push_back(segment);
    const std::uint64_t step = wide_ ? 80 : 68;
    std::uint64_t section = rest + 16;
    for (std::uint64_t left = get(rest + 8, 4); left > 0; --left, section += step) {
      if (section + step > at + size || program_.sections.size() == kMostSections) return;
      add_section(section, segment);
    }
  }

 private:
  [[nodiscard]] std::uint64_t get(std::uint64_t at, unsigned width) const {
    return number_at(program_.content, at, width, program_.big_endian).value_or(0);
  }
  [[nodiscard]] std::uint64_t address(std::uint64_t at) const { return get(at, wide_ ? 8 : 4); }

  void add_section(std::uint64_t at, const Segment& segment) {
    const std::uint64_t width = wide_ ? 8 : 4;
    const std::uint64_t rest = at + 32 + 2 * width;
    Section section;
    section.name = fixed_name(part_of(program_.content, at, 16));
    section.address = address(at + 32);
    section.offset = get(rest, 4);
    const std::uint64_t type = get(rest + 16, 4) & 0xFFU;
    if (type != kZeroFilled && type != kGigabytesZeroFilled) {
      section.content = part_of(program_.content, section.offset, address(at + 32 + width));
    }
    section.writable = segment.writable;
    section.executable = segment.executable;
    program_.sections.push_back(section);
  }

  Program& program_;
  bool wide_;
};

std::optional<Program> read_one(std::string_view file) {
  const std::uint64_t magic = number_at(file, 0, 4, true).value_or(0);
  Program program;
  program.format = ProgramFormat::MachO;
  program.content = file;
  switch (magic) {
    case 0xFEEDFACE:
    case 0xFEEDFACF:
      program.big_endian = true;
      program.bits = magic == 0xFEEDFACF ? 64 : 32;
      break;
    case 0xCEFAEDFE:
    case 0xCFFAEDFE:
      program.bits = magic == 0xCFFAEDFE ? 64 : 32;
      break;
    default:
      return std::nullopt;
  }
  const auto get = [&](std::uint64_t at) { return program.number(file, at, 4).value_or(0); };
  program.machine = static_cast<std::uint16_t>(get(4));
  const std::uint64_t count = std::min(get(16), kMostCommands);
  std::uint64_t at = program.bits == 64 ? 32 : 28;
  Reader reader(program);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t size = get(at + 4);
    if (size < 8 || at + size > file.size()) break;
    if (get(at) == (program.bits == 64 ? kSegment64 : kSegment32)) reader.segment(at, size);
    at += size;
  }
  return program;
}

}  // namespace

std::vector<Program> read_mach_o(std::string_view file) {
  std::vector<Program> programs;
  const std::uint64_t magic = number_at(file, 0, 4, true).value_or(0);
  const bool wide = magic == 0xCAFEBABF;
  if (magic != 0xCAFEBABE && !wide) {
    if (auto program = read_one(file)) programs.push_back(std::move(*program));
    return programs;
  }
  const std::uint64_t count = number_at(file, 4, 4, true).value_or(0);
  // Java classes share the magic; their next number is a version of 45 and more.
  if (count >= 45) return programs;
  const std::uint64_t step = wide ? 32 : 20;
  const unsigned width = wide ? 8 : 4;
  for (std::uint64_t i = 0; i < std::min(count, kMostProcessors); ++i) {
    const std::uint64_t at = 8 + i * step + 8;
    const std::uint64_t offset = number_at(file, at, width, true).value_or(0);
    const std::uint64_t size = number_at(file, at + width, width, true).value_or(0);
    if (offset == 0) continue;
    if (auto program = read_one(part_of(file, offset, size)))
      programs.push_back(std::move(*program));
  }
  return programs;
}

}  // namespace vigil::inventory
