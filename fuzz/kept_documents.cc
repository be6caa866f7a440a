// The last scan and the facts file, which are read from files: nothing in them steers a terminal.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "cli/facts_file.h"
#include "cli/last_scan.h"
#include "cli/terminal.h"

namespace {

void require_plain(const std::string& text) {
  if (vigil::cli::plain(text) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("document", MFD_CLOEXEC);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) std::abort();
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  if (const auto scan = vigil::cli::read_last_scan(path, "CVE-2024-0001")) {
    require_plain(scan->resource + scan->exposure);
    for (const auto& finding : scan->findings) {
      require_plain(finding.title + finding.severity + finding.vendor_severity + finding.kev);
      for (const auto& package : finding.packages) {
        require_plain(package.name + package.version + package.note + package.remediation);
      }
    }
  }
  (void)vigil::cli::read_facts_file(path);
  ::close(file);
  return 0;
}
