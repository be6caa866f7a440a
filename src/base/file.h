// Whole files: read with a limit, written so that a crash leaves either the old or the new content,
// mapped read-only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace vigil::base {

/// The whole file, or an error if it is larger than `limit` bytes.
Result<std::string> read_file(const std::string& path, std::uint64_t limit);

/// Writes beside `path`, syncs, renames. On an error (a full disk, say) the old file stays as it was
/// and the temporary one is removed. A link stays a link: what it leads to is replaced; a device or a
/// pipe (/dev/stdout, /dev/null) is written to. Several threads may write one path.
Result<void> write_file_atomically(const std::string& path, std::string_view content);

/// The same for content that comes piece by piece: what is appended goes to a temporary file, which
/// takes the place of `path` in `commit`. Without a commit the temporary file is removed.
class FileReplacement {
 public:
  static Result<FileReplacement> begin(const std::string& path);
  FileReplacement(FileReplacement&& other) noexcept;
  FileReplacement& operator=(FileReplacement&& other) = delete;
  ~FileReplacement();

  Result<void> append(std::string_view bytes);
  /// Writes over the first bytes of what was appended: a header that is known last.
  Result<void> overwrite_front(std::string_view bytes);
  Result<void> commit();

 private:
  FileReplacement(std::string path, std::string temporary, int descriptor)
      : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}
  Result<void> flush();

  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
  std::string buffer_;
};

/// Makes a rename or a new file in the directory of `path` survive a power cut, as far as the file
/// system can.
void sync_parent_directory(const std::string& path);

bool exists(const std::string& path);
bool is_directory(const std::string& path);
/// Creates the directory and its parents.
Result<void> make_directories(const std::string& path);

/// A read-only memory map of a whole file. Movable; unmapped at the end of its life.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }

  /// The memory of these bytes is not needed for now. They stay readable: the system fetches them
  /// again from the file. A pass over a large file stays small by forgetting what lies behind it.
  void forget(std::size_t from, std::size_t length) const;
  void forget() const { forget(0, size_); }

 private:
  MappedFile(const char* data, std::size_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// A lock on `path` that other processes respect and that ends with this one. `Busy` if taken.
class FileLock {
 public:
  static Result<FileLock> acquire(const std::string& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace vigil::base
