#include "cli/output.h"

#include <cstdio>
#include <string>

#include "base/text.h"
#include "cli/commands.h"

namespace vigil::cli {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int report_error(const Error& error) {
  const std::string line = "vigil: " + base::printable(error.text()) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  return kFailure;
}

}  // namespace vigil::cli
