// Opens what feeds come in: plain files, compressed files, zip, tar and compressed tar; all of it
// as a stream, nothing is ever written to disk.
//
//   base::for_each_entry(path, {}, [&](base::ArchiveEntry& entry) -> Result<void> {
//     VIGIL_TRY(std::string text, base::read_all(entry.content, 64 << 20));
//     return parse(entry.name, text);
//   });
//
// The kind of file is decided by its content, never by its name. Input that ends early is an error
// in every format: a download cut short must not read as a shorter feed. That includes a zip
// without its central directory and a tar without its end-of-archive block (POSIX.1-2017, pax,
// "ustar Interchange Format": an archive ends with blocks of zeros).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/input.h"
#include "base/result.h"

namespace vigil::base {

/// What hostile input may cost. Reaching one is an error of code TooLarge.
struct ArchiveLimits {
  std::uint64_t entry_bytes = std::uint64_t{2} << 30;   ///< expanded size of one entry
  std::uint64_t total_bytes = std::uint64_t{64} << 30;  ///< expanded size of all that is read
  std::uint64_t entries = 2'000'000;                    ///< count, directories and links included
  /// Expanded bytes for one compressed byte read; looked at past 64 MiB expanded.
  double ratio = 1000;
};

struct ArchiveEntry {
  /// The path inside the archive. A label for people and for recognition: it may hold any bytes,
  /// "../" too, and must never be opened.
  std::string name;
  std::optional<std::uint64_t> size;  ///< expanded size where the archive says it beforehand
  /// The bytes, valid during the visit. What the visitor does not read is passed over; inside a zip
  /// it is then not even decompressed (nor is its checksum verified).
  Input& content;
};

using ArchiveVisitor = std::function<Result<void>(ArchiveEntry&)>;

/// Each regular file inside, once, in the order of the archive. A file that is no archive is one
/// entry, named by the file's base name without the suffix of its compression (.gz .bz2 .xz .zst .lz4).
/// An error of the visitor ends the walk and is returned as it is.
Result<void> for_each_entry(const std::string& path, const ArchiveLimits& limits,
                            const ArchiveVisitor& visit);

/// The same for bytes in memory; `name` stands for the path.
Result<void> for_each_entry_in(std::string_view bytes, const std::string& name,
                               const ArchiveLimits& limits, const ArchiveVisitor& visit);

}  // namespace vigil::base
