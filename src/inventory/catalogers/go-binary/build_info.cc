#include "inventory/catalogers/go-binary/build_info.h"

#include "base/text.h"
#include "inventory/program/bytes_of_program.h"

namespace vigil::inventory::go_binary {
namespace {

constexpr std::string_view kMagic("\xff Go buildinf:", 14);
constexpr std::size_t kHeader = 32;
constexpr std::size_t kAlignment = 16;
constexpr std::size_t kMostModules = 100'000;
constexpr std::uint64_t kLongestText = std::uint64_t{16} << 20;

/// Since Go 1.18: a length in groups of seven bits, then the text. Takes it off `rest`.
std::string_view take_inline(std::string_view& rest) {
  std::uint64_t length = 0;
  std::size_t at = 0;
  for (unsigned shift = 0; shift < 63 && at < rest.size(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest[at++]);
    length |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) {
      const std::string_view text = part_of(rest, at, length);
      if (text.size() != length) break;
      rest.remove_prefix(at + length);
      return text;
    }
  }
  rest = {};
  return {};
}

/// Before Go 1.18: the address of a string's header, which is an address and a length.
std::string_view follow(const Program& program, std::string_view blob, std::uint64_t at,
                        unsigned width) {
  const auto header_at = program.number(blob, at, width);
  if (!header_at) return {};
  const std::string_view header = program.at(*header_at);
  const auto address = program.number(header, 0, width);
  const auto length = program.number(header, width, width);
  if (!address || !length || *length > kLongestText) return {};
  const std::string_view text = program.at(*address).substr(0, *length);
  return text.size() == *length ? text : std::string_view();
}

std::optional<BuildInfo> read_blob(const Program& program, std::string_view blob) {
  constexpr unsigned kInline = 2;
  const auto pointer = static_cast<unsigned char>(blob[14]);
  const auto flags = static_cast<unsigned char>(blob[15]);
  BuildInfo info;
  if ((flags & kInline) != 0) {
    std::string_view rest = blob.substr(kHeader);
    info.toolchain = take_inline(rest);
    info.modules = take_inline(rest);
  } else {
    if (pointer != 4 && pointer != 8) return std::nullopt;
    info.toolchain = follow(program, blob, 16, pointer);
    info.modules = follow(program, blob, 16U + pointer, pointer);
  }
  if (info.toolchain.empty()) return std::nullopt;
  // Sixteen bytes before and behind mark where the text is; see cmd/go/internal/modload.
  constexpr std::size_t kMark = 16;
  const std::size_t size = info.modules.size();
  if (size >= 2 * kMark + 1 && info.modules[size - kMark - 1] == '\n') {
    info.modules = info.modules.substr(kMark, size - 2 * kMark);
  } else {
    info.modules = {};
  }
  return info;
}

std::optional<BuildInfo> search(const Program& program, std::string_view content) {
  for (std::size_t at = content.find(kMagic); at != std::string_view::npos;
       at = content.find(kMagic, at + 1)) {
    if (at % kAlignment != 0 || content.size() - at < kHeader) continue;
    if (auto info = read_blob(program, content.substr(at))) return info;
  }
  return std::nullopt;
}

}  // namespace

std::optional<BuildInfo> find_build_info(const Program& program) {
  for (const std::string_view name : {".go.buildinfo", "__go_buildinfo"}) {
    if (const Section* const section = program.section(name)) {
      return search(program, section->content);
    }
  }
  for (const Segment& segment : program.segments) {
    if (!segment.writable) continue;
    if (auto info = search(program, segment.content)) return info;
  }
  return std::nullopt;
}

Modules parse_modules(std::string_view text) {
  Modules modules;
  Module* last = nullptr;
  while (const auto line = base::next_line(text)) {
    const std::vector<std::string_view> fields = base::split(*line, '\t');
    const std::string_view kind = fields[0];
    if (kind == "path" && fields.size() >= 2) modules.main_package = fields[1];
    if (fields.size() < 3) continue;
    if (kind == "mod") {
      last = &modules.main.emplace(Module{fields[1], fields[2]});
    } else if (kind == "dep") {
      if (modules.dependencies.size() == kMostModules) break;
      last = &modules.dependencies.emplace_back(Module{fields[1], fields[2]});
    } else if (kind == "=>" && last != nullptr) {
      last->replacement_path = fields[1];
      last->replacement_version = fields[2];
    }
  }
  return modules;
}

}  // namespace vigil::inventory::go_binary
