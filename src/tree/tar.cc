#include "tree/tar.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/text.h"

namespace vigil::tree {
namespace {

constexpr std::size_t kRecord = 512;
/// Of one extension header; Go's reader has the same limit.
constexpr std::uint64_t kLargestExtension = std::uint64_t{1} << 20;
constexpr int kMostExtensions = 16;
constexpr std::size_t kMostSegments = 65536;
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 62;
constexpr std::size_t kHole = 65536;

// Where the fields of a header lie.
constexpr std::size_t kName = 0;
constexpr std::size_t kNameLength = 100;
constexpr std::size_t kMode = 100;
constexpr std::size_t kSize = 124;
constexpr std::size_t kChecksum = 148;
constexpr std::size_t kType = 156;
constexpr std::size_t kLink = 157;
constexpr std::size_t kMagic = 257;
constexpr std::size_t kPrefix = 345;
constexpr std::size_t kPrefixLength = 155;
constexpr std::size_t kSparse = 386;  // old GNU: 4 segments of 2 numbers of 12 bytes
constexpr std::size_t kSparseExtended = 482;
constexpr std::size_t kRealSize = 483;

/// Octal digits with blanks or zeros around, or base-256 with the first bit set. Nothing for
/// anything else, negative and huge numbers.
std::optional<std::uint64_t> number(const unsigned char* field, std::size_t length) {
  std::uint64_t value = 0;
  if ((field[0] & 0x80U) != 0) {
    if ((field[0] & 0x7FU) != 0) return std::nullopt;
    for (std::size_t i = 1; i < length; ++i) {
      if (value > kLargestFile >> 8U) return std::nullopt;
      value = value << 8U | field[i];
    }
    return value;
  }
  std::size_t i = 0;
  while (i < length && field[i] == ' ') ++i;
  for (; i < length && field[i] >= '0' && field[i] <= '7'; ++i)
    value = value << 3U | (field[i] - '0');
  for (; i < length; ++i) {
    if (field[i] != ' ' && field[i] != 0) return std::nullopt;
  }
  return value;
}

std::string_view text(const unsigned char* field, std::size_t length) {
  return {reinterpret_cast<const char*>(field),
          ::strnlen(reinterpret_cast<const char*>(field), length)};
}

/// The sum of a header's bytes with blanks in place of the checksum; early tars summed signed bytes.
bool checksum_holds(const unsigned char* header) {
  std::uint32_t sum = 0;
  std::uint32_t high = 0;
  for (std::size_t i = 0; i < kRecord; ++i) {
    sum += header[i];
    high += header[i] >> 7U;
  }
  for (std::size_t i = kChecksum; i < kChecksum + 8; ++i) {
    sum += ' ';
    sum -= header[i];
    high -= header[i] >> 7U;
  }
  const auto stated = number(header + kChecksum, 8);
  return stated &&
         (*stated == sum || static_cast<std::int64_t>(*stated) ==
                                static_cast<std::int64_t>(sum) - 256 * std::int64_t{high});
}

bool is_zero(const unsigned char* header) {
  std::uint64_t word = 0;
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < kRecord; i += sizeof word) {
    std::memcpy(&word, header + i, sizeof word);
    all |= word;
  }
  return all == 0;
}

std::optional<std::uint64_t> decimal(std::string_view digits) {
  const auto value = base::parse_unsigned(digits);
  return value && *value <= kLargestFile ? value : std::nullopt;
}

bool has_content(char type) {
  // As Go: what is only a header has no content, whatever its size field says.
  return !(type >= '1' && type <= '6');
}

TarKind kind_of(char type) {
  switch (type) {
    case '0':
    case '7':
    case 'S':
      return TarKind::File;
    case '1':
      return TarKind::HardLink;
    case '2':
      return TarKind::SymbolicLink;
    case '5':
      return TarKind::Directory;
    default:
      return TarKind::Other;
  }
}

tl::unexpected<Error> damaged(const std::string& what, std::uint64_t position) {
  return fail(what, "byte " + std::to_string(position) + " of the tar");
}

}  // namespace

void tidy_archive_path(std::string_view name, std::string& out) {
  out.clear();
  while (!name.empty()) {
    const std::size_t slash = name.find('/');
    const std::string_view part = name.substr(0, slash);
    name.remove_prefix(slash == std::string_view::npos ? name.size() : slash + 1);
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      const std::size_t last = out.rfind('/');
      out.resize(last == std::string::npos ? 0 : last);
      continue;
    }
    out += '/';
    out += part;
  }
  if (out.empty()) out = "/";
}

