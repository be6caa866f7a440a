#include "source/registry/trust.h"

#include <gtest/gtest.h>

namespace vigil::source::registry {
namespace {

using base::AddressKind;

TEST(RegistryTrust, NobodyLeadsFurtherInsideThanHeStands) {
  const AddressKind kinds[] = {AddressKind::Public, AddressKind::Private, AddressKind::Loopback,
                               AddressKind::LinkLocal, AddressKind::Special};
  // Rows: where the registry is; columns: where it leads to.
  const bool allowed[5][5] = {
      {true, false, false, false, false},  // public
      {true, true, false, false, false},   // private
      {true, true, true, false, false},    // loopback
      {true, false, false, true, false},   // link-local
      {true, false, false, false, false},  // special
  };
  for (std::size_t from = 0; from < 5; ++from) {
    for (std::size_t to = 0; to < 5; ++to) {
      EXPECT_EQ(may_lead_to(kinds[from], kinds[to]), allowed[from][to]) << from << " " << to;
    }
  }
}

TEST(RegistryTrust, CredentialsStayWithTheOrigin) {
  const base::Url registry = *base::parse_url("https://registry.example/v2/");
  EXPECT_TRUE(may_have_credentials(registry, *base::parse_url("https://registry.example:443/x")));
  for (const char* other : {"https://registry.example:5000/", "http://registry.example/",
                            "https://cdn.registry.example/", "https://registry.example.evil/"}) {
    EXPECT_FALSE(may_have_credentials(registry, *base::parse_url(other))) << other;
  }
}

TEST(RegistryTrust, EncryptionIsNotGivenUp) {
  const base::Url with = *base::parse_url("https://a/");
  const base::Url without = *base::parse_url("http://a/");
  EXPECT_FALSE(keeps_encryption(with, without));
  EXPECT_TRUE(keeps_encryption(without, with));
  EXPECT_TRUE(keeps_encryption(with, with));
  EXPECT_TRUE(keeps_encryption(without, without));
}

TEST(RegistryTrust, ThisMachine) {
  for (const char* url : {"http://localhost:5000/", "http://127.0.0.1/", "http://[::1]:5000/",
                          "http://registry.localhost/"}) {
    EXPECT_TRUE(is_this_machine(*base::parse_url(url))) << url;
  }
  for (const char* url : {"http://localhost.evil/", "http://10.0.0.1/", "http://registry/"}) {
    EXPECT_FALSE(is_this_machine(*base::parse_url(url))) << url;
  }
}

}  // namespace
}  // namespace vigil::source::registry
