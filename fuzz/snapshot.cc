// A snapshot that somebody has damaged on purpose: its size, its format and its checksum are made
// right, so that what is tried lies behind them. The input is a whole file; what it lacks at the front is
// zeros.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "base/hash.h"
#include "intel/checksum.h"
#include "intel/snapshot.h"
#include "intel/testing/snapshot_walk.h"

namespace layout = vigil::intel::layout;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  bytes.resize(std::max(bytes.size(), sizeof(layout::Header)));
  layout::Header header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  header.magic = layout::kMagic;
  header.format = layout::kSnapshotFormat;
  header.section_count = layout::kSectionCount;
  header.file_size = bytes.size();
  vigil::base::Xxh3 hash;
  hash.update(std::string_view(bytes).substr(sizeof header));
  header.checksum = vigil::intel::snapshot_checksum(hash, header);
  std::memcpy(bytes.data(), &header, sizeof header);

  const int file = ::memfd_create("snapshot", MFD_CLOEXEC);
  if (file < 0) return 0;
  if (::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())) {
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (const auto snapshot = vigil::intel::Snapshot::open(path)) {
      if (vigil::intel::testing::walk(*snapshot) == 0) __builtin_trap();
    }
  }
  ::close(file);
  return 0;
}