/// Up to `most` bytes; empty at the end.
Result<std::string_view> TarReader::take(std::size_t most) {
  if (rest_.empty()) {
    VIGIL_TRY(rest_, blocks_.next());
  }
  const std::string_view piece = rest_.substr(0, most);
  rest_.remove_prefix(piece.size());
  position_ += piece.size();
  return piece;
}

/// False at the end of the file.
Result<bool> TarReader::header(Header& out) {
  if (rest_.size() >= kRecord) {
    out = reinterpret_cast<Header>(rest_.data());
    rest_.remove_prefix(kRecord);
    position_ += kRecord;
    return true;
  }
  std::size_t have = 0;
  while (have < kRecord) {
    VIGIL_TRY(const std::string_view piece, take(kRecord - have));
    if (piece.empty()) {
      if (have == 0) return false;
      return damaged("the archive ends early", position_);
    }
    std::memcpy(split_.data() + have, piece.data(), piece.size());
    have += piece.size();
  }
  out = split_.data();
  return true;
}

Result<void> TarReader::pass_over(std::uint64_t count) {
  if (rest_.size() < count) {
    const std::uint64_t skipped = blocks_.skip(count - rest_.size());
    if (skipped != 0) {
      position_ += rest_.size() + skipped;
      count -= rest_.size() + skipped;
      rest_ = {};
    }
  }
  while (count != 0) {
    const std::size_t most = count > SIZE_MAX ? SIZE_MAX : static_cast<std::size_t>(count);
    VIGIL_TRY(const std::string_view piece, take(most));
    if (piece.empty()) return damaged("the archive ends early", position_);
    count -= piece.size();
  }
  return ok();
}

/// What fills up the last record of a content. Where the archive ends it may be missing: umoci 0.4
/// leaves it out, and Go takes that too.
Result<void> TarReader::pass_over_padding(std::uint64_t count) {
  while (count != 0) {
    VIGIL_TRY(const std::string_view piece, take(static_cast<std::size_t>(count)));
    if (piece.empty()) return ok();
    count -= piece.size();
  }
  return ok();
}

Result<std::string> TarReader::small_content(std::uint64_t size, const char* what) {
  if (size > kLargestExtension) {
    return damaged(std::string(what) + " of " + std::to_string(size) + " bytes", position_);
  }
  std::string content;
  while (content.size() < size) {
    VIGIL_TRY(const std::string_view piece, take(static_cast<std::size_t>(size) - content.size()));
    if (piece.empty()) return damaged("the archive ends early", position_);
    content += piece;
  }
  VIGIL_CHECK(pass_over((kRecord - size % kRecord) % kRecord));
  return content;
}

Result<void> TarReader::pax(std::string_view records, Extensions& extensions) {
  std::optional<std::uint64_t> offset;  // of pax 0.0, which gives offset and length in turn
  const auto add_segment = [&](std::uint64_t from, std::uint64_t length) {
    if (extensions.segments.size() < kMostSegments)
      extensions.segments.push_back({from, length});
    else
      extensions.invalid = true;
  };
  while (!records.empty()) {
    const std::size_t blank = records.find(' ');
    const auto length = decimal(records.substr(0, std::min<std::size_t>(blank, 20)));
    if (blank == std::string_view::npos || !length || *length < blank + 3 ||
        *length > records.size() || records[*length - 1] != '\n') {
      return damaged("a damaged pax header", position_);
    }
    const std::string_view record = records.substr(blank + 1, *length - blank - 2);
    records.remove_prefix(static_cast<std::size_t>(*length));
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos) return damaged("a damaged pax header", position_);
    const std::string_view key = record.substr(0, equals);
    const std::string_view value = record.substr(equals + 1);
    const bool zero = value.find('\0') != std::string_view::npos;
    if (key == "path" || key == "GNU.sparse.name") {
      // The name of a sparse file counts before the one made up for old readers.
      if (key == "path" && extensions.sparse && extensions.has_path) continue;
      extensions.has_path = !value.empty();
      extensions.path = value.substr(0, kLongestTarPath + 1024);
      extensions.invalid |= zero;
      extensions.sparse |= key == "GNU.sparse.name";
    } else if (key == "linkpath") {
      extensions.has_link = !value.empty();
      extensions.link = value.substr(0, kLongestTarPath + 1024);
      extensions.invalid |= zero;
    } else if (key == "size") {
      const auto size = decimal(value);
      if (!size) return damaged("a damaged pax header", position_);
      extensions.has_size = true;
      extensions.size = *size;
    } else if (key.starts_with("GNU.sparse.")) {
      extensions.sparse = true;
      const std::string_view name = key.substr(11);
      if (name == "map") {
        std::optional<std::uint64_t> first;
        for (const std::string_view part : base::split(value, ',')) {
          const auto each = decimal(part);
          if (!each) return damaged("a damaged pax header", position_);
          if (first) {
            add_segment(*first, *each);
            first.reset();
          } else {
            first = each;
          }
        }
        continue;
      }
      const auto each = decimal(value);
      if (!each) return damaged("a damaged pax header", position_);
      if (name == "size" || name == "realsize") {
        extensions.has_sparse_size = true;
        extensions.sparse_size = *each;
      } else if (name == "major") {
        extensions.sparse_major = *each == 1 ? 1 : 0;
      } else if (name == "offset") {
        offset = each;
      } else if (name == "numbytes" && offset) {
        add_segment(*offset, *each);
        offset.reset();
      }
    }
  }
  return ok();
}

