// What an IP address is good for: whether it is one of the public Internet, or one that a server out
// there has no business sending anybody to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

struct sockaddr;

namespace vigil::base {

/// By the special-purpose registries of IANA (RFC 6890):
///   Loopback   127.0.0.0/8, ::1
///   LinkLocal  169.254.0.0/16, fe80::/10: among them the metadata services of clouds
///   Private    10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7
///   Special    0.0.0.0/8, 192.0.0.0/24, 198.18.0.0/15, documentation, multicast, reserved
/// An IPv4 address inside an IPv6 one (::ffff:a.b.c.d, 64:ff9b::/96, 2002::/16) counts as what it is.
enum class AddressKind : std::uint8_t { Public, Private, Loopback, LinkLocal, Special };

AddressKind kind_of_ipv4(std::array<std::uint8_t, 4> address);
AddressKind kind_of_ipv6(const std::array<std::uint8_t, 16>& address);

/// Of "10.0.0.1", "::1", "[::1]"; nothing for what is no address. The short forms that inet_aton
/// takes ("127.1", "0x7f000001", "2130706433") count as addresses too, because a resolver does so.
std::optional<AddressKind> kind_of_address(std::string_view text);

/// Special for a family other than the two of IP.
AddressKind kind_of_address(const sockaddr& address);

/// "a private address"
std::string_view describe(AddressKind kind);

}  // namespace vigil::base
