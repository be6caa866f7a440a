#include "server/testing/routes_test.h"

namespace vigil::server {
namespace {

class IntelligenceRoute : public testing::RoutesTest {
 protected:
  /// A host of this system with one package of this ecosystem.
  void watch(const std::string& name, const std::string& system, const std::string& platform,
             const std::string& ecosystem) {
    findings::Resource resource;
    resource.id = findings::instance_id(name);
    resource.account = api::testing::kDigits;
    resource.region = "us-east-1";
    resource.platform = platform;
    inventory::Inventory inventory;
    inventory.os.id = system.substr(0, system.find(':'));
    inventory.os.ecosystem = system;
    model::Package package;
    package.ecosystem = ecosystem;
    package.name = package.source_name = "thing-of-" + name;
    package.version = package.source_version = "1";
    inventory.packages.push_back(std::move(package));
    const auto done = estate::ingest(estate(), resource, inventory, {});
    ASSERT_TRUE(done) << done.error().text();
  }
  /// "npm 2" of each
  std::vector<std::string> uncovered() {
    std::vector<std::string> lines;
    const std::string body = get("/vigil/v1/intelligence");
    for (const base::Json& one : at(body, {"uncovered"}).items()) {
      lines.push_back(std::string(one["name"].text()) + " " +
                      std::to_string(one["resources"].integer().value_or(-1)));
    }
    return lines;
  }
};

TEST_F(IntelligenceRoute, WithoutAnyNothingIsSaidOfWhatItCovers) {
  EXPECT_EQ(get("/vigil/v1/intelligence"), R"({"loaded":false})");
}

TEST_F(IntelligenceRoute, NamesTheFeedsThatGaveNothing) {
  know({{"tracker.json", api::testing::kTracker}});
  const std::string body = get("/vigil/v1/intelligence");
  std::size_t missing = 0;
  for (const base::Json& feed : at(body, {"missing"}).items()) {
    ++missing;
    EXPECT_NE(feed["name"].text(), "debian-tracker");
    EXPECT_FALSE(feed["title"].text().empty()) << feed["name"].text();
  }
  EXPECT_EQ(missing + 1, intel::all_feeds().size());
}

TEST_F(IntelligenceRoute, NamesWhatIsWatchedAndNotCovered) {
  know({{"tracker.json", api::testing::kTracker}});
  watch("a", "Debian:12", "DEBIAN_12", "Debian:12");
  EXPECT_EQ(uncovered(), std::vector<std::string>());
  watch("b", "Debian:12", "DEBIAN_12", "npm");
  watch("c", "Debian:12", "DEBIAN_12", "npm");
  // A system counts once, by its platform, and not by its packages again.
  watch("d", "Alpine:v3.21", "ALPINE_LINUX_3_21", "Alpine:v3.21");
  watch("e", "", "OTHER", "Go");
  EXPECT_EQ(uncovered(),
            (std::vector<std::string>{"ALPINE_LINUX_3_21 1", "Go 1", "OTHER 1", "npm 2"}));
  account_ = api::testing::kOther;
  EXPECT_EQ(uncovered(), std::vector<std::string>()) << "another account watches nothing";
}

}  // namespace
}  // namespace vigil::server
