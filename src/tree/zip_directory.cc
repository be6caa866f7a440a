// The central directory (APPNOTE.TXT 4.3.12): what is in the archive, and where.
#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "tree/zip.h"
#include "tree/zip_end.h"
#include "tree/zip_record.h"

namespace vigil::tree {
namespace {

constexpr std::size_t kMostProblems = 100;
constexpr std::size_t kLongestPath = 4096;
constexpr std::size_t kDeepest = 256;

/// "Version made by", upper byte (4.4.2.2): systems whose external attributes hold a Unix mode.
constexpr unsigned kFat = 0;
constexpr unsigned kUnix = 3;
constexpr unsigned kDarwin = 19;

struct Record {
  ZipEntry entry;
  std::uint64_t name_size = 0;
};

/// "a/./../../b" -> "/b". Nothing if it names no place in a tree.
std::optional<std::string> path_of(std::string_view name, char separator) {
  if (name.find('\0') != std::string_view::npos) return std::nullopt;
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find(separator, begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    begin = end + 1;
  }
  if (parts.empty() || parts.size() > kDeepest) return std::nullopt;
  std::string path;
  for (const std::string_view part : parts) path.append("/").append(part);
  if (path.size() > kLongestPath) return std::nullopt;
  return path;
}

/// Sizes and the offset that do not fit into 32 bits stand in an extra field, in this order, each
/// only if its place says so (4.5.3). False if one is missing.
bool read_zip64(std::string_view extra, ZipEntry& entry) {
  constexpr std::uint64_t kElsewhere = 0xFFFFFFFF;
  std::uint64_t* const wanted[] = {&entry.size, &entry.compressed, &entry.offset};
  if (std::none_of(std::begin(wanted), std::end(wanted),
                   [](const std::uint64_t* value) { return *value == kElsewhere; })) {
    return true;
  }
  while (extra.size() >= 4) {
    const std::size_t size = zip_u16(extra, 2);
    if (size > extra.size() - 4) return false;
    if (zip_u16(extra, 0) == 1) {
      std::string_view field = extra.substr(4, size);
      for (std::uint64_t* const value : wanted) {
        if (*value != kElsewhere) continue;
        if (field.size() < 8) return false;
        *value = zip_u64(field, 0);
        field.remove_prefix(8);
      }
      return true;
    }
    extra.remove_prefix(4 + size);
  }
  // A file may be just as large as the mark of a zip64.
  return true;
}

void read_attributes(std::uint16_t made_by, std::uint32_t attributes, bool folder,
                     ZipEntry& entry) {
  constexpr std::uint32_t kTypeMask = 0170000;
  constexpr std::uint32_t kLinkType = 0120000;
  const unsigned system = made_by >> 8U;
  const std::uint32_t mode = attributes >> 16U;
  if (folder) entry.kind = Kind::Directory;
  entry.mode = 0755;
  if ((system != kUnix && system != kDarwin) || mode == 0) return;
  entry.mode = mode & 07777U;
  const std::uint32_t type = mode & kTypeMask;
  if (!folder && type == kLinkType) entry.kind = Kind::Link;
  if (!folder && type != kLinkType && type != 0 && type != 0100000) entry.kind = Kind::Other;
}

class Reader {
 public:
  Reader(const ZipEnd& end, const ZipLimits& limits, std::uint64_t size)
      : end_(end), limits_(limits), size_(size) {}

  void read(std::string_view directory) {
    std::size_t count = 0;
    while (!directory.empty()) {
      if (directory.size() < kZipCentralSize || !directory.starts_with(kZipCentral)) {
        return problem({}, "the archive's directory is damaged: its rest is not read");
      }
      const std::size_t name_size = zip_u16(directory, 28);
      const std::size_t extra_size = zip_u16(directory, 30);
      const std::size_t whole = kZipCentralSize + name_size + extra_size + zip_u16(directory, 32);
      if (whole > directory.size()) {
        return problem({}, "the archive's directory is damaged: its rest is not read");
      }
      if (++count > limits_.entries) {
        return problem({}, "the archive has more than " + std::to_string(limits_.entries) +
                               " entries: the rest is not read");
      }
      record(directory.substr(0, whole), name_size, extra_size);
      directory.remove_prefix(whole);
    }
  }

  ZipDirectory finish(bool shifted) {
    if (!shifted) {
      for (Record& one : records_) one.entry.offset -= end_.shift;
    }
    mark_overlapping();
    keep_last_of_a_path();
    ZipDirectory directory;
    directory.entries.reserve(records_.size());
    for (Record& one : records_) directory.entries.push_back(std::move(one.entry));
    if (unnamed_ > problems_.size()) {
      problems_.push_back({{}, std::to_string(unnamed_) + " entries are no good"});
    }
    directory.problems = std::move(problems_);
    return directory;
  }

