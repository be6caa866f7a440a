#include "intel/download.h"

#include <chrono>
#include <cstdlib>
#include <set>

#include "base/file.h"
#include "base/testing/http_server_test.h"
#include "intel/feed.h"
#include "intel/refresh.h"
#include "intel/testing/updates_test.h"

namespace vigil::intel {
namespace {

using base::http_reply;
using base::HttpServer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace testing;  // NOLINT(google-build-using-namespace): the fixture's makers

constexpr const char* kValidators =
    "ETag: \"v1\"\r\nLast-Modified: Tue, 10 Nov 2026 10:00:00 GMT\r\n";

class Downloads : public testing::Updates {
 protected:
  void SetUp() override {
    Updates::SetUp();
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) ::unsetenv(name);
    http_.allow_http = true;
    http_.first_wait = std::chrono::milliseconds(10);
    http_.connect_timeout = std::chrono::seconds(5);
    http_.attempts = 1;
  }

  [[nodiscard]] DownloadReport download(const std::vector<DownloadFile>& files) const {
    return download_files(feeds_, files, http_, {});
  }
  [[nodiscard]] std::string content(const std::string& name) const {
    return base::read_file(feed_path(name), 1 << 20).value_or("");
  }
  [[nodiscard]] Result<RefreshReport> refreshed(const std::vector<DownloadFile>& files) const {
    RefreshOptions options;
    options.snapshot = snapshot_;
    options.now = 1'700'000'000;
    return refresh_from(options, files, http_);
  }

  base::HttpOptions http_;
};

TEST_F(Downloads, EndpointsAreHttpsAndTheirNamesUnique) {
  const std::vector<DownloadFile> files = upstream_files({});
  EXPECT_THAT(files, Not(IsEmpty()));
  std::set<std::string> names;
  for (const DownloadFile& file : files) {
    EXPECT_TRUE(file.url.starts_with("https://")) << file.url;
    EXPECT_TRUE(names.insert(file.name).second) << file.name;
    EXPECT_EQ(file.name.find('/'), std::string::npos) << file.name;
  }
  const auto kev = upstream_files({"kev"});
  EXPECT_EQ(kev.size(), find_feed("kev")->endpoints.size());
}

TEST_F(Downloads, SecondTimeItAsksWithTheValidatorsOfTheFirst) {
  HttpServer server({http_reply("200 OK", kValidators, "one"),
                     http_reply("304 Not Modified", "ETag: \"v1\"\r\n", ""),
                     http_reply("200 OK", "ETag: \"v2\"\r\n", "two")});
  const std::vector<DownloadFile> files = {{server.url("/feed"), "feed"}};
  EXPECT_EQ(download(files).fetched, 1U);
  EXPECT_EQ(content("feed"), "one");
  const DownloadReport second = download(files);
  EXPECT_EQ(second.fetched, 0U);
  EXPECT_EQ(second.unchanged, 1U);
  EXPECT_EQ(content("feed"), "one");
  EXPECT_EQ(download(files).fetched, 1U);
  EXPECT_EQ(content("feed"), "two");
  ASSERT_THAT(server.requests(), SizeIs(3));
  EXPECT_THAT(server.requests()[0], Not(HasSubstr("If-")));
  EXPECT_THAT(server.requests()[1], HasSubstr("If-None-Match: \"v1\""));
  EXPECT_THAT(server.requests()[1], HasSubstr("If-Modified-Since: Tue, 10 Nov 2026 10:00:00 GMT"));
}

TEST_F(Downloads, ValidatorsWithoutTheirFileAreNotUsed) {
  HttpServer server({http_reply("200 OK", kValidators, "one")});
  const std::vector<DownloadFile> files = {{server.url("/feed"), "feed"}};
  EXPECT_EQ(download(files).fetched, 1U);
  remove("feed");
  EXPECT_EQ(download(files).fetched, 1U);
  EXPECT_EQ(content("feed"), "one");
  EXPECT_THAT(server.requests().at(1), Not(HasSubstr("If-")));
}

TEST_F(Downloads, FileThatFailsKeepsItsCopyAndTheOthersAreFetched) {
  put("first", "earlier");
  HttpServer server({http_reply("500 Internal Server Error", "", ""),
                     http_reply("200 OK", kValidators, "second"),
                     http_reply("404 Not Found", "", "")});
  const DownloadReport report = download(
      {{server.url("/1"), "first"}, {server.url("/2"), "second"}, {server.url("/3"), "third"}});
  EXPECT_EQ(report.files, 3U);
  EXPECT_EQ(report.fetched, 1U);
  EXPECT_FALSE(report.unreachable);
  EXPECT_THAT(report.failures, ElementsAre(HasSubstr("first: "), HasSubstr("third: ")));
  EXPECT_EQ(content("first"), "earlier");
  EXPECT_EQ(content("second"), "second");
  EXPECT_FALSE(base::exists(feed_path("third")));
}

TEST_F(Downloads, ThreeServersThatCannotBeReachedAreEnough) {
  std::string closed;
  {
    closed = HttpServer({http_reply("200 OK", "", "")}).url("/");
  }
  std::vector<DownloadFile> files;
  for (int i = 0; i < 50; ++i) files.push_back({closed, "f" + std::to_string(i)});
  http_.attempts = 4;
  http_.first_wait = std::chrono::seconds(60);
  const auto start = std::chrono::steady_clock::now();
  const DownloadReport report = download(files);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_TRUE(report.unreachable);
  EXPECT_THAT(report.failures, SizeIs(3));
}

TEST_F(Downloads, RefreshLoadsWhatItFetched) {
  const std::string tracker = tracker_json("openssl", "CVE-2024-0001", "3.0.11-1");
  HttpServer server(
      {http_reply("200 OK", kValidators, tracker), http_reply("304 Not Modified", "", "")});
  const std::vector<DownloadFile> files = {{server.url("/tracker"), "tracker"}};
  const auto first = refreshed(files);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->origin, "upstream: 1 new files, 0 unchanged");
  EXPECT_THAT(first->notes, IsEmpty());
  EXPECT_THAT(rows(), ElementsAre("Debian:12 openssl CVE-2024-0001"));
  EXPECT_EQ(open().sources().at(0).origin, "upstream");
  const auto second = refreshed(files);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->update.unchanged);
}

