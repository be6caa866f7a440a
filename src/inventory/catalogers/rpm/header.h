// An rpm header as the databases store it: a package's metadata as a table of typed tags.
//
// Layout (rpm's docs/manual/format.md, "Header format", without the magic in front): be32 number of
// index entries, be32 bytes of data, the entries of 16 bytes each (be32 tag, type, offset, count),
// the data. All numbers are big-endian, strings end with a byte 0.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::inventory::rpm {

/// rpm's include/rpm/rpmtag.h
enum class Tag : std::uint32_t {
  Name = 1000,
  Version = 1001,
  Release = 1002,
  Epoch = 1003,
  Vendor = 1011,
  License = 1014,
  Architecture = 1022,
  OldFileNames = 1027,
  SourcePackage = 1044,
  DirectoryIndexes = 1116,
  BaseNames = 1117,
  DirectoryNames = 1118,
  ModularityLabel = 5096,
};

/// A view of the bytes, which must outlive it. Nothing is copied.
class Header {
 public:
  /// Checks the frame: counts and sizes within rpm's own limits and within the bytes.
  static Result<Header> open(std::string_view bytes);

  /// The string of the tag, or the first of an array; empty if absent or of another type.
  [[nodiscard]] std::string_view text(Tag tag) const;
  [[nodiscard]] std::optional<std::uint32_t> number(Tag tag) const;
  /// Every string of an array; stops where the data does.
  void each_text(Tag tag, const std::function<void(std::string_view)>& visit) const;
  [[nodiscard]] std::vector<std::uint32_t> numbers(Tag tag) const;
  /// The absolute path of every file.
  void each_file(const std::function<void(std::string_view)>& visit) const;

 private:
  struct Entry {
    std::uint32_t type;
    std::string_view data;  ///< from its beginning to the end of all data
    std::uint32_t count;
  };
  Header(std::string_view index, std::string_view data) : index_(index), data_(data) {}
  [[nodiscard]] std::optional<Entry> find(Tag tag) const;

  std::string_view index_;
  std::string_view data_;
};

}  // namespace vigil::inventory::rpm
