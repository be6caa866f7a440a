#include "cli/lines.h"

#include <iostream>
#include <string>

namespace vigil::cli {

void for_each_input_line(const std::function<void(std::string_view)>& each) {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    each(line);
  }
}

}  // namespace vigil::cli
