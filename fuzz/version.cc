// Version schemes: the first byte chooses one, two lines follow. Keys are pure and bounded, order is
// a mirror, and nothing a scheme reads makes it fail otherwise than by a value.
#include <cstdint>
#include <cstdlib>

#include "version/scheme.h"

namespace {

// No scheme writes more than this per byte of a version; 64 for what every key has.
constexpr std::size_t kMostKeyPerByte = 8;

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto schemes = vigil::version::all_schemes();
  const vigil::version::Scheme& scheme = *schemes[data[0] % schemes.size()];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t line_end = text.find('\n');
  const std::string_view a = text.substr(0, line_end);
  const std::string_view b = line_end == std::string_view::npos ? a : text.substr(line_end + 1);

  const auto key = scheme.key(a);
  require(key ? key->size() <= 64 + kMostKeyPerByte * a.size() : !key.error().what.empty());
  require(!key || a.size() <= vigil::version::kMaximumLength);
  const auto again = scheme.key(a);
  require(key ? again && *again == *key : !again);
  const auto order = compare(scheme, a, b);
  const auto mirrored = compare(scheme, b, a);
  require(order.has_value() == mirrored.has_value());
  require(!order || *order == 0 <=> *mirrored);
  const auto itself = compare(scheme, a, a);
  require(!itself || *itself == 0);
  return 0;
}
