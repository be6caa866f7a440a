// libarchive (https://github.com/libarchive/libarchive/wiki) does the formats. Two layers: a
// decompressor (libarchive's filters with its "raw" format) that turns any file into one stream of
// bytes, and above it, where that stream is a tar, the tar reader. They are separate because a tar
// reader stops at the end-of-archive block: only reading the decompressor to its own end shows that
// the compressed file was cut short behind that. A zip needs its central directory at the end of
// the file and is read by seeking, from the file itself.
#include "base/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::size_t kBlock = std::size_t{128} << 10;
constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;

/// The bytes of the file as it lies on disk, by position.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  /// The next block at the current position, valid until the next call; empty at the end.
  virtual Result<std::string_view> next() = 0;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t position() const { return position_; }
  void seek(std::uint64_t to) { position_ = std::min(to, size_); }
  /// How far into the file reading has come: what was really paid for the expanded bytes.
  [[nodiscard]] std::uint64_t reached() const { return reached_; }

 protected:
  void advance(std::uint64_t count) {
    position_ += count;
    reached_ = std::max(reached_, position_);
  }
  std::uint64_t size_ = 0;

 private:
  std::uint64_t position_ = 0;
  std::uint64_t reached_ = 0;
};

class FileSource final : public Source {
 public:
  ~FileSource() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  Result<void> open(const std::string& path) {
    path_ = path;
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0) return fail_errno("cannot open", path, errno);
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) return fail_errno("cannot stat", path, errno);
    if (!S_ISREG(status.st_mode)) return fail("not a regular file", path);
    size_ = static_cast<std::uint64_t>(status.st_size);
    block_.resize(kBlock);
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
    return ok();
  }

  Result<std::string_view> next() override {
    for (;;) {
      const ssize_t got =
          ::pread(descriptor_, block_.data(), block_.size(), static_cast<off_t>(position()));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return fail_errno("cannot read", path_, errno);
      advance(static_cast<std::uint64_t>(got));
      return std::string_view(block_.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  std::vector<char> block_;
};

class MemorySource final : public Source {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) { size_ = bytes.size(); }

  Result<std::string_view> next() override {
    const std::string_view block = bytes_.substr(static_cast<std::size_t>(position()), kBlock);
    advance(block.size());
    return block;
  }

 private:
  std::string_view bytes_;
};

/// Counts what was expanded and says when it is too much.
class Budget {
 public:
  Budget(const ArchiveLimits& limits, const Source& source, const std::string& name)
      : limits_(limits), source_(&source), name_(name) {}

  Result<void> spend(std::uint64_t& counter, std::size_t bytes) const {
    counter += bytes;
    if (counter > limits_.total_bytes) {
      return too_large("expands to more than the limit of " + with_thousands(limits_.total_bytes) +
                       " bytes");
    }
    const auto read = static_cast<double>(std::max<std::uint64_t>(source_->reached(), 1));
    if (counter > kRatioFrom && static_cast<double>(counter) > limits_.ratio * read) {
      return too_large("expands to more than " +
                       with_thousands(static_cast<std::uint64_t>(limits_.ratio)) +
                       " times its size");
    }
    return ok();
  }

  [[nodiscard]] const ArchiveLimits& limits() const { return limits_; }

  [[nodiscard]] tl::unexpected<Error> too_large(std::string what) const {
    return fail(std::move(what), name_, "if the file can be trusted, raise the limit",
                ErrorCode::TooLarge);
  }
  [[nodiscard]] tl::unexpected<Error> damaged(std::string what) const {
    return fail(std::move(what), name_, "fetch it again");
  }
  /// What the library says, or the error that a callback of ours met below it.
  [[nodiscard]] tl::unexpected<Error> failed(archive* handle,
                                             const std::optional<Error>& below) const {
    if (below) return fail(*below);
    const char* text = archive_error_string(handle);
    return damaged(text != nullptr ? text : "cannot be unpacked");
  }

 private:
  ArchiveLimits limits_;
  const Source* source_;
  std::string name_;
};

// What libarchive calls back. Errors are left with the object, since C can only pass "failed" on.

struct SourceReader {
  Source* source;
  std::optional<Error> error;
};

la_ssize_t read_source(archive* handle, void* data, const void** buffer) {
  auto* reader = static_cast<SourceReader*>(data);
  Result<std::string_view> block = reader->source->next();
  if (!block) {
    reader->error = block.error();
    archive_set_error(handle, EIO, "%s", reader->error->what.c_str());
    return -1;
  }
  *buffer = block->data();
  return static_cast<la_ssize_t>(block->size());
}

la_int64_t skip_source(archive* /*handle*/, void* data, la_int64_t count) {
  Source& source = *static_cast<SourceReader*>(data)->source;
  const std::uint64_t from = source.position();
  source.seek(from + static_cast<std::uint64_t>(std::max<la_int64_t>(count, 0)));
  return static_cast<la_int64_t>(source.position() - from);
}

la_int64_t seek_source(archive* /*handle*/, void* data, la_int64_t offset, int whence) {
  Source& source = *static_cast<SourceReader*>(data)->source;
  const auto size = static_cast<la_int64_t>(source.size());
  const auto here = static_cast<la_int64_t>(source.position());
  const la_int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? here : size;
  la_int64_t to = 0;
  if (__builtin_add_overflow(base, offset, &to) || to < 0 || to > size) return ARCHIVE_FATAL;
  source.seek(static_cast<std::uint64_t>(to));
  return to;
}

struct StreamReader {
  Input* stream;
  std::vector<char> block;
  std::uint64_t taken = 0;
  std::optional<Error> error;
};

la_ssize_t read_stream(archive* handle, void* data, const void** buffer) {
  auto* reader = static_cast<StreamReader*>(data);
  Result<std::size_t> got = reader->stream->read(reader->block);
  if (!got) {
    reader->error = got.error();
    archive_set_error(handle, EIO, "%s", reader->error->what.c_str());
    return -1;
  }
  *buffer = reader->block.data();
  reader->taken += *got;
  return static_cast<la_ssize_t>(*got);
}

/// The data of the entry a handle stands at.
class EntryInput final : public Input {
 public:
  EntryInput(archive* handle, const Budget& budget, std::uint64_t& counter, std::uint64_t limit,
             const std::optional<Error>& below)
      : handle_(handle), budget_(&budget), counter_(&counter), limit_(limit), below_(&below) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    if (failed_) return fail(*failed_);
    if (buffer.empty()) return 0;
    const la_ssize_t got = archive_read_data(handle_, buffer.data(), buffer.size());
    if (got < 0) return remember(budget_->failed(handle_, *below_).value());
    const auto count = static_cast<std::size_t>(got);
    used_ += count;
    if (used_ > limit_) {
      return remember(
          budget_
              ->too_large("expands to more than the limit of " + with_thousands(limit_) + " bytes")
              .value());
    }
    if (auto spent = budget_->spend(*counter_, count); !spent) return remember(spent.error());
    return count;
  }

  void set_limit(std::uint64_t limit) { limit_ = limit; }

  /// The error reading has met, which a visitor may have overlooked.
  [[nodiscard]] const std::optional<Error>& failed() const { return failed_; }

 private:
  tl::unexpected<Error> remember(Error error) {
    failed_ = std::move(error);
    return fail(*failed_);
  }

  archive* handle_;
  const Budget* budget_;
  std::uint64_t* counter_;
  std::uint64_t limit_;
  std::uint64_t used_ = 0;
  const std::optional<Error>* below_;
  std::optional<Error> failed_;
};

