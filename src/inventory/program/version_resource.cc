#include "inventory/program/version_resource.h"

#include <algorithm>

#include "inventory/program/bytes_of_program.h"

namespace vigil::inventory {
namespace {

constexpr std::uint64_t kVersionType = 16;
constexpr std::uint64_t kMostEntries = 1024;
constexpr std::uint64_t kSubdirectory = 0x80000000;
constexpr std::size_t kLongestText = 1024;

std::uint64_t get(std::string_view bytes, std::uint64_t at, unsigned width) {
  return number_at(bytes, at, width, false).value_or(0);
}

/// Where the entry of a resource directory leads that has this number, or the first.
std::optional<std::uint64_t> entry_of(std::string_view resources, std::uint64_t directory,
                                      std::optional<std::uint64_t> number) {
  const std::uint64_t count =
      std::min(get(resources, directory + 12, 2) + get(resources, directory + 14, 2), kMostEntries);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = directory + 16 + i * 8;
    if (at + 8 > resources.size()) break;
    if (!number || get(resources, at, 4) == *number) return get(resources, at + 4, 4);
  }
  return std::nullopt;
}

std::string_view version_data(const Program& program) {
  const Section* const section = program.section(".rsrc");
  if (section == nullptr) return {};
  const std::string_view resources = section->content;
  // Type, name, language.
  auto entry = entry_of(resources, 0, kVersionType);
  for (int level = 0; level < 2; ++level) {
    if (!entry || (*entry & kSubdirectory) == 0) return {};
    entry = entry_of(resources, *entry & ~kSubdirectory, std::nullopt);
  }
  if (!entry || (*entry & kSubdirectory) != 0) return {};
  const std::uint64_t address = get(resources, *entry, 4);
  // The address counts from where the program is loaded, and so does the section's.
  const std::uint64_t header = get(program.content, 0x3C, 4) + 24;
  const std::uint64_t base = program.bits == 64 ? get(program.content, header + 24, 8)
                                                : get(program.content, header + 28, 4);
  return part_of(program.at(base + address), 0, get(resources, *entry + 4, 4));
}

bool is_managed(const Program& program) {
  const std::uint64_t header = get(program.content, 0x3C, 4) + 24;
  constexpr std::uint64_t kRuntimeHeader = 14;
  const std::uint64_t directories = header + (program.bits == 64 ? 112U : 96U);
  return get(program.content, directories - 4, 4) > kRuntimeHeader &&
         get(program.content, directories + kRuntimeHeader * 8, 4) != 0;
}

/// UTF-16 up to a zero; `at` comes to stand behind it.
std::string wide_text(std::string_view bytes, std::uint64_t& at) {
  std::string text;
  for (; at + 2 <= bytes.size() && text.size() < kLongestText; at += 2) {
    const std::uint64_t unit = get(bytes, at, 2);
    if (unit == 0) {
      at += 2;
      break;
    }
    text.push_back(unit >= 0x20 && unit < 0x7F ? static_cast<char>(unit) : '?');
  }
  return text;
}

constexpr std::uint64_t aligned(std::uint64_t at) {
  return (at + 3) & ~std::uint64_t{3};
}

/// A block is its length, its value's length, a type, a key, the value, then blocks in it.
void read_block(std::string_view block, int depth, VersionResource& out) {
  std::uint64_t at = 6;
  const std::string key = wide_text(block, at);
  at = aligned(at);
  if (depth == 3) {
    const std::string value = wide_text(block, at);
    if (key == "FileVersion") out.file_version = value;
    if (key == "ProductVersion") out.product_version = value;
    if (key == "InternalName") out.internal_name = value;
    if (key == "OriginalFilename") out.original_file_name = value;
    if (key == "CompanyName") out.company = value;
    return;
  }
  // VS_VERSION_INFO has a binary value; VarFileInfo beside StringFileInfo has only languages.
  if (depth == 0) at = aligned(at + get(block, 2, 2));
  if (depth == 1 && key != "StringFileInfo") return;
  while (at + 6 <= block.size()) {
    const std::uint64_t length = get(block, at, 2);
    if (length < 6) break;
    read_block(part_of(block, at, length), depth + 1, out);
    at = aligned(at + length);
    // The first language is enough.
    if (depth == 1) break;
  }
}

}  // namespace

std::optional<VersionResource> read_version_resource(const Program& program) {
  if (program.format != ProgramFormat::Pe) return std::nullopt;
  const std::string_view data = version_data(program);
  if (data.size() < 6) return std::nullopt;
  VersionResource resource;
  resource.managed = is_managed(program);
  read_block(part_of(data, 0, get(data, 0, 2)), 0, resource);
  return resource;
}

}  // namespace vigil::inventory