Result<void> TarReader::extension(Header header, char type, Extensions& extensions) {
  const auto size = number(header + kSize, 12);
  if (!size) return damaged("a damaged header", position_);
  VIGIL_TRY(std::string content, small_content(*size, "an extension header"));
  if (type == 'x') return pax(content, extensions);
  if (type == 'g') return ok();  // of all entries: Go does not let it change names either
  content.resize(::strnlen(content.data(), content.size()));
  if (type == 'L') {
    extensions.has_path = true;
    extensions.path = std::move(content);
  } else {
    extensions.has_link = true;
    extensions.link = std::move(content);
  }
  return ok();
}

Result<void> TarReader::old_sparse_map(Header header, Extensions& extensions) {
  const auto real = number(header + kRealSize, 12);
  if (!real) return damaged("a damaged sparse header", position_);
  extensions.sparse = extensions.has_sparse_size = true;
  extensions.sparse_size = *real;
  const auto add = [&](Header map, std::size_t count) -> Result<void> {
    for (std::size_t i = 0; i < count; ++i, map += 24) {
      if (map[0] == 0 || map[12] == 0) continue;
      const auto offset = number(map, 12);
      const auto length = number(map + 12, 12);
      if (!offset || !length || extensions.segments.size() == kMostSegments) {
        return damaged("a damaged sparse header", position_);
      }
      extensions.segments.push_back({*offset, *length});
    }
    return ok();
  };
  bool more = header[kSparseExtended] != 0;
  VIGIL_CHECK(add(header + kSparse, 4));
  while (more) {
    Header next = nullptr;
    VIGIL_TRY(const bool there, this->header(next));
    if (!there) return damaged("the archive ends early", position_);
    VIGIL_CHECK(add(next, 21));
    more = next[504] != 0;
  }
  return ok();
}

/// Of pax 1.0 the map stands before the content: numbers a line, padded to records.
Result<void> TarReader::new_sparse_map() {
  std::string map;
  std::vector<std::uint64_t> numbers;
  std::uint64_t wanted = 1;
  std::size_t used = 0;
  while (numbers.size() < wanted) {
    const std::size_t end = map.find('\n', used);
    if (end == std::string::npos) {
      if (stored_ < kRecord || map.size() > kLargestExtension) {
        return damaged("a damaged sparse map", position_);
      }
      for (std::size_t have = 0; have < kRecord;) {
        VIGIL_TRY(const std::string_view piece, take(kRecord - have));
        if (piece.empty()) return damaged("the archive ends early", position_);
        map += piece;
        have += piece.size();
      }
      stored_ -= kRecord;
      continue;
    }
    const auto value = decimal(std::string_view(map).substr(used, end - used));
    if (!value || (numbers.empty() && *value > kMostSegments)) {
      return damaged("a damaged sparse map", position_);
    }
    if (numbers.empty()) wanted = 1 + 2 * *value;
    numbers.push_back(*value);
    used = end + 1;
  }
  for (std::size_t i = 1; i + 1 < numbers.size(); i += 2) {
    segments_.push_back({numbers[i], numbers[i + 1]});
  }
  return ok();
}

/// In order, within the file, and as long together as what is stored.
Result<void> TarReader::check_segments() {
  std::uint64_t end = 0;
  std::uint64_t sum = 0;
  for (const Segment& segment : segments_) {
    if (segment.offset < end || segment.length > kLargestFile || segment.offset > entry_.size ||
        segment.length > entry_.size - segment.offset) {
      return damaged("a damaged sparse map", position_);
    }
    end = segment.offset + segment.length;
    sum += segment.length;
  }
  if (sum > stored_) return damaged("a damaged sparse map", position_);
  return ok();
}

