// Points in time: what is read is written in a form that reads back as the same.
#include "base/time.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto seconds = vigil::base::parse_time({reinterpret_cast<const char*>(data), size});
  if (!seconds) return 0;
  const std::string text = vigil::base::format_time(*seconds);
  const auto again = vigil::base::parse_time(text);
  // An offset can carry a time over the edge of the years that are read.
  const bool edge = text.starts_with("1899-12-31") || text.starts_with("2201-01-01");
  if (edge ? again.has_value() : again != seconds) std::abort();
  return 0;
}