std::string entry_name(archive_entry* entry) {
  // The UTF-8 form is absent where the bytes are not what the archive says they are.
  if (const char* name = archive_entry_pathname_utf8(entry)) return name;
  if (const char* name = archive_entry_pathname(entry)) return name;
  return {};
}

/// Walks the entries of an archive that is open.
Result<void> walk(archive* handle, const Budget& budget, const std::optional<Error>& below,
                  const ArchiveVisitor& visit) {
  const ArchiveLimits& limits = budget.limits();
  std::uint64_t expanded = 0;
  for (std::uint64_t count = 0;; ++count) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(handle, &entry);
    if (status == ARCHIVE_EOF) return ok();
    // A warning is about what we do not use: a name that does not fit the locale, an attribute.
    if (status < ARCHIVE_WARN) return budget.failed(handle, below);
    if (count >= limits.entries) {
      return budget.too_large("holds more than the limit of " + with_thousands(limits.entries) +
                              " entries");
    }
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) {
      continue;
    }
    EntryInput content(handle, budget, expanded, limits.entry_bytes, below);
    ArchiveEntry given{entry_name(entry), std::nullopt, content};
    if (archive_entry_size_is_set(entry) != 0) {
      given.size = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
    }
    VIGIL_CHECK(visit(given));
    if (content.failed()) return fail(*content.failed());
  }
}

