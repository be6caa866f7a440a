// The fixture of routes' tests: a small estate with one account, asked as a service asks a route.
#pragma once

#include <map>
#include <string>

#include "api/testing/api_test.h"
#include "server/change_feed.h"
#include "server/route.h"
#include "server/session/passwords.h"

namespace vigil::server::testing {

class RoutesTest : public api::testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    sessions_ = std::make_unique<Sessions>(estate().store());
    restart_changes();
    login_ = std::make_unique<Login>(estate().store(), passwords_, *sessions_);
  }

  HttpResponse ask_route(const std::string& method, const std::string& target,
                         const std::string& body = {}, std::vector<Header> headers = {}) {
    request_ = {.method = method,
                .target = target,
                .headers = std::move(headers),
                .body = body,
                .remote = {},
                .secure = false};
    const RouteMatch match = find_route(all_routes(), method, request_.path());
    if (match.route == nullptr) {
      ADD_FAILURE() << "no route " << method << " " << target;
      return {};
    }
    const auto query = parse_query(request_.query());
    EXPECT_TRUE(query);
    return match.route->run({.estate = estate(),
                             .metrics = metrics_,
                             .login = *login_,
                             .sessions = *sessions_,
                             .request = request_,
                             .caller = {.account = account_,
                                        .principal = "tester",
                                        .region = "us-east-1",
                                        .administrator = false},
                             .labels = match.labels,
                             .query = *query,
                             .now = now_,
                             .changes = changes_.get()});
  }
  /// The body of an answer that must be a success.
  std::string get(const std::string& target) {
    const HttpResponse response = ask_route("GET", target);
    EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
    return response.body;
  }
  int status_of(const std::string& target) { return ask_route("GET", target).status; }
  static std::string header(const HttpResponse& response, std::string_view name) {
    for (const Header& one : response.headers) {
      if (one.name == name) return one.value;
    }
    return {};
  }

  /// The last part of the ARN of the finding ListFindings gives first for this vulnerability.
  std::string finding_id(const std::string& vulnerability) {
    const std::string found =
        answer("ListFindings", R"({"filterCriteria":{"vulnerabilityId":[{"comparison":"EQUALS",)"
                               R"("value":")" +
                                   vulnerability + R"("}]}})");
    const std::string arn = text(found, "findings", "0", "findingArn");
    return arn.substr(arn.rfind('/') + 1);
  }

  [[nodiscard]] Sessions& sessions() { return *sessions_; }
  /// Set before SetUp, or before this.
  ChangeFeed::Pace pace_{};
  void restart_changes() { changes_ = std::make_unique<ChangeFeed>(estate().store(), pace_); }

 private:
  Passwords passwords_;
  Metrics metrics_;
  HttpRequest request_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<Login> login_;
  std::unique_ptr<ChangeFeed> changes_;
};

}  // namespace vigil::server::testing
