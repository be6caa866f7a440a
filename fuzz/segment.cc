// A segment whose checksum is made right: the input is what follows it (the identity, the feeds, the
// counts, the items).

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "base/hash.h"
#include "intel/codec.h"
#include "intel/compile.h"
#include "intel/segment.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace intel = vigil::intel;
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  intel::Encoder whole;
  whole.raw("VIGILSEG").number(1).text(vigil::base::hex(vigil::base::xxh3_128(content)));
  whole.raw(content);
  const std::string& bytes = whole.bytes();

  const int file = ::memfd_create("segment", MFD_CLOEXEC);
  if (file < 0) return 0;
  if (::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())) {
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    // What can be opened can be compiled, or is refused with an error.
    if (const auto segment = intel::Segment::open(path)) {
      intel::Source source;
      source.feeds = segment->counts();
      (void)intel::compile({{&*segment, source}}, 0);
    }
  }
  ::close(file);
  return 0;
}
