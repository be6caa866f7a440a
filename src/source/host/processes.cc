#include "source/host/processes.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "inventory/runtime/process_maps.h"
#include "source/host/proc_reader.h"

namespace vigil::source {
namespace {

bool vanished(int error) {
  return error == ENOENT || error == ESRCH;
}

struct Place {
  dev_t device = 0;
  ino_t inode = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

/// What /proc/PID/root leads to.
std::optional<Place> root_of(int process) {
  struct stat status = {};
  if (::fstatat(process, "root", &status, 0) != 0) return std::nullopt;
  return Place{status.st_dev, status.st_ino};
}

void add_once(std::vector<std::string>& list, std::string_view path) {
  if (std::find(list.begin(), list.end(), path) == list.end()) list.emplace_back(path);
}

enum class Look { Found, Nothing, Refused };

class Reader {
 public:
  Reader(int proc, const std::function<std::size_t(std::string_view)>& add_file)
      : add_file_(add_file) {
    const tree::Descriptor self = open_directory(proc, "self");
    if (!self.valid()) return;
    own_namespace_ = read_link(self.get(), "ns/mnt", buffer_);
    own_root_ = root_of(self.get());
  }

  Look read(int process, RunningProcess& out) {
    // A kernel thread has no executable, and neither has a process that ended.
    const std::string_view link = read_link(process, "exe", buffer_);
    if (link.empty()) return vanished(errno) ? Look::Nothing : Look::Refused;
    std::string_view executable = link;
    const bool deleted = inventory::strip_deleted(executable);
    out.executable = executable;
    if (deleted && inventory::may_be_packaged(executable)) out.deleted.push_back(out.executable);
    if (const Look place = lives_here(process); place != Look::Found) return place;
    if (!read_whole(process, "maps", maps_)) return vanished(errno) ? Look::Nothing : Look::Refused;
    out.files.push_back(add_file_(out.executable));
    inventory::each_mapped_file(maps_, [&](const inventory::MappedFile& file) {
      out.files.push_back(add_file_(file.path));
      if (file.deleted && file.executable) add_once(out.deleted, file.path);
    });
    std::sort(out.files.begin(), out.files.end());
    out.files.erase(std::unique(out.files.begin(), out.files.end()), out.files.end());
    return Look::Found;
  }

 private:
  Look lives_here(int process) {
    const std::string_view space = read_link(process, "ns/mnt", buffer_);
    if (space.empty()) return vanished(errno) ? Look::Nothing : Look::Refused;
    if (space == own_namespace_) return Look::Found;
    const std::optional<Place> root = root_of(process);
    if (!root) return vanished(errno) ? Look::Nothing : Look::Refused;
    return root == own_root_ ? Look::Found : Look::Nothing;
  }

  const std::function<std::size_t(std::string_view)>& add_file_;
  std::string own_namespace_;
  std::optional<Place> own_root_;
  std::string buffer_;
  std::string maps_;
};

}  // namespace

ProcessTable read_processes(const std::string& root,
                            const std::function<std::size_t(std::string_view)>& add_file) {
  ProcessTable table;
  const tree::Descriptor proc = open_directory(AT_FDCWD, root.c_str());
  if (!proc.valid()) return {{}, false};
  Reader reader(proc.get(), add_file);
  for (const std::uint32_t id : numbered_entries(open_directory(proc.get(), "."))) {
    const tree::Descriptor process = open_directory(proc.get(), std::to_string(id).c_str());
    if (!process.valid()) {
      if (!vanished(errno)) table.complete = false;
      continue;
    }
    RunningProcess running;
    running.id = id;
    switch (reader.read(process.get(), running)) {
      case Look::Found:
        table.processes.push_back(std::move(running));
        break;
      case Look::Refused:
        table.complete = false;
        break;
      case Look::Nothing:
        break;
    }
  }
  return table;
}

std::vector<inventory::Port> read_ports(const std::string& root, bool& complete) {
  std::vector<inventory::ListeningSocket> sockets;
  const tree::Descriptor proc = open_directory(AT_FDCWD, root.c_str());
  if (!proc.valid()) {
    complete = false;
    return {};
  }
  std::string text;
  for (const char* table : {"tcp", "tcp6", "udp", "udp6"}) {
    // A kernel without IPv6 has no tcp6.
    if (!read_whole(proc.get(), ("net/" + std::string(table)).c_str(), text)) continue;
    for (inventory::ListeningSocket& socket : inventory::parse_socket_table(text, table)) {
      sockets.push_back(std::move(socket));
    }
  }
  std::unordered_map<std::uint64_t, std::uint32_t> holders;  // inode of the socket -> process
  for (const inventory::ListeningSocket& socket : sockets) {
    if (socket.inode != 0) holders.emplace(socket.inode, 0);
  }
  std::size_t missing = holders.size();
  std::string link;
  for (const std::uint32_t id : numbered_entries(open_directory(proc.get(), "."))) {
    if (missing == 0) break;
    tree::Descriptor descriptors = open_directory(proc.get(), (std::to_string(id) + "/fd").c_str());
    if (!descriptors.valid()) continue;
    const int folder = ::dup(descriptors.get());
    const tree::Descriptor keep(folder);
    for (const std::uint32_t number : numbered_entries(std::move(descriptors))) {
      const std::uint64_t inode =
          inventory::inode_of_link(read_link(folder, std::to_string(number).c_str(), link));
      const auto holder = holders.find(inode);
      if (holder == holders.end() || holder->second != 0) continue;
      holder->second = id;
      --missing;
    }
  }
  if (missing != 0) complete = false;
  std::vector<inventory::Port> ports;
  for (const inventory::ListeningSocket& socket : sockets) {
    const auto holder = holders.find(socket.inode);
    ports.push_back({socket.protocol, socket.address, socket.port,
                     holder == holders.end() ? 0 : holder->second});
  }
  std::sort(ports.begin(), ports.end(), [](const inventory::Port& a, const inventory::Port& b) {
    return std::tie(a.protocol, a.port, a.address, a.process) <
           std::tie(b.protocol, b.port, b.address, b.process);
  });
  // Several sockets of one process may share a port (SO_REUSEPORT).
  ports.erase(std::unique(ports.begin(), ports.end(),
                          [](const inventory::Port& a, const inventory::Port& b) {
                            return std::tie(a.protocol, a.port, a.address, a.process) ==
                                   std::tie(b.protocol, b.port, b.address, b.process);
                          }),
              ports.end());
  return ports;
}

}  // namespace vigil::source
