// The packages of a dpkg database: what its status file, its journal and distroless' status.d say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.h"

namespace vigil::inventory::dpkg {

struct Record {
  std::string name;
  std::string version;
  std::string architecture;
  std::string source_name;     ///< equal to name without a Source field
  std::string source_version;  ///< of the Source field's parentheses, else the version
  std::string vendor;          ///< Origin, else Maintainer
  std::uint32_t line = 0;
  bool present = false;  ///< its files are (or may be) there; false after removal
};

/// Longer fields are refused. The longest real one (a list of configuration files) has some 100 kB.
inline constexpr std::size_t kMaximumField = 1024 * 1024;

enum class Form {
  Status,   ///< a status file: every stanza has Status, the text ends with a line's end
  Control,  ///< one package's control file: no Status means installed
};

/// All stanzas, those of removed packages too (`present` false). A stanza that cannot be understood
/// costs only itself and is named in `problems` under `where`.
std::vector<Record> parse_status(std::string_view text, Form form, const std::string& where,
                                 std::vector<Problem>& problems);

/// Puts the records of one journal file (/var/lib/dpkg/updates/NNNN) in place of those of the same
/// name and architecture, as dpkg does when it starts after a crash.
void apply_journal(std::vector<Record>& records, std::vector<Record> updates);

}  // namespace vigil::inventory::dpkg
