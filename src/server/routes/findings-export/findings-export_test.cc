#include <algorithm>
#include <set>

#include "base/text.h"
#include "server/testing/raw_client_test.h"
#include "server/testing/routes_test.h"
#include "server/transport/http_server.h"

namespace vigil::server {
namespace {

constexpr const char* kExport = "/vigil/v1/findings/export?format=";

class FindingsExportRoute : public testing::RoutesTest {
 protected:
  void SetUp() override {
    RoutesTest::SetUp();
    know({{"tracker.json", api::testing::kTracker}});
  }
  /// The parts of the file, each as the transport would send it.
  static std::vector<std::string> parts(const HttpResponse& response) {
    std::vector<std::string> out;
    if (!response.stream) {
      ADD_FAILURE() << response.body;
      return out;
    }
    for (std::string part = response.stream(); !part.empty(); part = response.stream()) {
      out.push_back(std::move(part));
    }
    return out;
  }
  std::string whole(const std::string& target) {
    std::string out;
    for (const std::string& part : parts(ask_route("GET", target))) out += part;
    return out;
  }
  static std::string encoded(const std::string& text) {
    std::string out;
    for (const char c : text) out += "%" + base::hex(std::string_view(&c, 1));
    return out;
  }
  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
  }
};

TEST_F(FindingsExportRoute, WritesEveryFindingOncePageByPage) {
  // 600 findings: more than two pages.
  for (int i = 0; i < 200; ++i) ingest_flawed("web-" + std::to_string(i));
  const auto json = parts(ask_route("GET", std::string(kExport) + "json"));
  EXPECT_GE(json.size(), 3U);
  std::string all;
  for (const std::string& part : json) all += part;
  std::set<std::string> arns;
  std::size_t count = 0;
  for (const base::Json& finding : at(all, {"findings"}).items()) {
    arns.emplace(finding["findingArn"].text());
    ++count;
  }
  EXPECT_EQ(count, 600U);
  EXPECT_EQ(arns.size(), 600U);
  EXPECT_EQ(lines(whole(std::string(kExport) + "csv")), 601U);
}

TEST_F(FindingsExportRoute, AFindingThatIsSuppressedMeanwhileIsThereOnce) {
  for (int i = 0; i < 200; ++i) ingest_flawed("web-" + std::to_string(i));
  const HttpResponse response = ask_route("GET", std::string(kExport) + "csv");
  std::string csv = response.stream();
  answer("CreateFilter",
         R"({"action":"SUPPRESS","name":"not-ours","filterCriteria":{"vulnerabilityId":)"
         R"([{"comparison":"EQUALS","value":"CVE-2026-0002"}]}})");
  ASSERT_EQ(ask_route("POST", "/vigil/v1/findings/count", "{}").body,
            R"({"active":400,"suppressed":200,"closed":0})");
  for (const std::string& part : parts(response)) csv += part;
  EXPECT_EQ(lines(csv), 601U);
}

TEST_F(FindingsExportRoute, TakesTheCriteriaOfListFindings) {
  ingest_flawed("web-1");
  const std::string criteria =
      R"({"vulnerabilityId":[{"comparison":"EQUALS","value":"CVE-2026-0002"}]})";
  const std::string target = std::string(kExport) + "csv&filterCriteria=" + encoded(criteria);
  const std::string csv = whole(target);
  EXPECT_EQ(lines(csv), 2U);
  EXPECT_NE(csv.find("CVE-2026-0002"), std::string::npos);
  EXPECT_EQ(csv.find("CVE-2026-0001"), std::string::npos);
}

TEST_F(FindingsExportRoute, OfNothingIsAnEmptyFile) {
  EXPECT_EQ(whole(std::string(kExport) + "json"), "{\"findings\":[]}\n");
  EXPECT_EQ(lines(whole(std::string(kExport) + "csv")), 1U);
  ingest_flawed("web-1");
  account_ = api::testing::kOther;
  EXPECT_EQ(lines(whole(std::string(kExport) + "csv")), 1U);
}

TEST_F(FindingsExportRoute, IsAFileWithADate) {
  const HttpResponse csv = ask_route("GET", std::string(kExport) + "csv");
  EXPECT_EQ(header(csv, "Content-Disposition"),
            "attachment; filename=\"vigil-findings-20270115T080000Z.csv\"");
  EXPECT_EQ(header(csv, "Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(header(csv, "Cache-Control"), "no-store");
}

TEST_F(FindingsExportRoute, ChecksWhatIsAsked) {
  EXPECT_EQ(status_of("/vigil/v1/findings/export"), 400);
  EXPECT_EQ(status_of(std::string(kExport) + "xml"), 400);
  for (const std::string criteria : {"{", "[]", "7", R"({},"maxResults":7)",
                                     R"({"severity":[{"comparison":"LIKE","value":"x"}]})"}) {
    EXPECT_EQ(status_of(std::string(kExport) + "csv&filterCriteria=" + encoded(criteria)), 400)
        << criteria;
  }
}

TEST_F(FindingsExportRoute, BreaksOffIfTheStoreFailsOnTheWay) {
  for (int i = 0; i < 200; ++i) ingest_flawed("web-" + std::to_string(i));
  auto server = HttpServer::start({}, [&](const HttpRequest& /*request*/) {
    HttpResponse response = ask_route("GET", std::string(kExport) + "json");
    write([](store::Connection& to) -> Result<void> {
      VIGIL_CHECK(to.execute("DROP TABLE assessment_body"));
      return ok();
    });
    return response;
  });
  ASSERT_TRUE(server);
  testing::RawClient client((*server)->port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  const std::string got = client.read_all();
  EXPECT_TRUE(got.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_NE(got.find("{\"findings\":["), std::string::npos);
  EXPECT_EQ(got.find("]}\n"), std::string::npos) << "the file must not look whole";
  EXPECT_FALSE(got.ends_with("0\r\n\r\n"));
}

}  // namespace
}  // namespace vigil::server
