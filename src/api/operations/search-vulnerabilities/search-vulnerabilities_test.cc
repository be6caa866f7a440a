#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class SearchVulnerabilities : public testing::ApiTest {
 protected:
  static std::string asking(std::string_view id) {
    return R"({"filterCriteria":{"vulnerabilityIds":[")" + std::string(id) + "\"]}}";
  }
};

constexpr const char* kGhsa =
    R"({"id":"GHSA-aaaa-bbbb-cccc","aliases":["CVE-2026-4321"],"modified":"2026-01-02T00:00:00Z",)"
    R"("details":"A flaw.","affected":[{"package":{"ecosystem":"PyPI","name":"alpha"},)"
    R"("ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0"}]}]}]})";

TEST_F(SearchVulnerabilities, FindsACveInTheIntelligenceInForce) {
  know({{"ghsa.json", kGhsa}});
  const std::string found = answer("SearchVulnerabilities", asking("CVE-2026-4321"));
  EXPECT_EQ(text(found, "vulnerabilities", "0", "id"), "CVE-2026-4321");
  EXPECT_EQ(text(found, "vulnerabilities", "0", "description"), "A flaw.");
}

TEST_F(SearchVulnerabilities, AnUnknownCveIsAnEmptyList) {
  know({{"ghsa.json", kGhsa}});
  EXPECT_EQ(answer("SearchVulnerabilities", asking("CVE-2026-1")), R"({"vulnerabilities":[]})");
}

TEST_F(SearchVulnerabilities, TakesExactlyOneCve) {
  for (const char* body :
       {"{}", R"({"filterCriteria":{}})", R"({"filterCriteria":{"vulnerabilityIds":[]}})",
        R"({"filterCriteria":{"vulnerabilityIds":["CVE-2026-1","CVE-2026-2"]}})",
        R"({"filterCriteria":{"vulnerabilityIds":["GHSA-aaaa-bbbb-cccc"]}})",
        R"({"filterCriteria":{"vulnerabilityIds":["' OR 1=1 --"]}})"}) {
    EXPECT_EQ(error("SearchVulnerabilities", body), "400 ValidationException") << body;
  }
}

TEST_F(SearchVulnerabilities, WithoutIntelligenceNothingIsCalledUnknown) {
  EXPECT_EQ(error("SearchVulnerabilities", asking("CVE-2026-4321")), "500 InternalServerException");
}

TEST_F(SearchVulnerabilities, NeedsAScanTypeThatIsOn) {
  know({{"ghsa.json", kGhsa}});
  write([](store::Connection& to) {
    return store::set_scan_type(to, testing::kAccount, "EC2", "DISABLED", testing::kNow);
  });
  EXPECT_EQ(error("SearchVulnerabilities", asking("CVE-2026-4321")), "403 AccessDeniedException");
}

}  // namespace
}  // namespace vigil::api
