// A registry under watch: the Distribution project's own server, which tells of pushes itself.
#include "estate/registry_watch.h"

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>

#include "base/file.h"
#include "base/hash.h"
#include "base/testing/web_server_test.h"
#include "estate/testing/estate_test.h"
#include "source/registry/testing/registry_server_test.h"
#include "tree/testing/tar_maker_test.h"

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
  const auto tags = [&] {
    return number("SELECT COUNT(*) FROM resource_attribute WHERE text IN ('1', '2')");
  };
  EXPECT_EQ(tags(), 2);  // "1", under Inspector's name and its twin's
  const std::string image = "docker://" + server.host() + "/a:";
  ASSERT_TRUE(source::registry::testing::run_program(
      {"skopeo", "--insecure-policy", "copy", "-q", "--src-tls-verify=false",
       "--dest-tls-verify=false", image + "1", image + "2"}));
  for (int i = 0; i < 400 && tags() != 4; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(tags(), 4);
  watch->stop();
  EXPECT_EQ(number("SELECT COUNT(*) FROM resource"), 1);
  EXPECT_EQ(open(), 1);
}

/// A registry whose tags a test moves, and which fails where it is told to.
class MovableRegistry {
 public:
  /// An image of one layer with one package; its digest.
  std::string add(const std::string& version) {
    const std::string layer =
        tree::testing::TarMaker()
            .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
            .file("var/lib/dpkg/status",
                  "Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: " +
                      version + "\n\n")
            .end();
    const std::string config =
        R"({"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[")" +
        put(layer) + R"("]}})";
    return put(R"({"schemaVersion":2,"config":{"digest":")" + put(config) +
               R"(","size":1},"layers":[{"digest":")" + put(layer) + R"(","size":)" +
               std::to_string(layer.size()) + "}]}");
  }
  /// "a:1" leads to the digest; an empty one takes the tag away.
  void tag(const std::string& name, const std::string& digest) {
    const std::lock_guard lock(mutex_);
    if (digest.empty()) {
      tags_.erase(name);
    } else {
      tags_[name] = digest;
    }
  }
  /// Requests with this in their targets are answered 500; empty: none.
  void fail(const std::string& target) {
    const std::lock_guard lock(mutex_);
    failing_ = target;
  }
  [[nodiscard]] std::string address() const { return "http://" + server_.host(); }

 private:
  std::string put(const std::string& bytes) {
    const std::lock_guard lock(mutex_);
    const std::string digest = "sha256:" + base::sha256_hex(bytes);
    blobs_[digest] = bytes;
    return digest;
  }

  base::WebReply answer(const base::WebRequest& request) {
    const std::lock_guard lock(mutex_);
    const std::string& target = request.target;
    if (!failing_.empty() && target.find(failing_) != std::string::npos) {
      return {.status = "500 Oops"};
    }
    if (target == "/v2/") return {};
    if (target.starts_with("/v2/_catalog")) {
      std::set<std::string> names;
      for (const auto& [name, digest] : tags_) names.insert(name.substr(0, name.find(':')));
      return {.body = R"({"repositories":)" + list(names) + "}"};
    }
    const std::size_t end = target.find('/', 4);
    const std::string repository = target.substr(4, end - 4);
    if (target.find("/tags/list", end) == end) {
      std::set<std::string> names;
      for (const auto& [name, digest] : tags_) {
        if (name.starts_with(repository + ":")) names.insert(name.substr(repository.size() + 1));
      }
      return {.body = R"({"tags":)" + (names.empty() ? "null" : list(names)) + "}"};
    }
    std::string wanted = target.substr(target.rfind('/') + 1);
    if (const auto tag = tags_.find(repository + ":" + wanted); tag != tags_.end()) {
      wanted = tag->second;
    }
    const auto blob = blobs_.find(wanted);
    if (blob == blobs_.end()) return {.status = "404 Not Found", .body = "{}"};
    return {.headers = "Docker-Content-Digest: " + wanted + "\r\n", .body = blob->second};
  }
  static std::string list(const std::set<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "[\"" : ",\"") + name + "\"";
    return out.empty() ? "[]" : out + "]";
  }

  std::mutex mutex_;
  std::map<std::string, std::string> blobs_;
  std::map<std::string, std::string> tags_;
  std::string failing_;
  base::WebServer server_{[this](const base::WebRequest& request) { return answer(request); }};
};

