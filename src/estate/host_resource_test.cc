#include "estate/host_resource.h"

#include <gtest/gtest.h>

namespace vigil::estate {
namespace {

inventory::Inventory live(const std::string& machine_id, const std::string& name) {
  inventory::Inventory inventory;
  inventory.os = {.id = "debian", .version = "12"};
  inventory.runtime.emplace();
  inventory.runtime->machine_id = machine_id;
  inventory.runtime->host_name = name;
  inventory.runtime->addresses = {"10.0.0.7", "2001:db8::1"};
  return inventory;
}

findings::Resource of(const inventory::Inventory& inventory, const std::string& root = "/") {
  return host_resource(inventory, root, "000000000000", "us-east-1");
}

TEST(HostResource, AHostIsItsMachineIdWhateverItIsCalled) {
  EXPECT_EQ(of(live("abc", "old")).id, of(live("abc", "new")).id);
  EXPECT_NE(of(live("abc", "old")).id, of(live("abd", "old")).id);
  EXPECT_NE(of(live("", "old")).id, of(live("", "new")).id);
}

TEST(HostResource, ADirectoryIsItsPath) {
  EXPECT_EQ(of({}, "/usr/../usr/lib").id, of({}, "/usr/lib").id);
  EXPECT_EQ(of({}, "").id, of({}, "/").id);
  EXPECT_NE(of({}, "/usr/lib").id, of({}, "/usr/share").id);
}

TEST(HostResource, SaysWhatItReallyIs) {
  const findings::Resource host = of(live("abc", "web-1"));
  EXPECT_EQ(host.type, "AWS_EC2_INSTANCE");
  EXPECT_EQ(host.platform, "DEBIAN_12");
  EXPECT_EQ(host.name, "web-1");
  EXPECT_EQ(host.ipv4, std::vector<std::string>{"10.0.0.7"});
  EXPECT_EQ(host.ipv6, std::vector<std::string>{"2001:db8::1"});
  EXPECT_EQ(host.tags.at("vigil:kind"), "host");
  EXPECT_EQ(of({}, "/usr/lib").tags.at("vigil:origin"), "/usr/lib");
}

}  // namespace
}  // namespace vigil::estate
