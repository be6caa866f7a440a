#include "base/network_address.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

TEST(NetworkAddress, KindsByTheSpecialPurposeRegistries) {
  const struct {
    std::string_view text;
    AddressKind kind;
  } cases[] = {
      {"8.8.8.8", AddressKind::Public},
      {"9.255.255.255", AddressKind::Public},
      {"10.0.0.0", AddressKind::Private},
      {"10.255.255.255", AddressKind::Private},
      {"11.0.0.0", AddressKind::Public},
      {"172.15.255.255", AddressKind::Public},
      {"172.16.0.1", AddressKind::Private},
      {"172.31.255.255", AddressKind::Private},
      {"172.32.0.0", AddressKind::Public},
      {"192.168.1.1", AddressKind::Private},
      {"100.64.0.1", AddressKind::Private},
      {"100.128.0.1", AddressKind::Public},
      {"127.0.0.1", AddressKind::Loopback},
      {"127.255.0.3", AddressKind::Loopback},
      {"169.254.169.254", AddressKind::LinkLocal},
      {"0.0.0.0", AddressKind::Special},
      {"224.0.0.1", AddressKind::Special},
      {"255.255.255.255", AddressKind::Special},
      {"::1", AddressKind::Loopback},
      {"[::1]", AddressKind::Loopback},
      {"::", AddressKind::Special},
      {"fe80::1%eth0", AddressKind::LinkLocal},
      {"fd00:ec2::254", AddressKind::Private},
      {"2606:4700::1111", AddressKind::Public},
      {"2001:db8::1", AddressKind::Special},
      {"ff02::1", AddressKind::Special},
      {"::ffff:169.254.169.254", AddressKind::LinkLocal},
      {"64:ff9b::7f00:1", AddressKind::Loopback},
      {"2002:a00:1::", AddressKind::Private},
      // What a resolver takes for 127.0.0.1.
      {"127.1", AddressKind::Loopback},
      {"2130706433", AddressKind::Loopback},
      {"0x7f000001", AddressKind::Loopback},
      {"017700000001", AddressKind::Loopback},
  };
  for (const auto& one : cases) EXPECT_EQ(kind_of_address(one.text), one.kind) << one.text;
}

TEST(NetworkAddress, NamesAreNoAddresses) {
  for (const std::string_view text : {"", "localhost", "docker.io", "[]", "1.2.3.4.5", "::g"}) {
    EXPECT_FALSE(kind_of_address(text)) << text;
  }
}

}  // namespace
}  // namespace vigil::base
