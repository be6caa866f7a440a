#include "version/dpkg_order.h"

#include <array>
#include <cstdint>

#include "base/text.h"

namespace vigil::version {
namespace {

constexpr std::uint8_t kTilde = 1;
constexpr std::uint8_t kEnd = 2;

/// The place of every byte in a run of non-digits.
constexpr std::array<std::uint8_t, 256> kWeights = [] {
  std::array<std::uint8_t, 256> weights{};
  std::uint8_t next = kEnd + 1;
  const auto assign = [&](int first, int last, bool letters) {
    for (int c = first; c <= last; ++c) {
      const char character = static_cast<char>(c);
      if (base::is_alpha(character) != letters || base::is_digit(character)) continue;
      weights[static_cast<std::size_t>(c)] = next++;
    }
  };
  assign('A', 'z', true);
  assign(128, 255, false);
  assign(1, 127, false);
  weights['~'] = kTilde;
  return weights;
}();

}  // namespace

void write_dpkg_part(KeyWriter& key, std::string_view part) {
  std::size_t at = 0;
  do {
    for (; at < part.size() && !base::is_digit(part[at]); ++at) {
      key.rank(kWeights[static_cast<std::uint8_t>(part[at])]);
    }
    key.rank(kEnd);
    const std::size_t start = at;
    while (at < part.size() && base::is_digit(part[at])) ++at;
    key.number(part.substr(start, at - start));
  } while (at < part.size());
  key.rank(kEnd);
}

}  // namespace vigil::version
