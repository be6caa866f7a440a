#include "store/inventory.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "store/ecosystems.h"
#include "store/keys.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using findings::Attribute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kAccount = 123456789012;
constexpr std::uint64_t kHigh = 0x8000'0000'0000'0000;  // keys from here on are negative in SQL

PackageVersion package(std::uint64_t id, std::string subject, std::string version_key) {
  return {.id = id,
          .ecosystem = "Debian:12",
          .subject = std::move(subject),
          .version_key = std::move(version_key),
          .body = R"({"id":)" + std::to_string(id) + "}"};
}

/// Packages p1, p2, ... of these numbers, all in version "1".
std::vector<PackageVersion> packages(std::vector<std::uint64_t> numbers) {
  std::vector<PackageVersion> out;
  for (const std::uint64_t number : numbers) {
    out.push_back(package(number, "p" + std::to_string(number), "1"));
  }
  return out;
}

std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last) {
  std::vector<std::uint64_t> out;
  for (; first <= last; ++first) out.push_back(first);
  return out;
}

ChangedPackage every_version(std::string subject) {
  return {.ecosystem = "Debian:12", .subject = std::move(subject), .low_key = "", .high_key = ""};
}

class Inventory : public testing::StoreTest {
 protected:
  /// A set of its own profile, both with this id.
  void put_set(std::uint64_t id, const std::vector<PackageVersion>& members,
               std::uint64_t similar = 0) {
    write([&](Connection& to) -> Result<void> {
      VIGIL_CHECK(put_package_set(to, kAccount, id, members, similar));
      return put_profile(to, kAccount, {.id = id, .package_set = id, .body = "{}"});
    });
  }
  void put(std::uint64_t id, std::uint64_t profile, std::int64_t removed = 0) {
    write([&](Connection& to) {
      return put_resource(to, row(id, profile, removed), "body", "runtime", {});
    });
  }
  static ResourceRow row(std::uint64_t id, std::uint64_t profile, std::int64_t removed = 0) {
    ResourceRow out;
    out.account = kAccount;
    out.id = id;
    out.type = "AWS_EC2_INSTANCE";
    out.resource_id = "i-" + std::to_string(id);
    out.profile = profile;
    out.removed = removed;
    return out;
  }
  std::vector<std::uint64_t> ids_of_set(std::uint64_t set) {
    std::vector<std::uint64_t> ids;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto members, packages_of_set(from, kAccount, set));
      for (const PackageVersion& member : members) ids.push_back(member.id);
      return ok();
    });
    return ids;
  }
  std::vector<std::uint64_t> holding(const std::vector<ChangedPackage>& changed) {
    std::vector<std::uint64_t> profiles;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(profiles, profiles_holding(from, kAccount, changed));
      return ok();
    });
    return profiles;
  }
  std::int64_t collect(std::size_t limit = 1000) {
    std::int64_t deleted = 0;
    write([&](Connection& to) -> Result<void> {
      VIGIL_TRY(deleted, collect_inventory_garbage(to, kAccount, limit));
      return ok();
    });
    return deleted;
  }
};

TEST_P(Inventory, ASetGivesItsPackagesBackAscending) {
  put_set(1, {package(kHigh + 7, "openssl", std::string("\0\xff", 2)), package(5, "zlib", "2")});
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto members, packages_of_set(from, kAccount, 1));
    EXPECT_EQ(members.size(), 2U);
    EXPECT_EQ(members[0].id, 5U);
    EXPECT_EQ(members[0].ecosystem, "Debian:12");
    EXPECT_EQ(members[0].subject, "zlib");
    EXPECT_EQ(members[0].version_key, "2");
    EXPECT_EQ(members[0].body, R"({"id":5})");
    EXPECT_EQ(members[1].id, kHigh + 7);
    EXPECT_EQ(members[1].version_key, std::string("\0\xff", 2));
    EXPECT_TRUE(has_package_set(from, kAccount, 1).value());
    EXPECT_FALSE(has_package_set(from, kAccount, 2).value());
    EXPECT_FALSE(has_package_set(from, kAccount + 1, 1).value());
    EXPECT_EQ(packages_of_set(from, kAccount, 2).error().code, ErrorCode::NotFound);
    return ok();
  });
}

TEST_P(Inventory, APackageOfManySetsIsStoredOnce) {
  put_set(1, packages(range(1, 600)));
  put_set(2, packages(range(300, 900)));
  EXPECT_EQ(number("SELECT count(*) FROM package_version"), 900);
  EXPECT_EQ(ids_of_set(2), range(300, 900));
}

