// dpkg's status files and control files: every record has a name, and one present a version.
#include "inventory/catalogers/dpkg/status.h"

#include <cstdlib>

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const dpkg::Form form : {dpkg::Form::Status, dpkg::Form::Control}) {
    std::vector<Problem> problems;
    std::vector<dpkg::Record> records = dpkg::parse_status(text, form, "input", problems);
    for (const dpkg::Record& record : records) {
      if (record.name.empty() || record.source_name.empty() || record.line == 0) std::abort();
      if (record.present && (record.version.empty() || record.source_version.empty())) std::abort();
      if (record.version.find_first_of(" \n\t") != std::string::npos) std::abort();
    }
    const std::size_t count = records.size();
    std::vector<dpkg::Record> updates = records;
    dpkg::apply_journal(records, std::move(updates));
    if (records.size() != count) std::abort();
  }
  return 0;
}

}  // namespace vigil::inventory
