// The fixture of the operations' tests: an empty store with one account, asked as the server asks.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/dispatch.h"
#include "base/json_tree.h"
#include "estate/ingest.h"
#include "findings/identity.h"
#include "intel/update.h"
#include "store/accounts.h"
#include "store/filters.h"

namespace vigil::api::testing {

inline constexpr std::int64_t kNow = 1'800'000'000;
inline constexpr std::int64_t kAccount = 123456789012;
inline constexpr const char* kDigits = "123456789012";
inline constexpr const char* kOther = "999999999999";

/// Debian's tracker on bookworm: CVE-2026-0001 in openssl (fixed in 3.0.15-1), CVE-2026-0002 in curl
/// (no fix), CVE-2026-0003 in zlib (fixed in 2).
inline constexpr const char* kTracker =
    R"({"openssl":{"CVE-2026-0001":{"description":"An overflow.","releases":{"bookworm":)"
    R"({"status":"resolved","fixed_version":"3.0.15-1","urgency":"high"}}}},)"
    R"("curl":{"CVE-2026-0002":{"description":"A leak.","releases":{"bookworm":)"
    R"({"status":"open","urgency":"low"}}}},)"
    R"("zlib":{"CVE-2026-0003":{"description":"A crash.","releases":{"bookworm":)"
    R"({"status":"resolved","fixed_version":"2","urgency":"medium"}}}}})";

class ApiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "vigil-api-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    auto opened = store::Store::open(directory_ + "/vigil.db");
    ASSERT_TRUE(opened) << opened.error().text();
    estate_ = std::make_unique<estate::Estate>(std::move(*opened), estate::Settings{});
    write([](store::Connection& to) -> Result<void> {
      VIGIL_CHECK(store::put_account(to, {kAccount, "main", kNow, "{}"}));
      return store::set_scan_type(to, kAccount, "EC2", "ENABLED", kNow);
    });
  }
  void TearDown() override {
    estate_.reset();
    std::filesystem::remove_all(directory_);
  }

  [[nodiscard]] estate::Estate& estate() { return *estate_; }
  [[nodiscard]] const std::string& directory() const { return directory_; }

  void write(const std::function<Result<void>(store::Connection&)>& work) {
    const auto done = estate_->store().write(work);
    ASSERT_TRUE(done) << done.error().text();
  }

  /// A request to the operation of this name; `suffix` replaces the label of its URI and may carry a
  /// query.
  Reply ask(std::string_view name, std::string_view body = "{}", std::string_view suffix = {}) {
    const Operation* operation = nullptr;
    for (const Operation* one : all_operations()) {
      if (one->name == name) operation = one;
    }
    if (operation == nullptr) {
      ADD_FAILURE() << "no operation " << name;
      return {};
    }
    std::string path(operation->uri);
    if (const std::size_t label = path.find('{'); label != std::string::npos) {
      path.replace(label, std::string::npos, suffix);
    }
    const std::size_t query = path.find('?');
    const Caller caller{account_, "tester", "us-east-1"};
    return dispatch(*estate_, caller,
                    {.service = operation->service,
                     .method = operation->method,
                     .path = std::string_view(path).substr(0, query),
                     .query = query == std::string::npos ? std::string_view()
                                                         : std::string_view(path).substr(query + 1),
                     .body = body,
                     .request_id = "request-1"},
                    now_);
  }
  /// The body of an answer that must be a success.
  std::string answer(std::string_view name, std::string_view body = "{}",
                     std::string_view suffix = {}) {
    const Reply reply = ask(name, body, suffix);
    EXPECT_EQ(reply.status, 200) << name << " " << body << "\n"
                                 << reply.body << (reply.cause ? "\n" + reply.cause->text() : "");
    return reply.body;
  }
  /// "STATUS TYPE" of an answer that must be an error.
  std::string error(std::string_view name, std::string_view body = "{}",
                    std::string_view suffix = {}) {
    const Reply reply = ask(name, body, suffix);
    return std::to_string(reply.status) + " " + reply.error;
  }
  /// The text at the end of a way of member names in an answer: text(json, "filters", "0", "arn").
  template <typename... Steps>
  std::string text(const std::string& json, const Steps&... steps) {
    return std::string(at(json, {steps...}).text());
  }
  base::Json at(const std::string& json, std::initializer_list<std::string_view> steps) {
    const auto parsed = parser_.parse(json);
    EXPECT_TRUE(parsed) << json;
    if (!parsed) return {};
    base::Json value = *parsed;
    for (const std::string_view step : steps) {
      if (!value.is_array()) {
        value = value[step];
        continue;
      }
      std::size_t index = std::stoul(std::string(step));
      base::Json found;
      for (const base::Json& item : value.items()) {
        if (index-- == 0) {
          found = item;
          break;
        }
      }
      value = found;
    }
    return value;
  }

  /// Puts intelligence in force that is made of these files.
  void know(const std::vector<std::pair<std::string, std::string>>& files) {
    intel::UpdateOptions options;
    options.directory = directory_ + "/feeds";
    options.snapshot = directory_ + "/intel.vdb";
    std::filesystem::create_directories(options.directory);
    for (const auto& [name, content] : files) {
      std::ofstream(options.directory + "/" + name) << content;
    }
    const auto updated = intel::update(options);
    ASSERT_TRUE(updated) << updated.error().text();
    auto snapshot = intel::Snapshot::open(options.snapshot);
    ASSERT_TRUE(snapshot) << snapshot.error().text();
    estate_->set_intelligence(std::make_shared<const intel::Snapshot>(std::move(*snapshot)));
  }

  /// A host on bookworm with these packages.
  void ingest(const std::string& name,
              const std::vector<std::pair<std::string, std::string>>& packages) {
    findings::Resource resource;
    resource.id = findings::instance_id(name);
    resource.account = kDigits;
    resource.region = "us-east-1";
    resource.platform = "DEBIAN_12";
    resource.name = name;
    resource.tags = {{"vigil:name", name}};
    inventory::Inventory inventory;
    inventory.os.id = "debian";
    inventory.os.version = "12";
    inventory.os.ecosystem = "Debian:12";
    for (const auto& [package_name, version] : packages) {
      model::Package package;
      package.ecosystem = "Debian:12";
      package.name = package.source_name = package_name;
      package.version = package.source_version = version;
      package.architecture = "amd64";
      package.manager = "OS";
      package.package_url = "pkg:deb/debian/" + package_name + "@" + version;
      inventory.packages.push_back(std::move(package));
    }
    const auto done = estate::ingest(*estate_, resource, inventory, {});
    ASSERT_TRUE(done) << done.error().text();
  }
  /// A host with the three flaws of kTracker.
  void ingest_flawed(const std::string& name) {
    ingest(name, {{"openssl", "3.0.14-1"}, {"curl", "7.88.1-10"}, {"zlib", "1"}});
  }

  std::string account_ = kDigits;  ///< who asks
  std::int64_t now_ = kNow;

 private:
  std::string directory_;
  std::unique_ptr<estate::Estate> estate_;
  base::JsonParser parser_;
};

}  // namespace vigil::api::testing
