// A zip archive by its central directory: jars, wheels, Lambda packages.
//
// References: PKWARE's APPNOTE.TXT 6.3.10 (section numbers below are its), Info-ZIP's proginfo for
// the attributes of Unix.
//
// Only the central directory is believed, as Java and Python do: local headers may leave sizes to a
// data descriptor (4.3.9) or say something else. Anything may stand before the archive (a script, a
// program), so offsets count from where it begins. Nobody is trusted: entries that lie over others
// (the cheapest bomb) are not read, names cannot leave the tree, sizes do not decide how much memory
// is taken, and what was inflated must have the size and the CRC-32 that were promised.
//
//   tree::TextBytes bytes(content);
//   VIGIL_TRY(const tree::ZipDirectory directory, tree::read_zip_directory(bytes));
//   for (const tree::ZipEntry& entry : directory.entries)
//     VIGIL_TRY(std::string content, tree::read_zip_entry(bytes, entry, 1 << 20));
//
// Not handled: methods but stored and deflated (no jar or wheel has them), archives in several
// volumes, encrypted ones. A zip in a zip needs no file either: open_zip_entry gives its bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "tree/bytes.h"
#include "tree/view.h"

namespace vigil::tree {

struct ZipEntry {
  std::string path;  ///< absolute, "/META-INF/MANIFEST.MF"; ".." stops at the root
  Kind kind = Kind::File;
  /// Permission bits; 0755 if an archive from another system has none, for they are not known.
  std::uint32_t mode = 0;
  std::uint64_t size = 0;        ///< bytes, as promised
  std::uint64_t compressed = 0;  ///< bytes in the archive
  std::uint64_t offset = 0;      ///< of the local header in the archive's bytes
  std::uint32_t crc = 0;
  std::uint16_t method = 0;  ///< 0 stored, 8 deflated
  bool encrypted = false;
  bool overlapping = false;  ///< its data lies over another entry's
};

struct ZipProblem {
  std::string where;  ///< the entry's path, or empty
  std::string why;
};

struct ZipDirectory {
  std::vector<ZipEntry> entries;  ///< in the order of the archive; of one path the last only
  std::vector<ZipProblem> problems;
};

struct ZipLimits {
  std::uint64_t entries = 1'000'000;
  std::uint64_t directory = std::uint64_t{128} << 20;  ///< bytes of the central directory
};

/// An error if there is no archive; entries that are no good are problems.
Result<ZipDirectory> read_zip_directory(const Bytes& bytes, const ZipLimits& limits = {});

/// The whole content. `TooLarge` beyond `limit`, `Unsupported` if it is encrypted or compressed in
/// another way, `Invalid` if it is damaged or not what was promised. The error names the entry.
Result<std::string> read_zip_entry(const Bytes& bytes, const ZipEntry& entry, std::uint64_t limit);

/// Its first bytes, `count` of them where it has so many; they are not checked against the CRC.
Result<std::string> read_zip_head(const Bytes& bytes, const ZipEntry& entry, std::size_t count);

/// The content as bytes: a stored entry is a part of `bytes`, which must outlive it; another is
/// inflated into memory, `limit` bytes at most.
Result<std::unique_ptr<Bytes>> open_zip_entry(const Bytes& bytes, const ZipEntry& entry,
                                              std::uint64_t limit);

}  // namespace vigil::tree
