#include "model/symbol_set.h"

#include <algorithm>

#include "base/base64.h"
#include "base/base64_encode.h"
#include "base/hash.h"

namespace vigil::model {
namespace {

constexpr std::uint32_t kMask = 0xFFFFFF;
constexpr char kForm = '1';

/// Without the pointer and parentheses of a receiver, and without type parameters.
std::string normal_name(std::string_view name) {
  std::string normal;
  normal.reserve(name.size());
  std::size_t depth = 0;
  for (const char c : name) {
    if (c == '[') ++depth;
    if (depth == 0 && c != '(' && c != ')' && c != '*') normal.push_back(c);
    if (c == ']' && depth > 0) --depth;
  }
  return normal;
}

}  // namespace

SymbolSet::SymbolSet(std::vector<std::uint32_t> hashes) : hashes_(std::move(hashes)) {
  for (std::uint32_t& one : hashes_) one &= kMask;
  std::sort(hashes_.begin(), hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
}

SymbolSet SymbolSet::of(std::span<const std::string_view> names) {
  std::vector<std::uint32_t> hashes;
  hashes.reserve(names.size());
  for (const std::string_view name : names) hashes.push_back(hash(name));
  return SymbolSet(std::move(hashes));
}

std::uint32_t SymbolSet::hash(std::string_view name) {
  const bool plain = name.find_first_of("([*") == std::string_view::npos;
  const std::uint64_t whole = plain ? base::xxh3_64(name) : base::xxh3_64(normal_name(name));
  return static_cast<std::uint32_t>(whole) & kMask;
}

bool SymbolSet::contains(std::string_view name) const {
  return std::binary_search(hashes_.begin(), hashes_.end(), hash(name));
}

std::string SymbolSet::text() const {
  std::string bytes;
  std::uint32_t before = 0;
  for (const std::uint32_t one : hashes_) {
    std::uint32_t distance = one - before;
    before = one;
    for (; distance > 0x7F; distance >>= 7U) {
      bytes.push_back(static_cast<char>((distance & 0x7FU) | 0x80U));
    }
    bytes.push_back(static_cast<char>(distance));
  }
  return kForm + base::encode_base64(bytes);
}

Result<SymbolSet> SymbolSet::parse(std::string_view text) {
  if (text.empty() || text.front() != kForm) return fail("no set of symbols, or of another form");
  const auto decoded = base::decode_base64(text.substr(1));
  if (!decoded) return fail("the set of symbols is no base64");
  const std::string& bytes = *decoded;
  std::vector<std::uint32_t> hashes;
  std::uint64_t last = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t distance = 0;
    unsigned shift = 0;
    for (;;) {
      if (at == bytes.size() || shift > 21) return fail("the set of symbols is damaged");
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      distance |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      shift += 7;
      if (byte < 0x80) break;
    }
    last += distance;
    if (last > kMask) return fail("the set of symbols is damaged");
    hashes.push_back(static_cast<std::uint32_t>(last));
  }
  return SymbolSet(std::move(hashes));
}

}  // namespace vigil::model
