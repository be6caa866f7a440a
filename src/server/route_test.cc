#include "server/route.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

HttpResponse nothing(const RouteCall& /*call*/) {
  return {};
}

TEST(Routes, MatchByMethodAndSegments) {
  const Route get{.method = "GET", .pattern = "/vigil/v1/resources/{id}", .run = nothing};
  const Route put{.method = "PUT", .pattern = "/vigil/v1/resources/{id}/inventory", .run = nothing};
  const std::array<const Route*, 2> routes = {&get, &put};
  const auto found = find_route(routes, "GET", "/vigil/v1/resources/i-1%2F2");
  EXPECT_EQ(found.route, &get);
  EXPECT_EQ(found.labels.at("id"), "i-1/2");
  const auto wrong_method = find_route(routes, "POST", "/vigil/v1/resources/i-1");
  EXPECT_EQ(wrong_method.route, nullptr);
  EXPECT_TRUE(wrong_method.known_path);
  EXPECT_FALSE(find_route(routes, "GET", "/vigil/v1/resources/").known_path);
  EXPECT_FALSE(find_route(routes, "GET", "/vigil/v1/resources/a/b").known_path);
  EXPECT_FALSE(find_route(routes, "GET", "/vigil/v1/resources/%2").known_path);
}

TEST(Routes, AWordCountsMoreThanALabel) {
  const Route any{.method = "GET", .pattern = "/vigil/v1/findings/{id}", .run = nothing};
  const Route word{.method = "GET", .pattern = "/vigil/v1/findings/export", .run = nothing};
  for (const std::array<const Route*, 2> routes : {std::array{&any, &word}, {&word, &any}}) {
    EXPECT_EQ(find_route(routes, "GET", "/vigil/v1/findings/export").route, &word);
    EXPECT_EQ(find_route(routes, "GET", "/vigil/v1/findings/exports").route, &any);
  }
}

TEST(Routes, EveryRouteIsOursAndFewAreOpen) {
  ASSERT_FALSE(all_routes().empty());
  for (const Route* route : all_routes()) {
    EXPECT_TRUE(route->pattern.starts_with("/vigil/v1/")) << route->pattern;
    if (route->access == Access::Anybody) {
      EXPECT_TRUE(route->pattern == "/vigil/v1/health" ||
                  route->pattern == "/vigil/v1/registry-notification" ||  // asks for its own token
                  (route->pattern == "/vigil/v1/session" && route->method == "POST"))
          << route->pattern;
    }
  }
}

TEST(Query, IsDecoded) {
  const auto query = parse_query("a=1&b=x%20y&a=2&flag");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->at("a"), "1");
  EXPECT_EQ(query->at("b"), "x y");
  EXPECT_EQ(query->at("flag"), "");
  EXPECT_FALSE(parse_query("a=%zz"));
}

TEST(Metrics, CountsRequestsInBuckets) {
  Metrics metrics;
  metrics.count_request("ListFindings", 200, 0.004);
  metrics.count_request("ListFindings", 200, 0.4);
  const std::string page = metrics.page({{"vigil_x", "An x.", {{{{"name", "a\"b"}}, 2}}}});
  for (const char* line :
       {"vigil_x{name=\"a\\\"b\"} 2\n",
        "vigil_requests_total{operation=\"ListFindings\",status=\"200\"} 2\n",
        "vigil_request_seconds_bucket{operation=\"ListFindings\",le=\"0.005\"} 1\n",
        "vigil_request_seconds_bucket{operation=\"ListFindings\",le=\"+Inf\"} 2\n",
        "vigil_request_seconds_count{operation=\"ListFindings\"} 2\n"}) {
    EXPECT_NE(page.find(line), std::string::npos) << line << page;
  }
}

}  // namespace
}  // namespace vigil::server
