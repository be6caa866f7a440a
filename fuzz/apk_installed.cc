// apk's database: the files name only packages that were read.
#include "inventory/catalogers/apk/installed.h"

#include <cstdlib>

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<Problem> problems;
  const std::vector<apk::Record> records = apk::parse_installed(text, "input", problems);
  for (const apk::Record& record : records) {
    if (record.name.empty() || record.version.empty() || record.origin.empty()) std::abort();
  }
  apk::visit_files(text, [&](std::size_t index, std::string_view) {
    if (index >= records.size() && problems.empty()) std::abort();
  });
  return 0;
}

}  // namespace vigil::inventory
