// Listening sockets: the texts of /proc/net/tcp, tcp6, udp and udp6, by proc_pid_net(5) and the
// kernel's Documentation/networking/proc_net_tcp.rst.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::inventory {

struct ListeningSocket {
  std::string protocol;  ///< "tcp" or "udp"
  std::string address;   ///< "0.0.0.0", "::1"
  std::uint16_t port = 0;
  std::uint64_t inode = 0;  ///< of the socket; /proc/PID/fd/N says "socket:[INODE]"
};

/// Sockets that take what comes from others: TCP ones that listen, UDP ones that are bound without
/// being connected. Lines that cannot be understood are passed over.
std::vector<ListeningSocket> parse_socket_table(std::string_view text, std::string_view protocol);

/// "socket:[627]" -> 627; 0 for anything else.
std::uint64_t inode_of_link(std::string_view link);

}  // namespace vigil::inventory
