#include "inventory/runtime/socket_table.h"

#include <arpa/inet.h>

#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/text.h"

namespace vigil::inventory {
namespace {

constexpr std::uint32_t kTcpListen = 0x0A;
constexpr std::uint32_t kTcpClose = 0x07;  // what an unconnected UDP socket is shown as

std::optional<std::uint32_t> parse_hex(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty())
    return std::nullopt;
  return value;
}

/// One or four words in the machine's own byte order, each holding four bytes in the network's.
std::optional<std::string> parse_address(std::string_view digits) {
  std::array<std::uint32_t, 4> words{};
  if (digits.size() != 8 && digits.size() != 32) return std::nullopt;
  for (std::size_t i = 0; i * 8 < digits.size(); ++i) {
    const auto word = parse_hex(digits.substr(i * 8, 8));
    if (!word) return std::nullopt;
    words[i] = *word;
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = digits.size() == 8 ? AF_INET : AF_INET6;
  if (::inet_ntop(family, words.data(), text.data(), text.size()) == nullptr) return std::nullopt;
  return std::string(text.data());
}

}  // namespace

std::vector<ListeningSocket> parse_socket_table(std::string_view text, std::string_view protocol) {
  const bool tcp = protocol.starts_with("tcp");
  std::vector<ListeningSocket> sockets;
  base::next_line(text);  // the titles
  while (const auto line = base::next_line(text)) {
    // sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode ...
    const std::vector<std::string_view> columns = base::words(*line);
    if (columns.size() < 10) continue;
    const auto state = parse_hex(columns[3]);
    if (!state || *state != (tcp ? kTcpListen : kTcpClose)) continue;
    const std::string_view remote = columns[2];
    if (!tcp && remote.find_first_not_of("0:") != std::string_view::npos) continue;
    const std::size_t colon = columns[1].find(':');
    if (colon == std::string_view::npos) continue;
    const auto address = parse_address(columns[1].substr(0, colon));
    const auto port = parse_hex(columns[1].substr(colon + 1));
    const auto inode = base::parse_unsigned(columns[9]);
    if (!address || !port || *port > 0xFFFF || !inode) continue;
    sockets.push_back({tcp ? "tcp" : "udp", *address, static_cast<std::uint16_t>(*port), *inode});
  }
  return sockets;
}

std::uint64_t inode_of_link(std::string_view link) {
  constexpr std::string_view kPrefix = "socket:[";
  if (!link.starts_with(kPrefix) || !link.ends_with(']')) return 0;
  link.remove_prefix(kPrefix.size());
  link.remove_suffix(1);
  return base::parse_unsigned(link).value_or(0);
}

}  // namespace vigil::inventory
