// A registry under watch: the Distribution project's own server, which tells of pushes itself.
#include "estate/registry_watch.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "base/file.h"
#include "base/testing/web_server_test.h"
#include "estate/testing/estate_test.h"
#include "source/registry/testing/registry_server_test.h"

namespace vigil::estate {
namespace {

using source::registry::Patterns;
using source::registry::testing::RegistryServer;
using testing::Lines;

constexpr auto kLongest = std::chrono::seconds(40);

class RegistryWatching : public testing::EstateTest {
 protected:
  /// The tree of a small Debian image.
  std::string tree(const std::string& version) {
    const std::string root = directory() + "/image-" + version;
    std::filesystem::create_directories(root + "/etc");
    std::filesystem::create_directories(root + "/var/lib/dpkg");
    EXPECT_TRUE(base::write_file_atomically(
        root + "/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n"));
    EXPECT_TRUE(base::write_file_atomically(
        root + "/var/lib/dpkg/status",
        "Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version +
            "\n\n"));
    return root;
  }

  RegistryWatchSettings settings(const RegistryServer& server) {
    RegistryWatchSettings settings;
    settings.discovery.registry = server.host();
    settings.scanned = [this](const ImageScan& scan) {
      EXPECT_EQ(scan.packages, 1U) << scan.reference;
      const std::size_t slash = scan.reference.find('/');
      note(scan.reference.substr(slash + 1) + (scan.pushed ? " pushed" : "") +
           (scan.ingested ? "" : ": " + scan.ingested.error().text()));
    };
    settings.listed = [this](const RegistryListing& listing) {
      note("listed " + std::to_string(listing.images) + ", scanned " +
           std::to_string(listing.scanned) + ", failed " + std::to_string(listing.failed));
    };
    settings.failed = [this](const Error& error) { note(error.text()); };
    return settings;
  }

  void note(std::string line) {
    const std::lock_guard lock(mutex_);
    notes_.push_back(std::move(line));
    changed_.notify_all();
  }
  /// What happened so far, once it is so much.
  Lines wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLongest, [&] { return notes_.size() >= count; });
    return notes_;
  }

  std::int64_t open() { return number("SELECT COUNT(*) FROM finding WHERE status = 0"); }

  std::mutex mutex_;
  std::condition_variable changed_;
  Lines notes_;
};

#define NEEDS_REGISTRY(server) \
  if (!(server).running()) GTEST_SKIP() << "docker-registry is not installed (script/setup test)"
#define NEEDS_PUSH(...) \
  if (!(__VA_ARGS__)) GTEST_SKIP() << "umoci or skopeo is not installed (script/setup test)"

TEST_P(RegistryWatching, WhatIsThereIsScannedOnceAndWhatIsPushedAtOnce) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  RegistryInbox inbox;
  // The receiver of notifications, as the server's route is one.
  base::WebServer receiver([&](const base::WebRequest& request) {
    EXPECT_TRUE(request.has("Authorization: Bearer the-token\r\n"));
    const auto images = source::registry::parse_notification(request.body);
    EXPECT_TRUE(images) << request.body;
    return base::WebReply{.status = images && inbox.put(*images) ? "202 Accepted" : "400 Bad"};
  });
  RegistryServer server({.password = false, .tls = false, .notify = receiver.url("/")});
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push_tree("team/app", "1", tree("3.0.14-1")) &&
             server.push_tree("team/app", "stable", tree("3.0.14-1")) &&
             server.push_tree("other/app", "1", tree("3.0.14-1")) &&
             server.push_tree("team/app", "1-debug", tree("3.0.13-1")));
  // What was told before there is a watch waits for it; here the listing is to find it.
  for (int i = 0; i < 200 && receiver.requests().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  inbox.take();

  RegistryWatchSettings how = settings(server);
  how.discovery.repositories = *Patterns::parse("team/*");
  how.discovery.tags = *Patterns::parse("!*-debug");
  const auto watch = RegistryWatch::start(estate(), inbox, how);
  const Lines first = wait(3);
  // Pushed twice, umoci's images differ by their dates.
  EXPECT_EQ(first, (Lines{first[0], first[1], "listed 2, scanned 2, failed 0"}));
  EXPECT_EQ(open(), 2);
  EXPECT_EQ(number("SELECT COUNT(*) FROM resource WHERE resource_id LIKE "
                   "'arn:aws:ecr:us-east-1:000000000000:repository/team/app/sha256:%'"),
            2);

  ASSERT_TRUE(server.push_tree("team/new", "2", tree("3.0.12-1")));
  EXPECT_EQ(wait(4).back(), "team/new:2 pushed");
  EXPECT_EQ(open(), 3);
  ASSERT_TRUE(server.push_tree("other/new", "2", tree("3.0.12-1")));  // is not meant
  watch->stop();
  EXPECT_EQ(wait(4).size(), 4U);
}