TEST_F(Downloads, RefreshNotesWhatFailedAndKeepsItsData) {
  const std::string tracker = tracker_json("openssl", "CVE-2024-0001", "3.0.11-1");
  HttpServer server({http_reply("200 OK", kValidators, tracker),
                     http_reply("503 Service Unavailable", "", ""),
                     http_reply("200 OK", "", "<html>Log in to this network</html>")});
  const std::vector<DownloadFile> files = {{server.url("/tracker"), "tracker"}};
  ASSERT_TRUE(refreshed(files));
  const auto failed = refreshed(files);
  ASSERT_TRUE(failed) << failed.error().text();
  EXPECT_THAT(failed->notes, ElementsAre(HasSubstr("tracker: ")));
  EXPECT_THAT(rows(), SizeIs(1));
  const auto foreign = refreshed(files);
  ASSERT_TRUE(foreign) << foreign.error().text();
  ASSERT_THAT(foreign->update.failed, SizeIs(1));
  EXPECT_TRUE(foreign->update.failed[0].kept);
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_F(Downloads, RefreshWithoutANetworkSaysSoAndUsesEarlierDownloads) {
  std::string closed;
  {
    closed = HttpServer({http_reply("200 OK", "", "")}).url("/");
  }
  const std::vector<DownloadFile> files = {{closed, "a"}, {closed, "b"}, {closed, "tracker"}};
  const auto nothing = refreshed(files);
  ASSERT_FALSE(nothing);
  EXPECT_THAT(nothing.error().text(), HasSubstr("the upstreams cannot be reached"));
  ASSERT_TRUE(base::write_file_atomically(snapshot_ + ".downloads/tracker",
                                          tracker_json("openssl", "CVE-2024-0001", "3.0.11-1")));
  const auto earlier = refreshed(files);
  ASSERT_TRUE(earlier) << earlier.error().text();
  EXPECT_EQ(earlier->origin, "earlier downloads");
  EXPECT_THAT(earlier->notes, ElementsAre(HasSubstr("the upstreams cannot be reached")));
  EXPECT_THAT(rows(), SizeIs(1));
}

}  // namespace
}  // namespace vigil::intel
