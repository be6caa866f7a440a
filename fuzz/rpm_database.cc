// Whole rpm databases, by way of sqlite, with and without a journal.
#include "inventory/catalogers/rpm/database.h"

#include <cstdlib>

#include "inventory/catalogers/rpm/header.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t total = 0;
  const auto read = rpm::read_sqlite(std::string(reinterpret_cast<const char*>(data), size), {},
                                     [&](std::string_view blob) {
                                       (void)rpm::Header::open(blob);
                                       return ++total < 10'000;
                                     });
  if (!read && read.error().what.empty()) std::abort();
  return 0;
}

}  // namespace vigil::inventory
