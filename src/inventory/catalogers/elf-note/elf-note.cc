// The package a program was built as, as the program itself says: ELF package metadata.
//
// What: distributions put a note into every program and library they build: the section
// .note.package, owner "FDO", type 0xcafe1a7e, whose content is JSON: {"type": "rpm", "name":
// "systemd", "version": "255.4-1.fc40", "architecture": "x86_64", "osCpe":
// "cpe:/o:fedoraproject:fedora:40"}. So a program that was copied into an image without its package
// manager's database still says whose advisories speak of it.
//
// References: uapi-group.org/specifications/specs/package_metadata_for_executable_files, the System V
// ABI (gABI) chapter 5 "Note Section", semver of types as in the purl specification.
//
// Traps:
//   - Strings in a note are padded to four bytes, or to the section's alignment; the JSON may end in
//     several NULs.
//   - Debian's says the system but not its release.
//   - A program that lies where its package put it is that package's (inventory/ownership.h): on
//     Fedora every program has such a note.
//
// Not handled: libraries that are not executable files; the module's own source of the note
// (moduleVersion, appCpe).

#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/operating_system.h"
#include "inventory/package_link.h"
#include "inventory/program/bytes_of_program.h"
#include "inventory/program/sections.h"
#include "model/ecosystem.h"

namespace vigil::inventory::elf_note {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{512} << 20;
constexpr std::uint64_t kPackageMetadata = 0xcafe1a7e;
constexpr std::size_t kMostText = 16 << 10;

struct Note {
  std::string_view text;     ///< the JSON
  std::uint64_t offset = 0;  ///< in the program
};

std::uint64_t padded(std::uint64_t size) {
  return (size + 3) & ~std::uint64_t{3};
}

/// The first note of that kind in a section or segment of notes.
std::optional<Note> find_note(const Program& program, std::string_view notes,
                              std::uint64_t offset) {
  std::uint64_t at = 0;
  for (int count = 0; count < 64; ++count) {
    const auto name_size = program.number(notes, at, 4);
    const auto text_size = program.number(notes, at + 4, 4);
    const auto type = program.number(notes, at + 8, 4);
    if (!name_size || !text_size || !type) return std::nullopt;
    const std::uint64_t text_at = at + 12 + padded(*name_size);
    if (*type == kPackageMetadata && part_of(notes, at + 12, *name_size).starts_with("FDO")) {
      std::string_view text = part_of(notes, text_at, *text_size);
      text = text.substr(0, text.find('\0'));
      if (text.size() > kMostText) return std::nullopt;
      return Note{text, offset + text_at};
    }
    at = text_at + padded(*text_size);
  }
  return std::nullopt;
}

std::optional<Note> find_note(const Program& program) {
  if (const Section* section = program.section(".note.package")) {
    return find_note(program, section->content, section->offset);
  }
  for (const Segment& segment : program.segments) {
    constexpr std::uint32_t kNotes = 4;
    if (program.format != ProgramFormat::Elf || segment.type != kNotes) continue;
    if (const auto note = find_note(program, segment.content, segment.offset)) return note;
  }
  return std::nullopt;
}

/// The system the note speaks of, by its words or by "cpe:/o:fedoraproject:fedora:40".
OperatingSystem system_of(base::Json metadata) {
  OperatingSystem os;
  os.id = base::lower(metadata["os"].text());
  os.version = metadata["osVersion"].text();
  const std::vector<std::string_view> cpe = base::split(metadata["osCpe"].text(), ':');
  const std::size_t product = cpe.size() > 2 && cpe[1] == "2.3" ? 4 : 3;
  if (os.id.empty() && cpe.size() > product) os.id = cpe[product];
  if (os.version.empty() && cpe.size() > product + 1) os.version = cpe[product + 1];
  if (os.id == "enterprise_linux") os.id = "rhel";
  os.ecosystem = ecosystem_of(os.id, os.version, false);
  return os;
}

std::string text_of(base::Json value) {
  return base::printable(value.text());
}

std::optional<model::Package> package_of(std::string_view text) {
  std::string padded_text(text);
  base::JsonParser parser;
  const auto metadata = parser.parse(padded_text);
  if (!metadata) return std::nullopt;
  const OperatingSystem os = system_of(*metadata);
  const std::string type = text_of((*metadata)["type"]);
  model::Package package;
  package.name = package.source_name = text_of((*metadata)["name"]);
  package.version = package.source_version = text_of((*metadata)["version"]);
  package.architecture = text_of((*metadata)["architecture"]);
  if (type.empty() || package.name.empty() || package.version.empty()) return std::nullopt;
  if (model::purl_type_of_ecosystem(os.ecosystem) == type) package.ecosystem = os.ecosystem;
  package.manager = "OS";
  package.evidence = model::Evidence::Binary;
  std::string epoch;
  std::string version = package.version;
  if (const std::size_t colon = version.find(':'); type == "rpm" && colon != std::string::npos) {
    epoch = version.substr(0, colon);
    version.erase(0, colon + 1);
  }
  package.package_url = package_link(type, os, package.name, version,
                                     {{"arch", package.architecture}, {"epoch", epoch}});
  return package;
}

void catalog(const File& file, Context& context) {
  for (const Program& program : read_programs(file.content)) {
    const std::optional<Note> note = find_note(program);
    if (!note) continue;
    auto package = package_of(note->text);
    if (!package) {
      context.problems.push_back({file.path, "its package metadata (.note.package) is damaged"});
      continue;
    }
    package->locations.push_back({.path = file.path, .offset = note->offset});
    context.packages.push_back(std::move(*package));
  }
}

constexpr Pattern kPatterns[] = {programs()};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "elf-note",
                                       .title = "Packages that programs say they are of",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::elf_note
