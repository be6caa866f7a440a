// A server that dies at any moment: what it acknowledged is there, nothing is counted or told twice,
// and what it was in the middle of is ended by the next one.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <random>

#include "estate/refresh.h"
#include "estate/rules.h"
#include "estate/scan_types.h"
#include "estate/stored.h"
#include "estate/testing/estate_test.h"
#include "store/filters.h"

namespace vigil::estate {
namespace {

constexpr int kKills = 30;
constexpr int kHosts = 4;

/// Says that a host was ingested in a version.
struct Acknowledged {
  int host = 0;
  int version = 0;
};

class Killed : public testing::EstateTest {
 protected:
  static std::string name(int host) { return "host-" + std::to_string(host); }

  static inventory::Inventory inventory(int version) {
    const std::string text = std::to_string(version);
    return with({{"openssl", text}, {"zlib", version % 2 == 0 ? "1" : "3"}, {"bash", text}});
  }

  /// What the server does until it is killed; every step is one that people or agents ask for.
  [[noreturn]] static void serve(const std::string& address, const std::string& intelligence,
                                 unsigned seed, int version, int pipe) {
    auto store = store::Store::open(address);
    if (!store) ::_exit(2);
    Estate estate(std::move(*store), {});
    std::mt19937 random(seed);
    for (;; ++version) {
      if (estate.intelligence() == nullptr || random() % 5 == 0) {
        const char which = random() % 2 == 0 ? 'a' : 'b';
        auto snapshot = intel::Snapshot::open(intelligence + which);
        if (!snapshot) ::_exit(3);
        const auto before = estate.intelligence();
        estate.set_intelligence(std::make_shared<const intel::Snapshot>(std::move(*snapshot)));
        if (!refresh(estate, before)) ::_exit(4);
      }
      if (random() % 6 == 0 && !toggle_rule(estate, random())) ::_exit(5);
      const Acknowledged done{static_cast<int>(random() % kHosts), version};
      if (!estate::ingest(estate, host(name(done.host)), inventory(version), {})) ::_exit(6);
      if (::write(pipe, &done, sizeof done) != sizeof done) ::_exit(7);
    }
  }

  /// Ids are used once, as the API makes them.
  static bool toggle_rule(Estate& estate, std::uint64_t id) {
    const auto written = estate.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const auto rules, store::list_filters(to, 0, "", "", 10));
      for (const store::FilterRow& rule : rules) VIGIL_CHECK(store::delete_filter(to, 0, rule.id));
      if (!rules.empty()) return ok();
      store::FilterRow rule;
      rule.id = id;
      rule.name = "zlib";
      rule.action = "SUPPRESS";
      rule.criteria = R"({"vulnerabilityId":[{"comparison":"PREFIX","value":"CVE-2024-2"}]})";
      return store::put_filter(to, rule, true);
    });
    return written && apply_rules(estate, 0);
  }

  /// Counters agree with what they count, events with what became of findings.
  void expect_whole() {
    EXPECT_EQ(number("SELECT COUNT(*) FROM assessment a WHERE"
                     " active <> (SELECT COUNT(*) FROM finding f WHERE f.assessment = a.id"
                     " AND f.status = 0) OR suppressed <> (SELECT COUNT(*) FROM finding f"
                     " WHERE f.assessment = a.id AND f.status = 1) OR closed <> (SELECT COUNT(*)"
                     " FROM finding f WHERE f.assessment = a.id AND f.status = 2)"),
              0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM resource r WHERE critical + high + medium + low +"
                     " informational + untriaged <> (SELECT COUNT(*) FROM finding f"
                     " WHERE f.resource = r.id AND f.status = 0)"),
              0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM filter i WHERE hidden <> (SELECT COUNT(*)"
                     " FROM finding f WHERE f.rule = i.id)"),
              0);
    EXPECT_EQ(number("SELECT COALESCE(SUM(CASE kind WHEN 1 THEN 1 WHEN 6 THEN 1 WHEN 5 THEN -1"
                     " ELSE 0 END), 0) FROM outbox"),
              number("SELECT COUNT(*) FROM finding WHERE status <> 2"));
  }

  int stored_version(int of) {
    int version = 0;
    read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(const auto found, stored_inventory(from, 0, key(name(of))));
      if (found) version = std::stoi(found->packages.front().version);
      return ok();
    });
    return version;
  }

  std::vector<std::string> open_findings() {
    std::vector<std::string> lines;
    for (int i = 0; i < kHosts; ++i) {
      for (const std::string& line : findings_of(name(i))) {
        if (!line.ends_with("CLOSED")) lines.push_back(name(i) + " " + line);
      }
    }
    return lines;
  }
};

TEST_P(Killed, NothingAcknowledgedIsLostAndNothingIsToldTwice) {
  if (is_postgres()) GTEST_SKIP() << "the store's own test kills PostgreSQL";
  const std::string intelligence = directory() + "/kept-";
  for (const char which : {'a', 'b'}) {
    const bool first = which == 'a';
    use_intelligence_file(intelligence + which);
    put_intelligence_file({{"openssl", "CVE-2024-1001", first ? "1000000" : ""},
                           {"zlib", "CVE-2024-2001", first ? "2" : "4"},
                           {"zlib", "CVE-2024-2002", first ? "" : "1"},
                           {"bash", first ? "CVE-2024-3001" : "CVE-2024-3002", ""}});
  }
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::array<int, kHosts> acknowledged{};
  int version = 1;
  for (int kill = 0; kill < kKills; ++kill) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    const auto child_seed = static_cast<unsigned>(random());
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      serve(address(), intelligence, child_seed, version, ends[1]);
    }
    ::close(ends[1]);
    // Its first word, then a moment of its work.
    Acknowledged done;
    ASSERT_EQ(::read(ends[0], &done, sizeof done), static_cast<ssize_t>(sizeof done));
    ::usleep(static_cast<useconds_t>(random() % 60'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "ended by itself with " << WEXITSTATUS(status);
    do {
      acknowledged.at(static_cast<std::size_t>(done.host)) = done.version;
      version = std::max(version, done.version + 2);
    } while (::read(ends[0], &done, sizeof done) == static_cast<ssize_t>(sizeof done));
    ::close(ends[0]);
    for (int i = 0; i < kHosts; ++i)
      EXPECT_GE(stored_version(i), acknowledged.at(static_cast<std::size_t>(i)));
    expect_whole();
  }

  // The next server ends what was begun; then all is as if nothing had ever happened.
  use_intelligence_file(intelligence + "b");
  estate().set_intelligence(compiled_at(intelligence + "b"));
  ASSERT_TRUE(refresh(estate(), nullptr));
  ASSERT_TRUE(apply_rules(estate(), 0));
  expect_whole();
  const std::vector<std::string> found = open_findings();
  for (int i = 0; i < kHosts; ++i) {
    if (stored_version(i) != 0) ingest(host(name(i)), inventory(stored_version(i)));
  }
  EXPECT_EQ(open_findings(), found);
}

VIGIL_ON_BOTH_ENGINES(Killed);

}  // namespace
}  // namespace vigil::estate