TEST_P(Inventory, EcosystemsAreCountedByTheResourcesThatHoldThem) {
  const auto of = [](std::uint64_t id, std::string ecosystem) {
    PackageVersion one = package(id, "p" + std::to_string(id), "1");
    one.ecosystem = std::move(ecosystem);
    return one;
  };
  std::vector<PackageVersion> base = packages(range(1, 20));
  base.push_back(of(21, "npm"));
  base.push_back(of(22, "npm"));
  put_set(1, base);
  base.pop_back();
  put_set(2, base, 1);  // a difference that still holds one of them
  base.pop_back();
  base.push_back(of(kHigh + 23, "PyPI"));
  put_set(3, base, 1);  // and one that holds none
  for (const std::uint64_t id : {1U, 2U, 3U}) put(id, id);
  put(4, 1);
  put(5, 1, 99);  // removed
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto ecosystems, stored_ecosystems(from, kAccount));
    EXPECT_THAT(ecosystems, ElementsAre("Debian:12", "PyPI", "npm"));
    const auto count = [&](std::string_view ecosystem) {
      return count_resources_holding(from, kAccount, ecosystem).value_or(-1);
    };
    EXPECT_EQ(count("Debian:12"), 4);
    EXPECT_EQ(count("npm"), 3);
    EXPECT_EQ(count("PyPI"), 1);
    EXPECT_EQ(count("Go"), 0);
    VIGIL_TRY(const auto others, stored_ecosystems(from, kAccount + 1));
    EXPECT_THAT(others, IsEmpty());
    return ok();
  });
}

TEST_P(Inventory, UnsupportedSystemsAreCountedByPlatform) {
  put_set(1, {});
  write([](Connection& to) -> Result<void> {
    const auto put_host = [&](std::uint64_t id, const char* platform, const char* reason,
                              std::int64_t removed) {
      ResourceRow host = row(id, 1, removed);
      host.platform = platform;
      host.status_reason = reason;
      return put_resource(to, host, "body", "runtime", {});
    };
    VIGIL_CHECK(put_host(1, "HAIKU_1", "UNSUPPORTED_OS", 0));
    VIGIL_CHECK(put_host(2, "HAIKU_1", "UNSUPPORTED_OS", 0));
    VIGIL_CHECK(put_host(3, "HAIKU_1", "UNSUPPORTED_OS", 99));
    return put_host(4, "DEBIAN_12", "SUCCESSFUL", 0);
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto counts, count_unsupported_systems(from, kAccount));
    EXPECT_THAT(counts, ElementsAre(::testing::Pair("HAIKU_1", 2)));
    return ok();
  });
}

TEST_P(Inventory, AnEmptySetIsASet) {
  put_set(1, {});
  EXPECT_THAT(ids_of_set(1), IsEmpty());
}

TEST_P(Inventory, ASetLikeAnotherIsStoredAsTheDifference) {
  put_set(1, packages(range(1, 100)));
  const std::int64_t before = number("SELECT count(*) FROM package_set_member");
  auto upgraded = range(3, 100);
  upgraded.push_back(201);
  put_set(2, packages(upgraded), 1);
  EXPECT_EQ(number("SELECT count(*) FROM package_set_member"), before + 1);
  EXPECT_EQ(ids_of_set(2), upgraded);

  // The difference of a difference is one to the same root.
  auto again = range(4, 100);
  again.push_back(202);
  put_set(3, packages(again), 2);
  EXPECT_EQ(number("SELECT base FROM package_set WHERE id = 3"), 1);
  EXPECT_EQ(ids_of_set(3), again);

  // Nothing left but a quarter: a set of its own.
  put_set(4, packages(range(1, 25)), 1);
  EXPECT_EQ(number("SELECT base FROM package_set WHERE id = 4"), 0);
  EXPECT_EQ(ids_of_set(4), range(1, 25));
}

TEST_P(Inventory, AnUnknownSimilarSetIsNoHelpAndNoHarm) {
  put_set(1, packages({1, 2}), 99);
  EXPECT_THAT(ids_of_set(1), ElementsAre(1, 2));
}

