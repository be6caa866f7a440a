#include "tree/zip_end.h"

#include <algorithm>
#include <optional>
#include <string>

#include "tree/zip_record.h"

namespace vigil::tree {
namespace {

constexpr std::string_view kEnd("PK\5\6", 4);
constexpr std::string_view kEnd64("PK\6\6", 4);
constexpr std::string_view kLocator64("PK\6\7", 4);
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEnd64Size = 56;
constexpr std::size_t kLocator64Size = 20;
constexpr std::uint64_t kLongestComment = 65535;

struct Claim {
  std::uint64_t record = 0;  ///< where the record stands that says it: behind the directory
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// The last record whose comment reaches exactly to the end; else the last whose comment fits.
std::optional<std::size_t> find_record(std::string_view tail) {
  std::optional<std::size_t> fits;
  for (std::size_t at = tail.rfind(kEnd); at != std::string_view::npos; at = tail.rfind(kEnd, at)) {
    if (at + kEndSize <= tail.size()) {
      const std::size_t end = at + kEndSize + zip_u16(tail, at + 20);
      if (end == tail.size()) return at;
      if (end < tail.size() && !fits) fits = at;
    }
    if (at == 0) break;
    --at;
  }
  return fits;
}

bool stands_at(const Bytes& bytes, std::uint64_t offset, std::string_view signature) {
  char found[4];
  return bytes.read(offset, found) && std::string_view(found, 4) == signature;
}

/// What the zip64 record says, if the locator before the record at `end` leads to one. Programs put
/// before the archive are not counted in its offset, so it is looked for beside the locator too.
std::optional<Claim> find_claim64(const Bytes& bytes, std::uint64_t end) {
  if (end < kLocator64Size + kEnd64Size) return std::nullopt;
  const auto locator = bytes.take(end - kLocator64Size, kLocator64Size);
  if (!locator || !locator->starts_with(kLocator64)) return std::nullopt;
  for (const std::uint64_t at : {zip_u64(*locator, 8), end - kLocator64Size - kEnd64Size}) {
    const auto record = bytes.take(at, kEnd64Size);
    if (record && record->starts_with(kEnd64)) {
      return Claim{at, zip_u64(*record, 48), zip_u64(*record, 40)};
    }
  }
  return std::nullopt;
}

}  // namespace

Result<ZipEnd> find_zip_end(const Bytes& bytes) {
  const std::uint64_t tail_size = std::min(bytes.size(), kEndSize + kLongestComment);
  const std::uint64_t tail_begin = bytes.size() - tail_size;
  VIGIL_TRY(const std::string tail, bytes.take(tail_begin, tail_size));
  const auto found = find_record(tail);
  if (!found) return fail("this is no zip archive, or it is cut short");
  const std::uint64_t end = tail_begin + *found;
  Claim claim{end, zip_u32(tail, *found + 16), zip_u32(tail, *found + 12)};
  if (const auto claim64 = find_claim64(bytes, end)) claim = *claim64;
  if (claim.size > claim.record) return fail("the archive's directory is not where it should be");
  ZipEnd result;
  result.size = claim.size;
  result.directory = claim.record - claim.size;
  if (claim.size == 0) return result;
  // Something may stand before the archive, or (rarely) between its directory and the end.
  if (result.directory >= claim.offset && stands_at(bytes, result.directory, kZipCentral)) {
    result.shift = result.directory - claim.offset;
    return result;
  }
  if (claim.offset <= claim.record && claim.size <= claim.record - claim.offset &&
      stands_at(bytes, claim.offset, kZipCentral)) {
    result.directory = claim.offset;
    return result;
  }
  return fail("the archive's directory is not where it should be");
}

}  // namespace vigil::tree
