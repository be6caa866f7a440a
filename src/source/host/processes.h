// What runs on this host: the processes of /proc with the packages they use, and who listens where.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.h"
#include "inventory/runtime/socket_table.h"

namespace vigil::source {

/// A process before its files are attributed to packages.
struct RunningProcess {
  std::uint32_t id = 0;
  std::string executable;          ///< as /proc/PID/exe names it, without " (deleted)"
  std::vector<std::size_t> files;  ///< numbers given by `add_file`, ascending, each once
  std::vector<std::string>
      deleted;  ///< executable and libraries it still runs though they are gone
};

struct ProcessTable {
  std::vector<RunningProcess> processes;  ///< by ascending id
  bool complete = true;                   ///< false if some could not be looked into
};

/// Reads /proc below `root` (mostly "/proc"). `add_file` gives a path its number.
///
/// Left out are kernel threads, processes that end meanwhile, and those of containers: they live in
/// another mount namespace and see another root directory. A service that systemd gave a namespace of
/// its own (PrivateTmp) sees the same root, and a process that changed its root without a namespace
/// maps files of this host: both count. A script is attributed to nobody: what runs is its
/// interpreter, and which file it read cannot be told from outside.
ProcessTable read_processes(const std::string& root,
                            const std::function<std::size_t(std::string_view)>& add_file);

/// The listening sockets of this network namespace. Of several processes that hold one socket the
/// lowest id is named; 0 and `complete` false where none could be found.
std::vector<inventory::Port> read_ports(const std::string& root, bool& complete);

}  // namespace vigil::source
