#include <gmock/gmock.h>

#include <array>

#include "server/testing/routes_test.h"

namespace vigil::server {
namespace {

class ResourceRoute : public testing::RoutesTest {};

TEST_F(ResourceRoute, CountsTheFindingsOfTheResource) {
  know({{"tracker.json", api::testing::kTracker}});
  answer("CreateFilter",
         R"({"action":"SUPPRESS","name":"not-ours","filterCriteria":{"vulnerabilityId":)"
         R"([{"comparison":"EQUALS","value":"CVE-2026-0003"}]}})");
  ingest_flawed("web-1");
  const std::string story = get("/vigil/v1/resources/" + findings::instance_id("web-1"));
  EXPECT_EQ(at(story, {"counts", "high"}).integer(), 1);
  EXPECT_EQ(at(story, {"counts", "medium"}).integer(), 0);
  EXPECT_EQ(at(story, {"counts", "low"}).integer(), 1);
  EXPECT_EQ(at(story, {"counts", "critical"}).integer(), 0);
  EXPECT_EQ(at(story, {"suppressed"}).integer(), 1);
  EXPECT_EQ(text(story, "packages", "0", "version").empty(), false);
}

TEST_F(ResourceRoute, PackagesStandInTheOrderInWhichProcessesNameThem) {
  ingest("web-1", {{"openssl", "3"}, {"curl", "7"}, {"zlib", "1"}, {"bash", "5"}, {"jq", "1"}});
  const std::string story = get("/vigil/v1/resources/" + findings::instance_id("web-1"));
  const std::array<std::string, 5> names = {
      text(story, "packages", "0", "name"), text(story, "packages", "1", "name"),
      text(story, "packages", "2", "name"), text(story, "packages", "3", "name"),
      text(story, "packages", "4", "name")};
  EXPECT_THAT(names, ::testing::ElementsAre("bash", "curl", "jq", "openssl", "zlib"));
}

}  // namespace
}  // namespace vigil::server
