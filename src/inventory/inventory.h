// What was found on one resource: its operating system, its packages and, on a live host, what
// runs.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/package.h"

namespace vigil::inventory {

struct OperatingSystem {
  std::string id;  ///< os-release ID: "debian", "ubuntu", "alpine"; empty if unknown
  std::vector<std::string> id_like;
  std::string version;   ///< VERSION_ID: "12", "22.04", "3.21.2"; empty for rolling releases
  std::string codename;  ///< "bookworm"
  std::string name;      ///< PRETTY_NAME, for people
  /// The OSV ecosystem its packages match in: "Debian:12", "Alpine:v3.21"; empty if Vigil knows no
  /// advisories for it.
  std::string ecosystem;
  bool rolling = false;  ///< sid, edge, Arch: has no releases
  /// Paid maintenance this machine is attached to, which brings fixes others do not get: of Ubuntu
  /// Pro "esm-infra" and "esm-apps".
  std::set<std::string> extended_support;
};

/// A listening socket.
struct Port {
  std::string protocol;  ///< "tcp" or "udp"
  std::string address;   ///< "0.0.0.0", "::1"
  std::uint16_t port = 0;
  std::uint32_t process = 0;  ///< process id; 0 if it could not be told
};

/// A running process that executes or maps files of packages.
struct Process {
  std::uint32_t id = 0;
  std::string name;        ///< of the executable, without its folder
  std::string executable;  ///< path in the view
  /// Indexes into Inventory::packages of what it executes or maps, ascending, each once.
  std::vector<std::size_t> packages;
  /// Files it still maps that were deleted or replaced: it runs the old code until it restarts.
  std::vector<std::string> deleted;
};

enum class Machine : std::uint8_t { Unknown, Container, VirtualMachine, Metal };

/// Facts that only a live host has. Absent for a directory or an image.
struct Runtime {
  std::string kernel_release;  ///< uname -r
  Machine machine = Machine::Unknown;
  std::string machine_detail;  ///< "docker", "kvm"
  std::string host_name;
  std::string machine_id;  ///< /etc/machine-id, for the resource's identity; may be empty
  std::vector<std::string> addresses;  ///< of its interfaces, without loopback
  std::vector<Process> processes;
  std::vector<Port> ports;
  /// False if some processes could not be looked into: then a package without a process is not
  /// known to be unused.
  bool complete = false;
};

/// Something that could not be read or understood. Shown, never dropped.
struct Problem {
  std::string where;  ///< path or database
  std::string why;
};

struct Inventory {
  OperatingSystem os;
  std::uint64_t files = 0;  ///< entries of the tree that were looked at
  std::vector<model::Package> packages;
  std::optional<Runtime> runtime;
  std::vector<Problem> problems;
};

}  // namespace vigil::inventory
