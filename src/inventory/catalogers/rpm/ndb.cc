#include "inventory/catalogers/rpm/ndb.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "inventory/program/bytes_of_program.h"

namespace vigil::inventory::rpm {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kBlock = 16;
constexpr std::size_t kHeader = 32;
constexpr std::size_t kBlobHead = 16;
constexpr std::size_t kBlobTail = 12;

struct Slot {
  std::uint32_t number;
  std::uint64_t begin;
  std::uint64_t size;
};

std::uint32_t word(std::string_view bytes, std::uint64_t at) {
  return static_cast<std::uint32_t>(number_at(bytes, at, 4, false).value_or(0));
}

bool has(std::string_view bytes, std::uint64_t at, std::string_view magic) {
  return part_of(bytes, at, magic.size()) == magic;
}

/// The header of the package, or nothing if head, tail and slot do not agree.
std::string_view blob_of(std::string_view database, const Slot& slot) {
  const std::string_view blob = part_of(database, slot.begin, slot.size);
  if (blob.size() != slot.size || blob.size() < kBlobHead + kBlobTail) return {};
  if (!has(blob, 0, "BlbS") || word(blob, 4) != slot.number) return {};
  const std::uint32_t length = word(blob, 12);
  const std::size_t tail = blob.size() - kBlobTail;
  if (length > tail - kBlobHead || word(blob, tail + 4) != length || !has(blob, tail + 8, "BlbE")) {
    return {};
  }
  return blob.substr(kBlobHead, length);
}

}  // namespace

Result<void> read_ndb(std::string_view database,
                      const std::function<bool(std::string_view)>& visit) {
  if (!has(database, 0, "RpmP")) return fail("this is not an ndb database");
  if (word(database, 4) != 0) return fail("this version of ndb is not known");
  const std::uint64_t slots_end = std::uint64_t{word(database, 12)} * kPage;
  if (slots_end > database.size()) return fail("the rpm database is cut short");
  std::vector<Slot> slots;
  bool damaged = false;
  for (std::uint64_t at = kHeader; at < slots_end; at += kBlock) {
    const std::uint32_t first = word(database, at + 8);
    if (!has(database, at, "Slot")) damaged = true;
    if (!has(database, at, "Slot") || first == 0) continue;
    slots.push_back({word(database, at + 4), std::uint64_t{first} * kBlock,
                     std::uint64_t{word(database, at + 12)} * kBlock});
  }
  std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) {
    return a.number != b.number ? a.number < b.number : a.begin < b.begin;
  });
  // No byte belongs to two packages: what is read is no more than there is.
  std::uint64_t left = database.size();
  for (const Slot& slot : slots) {
    const std::string_view blob = blob_of(database, slot);
    if (blob.empty() || slot.size > left) {
      damaged = true;
      continue;
    }
    left -= slot.size;
    if (!visit(blob)) return ok();
  }
  if (damaged) {
    return fail("the rpm database is damaged: some packages in it cannot be read", {},
                "`rpm --rebuilddb` on that system repairs it");
  }
  return ok();
}

}  // namespace vigil::inventory::rpm