TEST_P(RegistryWatching, AnotherTagOfAKnownImageIsWrittenDown) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  RegistryServer server;
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push_tree("a", "1", tree("3.0.14-1")));
  RegistryInbox inbox;
  RegistryWatchSettings how = settings(server);
  how.interval = std::chrono::milliseconds(100);
  const auto watch = RegistryWatch::start(estate(), inbox, how);
  EXPECT_EQ(wait(2), (Lines{"a:1", "listed 1, scanned 1, failed 0"}));
  EXPECT_EQ(wait(3)[2], "listed 1, scanned 0, failed 0");
  const std::string image = "docker://" + server.host() + "/a:";
  ASSERT_TRUE(source::registry::testing::run_program(
      {"skopeo", "--insecure-policy", "copy", "-q", "--src-tls-verify=false",
       "--dest-tls-verify=false", image + "1", image + "2"}));
  const auto tags = [&] {
    return number("SELECT COUNT(*) FROM resource_attribute WHERE text IN ('1', '2')");
  };
  EXPECT_EQ(tags(), 2);  // "1", under Inspector's name and its twin's
  for (int i = 0; i < 400 && tags() != 4; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(tags(), 4);
  watch->stop();
  EXPECT_EQ(number("SELECT COUNT(*) FROM resource"), 1);
  EXPECT_EQ(open(), 1);
}

TEST_P(RegistryWatching, ARegistryThatIsDownIsSaidAndTriedAgain) {
  RegistryInbox inbox;
  RegistryWatchSettings how;
  how.discovery.registry = "127.0.0.1:1";
  how.options.attempts = 1;
  how.interval = std::chrono::milliseconds(50);
  how.failed = [this](const Error& error) { note(error.what.substr(0, 13)); };
  const auto watch = RegistryWatch::start(estate(), inbox, how);
  const Lines lines = wait(2);
  watch->stop();
  ASSERT_GE(lines.size(), 2U);
  EXPECT_EQ(lines[1], "no connection");
}

TEST_P(RegistryWatching, EndsAtOnceWhileARegistryHangs) {
  base::WebServer server(
      [](const base::WebRequest&) { return base::WebReply{.delay = std::chrono::minutes(5)}; });
  RegistryInbox inbox;
  RegistryWatchSettings how;
  how.discovery.registry = "http://" + server.host();
  const auto watch = RegistryWatch::start(estate(), inbox, how);
  for (int i = 0; i < 500 && server.requests().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const auto begun = std::chrono::steady_clock::now();
  watch->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

VIGIL_ON_BOTH_ENGINES(RegistryWatching);

TEST(RegistryInboxTest, HasRoomForSoManyAndNoMore) {
  RegistryInbox inbox;
  RegistryInbox::Images images(RegistryInbox::kMost - 1);
  EXPECT_TRUE(inbox.put(images));
  images.resize(2);
  EXPECT_FALSE(inbox.put(images));
  images.resize(1);
  EXPECT_TRUE(inbox.put(images));
  EXPECT_EQ(inbox.take().size(), RegistryInbox::kMost);
  EXPECT_TRUE(inbox.take().empty());
}

}  // namespace
}  // namespace vigil::estate
