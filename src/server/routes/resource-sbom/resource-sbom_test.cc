#include "server/testing/routes_test.h"
#include "store/inventory.h"

namespace vigil::server {
namespace {

class ResourceSbomRoute : public testing::RoutesTest {
 protected:
  static std::string of(const std::string& name, const std::string& query = {}) {
    return "/vigil/v1/resources/" + findings::instance_id(name) + "/sbom" + query;
  }
};

TEST_F(ResourceSbomRoute, GivesTheInventoryAsAFile) {
  ingest("web \"1\"", {{"openssl", "3.0.14-1"}});
  for (const std::string format : {"cyclonedx", "spdx", "json"}) {
    const HttpResponse bill = ask_route("GET", of("web \"1\"", "?format=" + format));
    ASSERT_EQ(bill.status, 200) << bill.body;
    EXPECT_NE(bill.body.find("pkg:deb/debian/openssl@3.0.14-1"), std::string::npos) << format;
    EXPECT_TRUE(
        header(bill, "Content-Disposition").starts_with("attachment; filename=\"vigil-web--1--"))
        << header(bill, "Content-Disposition");
    EXPECT_TRUE(header(bill, "Content-Disposition").ends_with("Z." + format + ".json\""));
    EXPECT_EQ(header(bill, "Content-Type"), "application/json");
  }
  EXPECT_EQ(get(of("web \"1\"")), get(of("web \"1\"", "?format=cyclonedx")));
}

TEST_F(ResourceSbomRoute, ChecksWhatIsAsked) {
  ingest("web-1", {{"openssl", "3.0.14-1"}});
  EXPECT_EQ(status_of(of("web-1", "?format=xml")), 400);
  EXPECT_EQ(status_of(of("web-2")), 404);
  account_ = api::testing::kOther;
  EXPECT_EQ(status_of(of("web-1")), 404);
}

TEST_F(ResourceSbomRoute, WhatWasNeverInventoriedHasNone) {
  write([](store::Connection& to) {
    store::ResourceRow row;
    row.account = api::testing::kAccount;
    row.resource_id = findings::instance_id("new");
    row.id = findings::resource_key(api::testing::kDigits, row.resource_id);
    row.type = "AWS_EC2_INSTANCE";
    return store::put_resource(to, row, "{}", "", {});
  });
  EXPECT_EQ(status_of(of("new")), 404);
}

}  // namespace
}  // namespace vigil::server
