#include "server/testing/overview_test.h"

namespace vigil::server {
namespace {

class DeadlinesRoute : public testing::OverviewTest {
 protected:
  std::string deadlines(const std::string& query = "") {
    return get("/vigil/v1/deadlines" + query);
  }
};

TEST_F(DeadlinesRoute, GoByTheDayByWhichToMend) {
  EXPECT_EQ(deadlines(),
            R"({"total":2,"deadlines":[{"vulnerabilityId":"CVE-2026-0001",)"
            R"("title":"CVE-2026-0001 - openssl","dueDate":1799539200,"severity":"HIGH",)"
            R"("findings":2,"resources":2},{"vulnerabilityId":"CVE-2026-0003",)"
            R"("title":"CVE-2026-0003 - zlib","dueDate":1801180800,"severity":"MEDIUM",)"
            R"("findings":2,"resources":2}]})");
  const std::string first = deadlines("?limit=1");
  EXPECT_EQ(number(first, {"total"}), 2);
  EXPECT_FALSE(at(first, {"deadlines", "1"}).exists());
}

TEST_F(DeadlinesRoute, AreOfActiveFindingsOnly) {
  ingest("web-1", {{"openssl", "3.0.15-1"}, {"curl", "7.88.1-10"}, {"zlib", "1"}});
  EXPECT_EQ(number(deadlines(), {"deadlines", "0", "findings"}), 1);
  suppress("CVE-2026-0001");
  EXPECT_EQ(number(deadlines(), {"total"}), 1);
  EXPECT_EQ(text(deadlines(), "deadlines", "0", "vulnerabilityId"), "CVE-2026-0003");
}

TEST_F(DeadlinesRoute, RefuseALimitThatIsNone) {
  for (const char* wrong : {"0", "1001", "x"})
    EXPECT_EQ(status_of(std::string("/vigil/v1/deadlines?limit=") + wrong), 400) << wrong;
}

}  // namespace
}  // namespace vigil::server
