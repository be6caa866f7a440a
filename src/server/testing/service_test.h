// A service over a store of its own, asked as the transport asks it: with real authentication, sessions and
// routes. Nothing listens.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/json_tree.h"
#include "estate/accounts.h"
#include "server/access_keys.h"
#include "server/authenticate.h"
#include "server/installation.h"
#include "server/service.h"
#include "server/session/users.h"

namespace vigil::server::testing {

class WithService : public ::testing::Test {
 protected:
  static constexpr std::string_view kAccount = "123456789012";
  static constexpr std::string_view kOtherAccount = "210987654321";
  static constexpr std::string_view kPassword = "a river below the bridge";

  /// What a page keeps of its log-in.
  struct Page {
    std::string cookie;
    std::string csrf;
  };
  /// An answer as a page sees it.
  struct Seen {
    int status = 0;
    std::string body;
    std::map<std::string, std::string> headers;
    [[nodiscard]] base::Json json() {
      auto parsed = parser->parse(body);
      EXPECT_TRUE(parsed) << body;
      return parsed.value_or(base::Json());
    }
    std::shared_ptr<base::JsonParser> parser = std::make_shared<base::JsonParser>();
  };

  void SetUp() override {
    directory_ = ::testing::TempDir() + "vigil_service_" + std::to_string(::getpid());
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    auto opened = store::Store::open(directory_ + "/vigil.db");
    ASSERT_TRUE(opened) << opened.error().text();
    estate_ = std::make_unique<estate::Estate>(std::move(*opened), estate::Settings{});
    for (const std::string_view account : {kAccount, kOtherAccount}) {
      ASSERT_TRUE(estate::create_account(*estate_, std::string(account), "test"));
    }
    config_.account = kAccount;
    sessions_ = std::make_unique<Sessions>(estate_->store());
    login_ = std::make_unique<Login>(estate_->store(), passwords_, *sessions_);
    authenticator_ = std::make_unique<Authenticator>(*estate_, key_, *sessions_);
    service_ = std::make_unique<Service>(
        Service::Parts{*estate_, *login_, *sessions_, logger_, nullptr, &installation_},
        [this](const HttpRequest& request, const Demand& demand) {
          return (*authenticator_)(request, demand);
        });
    put_user("admin", true);
    put_user("alice", false);
    put_user("stranger", true, kOtherAccount);
  }
  void TearDown() override {
    service_.reset();
    authenticator_.reset();
    login_.reset();
    sessions_.reset();
    estate_.reset();
    std::filesystem::remove_all(directory_);
  }

  void put_user(std::string_view name, bool administrator, std::string_view account = kAccount) {
    const auto made = put_user_with_password(estate_->store(), passwords_,
                                             store::account_number(account).value_or(0),
                                             {name, kPassword, administrator}, estate_->now());
    ASSERT_TRUE(made) << made.error().text();
  }

  Seen send(const std::string& method, const std::string& target, const std::string& body,
            std::vector<Header> headers) {
    headers.push_back({"Host", "vigil.example"});
    HttpResponse response = service_->handle({.method = method,
                                              .target = target,
                                              .headers = std::move(headers),
                                              .body = body,
                                              .remote = "192.0.2.1:4711",
                                              .secure = false});
    Seen seen;
    seen.status = response.status;
    seen.body = std::move(response.body);
    for (Header& header : response.headers) seen.headers[header.name] = std::move(header.value);
    return seen;
  }
  Seen ask(const Page& page, const std::string& method, const std::string& target,
           const std::string& body = {}) {
    return send(method, target, body, {{"Cookie", page.cookie}, {"x-vigil-csrf", page.csrf}});
  }

  Seen try_log_in(std::string_view name, std::string_view password,
                  std::vector<Header> headers = {}) {
    return send(
        "POST", "/vigil/v1/session",
        R"({"name":")" + std::string(name) + R"(","password":")" + std::string(password) + R"("})",
        std::move(headers));
  }
  Page log_in(std::string_view name, std::string_view password = kPassword) {
    Seen answer = try_log_in(name, password);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const std::string& cookie = answer.headers["Set-Cookie"];
    return {cookie.substr(0, cookie.find(';')), std::string(answer.json()["csrf"].text())};
  }
  bool is_logged_in(const Page& page) {
    return ask(page, "GET", "/vigil/v1/session").status == 200;
  }

  std::string directory_;
  Config config_;
  const MasterKey key_{std::array<unsigned char, MasterKey::kBytes>{1}};
  base::Logger logger_;
  Passwords passwords_{PasswordCost{.passes = 1, .memory = 8192}};
  std::unique_ptr<estate::Estate> estate_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<Login> login_;
  std::unique_ptr<Authenticator> authenticator_;
  Installation installation_{.config = config_,
                             .key = key_,
                             .logger = logger_,
                             .host = "i-0123456789abcdef0",
                             .started = 1'795'409'117};
  std::unique_ptr<Service> service_;
};

}  // namespace vigil::server::testing