class RegistryForgetting : public RegistryWatching {
 protected:
  RegistryWatchSettings settings(const MovableRegistry& registry, const std::string& repositories) {
    RegistryWatchSettings how;
    how.discovery.registry = registry.address();
    how.discovery.repositories = *Patterns::parse(repositories);
    how.options.attempts = 1;
    how.interval = std::chrono::milliseconds(30);
    how.listed = [this](const RegistryListing& listing) {
      note("images " + std::to_string(listing.images) + ", failed " +
           std::to_string(listing.failed) + ", removed " + std::to_string(listing.removed));
    };
    how.failed = [this](const Error&) { note("failed"); };
    return how;
  }
  /// Until a listing says so.
  bool says(const std::string& line) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kLongest, [&] {
      return std::find(notes_.begin(), notes_.end(), line) != notes_.end();
    });
  }
  void forget_notes() {
    const std::lock_guard lock(mutex_);
    notes_.clear();
  }
  std::int64_t gone() {
    return number("SELECT COUNT(*) FROM resource WHERE status_reason = 'RESOURCE_TERMINATED'");
  }
};

TEST_P(RegistryForgetting, AnImageThatNoTagLeadsToIsRemoved) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  MovableRegistry registry;
  const std::string old = registry.add("3.0.13-1");
  registry.tag("a:1", old);
  registry.tag("a:stable", old);
  registry.tag("a:2", registry.add("3.0.14-1"));
  RegistryInbox inbox;
  const auto watch = RegistryWatch::start(estate(), inbox, settings(registry, "a"));
  ASSERT_TRUE(says("images 2, failed 0, removed 0"));
  EXPECT_EQ(open(), 2);

  registry.tag("a:1", "");
  forget_notes();
  ASSERT_TRUE(says("images 2, failed 0, removed 0"));  // another tag leads to it
  EXPECT_EQ(gone(), 0);

  registry.tag("a:stable", "");
  ASSERT_TRUE(says("images 1, failed 0, removed 1"));
  EXPECT_EQ(gone(), 1);
  EXPECT_EQ(open(), 1);

  // Who comes back is scanned again.
  registry.tag("a:1", old);
  forget_notes();
  ASSERT_TRUE(says("images 2, failed 0, removed 0"));
  watch->stop();
  EXPECT_EQ(gone(), 0);
  EXPECT_EQ(open(), 2);
}

TEST_P(RegistryForgetting, AListingThatFailedOrIsNotWholeRemovesNothing) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  MovableRegistry registry;
  registry.tag("a:1", registry.add("3.0.13-1"));
  registry.tag("a:2", registry.add("3.0.14-1"));
  registry.tag("b:1", registry.add("3.0.12-1"));
  RegistryInbox inbox;
  const auto watch = RegistryWatch::start(estate(), inbox, settings(registry, "*"));
  ASSERT_TRUE(says("images 3, failed 0, removed 0"));
  registry.fail("/v2/a/");
  registry.tag("a:1", "");
  forget_notes();
  ASSERT_TRUE(says("images 1, failed 1, removed 0"));
  // One of its tags cannot be asked.
  registry.fail("/v2/a/manifests/2");
  forget_notes();
  ASSERT_TRUE(says("images 1, failed 1, removed 0"));
  // An image cannot be scanned, and may be the other under a new digest.
  registry.tag("a:3", registry.add("3.0.11-1"));
  registry.fail("/v2/a/blobs/");
  forget_notes();
  ASSERT_TRUE(says("images 3, failed 1, removed 0"));
  // The catalogue.
  registry.fail("/v2/_catalog");
  forget_notes();
  ASSERT_TRUE(says("failed"));
  EXPECT_EQ(gone(), 0);
  EXPECT_EQ(open(), 3);

  registry.fail("");
  ASSERT_TRUE(says("images 3, failed 0, removed 1"));
  watch->stop();
  EXPECT_EQ(open(), 3);  // with the third of "a"
}

TEST_P(RegistryForgetting, AnImageOrARepositoryThatWentWhileNobodyWatchedIsRemoved) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  MovableRegistry registry;
  registry.tag("a:1", registry.add("3.0.13-1"));
  registry.tag("a:2", registry.add("3.0.14-1"));
  registry.tag("b:1", registry.add("3.0.12-1"));
  registry.tag("c:1", registry.add("3.0.11-1"));
  RegistryInbox inbox;
  auto watch = RegistryWatch::start(estate(), inbox, settings(registry, "*"));
  ASSERT_TRUE(says("images 4, failed 0, removed 0"));
  watch->stop();
  forget_notes();
  registry.tag("a:1", "");
  registry.tag("b:1", "");
  registry.tag("c:1", "");
  // What is not looked for any more, "c", is not known to be gone.
  watch = RegistryWatch::start(estate(), inbox, settings(registry, "* !c"));
  ASSERT_TRUE(says("images 1, failed 0, removed 2"));
  watch->stop();
  EXPECT_EQ(gone(), 2);
  EXPECT_EQ(open(), 2);
}

VIGIL_ON_BOTH_ENGINES(RegistryForgetting);

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
