#include "base/network_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace vigil::base {
namespace {

struct Network {
  std::uint32_t address;
  unsigned bits;
  AddressKind kind;
};

constexpr std::uint32_t ipv4(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return (a << 24U) | (b << 16U) | (c << 8U);
}

constexpr std::array kNetworks{
    Network{ipv4(0, 0, 0), 8, AddressKind::Special},
    Network{ipv4(10, 0, 0), 8, AddressKind::Private},
    Network{ipv4(100, 64, 0), 10, AddressKind::Private},
    Network{ipv4(127, 0, 0), 8, AddressKind::Loopback},
    Network{ipv4(169, 254, 0), 16, AddressKind::LinkLocal},
    Network{ipv4(172, 16, 0), 12, AddressKind::Private},
    Network{ipv4(192, 0, 0), 24, AddressKind::Special},
    Network{ipv4(192, 0, 2), 24, AddressKind::Special},
    Network{ipv4(192, 168, 0), 16, AddressKind::Private},
    Network{ipv4(198, 18, 0), 15, AddressKind::Special},
    Network{ipv4(198, 51, 100), 24, AddressKind::Special},
    Network{ipv4(203, 0, 113), 24, AddressKind::Special},
    Network{ipv4(224, 0, 0), 3, AddressKind::Special},  // multicast and what is reserved behind it
};

template <std::size_t N>
std::array<std::uint8_t, 4> four_at(const std::array<std::uint8_t, N>& bytes, std::size_t from) {
  return {bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]};
}

template <std::size_t N>
bool starts_with(const std::array<std::uint8_t, 16>& address,
                 const std::array<std::uint8_t, N>& prefix) {
  return std::equal(prefix.begin(), prefix.end(), address.begin());
}

}  // namespace

AddressKind kind_of_ipv4(std::array<std::uint8_t, 4> address) {
  const std::uint32_t number = ipv4(address[0], address[1], address[2]) | address[3];
  for (const Network& network : kNetworks) {
    if ((number ^ network.address) >> (32U - network.bits) == 0) return network.kind;
  }
  return AddressKind::Public;
}

AddressKind kind_of_ipv6(const std::array<std::uint8_t, 16>& address) {
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr std::array<std::uint8_t, 12> kTranslated{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  constexpr std::array<std::uint8_t, 15> kZeros{};
  constexpr std::array<std::uint8_t, 12> kCompatible{};
  if (starts_with(address, kZeros)) {
    return address[15] == 1 ? AddressKind::Loopback : AddressKind::Special;
  }
  if (starts_with(address, kMapped) || starts_with(address, kTranslated) ||
      starts_with(address, kCompatible)) {
    return kind_of_ipv4(four_at(address, 12));
  }
  if (address[0] == 0x20 && address[1] == 0x02) return kind_of_ipv4(four_at(address, 2));
  if ((address[0] & 0xfeU) == 0xfc) return AddressKind::Private;
  if (address[0] == 0xfe && (address[1] & 0xc0U) == 0x80) return AddressKind::LinkLocal;
  if (address[0] == 0xfe && (address[1] & 0xc0U) == 0xc0) return AddressKind::Private;
  // Only 2000::/3 is given out; 2001:db8::/32 is for documentation.
  const bool documentation =
      starts_with(address, std::array<std::uint8_t, 4>{0x20, 0x01, 0x0d, 0xb8});
  return (address[0] & 0xe0U) == 0x20 && !documentation ? AddressKind::Public
                                                        : AddressKind::Special;
}

std::optional<AddressKind> kind_of_address(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  const std::string name(text.substr(0, text.find('%')));  // "fe80::1%eth0"
  std::array<std::uint8_t, 16> long_form{};
  if (::inet_pton(AF_INET6, name.c_str(), long_form.data()) == 1) return kind_of_ipv6(long_form);
  in_addr short_form{};
  if (name.empty() || ::inet_aton(name.c_str(), &short_form) == 0) return std::nullopt;
  std::array<std::uint8_t, 4> bytes{};
  std::memcpy(bytes.data(), &short_form.s_addr, bytes.size());
  return kind_of_ipv4(bytes);
}

AddressKind kind_of_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof(in));
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &in.sin_addr, bytes.size());
    return kind_of_ipv4(bytes);
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof(in));
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
    return kind_of_ipv6(bytes);
  }
  return AddressKind::Special;
}

std::string_view describe(AddressKind kind) {
  switch (kind) {
    case AddressKind::Public:
      return "a public address";
    case AddressKind::Private:
      return "a private address";
    case AddressKind::Loopback:
      return "a loopback address";
    case AddressKind::LinkLocal:
      return "a link-local address";
    case AddressKind::Special:
      break;
  }
  return "an address that belongs to no host";
}

}  // namespace vigil::base