Archive new_handle() {
  return Archive(archive_read_new());
}

Result<void> read_zip(Source& source, const Budget& budget, const ArchiveVisitor& visit) {
  const Archive handle = new_handle();
  if (!handle) return fail("out of memory", {}, {}, ErrorCode::Io);
  SourceReader reader{&source, std::nullopt};
  // Only the reader that goes by the central directory: the streaming one takes a cut-off file.
  archive_read_support_format_zip_seekable(handle.get());
  archive_read_set_read_callback(handle.get(), read_source);
  archive_read_set_skip_callback(handle.get(), skip_source);
  archive_read_set_seek_callback(handle.get(), seek_source);
  archive_read_set_callback_data(handle.get(), &reader);
  if (archive_read_open1(handle.get()) != ARCHIVE_OK) {
    if (reader.error) return fail(*reader.error);
    return budget.damaged("a zip archive that ends in the middle: it has no central directory");
  }
  return walk(handle.get(), budget, reader.error, visit);
}

Result<void> read_tar(Input& stream, const Budget& budget, const ArchiveVisitor& visit) {
  const Archive handle = new_handle();
  if (!handle) return fail("out of memory", {}, {}, ErrorCode::Io);
  StreamReader reader{&stream, std::vector<char>(kBlock), 0, std::nullopt};
  archive_read_support_format_tar(handle.get());
  archive_read_set_read_callback(handle.get(), read_stream);
  archive_read_set_callback_data(handle.get(), &reader);
  if (archive_read_open1(handle.get()) != ARCHIVE_OK) {
    return budget.failed(handle.get(), reader.error);
  }
  VIGIL_CHECK(walk(handle.get(), budget, reader.error, visit));
  // The end came where the next header was looked for: either at a block of zeros or at nothing.
  const auto end = static_cast<std::uint64_t>(archive_read_header_position(handle.get()));
  if (reader.taken <= end) return budget.damaged("a tar archive that ends in the middle");
  // To the end of the stream below, so that its own end and checksum are looked at.
  for (;;) {
    VIGIL_TRY(const std::size_t got, stream.read(reader.block));
    if (got == 0) return ok();
  }
}

/// POSIX.1-2017, pax, "ustar Interchange Format": the checksum of a header is the sum of its bytes
/// with blanks in place of the checksum field, in octal. Old and GNU archives agree on that.
bool is_tar(std::string_view head) {
  if (head.size() < 512 || head[0] == '\0') return false;
  std::int64_t unsigned_sum = 0;
  std::int64_t signed_sum = 0;
  for (std::size_t i = 0; i < 512; ++i) {
    const char c = i >= 148 && i < 156 ? ' ' : head[i];
    unsigned_sum += static_cast<unsigned char>(c);
    signed_sum += static_cast<signed char>(c);
  }
  std::int64_t stated = 0;
  bool any = false;
  for (const char c : head.substr(148, 8)) {
    if (c == ' ' && !any) continue;
    if (c < '0' || c > '7') break;
    stated = stated * 8 + (c - '0');
    any = true;
  }
  return any && (stated == unsigned_sum || stated == signed_sum);
}

