// A tar archive as a stream of entries, as container runtimes read it.
//
//   TarReader reader(blocks);
//   for (;;) {
//     VIGIL_TRY(const TarEntry* entry, reader.next());
//     if (entry == nullptr) break;
//     if (wanted(*entry)) VIGIL_TRY(std::string text, reader.content(limit));
//   }
//
// Understood: POSIX.1-1988 ustar, POSIX.1-2001 pax (path, linkpath, size), GNU's long names and links,
// base-256 numbers, and sparse files of both (old GNU headers, pax 0.0, 0.1 and 1.0).
// Names become absolute paths inside the tree: leading slashes, "." and empty components go away, ".."
// stops at the root. Memory does not grow with the number or the size of the entries.
//
// References: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Tar Internals"; where
// they leave room, what Go's archive/tar does, as containerd and Docker unpack with it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tree/blocks.h"
#include "tree/entry_stream.h"

namespace vigil::tree {

class TarReader final : public EntryStream {
 public:
  /// `blocks` must outlive it.
  explicit TarReader(Blocks& blocks) : blocks_(blocks) {}

  /// The next entry, valid until the call after; null at the end of the archive. What was not read
  /// of the entry before is passed over. An archive cut short or with a damaged header is an error.
  Result<const TarEntry*> next() override;

  /// The next piece of the entry's content, valid until the next call; empty at its end.
  Result<std::string_view> piece() override;

  /// Bytes of the archive that were read so far.
  [[nodiscard]] std::uint64_t position() const { return position_; }

 private:
  /// A run of bytes that a sparse file holds.
  struct Segment {
    std::uint64_t offset;
    std::uint64_t length;
  };
  /// What extension headers say of the next entry.
  struct Extensions {
    bool has_path = false;
    bool has_link = false;
    bool has_size = false;
    bool invalid = false;
    std::string path;
    std::string link;
    std::uint64_t size = 0;
    bool sparse = false;
    int sparse_major = 0;
    std::uint64_t sparse_size = 0;
    bool has_sparse_size = false;
    std::vector<Segment> segments;
  };

  using Header = const unsigned char*;

  Result<std::string_view> take(std::size_t most);
  Result<bool> header(Header& out);
  Result<void> pass_over(std::uint64_t count);
  Result<void> pass_over_padding(std::uint64_t count);
  Result<std::string> small_content(std::uint64_t size, const char* what);
  Result<void> extension(Header header, char type, Extensions& extensions);
  Result<void> pax(std::string_view records, Extensions& extensions);
  Result<void> entry(Header header, char type, Extensions& extensions);
  Result<void> old_sparse_map(Header header, Extensions& extensions);
  Result<void> new_sparse_map();
  Result<void> check_segments();

  Blocks& blocks_;
  std::string_view rest_;  ///< of the current block
  std::uint64_t position_ = 0;
  std::array<unsigned char, 512> split_{};  ///< a header that lies in two blocks

  TarEntry entry_;
  std::string raw_name_;
  std::uint64_t stored_ = 0;   ///< bytes of the current entry that were not read yet
  std::uint64_t padding_ = 0;  ///< behind them
  bool ended_ = false;

  bool sparse_ = false;
  std::vector<Segment> segments_;
  std::size_t segment_ = 0;
  std::uint64_t logical_ = 0;  ///< how far into a sparse file
};

/// The tidy absolute path of a name inside an archive, into `out`.
void tidy_archive_path(std::string_view name, std::string& out);

}  // namespace vigil::tree