TEST_P(Inventory, ProfilesAreFoundByWhatTheyHold) {
  put_set(1, {package(11, "openssl", "\x10"), package(12, "zlib", "\x10")});
  put_set(kHigh + 2, {package(21, "openssl", "\x20")});
  put_set(3, {package(31, "openssl", "\x30"), package(12, "zlib", "\x10")});
  EXPECT_THAT(holding({every_version("openssl")}), ElementsAre(1, 3, kHigh + 2));
  EXPECT_THAT(holding({every_version("zlib")}), ElementsAre(1, 3));
  EXPECT_THAT(holding({every_version("none")}), IsEmpty());
  EXPECT_THAT(holding({}), IsEmpty());
  const auto between = [](std::string low, std::string high) {
    return ChangedPackage{"Debian:12", "openssl", std::move(low), std::move(high)};
  };
  EXPECT_THAT(holding({between("\x10", "\x20")}), ElementsAre(1)) << "the end is not included";
  EXPECT_THAT(holding({between("\x11", "")}), ElementsAre(3, kHigh + 2));
  EXPECT_THAT(holding({between("", "\x21")}), ElementsAre(1, kHigh + 2));
  EXPECT_THAT(holding({{"Debian:11", "openssl", "", ""}}), IsEmpty());

  std::vector<ChangedPackage> many;
  for (int i = 0; i < 100; ++i) many.push_back(every_version("other" + std::to_string(i)));
  many.push_back(every_version("zlib"));
  many.push_back(between("\x20", "\x21"));
  EXPECT_THAT(holding(many), ElementsAre(1, 3, kHigh + 2));
}

TEST_P(Inventory, AProfileOfADifferenceIsFoundByWhatItInheritsButNotByWhatItDropped) {
  put_set(1, packages(range(1, 100)));
  auto changed = range(2, 100);
  changed.push_back(200);
  put_set(2, packages(changed), 1);
  EXPECT_THAT(holding({every_version("p50")}), ElementsAre(1, 2));
  EXPECT_THAT(holding({every_version("p1")}), ElementsAre(1));
  EXPECT_THAT(holding({every_version("p200")}), ElementsAre(2));
  EXPECT_THAT(holding({every_version("p1"), every_version("p2")}), ElementsAre(1, 2));
}

TEST_P(Inventory, AProfileNeedsItsSetAndAResourceItsProfile) {
  const auto done = store().write([](Connection& to) {
    return put_profile(to, kAccount, {.id = 1, .package_set = 1, .body = ""});
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::NotFound);
  const auto other =
      store().write([](Connection& to) { return put_resource(to, row(1, 1), "", "", {}); });
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::NotFound);
}

TEST_P(Inventory, AResourceComesBackAsItWasPut) {
  put_set(9, packages({1}));
  ResourceRow first = row(kHigh + 1, 9);
  first.name = "web-1";
  first.region = "eu-west-1";
  first.platform = "DEBIAN_12";
  first.inventory = "digest";
  first.status_code = "INACTIVE";
  first.status_reason = "NO_INVENTORY";
  first.scan_mode = "EC2_AGENTLESS";
  first.first_seen = 100;
  first.last_scanned = 200;
  write([&](Connection& to) { return put_resource(to, first, "body", "runtime", {}); });
  const auto stored = [&] {
    ResourceRow out;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto found, find_resource(from, kAccount, kHigh + 1));
      out = found.value();
      VIGIL_TRY(const auto body, resource_body(from, kAccount, kHigh + 1));
      EXPECT_EQ(body->body, "body");
      EXPECT_EQ(body->runtime, "runtime");
      return ok();
    });
    return out;
  };
  EXPECT_EQ(stored(), first);

  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(to.execute("UPDATE resource SET critical = 3"));
    return touch_resource(to, kAccount, kHigh + 1, 300);
  });
  first.last_scanned = 300;
  EXPECT_EQ(stored(), first);

  ResourceRow second = first;
  second.profile = 0;
  second.name = "web-2";
  second.first_seen = 999;
  write([&](Connection& to) { return put_resource(to, second, "body", "runtime", {}); });
  second.first_seen = 100;
  EXPECT_EQ(stored(), second);
  EXPECT_EQ(number("SELECT critical FROM resource"), 3);

  write([](Connection& to) {
    return set_resource_status(to, kAccount, kHigh + 1, "INACTIVE", "RESOURCE_TERMINATED", 400);
  });
  second.status_code = "INACTIVE";
  second.status_reason = "RESOURCE_TERMINATED";
  second.removed = 400;
  EXPECT_EQ(stored(), second);
  read([](Connection& from) -> Result<void> {
    EXPECT_FALSE(find_resource(from, kAccount, 1).value());
    EXPECT_FALSE(find_resource(from, 1, kHigh + 1).value());
    EXPECT_FALSE(resource_body(from, kAccount, 1).value());
    return ok();
  });
}