Result<void> TarReader::entry(Header header, char type, Extensions& extensions) {
  const auto size = number(header + kSize, 12);
  const auto mode = number(header + kMode, 8);
  if (!size || *size > kLargestFile) return damaged("a damaged header", position_);

  raw_name_.clear();
  if (extensions.has_path) {
    raw_name_ = extensions.path;
  } else {
    // GNU's magic is "ustar  "; where POSIX has the prefix it has times.
    if (std::memcmp(header + kMagic, "ustar\0", 6) == 0) {
      raw_name_ = text(header + kPrefix, kPrefixLength);
      if (!raw_name_.empty()) raw_name_ += '/';
    }
    raw_name_ += text(header + kName, kNameLength);
  }
  // Before there was a type for directories a slash at the end made one.
  if ((type == '0' || type == '\0') && raw_name_.ends_with('/')) type = '5';
  if (type == '\0') type = '0';

  entry_.kind = kind_of(type);
  entry_.mode = static_cast<std::uint32_t>(mode.value_or(0)) & 07777U;
  tidy_archive_path(raw_name_, entry_.path);
  entry_.link.clear();
  if (type == '1' || type == '2') {
    const std::string_view link =
        extensions.has_link ? std::string_view(extensions.link) : text(header + kLink, kNameLength);
    if (type == '1') {
      tidy_archive_path(link, entry_.link);
    } else {
      entry_.link = link;
    }
  }
  if (extensions.invalid || entry_.path.size() > kLongestTarPath ||
      entry_.link.size() > kLongestTarPath) {
    entry_.kind = TarKind::Invalid;
    entry_.path.resize(std::min(entry_.path.size(), kLongestTarPath));
  }

  stored_ = 0;
  if (has_content(type)) stored_ = extensions.has_size ? extensions.size : *size;
  padding_ = (kRecord - stored_ % kRecord) % kRecord;
  sparse_ = false;
  if (type == 'S') VIGIL_CHECK(old_sparse_map(header, extensions));
  entry_.size = entry_.kind == TarKind::File ? stored_ : 0;
  if (extensions.sparse && entry_.kind == TarKind::File) {
    sparse_ = true;
    segments_ = std::move(extensions.segments);
    segment_ = 0;
    logical_ = 0;
    if (extensions.sparse_major == 1) VIGIL_CHECK(new_sparse_map());
    entry_.size = extensions.has_sparse_size ? extensions.sparse_size : stored_;
    VIGIL_CHECK(check_segments());
  }
  return ok();
}

Result<const TarEntry*> TarReader::next() {
  if (ended_) return nullptr;
  if (stored_ != 0) VIGIL_CHECK(pass_over(stored_));
  VIGIL_CHECK(pass_over_padding(padding_));
  stored_ = padding_ = 0;
  Extensions extensions;
  for (int count = 0;;) {
    Header block = nullptr;
    VIGIL_TRY(const bool there, header(block));
    // Archives without their end are common enough: Go takes them too.
    if (!there || is_zero(block)) {
      if (count != 0) return damaged("the archive ends early", position_);
      if (there) {
        VIGIL_TRY(const bool second, header(block));
        if (second && !is_zero(block)) return damaged("a damaged header", position_);
      }
      ended_ = true;
      return nullptr;
    }
    if (!checksum_holds(block)) return damaged("a damaged header", position_);
    const char type = static_cast<char>(block[kType]);
    if (type == 'x' || type == 'g' || type == 'L' || type == 'K') {
      if (++count > kMostExtensions) return damaged("too many extension headers", position_);
      VIGIL_CHECK(extension(block, type, extensions));
      if (type == 'g') --count;
      continue;
    }
    VIGIL_CHECK(entry(block, type, extensions));
    return &entry_;
  }
}

Result<std::string_view> TarReader::piece() {
  static constexpr std::array<char, kHole> kZeros{};
  std::uint64_t most = stored_;
  if (sparse_) {
    while (segment_ < segments_.size() &&
           logical_ == segments_[segment_].offset + segments_[segment_].length) {
      ++segment_;
    }
    const bool more = segment_ < segments_.size();
    const std::uint64_t data = more ? segments_[segment_].offset : entry_.size;
    if (logical_ < data) {
      const auto hole = static_cast<std::size_t>(std::min<std::uint64_t>(data - logical_, kHole));
      logical_ += hole;
      return std::string_view(kZeros.data(), hole);
    }
    most = more ? segments_[segment_].offset + segments_[segment_].length - logical_ : 0;
  }
  if (most == 0) return std::string_view();
  VIGIL_TRY(const std::string_view piece,
            take(static_cast<std::size_t>(std::min<std::uint64_t>(most, SIZE_MAX))));
  if (piece.empty()) return damaged("the archive ends early", position_);
  stored_ -= piece.size();
  logical_ += piece.size();
  return piece;
}

}  // namespace vigil::tree
