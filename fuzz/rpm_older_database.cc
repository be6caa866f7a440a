// Rpm databases of the forms Berkeley DB and ndb; the first byte chooses.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "inventory/catalogers/rpm/berkeley.h"
#include "inventory/catalogers/rpm/header.h"
#include "inventory/catalogers/rpm/ndb.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view database(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t bytes = 0;
  const auto visit = [&](std::string_view blob) {
    bytes += blob.size();
    (void)rpm::Header::open(blob);
    return true;
  };
  const auto read =
      data[0] % 2 == 0 ? rpm::read_ndb(database, visit) : rpm::read_berkeley(database, visit);
  if (!read && read.error().what.empty()) std::abort();
  // A value on its own page and chains that share none: no more than the file, and once more.
  if (bytes > 2 * size) std::abort();
  return 0;
}

}  // namespace vigil::inventory