TEST_P(Inventory, AttributesAreReplacedAndUnchangedOnesNotWritten) {
  const auto put_attributes = [&](std::vector<Attribute> attributes) {
    write([&](Connection& to) { return put_resource(to, row(1, 0), "", "", attributes); });
  };
  const auto stored = [&] {
    std::vector<std::string> out;
    read([&](Connection& from) {
      return from.query(
          "SELECT field, key, text, number FROM resource_attribute", {}, [&](const Row& each) {
            out.push_back(std::to_string(each.integer(0)) + " " + std::string(each.text(1)) + "=" +
                          std::string(each.text(2)) +
                          (each.is_null(3) ? "" : " " + std::string(each.text(3))));
            return true;
          });
    });
    std::sort(out.begin(), out.end());
    return out;
  };
  const Attribute tag{.field = 3, .key = "env", .text = "prod"};
  const Attribute address{.field = 4, .text = "10.0.0.1"};
  const Attribute number{.field = 5, .text = "7", .number = 7.5};
  put_attributes({number, tag, address, address});
  EXPECT_THAT(stored(), ElementsAre("3 env=prod", "4 =10.0.0.1", "5 =7 7.5"));

  // What is not rewritten keeps the mark.
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(to.execute("UPDATE resource_attribute SET number = 1.5 WHERE field = 3"));
    return ok();
  });
  Attribute marked = tag;
  marked.number = 1.5;
  Attribute other = number;
  other.number = 8.5;
  put_attributes({marked, {.field = 4, .text = "10.0.0.2"}, other});
  EXPECT_THAT(stored(), ElementsAre("3 env=prod 1.5", "4 =10.0.0.2", "5 =7 8.5"));
  put_attributes({});
  EXPECT_THAT(stored(), IsEmpty());
}

TEST_P(Inventory, ResourcesOfAProfileArePagedAscending) {
  put_set(1, packages({1}));
  put_set(2, packages({2}));
  const std::vector<std::uint64_t> all = {1, 5, kHigh - 1, kHigh, kHigh + 3, ~0ULL};
  for (const std::uint64_t id : all) put(id, 1);
  put(7, 2);
  put(8, 1, 99);
  for (std::size_t limit = 1; limit <= all.size() + 1; ++limit) {
    std::vector<std::uint64_t> seen;
    read([&](Connection& from) -> Result<void> {
      for (std::uint64_t after = 0;;) {
        VIGIL_TRY(const auto page, resources_of_profile(from, kAccount, 1, after, limit));
        EXPECT_LE(page.size(), limit);
        if (page.empty()) return ok();
        seen.insert(seen.end(), page.begin(), page.end());
        after = page.back();
      }
    });
    EXPECT_EQ(seen, all) << limit;
  }
  read([](Connection& from) -> Result<void> {
    EXPECT_THAT(all_profiles(from, kAccount).value(), ElementsAre(1, 2));
    return ok();
  });
  put(7, 2, 99);
  read([](Connection& from) -> Result<void> {
    EXPECT_THAT(all_profiles(from, kAccount).value(), ElementsAre(1));
    return ok();
  });
}

TEST_P(Inventory, GarbageIsWhatNoResourceLeadsTo) {
  put_set(1, packages(range(1, 20)));
  put_set(2, packages(range(1, 21)), 1);
  put_set(3, packages(range(15, 30)));
  ASSERT_EQ(number("SELECT base FROM package_set WHERE id = 2"), 1);
  put(100, 2);
  put(101, 3);
  EXPECT_EQ(collect(), 1) << "profile 1; its set is the base of set 2";
  EXPECT_EQ(collect(), 0);
  EXPECT_EQ(ids_of_set(2), range(1, 21));

  put(100, 3);
  // Profile 2, sets 2 and 1, packages 1 to 14; the others are in set 3.
  EXPECT_EQ(collect(), 1 + 2 + 14);
  EXPECT_EQ(collect(), 0);
  EXPECT_EQ(ids_of_set(3), range(15, 30));
  EXPECT_EQ(number("SELECT count(*) FROM package_set_member"), 16);
  EXPECT_EQ(number("SELECT count(*) FROM package_version"), 16);
}

TEST_P(Inventory, GarbageIsCollectedInPortions) {
  for (std::uint64_t id = 1; id <= 5; ++id) put_set(id, packages({id}));
  EXPECT_EQ(collect(2), 6);
  EXPECT_EQ(collect(2), 6);
  EXPECT_EQ(collect(2), 3);
  EXPECT_EQ(collect(2), 0);
}

VIGIL_ON_BOTH_ENGINES(Inventory);

}  // namespace
}  // namespace vigil::store
