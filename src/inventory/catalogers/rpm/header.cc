#include "inventory/catalogers/rpm/header.h"

#include <algorithm>
#include <string>

namespace vigil::inventory::rpm {
namespace {

/// rpm's lib/header.c refuses more: HEADER_TAGS_MAX, HEADER_DATA_MAX.
constexpr std::uint32_t kMaximumEntries = 0xFFFF;
constexpr std::uint32_t kMaximumData = 0x10000000;
constexpr std::size_t kEntrySize = 16;
constexpr std::size_t kFrame = 8;

constexpr std::uint32_t kInt32 = 4;
constexpr std::uint32_t kString = 6;
constexpr std::uint32_t kStringArray = 8;
constexpr std::uint32_t kI18nString = 9;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

}  // namespace

Result<Header> Header::open(std::string_view bytes) {
  if (bytes.size() < kFrame) return fail("the package header is cut short");
  const std::uint32_t entries = big_endian(bytes, 0);
  const std::uint32_t data = big_endian(bytes, 4);
  if (entries == 0 || entries > kMaximumEntries || data > kMaximumData) {
    return fail("the package header has impossible sizes");
  }
  const std::size_t index_size = std::size_t{entries} * kEntrySize;
  if (bytes.size() < kFrame + index_size + data) return fail("the package header is cut short");
  return Header(bytes.substr(kFrame, index_size), bytes.substr(kFrame + index_size, data));
}

std::optional<Header::Entry> Header::find(Tag tag) const {
  // The index is sorted by tag but for the region at its front, and short: no search by halves.
  for (std::size_t at = 0; at < index_.size(); at += kEntrySize) {
    if (big_endian(index_, at) != static_cast<std::uint32_t>(tag)) continue;
    const std::uint32_t offset = big_endian(index_, at + 8);
    if (offset >= data_.size()) return std::nullopt;
    return Entry{big_endian(index_, at + 4), data_.substr(offset), big_endian(index_, at + 12)};
  }
  return std::nullopt;
}

void Header::each_text(Tag tag, const std::function<void(std::string_view)>& visit) const {
  const auto entry = find(tag);
  if (!entry) return;
  if (entry->type != kString && entry->type != kStringArray && entry->type != kI18nString) return;
  std::string_view rest = entry->data;
  const std::uint32_t count = entry->type == kString ? 1 : entry->count;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) return;
    visit(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
}

std::string_view Header::text(Tag tag) const {
  const auto entry = find(tag);
  if (!entry || entry->count == 0) return {};
  if (entry->type != kString && entry->type != kStringArray && entry->type != kI18nString)
    return {};
  const std::size_t end = entry->data.find('\0');
  return end == std::string_view::npos ? std::string_view() : entry->data.substr(0, end);
}

std::vector<std::uint32_t> Header::numbers(Tag tag) const {
  std::vector<std::uint32_t> values;
  const auto entry = find(tag);
  if (!entry || entry->type != kInt32) return values;
  const std::size_t count = std::min<std::size_t>(entry->count, entry->data.size() / 4);
  values.reserve(count);
  for (std::size_t i = 0; i < count; ++i) values.push_back(big_endian(entry->data, i * 4));
  return values;
}

std::optional<std::uint32_t> Header::number(Tag tag) const {
  const auto entry = find(tag);
  if (!entry || entry->type != kInt32 || entry->count == 0 || entry->data.size() < 4)
    return std::nullopt;
  return big_endian(entry->data, 0);
}

void Header::each_file(const std::function<void(std::string_view)>& visit) const {
  std::vector<std::string_view> directories;
  each_text(Tag::DirectoryNames, [&](std::string_view name) { directories.push_back(name); });
  const std::vector<std::uint32_t> indexes = numbers(Tag::DirectoryIndexes);
  if (indexes.empty()) {
    each_text(Tag::OldFileNames, visit);  // rpm before version 4
    return;
  }
  std::size_t file = 0;
  std::string path;
  each_text(Tag::BaseNames, [&](std::string_view name) {
    if (file < indexes.size() && indexes[file] < directories.size()) {
      path = directories[indexes[file]];
      path += name;
      visit(path);
    }
    ++file;
  });
}

}  // namespace vigil::inventory::rpm