  [[nodiscard]] const std::vector<Record>& records() const { return records_; }

 private:
  void problem(std::string where, std::string why) {
    ++unnamed_;
    if (problems_.size() < kMostProblems) problems_.push_back({std::move(where), std::move(why)});
  }

  void record(std::string_view record, std::size_t name_size, std::size_t extra_size) {
    const std::string_view name = record.substr(kZipCentralSize, name_size);
    const std::uint16_t made_by = zip_u16(record, 4);
    // Some programs of Windows write their own separator.
    const bool windows = made_by >> 8U == kFat && name.find('/') == std::string_view::npos &&
                         name.find('\\') != std::string_view::npos;
    const char separator = windows ? '\\' : '/';
    auto path = path_of(name, separator);
    if (!path) return problem(std::string(name.substr(0, 200)), "this name is no path: not read");
    ZipEntry entry;
    entry.path = std::move(*path);
    entry.encrypted = (zip_u16(record, 8) & 1U) != 0;
    entry.method = zip_u16(record, 10);
    entry.crc = zip_u32(record, 16);
    entry.compressed = zip_u32(record, 20);
    entry.size = zip_u32(record, 24);
    entry.offset = zip_u32(record, 42);
    if (!read_zip64(record.substr(kZipCentralSize + name_size, extra_size), entry)) {
      return problem(std::move(entry.path), "the entry's sizes are missing: not read");
    }
    // Anything that is not in the bytes is found out here, so that sums below cannot overflow.
    if (entry.offset > size_ || entry.compressed > size_ || entry.offset + end_.shift > size_) {
      return problem(std::move(entry.path), "the entry lies outside the archive: not read");
    }
    entry.offset += end_.shift;
    read_attributes(made_by, zip_u32(record, 38), name.ends_with(separator), entry);
    records_.push_back({std::move(entry), name_size});
  }

  void mark_overlapping() {
    std::vector<std::size_t> order(records_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return records_[a].entry.offset < records_[b].entry.offset;
    });
    std::uint64_t end = 0;
    std::size_t count = 0;
    for (const std::size_t index : order) {
      Record& one = records_[index];
      if (one.entry.offset < end) {
        one.entry.overlapping = true;
        ++count;
      }
      end = std::max(end, one.entry.offset + kZipLocalSize + one.name_size + one.entry.compressed);
    }
    if (count != 0) problem({}, std::to_string(count) + " entries lie over others: not read");
  }

  /// Every program unpacks in order, so that the last of a name is what remains.
  void keep_last_of_a_path() {
    std::unordered_map<std::string_view, std::size_t> last;
    last.reserve(records_.size());
    for (std::size_t i = 0; i < records_.size(); ++i) last[records_[i].entry.path] = i;
    if (last.size() == records_.size()) return;
    std::vector<Record> kept;
    kept.reserve(last.size());
    std::vector<std::size_t> keep;
    for (const auto& one : last) keep.push_back(one.second);
    std::sort(keep.begin(), keep.end());
    for (const std::size_t i : keep) kept.push_back(std::move(records_[i]));
    problem({}, std::to_string(records_.size() - kept.size()) +
                    " entries have the name of a later one: not read");
    records_ = std::move(kept);
  }

  const ZipEnd& end_;
  const ZipLimits& limits_;
  std::uint64_t size_;
  std::vector<Record> records_;
  std::vector<ZipProblem> problems_;
  std::size_t unnamed_ = 0;
};

/// Whether offsets count from the archive's begin, not from the begin of the bytes: both are found
/// where something stands before the archive.
bool is_shifted(const Bytes& bytes, const ZipEnd& end, const std::vector<Record>& records) {
  if (end.shift == 0 || records.empty()) return true;
  char found[4];
  const std::uint64_t offset = records.front().entry.offset;
  if (bytes.read(offset, found) && std::string_view(found, 4) == kZipLocal) return true;
  return !bytes.read(offset - end.shift, found) || std::string_view(found, 4) != kZipLocal;
}

}  // namespace

Result<ZipDirectory> read_zip_directory(const Bytes& bytes, const ZipLimits& limits) {
  VIGIL_TRY(const ZipEnd end, find_zip_end(bytes));
  VIGIL_TRY(const std::string directory, bytes.take(end.directory, end.size, limits.directory));
  Reader reader(end, limits, bytes.size());
  reader.read(directory);
  const bool shifted = is_shifted(bytes, end, reader.records());
  return reader.finish(shifted);
}

}  // namespace vigil::tree