bool is_zip(std::string_view head) {
  // A local header, or the end record of an archive without entries (APPNOTE.TXT 4.3.7, 4.3.16).
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

/// The beginnings of the compressions below, even if there is no more than that of the file.
bool is_compressed(std::string_view head) {
  if (head.starts_with("\x1F\x8B")) return true;          // gzip, RFC 1952 section 2.3.1
  if (head.starts_with("\x28\xB5\x2F\xFD")) return true;  // zstd, RFC 8878 section 3.1.1
  if (head.starts_with("\x04\x22\x4D\x18")) return true;  // lz4 frame format 1.6, "Magic Number"
  if (head.starts_with(std::string_view("\xFD\x37zXZ\0", 6))) return true;  // xz format 2.1.1.1
  // bzip2: "BZh", the block size, then a block or the end of the stream.
  if (head.size() < 5 || !head.starts_with("BZh") || !is_digit(head[3])) return false;
  const std::string_view mark = head.substr(4, 6);
  return std::string_view("\x31\x41\x59\x26\x53\x59").starts_with(mark) ||
         std::string_view("\x17\x72\x45\x38\x50\x90").starts_with(mark);
}

std::string base_name(std::string_view path, bool compressed) {
  path.remove_prefix(path.find_last_of('/') + 1);
  if (compressed) {
    for (const std::string_view suffix : {".gz", ".bz2", ".xz", ".zst", ".zstd", ".lz4"}) {
      if (path.size() > suffix.size() && path.ends_with(suffix)) {
        path.remove_suffix(suffix.size());
        break;
      }
    }
  }
  return std::string(path);
}

Result<void> read_stream_file(Source& source, std::string_view head, const std::string& name,
                              const Budget& budget, const ArchiveVisitor& visit) {
  const Archive handle = new_handle();
  if (!handle) return fail("out of memory", {}, {}, ErrorCode::Io);
  SourceReader reader{&source, std::nullopt};
  archive_read_support_filter_gzip(handle.get());
  archive_read_support_filter_bzip2(handle.get());
  archive_read_support_filter_xz(handle.get());
  archive_read_support_filter_zstd(handle.get());
  archive_read_support_filter_lz4(handle.get());
  archive_read_support_format_raw(handle.get());
  archive_read_support_format_empty(handle.get());
  archive_read_set_read_callback(handle.get(), read_source);
  archive_read_set_callback_data(handle.get(), &reader);
  archive_entry* entry = nullptr;
  int status = archive_read_open1(handle.get());
  if (status == ARCHIVE_OK) status = archive_read_next_header(handle.get(), &entry);
  if (status < ARCHIVE_WARN) return budget.failed(handle.get(), reader.error);
  const bool compressed = archive_filter_code(handle.get(), 0) != ARCHIVE_FILTER_NONE;
  if (!compressed && is_compressed(head)) {
    return budget.damaged("begins like a compressed file but is none");
  }

  const bool empty = status == ARCHIVE_EOF;
  // Nothing to expand, or nothing that could be: only the error text tells.
  if (empty && archive_error_string(handle.get()) != nullptr) {
    return budget.failed(handle.get(), reader.error);
  }

  std::uint64_t expanded = 0;
  EntryInput stream(handle.get(), budget, expanded, budget.limits().total_bytes, reader.error);
  StringInput nothing("");
  Input& content = empty ? static_cast<Input&>(nothing) : stream;
  VIGIL_TRY(const std::string start, read_prefix(content, 512));
  PrependedInput whole(start, content);
  if (is_tar(start)) return read_tar(whole, budget, visit);

  stream.set_limit(budget.limits().entry_bytes);
  ArchiveEntry given{base_name(name, compressed), std::nullopt, whole};
  if (!compressed) given.size = source.size();
  VIGIL_CHECK(visit(given));
  return stream.failed() ? Result<void>(fail(*stream.failed())) : ok();
}

Result<void> read_source_file(Source& source, const std::string& name, const ArchiveLimits& limits,
                              const ArchiveVisitor& visit) {
  const Budget budget(limits, source, name);
  VIGIL_TRY(const std::string_view block, source.next());
  const std::string head(block.substr(0, 512));
  if (block.empty()) {
    StringInput nothing("");
    ArchiveEntry given{base_name(name, false), 0, nothing};
    return visit(given);
  }
  source.seek(0);
  if (is_zip(head)) return read_zip(source, budget, visit);
  return read_stream_file(source, head, name, budget, visit);
}

}  // namespace

Result<void> for_each_entry(const std::string& path, const ArchiveLimits& limits,
                            const ArchiveVisitor& visit) {
  FileSource source;
  VIGIL_CHECK(source.open(path));
  return read_source_file(source, path, limits, visit);
}

Result<void> for_each_entry_in(std::string_view bytes, const std::string& name,
                               const ArchiveLimits& limits, const ArchiveVisitor& visit) {
  MemorySource source(bytes);
  return read_source_file(source, name, limits, visit);
}

}  // namespace vigil::base
