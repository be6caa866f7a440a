#include "estate/ingest.h"
#include "server/testing/service_test.h"

namespace vigil::server {
namespace {

using ServerFacts = testing::WithService;

TEST_F(ServerFacts, SayWhatItWasToldToWatch) {
  config_.registry = "registry.example:5000";
  config_.registry_repositories = "team/*, tools/**";
  config_.registry_token = "the-token";
  config_.scan_interval = 3600;
  const Page alice = log_in("alice");
  Seen answer = ask(alice, "GET", "/vigil/v1/server");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const base::Json facts = answer.json();
  EXPECT_FALSE(facts["version"].text().empty());
  EXPECT_EQ(facts["startedAt"].integer(), 1'795'409'117);
  EXPECT_EQ(facts["account"].text(), kAccount);
  EXPECT_EQ(facts["region"].text(), "us-east-1");
  EXPECT_EQ(facts["store"].text(), "sqlite");
  EXPECT_EQ(facts["host"]["watched"].truth(), true);
  EXPECT_FALSE(facts["host"]["resourceId"].exists()) << "it has not been scanned";
  EXPECT_EQ(facts["host"]["scanInterval"].integer(), 3600);
  EXPECT_EQ(facts["host"]["deepInterval"].integer(), 6 * 3600);
  EXPECT_EQ(facts["registry"]["address"].text(), "registry.example:5000");
  EXPECT_EQ(facts["registry"]["interval"].integer(), 6 * 3600);
  std::vector<std::string> repositories;
  for (const base::Json& one : facts["registry"]["repositories"].items()) {
    repositories.emplace_back(one.text());
  }
  EXPECT_EQ(repositories, (std::vector<std::string>{"team/*", "tools/**"}));
  EXPECT_TRUE(facts["registry"]["tags"].is_array());
  EXPECT_EQ(facts["registry"]["notifications"].truth(), true);
  EXPECT_EQ(facts["intelligence"]["interval"].integer(), 6 * 3600);
  EXPECT_EQ(answer.body.find("the-token"), std::string::npos);
}

TEST_F(ServerFacts, NameTheHostOnceItHasBeenScanned) {
  findings::Resource host;
  host.account = kAccount;
  host.region = "us-east-1";
  host.id = installation_.host;
  ASSERT_TRUE(estate::ingest(*estate_, host, {}, {}));
  const Page admin = log_in("admin");
  EXPECT_EQ(ask(admin, "GET", "/vigil/v1/server").json()["host"]["resourceId"].text(),
            installation_.host);
  // It is the matter of one account.
  config_.registry = "registry.example:5000";
  const Page stranger = log_in("stranger");
  Seen answer = ask(stranger, "GET", "/vigil/v1/server");
  EXPECT_EQ(answer.json()["host"]["watched"].truth(), false);
  EXPECT_FALSE(answer.json()["host"]["resourceId"].exists());
  EXPECT_FALSE(answer.json()["registry"].exists());
}

}  // namespace
}  // namespace vigil::server
