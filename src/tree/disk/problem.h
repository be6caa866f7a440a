// Something on a disk that could not be read or is not read. Shown, never dropped.
#pragma once

#include <string>
#include <vector>

namespace vigil::tree::disk {

struct Problem {
  std::string where;  ///< "disk.qcow2, partition 2", "volume group rhel"
  std::string why;
};

using Problems = std::vector<Problem>;

}  // namespace vigil::tree::disk
