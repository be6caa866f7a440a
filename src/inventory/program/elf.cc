// ELF: System V ABI, chapters 4 (object files) and 5 (program loading).
#include <algorithm>

#include "inventory/program/bytes_of_program.h"
#include "inventory/program/formats.h"

namespace vigil::inventory {
namespace {

constexpr std::uint64_t kNoBits = 8;
constexpr std::uint64_t kWritableSection = 1;
constexpr std::uint64_t kExecutableSection = 4;

class Reader {
 public:
  Reader(std::string_view file, bool wide, bool big) : file_(file), wide_(wide), big_(big) {}

  [[nodiscard]] std::uint64_t half(std::uint64_t at) const { return get(at, 2); }
  [[nodiscard]] std::uint64_t word(std::uint64_t at) const { return get(at, 4); }
  /// An address, offset or size.
  [[nodiscard]] std::uint64_t address(std::uint64_t at) const { return get(at, wide_ ? 8 : 4); }

 private:
  [[nodiscard]] std::uint64_t get(std::uint64_t at, unsigned width) const {
    return number_at(file_, at, width, big_).value_or(0);
  }

  std::string_view file_;
  bool wide_;
  bool big_;
};

void read_sections(const Reader& in, bool wide, Program& program) {
  const std::uint64_t table = in.address(wide ? 0x28 : 0x20);
  const std::uint64_t step = in.half(wide ? 0x3A : 0x2E);
  const std::uint64_t count = std::min(in.half(wide ? 0x3C : 0x30), kMostSections);
  const std::uint64_t names_index = in.half(wide ? 0x3E : 0x32);
  if (step < (wide ? 64U : 40U) || table >= program.content.size()) return;
  const auto content_of = [&](std::uint64_t at) {
    return part_of(program.content, in.address(at + (wide ? 0x18U : 0x10U)),
                   in.address(at + (wide ? 0x20U : 0x14U)));
  };
  const std::string_view names =
      names_index < count ? content_of(table + names_index * step) : std::string_view();
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = table + i * step;
    if (at + step > program.content.size()) break;
    const std::uint64_t flags = in.address(at + 8);
    Section section;
    section.name = text_at(names, in.word(at));
    section.address = in.address(at + (wide ? 0x10U : 0x0CU));
    section.offset = in.address(at + (wide ? 0x18U : 0x10U));
    if (in.word(at + 4) != kNoBits) section.content = content_of(at);
    section.writable = (flags & kWritableSection) != 0;
    section.executable = (flags & kExecutableSection) != 0;
    program.sections.push_back(section);
  }
}

void read_segments(const Reader& in, bool wide, Program& program) {
  const std::uint64_t table = in.address(wide ? 0x20 : 0x1C);
  const std::uint64_t step = in.half(wide ? 0x36 : 0x2A);
  const std::uint64_t count = std::min(in.half(wide ? 0x38 : 0x2C), kMostSections);
  if (step < (wide ? 56U : 32U) || table >= program.content.size()) return;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = table + i * step;
    if (at + step > program.content.size()) break;
    const std::uint64_t flags = in.word(at + (wide ? 0x04U : 0x18U));
    Segment segment;
    segment.type = static_cast<std::uint32_t>(in.word(at));
    segment.offset = in.address(at + (wide ? 0x08U : 0x04U));
    segment.address = in.address(at + (wide ? 0x10U : 0x08U));
    segment.content =
        part_of(program.content, segment.offset, in.address(at + (wide ? 0x20U : 0x10U)));
    segment.writable = (flags & 2U) != 0;
    segment.executable = (flags & 1U) != 0;
    program.segments.push_back(segment);
  }
}

}  // namespace

std::optional<Program> read_elf(std::string_view file) {
  constexpr std::size_t kHeader32 = 52;
  constexpr std::size_t kHeader64 = 64;
  if (file.size() < kHeader32) return std::nullopt;
  const bool wide = file[4] == 2;
  const bool big = file[5] == 2;
  if ((!wide && file[4] != 1) || (!big && file[5] != 1)) return std::nullopt;
  if (wide && file.size() < kHeader64) return std::nullopt;
  const Reader in(file, wide, big);
  Program program;
  program.format = ProgramFormat::Elf;
  program.bits = wide ? 64 : 32;
  program.big_endian = big;
  program.machine = static_cast<std::uint16_t>(in.half(0x12));
  program.content = file;
  read_sections(in, wide, program);
  read_segments(in, wide, program);
  return program;
}

}  // namespace vigil::inventory
