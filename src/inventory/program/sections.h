// The sections and segments of a program file: ELF (32 and 64 bits, either byte order), PE, Mach-O
// (alone or for several processors).
//
// References: the System V ABI (gABI) chapters 4 and 5; Microsoft's "PE Format"; Apple's
// mach-o/loader.h and mach-o/fat.h.
//
// Nobody is trusted: what points out of the file is cut off or left out, and no more than 4,096
// sections, 4,096 segments and 8 processors are looked at. Nothing is copied but the tables; the
// texts live as long as the file's bytes.
//
//   for (const Program& program : read_programs(file.content))
//     if (const Section* note = program.section(".note.package")) use(note->content);
//
// Not handled: relocations, symbol tables, ELF with more than 65,279 sections, compressed sections.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vigil::inventory {

enum class ProgramFormat : std::uint8_t { Elf, Pe, MachO };

struct Section {
  std::string_view name;      ///< ".note.package", ".rdata", "__gopclntab"; of PE 8 bytes at most
  std::uint64_t address = 0;  ///< where it is loaded, without a shift at run time
  std::uint64_t offset = 0;   ///< where it lies in the program's bytes
  std::string_view content;   ///< as far as it is in the file; empty for what is zero when loaded
  bool writable = false;
  bool executable = false;
};

struct Segment {
  std::uint32_t type = 0;  ///< of ELF: p_type (1 PT_LOAD, 4 PT_NOTE); of the others 1
  std::uint64_t address = 0;
  std::uint64_t offset = 0;
  std::string_view content;
  bool writable = false;
  bool executable = false;
};

struct Program {
  ProgramFormat format = ProgramFormat::Elf;
  unsigned bits = 64;
  bool big_endian = false;
  std::uint16_t machine = 0;  ///< ELF e_machine, PE Machine, the low half of Mach-O's cputype
  std::string_view content;   ///< the file's bytes, or of a file for several processors its part
  std::vector<Section> sections;
  std::vector<Segment> segments;  ///< of PE its sections

  /// The first of that name.
  [[nodiscard]] const Section* section(std::string_view name) const;
  /// What is loaded at an address, to the end of its segment; empty if nothing is.
  [[nodiscard]] std::string_view at(std::uint64_t address) const;
  /// A number of `width` bytes (1 to 8) in this program's byte order; nothing if it is not there.
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view bytes, std::uint64_t offset,
                                                    unsigned width) const;
};

/// One for each processor; none if the file is no program or its headers are cut short.
std::vector<Program> read_programs(std::string_view file);

}  // namespace vigil::inventory
