// Keys of every version scheme. The first byte chooses the scheme, a newline parts two versions. Keys
// are deterministic, an error says what is wrong, and comparing is antisymmetric and reflexive.
#include <cstdlib>

#include "version/scheme.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  if (size == 0) return 0;
  const auto schemes = version::all_schemes();
  const version::Scheme& scheme = *schemes[data[0] % schemes.size()];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t newline = text.find('\n');
  const std::string_view a = text.substr(0, newline);
  const std::string_view b = newline == std::string_view::npos ? a : text.substr(newline + 1);

  for (const std::string_view version : {a, b}) {
    const Result<version::Key> key = scheme.key(version);
    const Result<version::Key> again = scheme.key(version);
    if (key.has_value() != again.has_value() || (key && *key != *again)) std::abort();
    if (!key && key.error().what.empty()) std::abort();
    if (key && version.size() > version::kMaximumLength) std::abort();
  }
  const auto forth = version::compare(scheme, a, b);
  const auto back = version::compare(scheme, b, a);
  if (forth.has_value() != back.has_value()) std::abort();
  if (forth && *forth != 0 <=> *back) std::abort();
  const auto self = version::compare(scheme, a, a);
  if (self && *self != 0) std::abort();
  return 0;
}
