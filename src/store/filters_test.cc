// Saved filters and suppression rules.
#include "store/filters.h"

#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kAccount = 123'456'789'012;
// The first bit is set: an id is a hash and uses all 64.
constexpr std::uint64_t kId = 0x8000'0000'0000'0001;

FilterRow filter(std::uint64_t id, std::string name, std::string action = "NONE") {
  return {.account = kAccount,
          .id = id,
          .name = std::move(name),
          .action = std::move(action),
          .criteria = "{}",
          .description = "d",
          .reason = "r",
          .owner = "o",
          .expires = 0,
          .created = 10,
          .updated = 10,
          .hidden = 0};
}

std::vector<std::string> names(const std::vector<FilterRow>& rows) {
  std::vector<std::string> out;
  for (const FilterRow& row : rows) out.push_back(row.name);
  return out;
}

using Filters = testing::StoreTest;

TEST_P(Filters, EveryFieldComesBack) {
  FilterRow row = filter(kId, "a", "SUPPRESS");
  row.expires = 99;
  write([&](Connection& to) { return put_filter(to, row, true); });
  read([&](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto found, find_filter(from, kAccount, kId));
    EXPECT_EQ(found->id, kId);
    EXPECT_EQ(found->name, "a");
    EXPECT_EQ(found->action, "SUPPRESS");
    EXPECT_EQ(found->criteria, "{}");
    EXPECT_EQ(found->description, "d");
    EXPECT_EQ(found->reason, "r");
    EXPECT_EQ(found->owner, "o");
    EXPECT_EQ(found->expires, 99);
    EXPECT_EQ(found->created, 10);
    EXPECT_EQ(found->hidden, 0);
    VIGIL_TRY(const auto of_another, find_filter(from, kAccount + 1, kId));
    EXPECT_FALSE(of_another);
    return ok();
  });
}

TEST_P(Filters, ANameIsTakenOncePerAccount) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_filter(to, filter(1, "a"), true));
    VIGIL_CHECK(put_filter(to, filter(2, "b"), true));
    FilterRow elsewhere = filter(1, "a");
    elsewhere.account = kAccount + 1;
    return put_filter(to, elsewhere, true);
  });
  for (const bool is_new : {true, false}) {
    const auto taken = store().write(
        [&](Connection& to) { return put_filter(to, filter(is_new ? 3 : 2, "a"), is_new); });
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::Invalid);
  }
}

TEST_P(Filters, AnUpdateKeepsItsMakingAndItsCounter) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_filter(to, filter(kId, "a"), true));
    VIGIL_CHECK(to.execute("UPDATE filter SET hidden = 7"));
    FilterRow row = filter(kId, "renamed", "SUPPRESS");
    row.created = 77;
    row.updated = 20;
    row.hidden = 0;
    return put_filter(to, row, false);
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto found, find_filter(from, kAccount, kId));
    EXPECT_EQ(found->name, "renamed");
    EXPECT_EQ(found->created, 10);
    EXPECT_EQ(found->updated, 20);
    EXPECT_EQ(found->hidden, 7);
    return ok();
  });
  const auto none =
      store().write([](Connection& to) { return put_filter(to, filter(5, "unknown"), false); });
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
}

TEST_P(Filters, AListIsPagedByNameBytewise) {
  write([](Connection& to) -> Result<void> {
    std::uint64_t id = 0;
    for (const char* name : {"b", "Z", "a", "_", "\xc3\xa4", "a b"}) {
      ++id;
      VIGIL_CHECK(put_filter(to, filter(id, name, id % 2 == 0 ? "SUPPRESS" : "NONE"), true));
    }
    return ok();
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto first, list_filters(from, kAccount, "", "", 3));
    EXPECT_THAT(names(first), ElementsAre("Z", "_", "a"));
    VIGIL_TRY(const auto second, list_filters(from, kAccount, "", "a", 9));
    EXPECT_THAT(names(second), ElementsAre("a b", "b", "\xc3\xa4"));
    VIGIL_TRY(const auto rules, list_filters(from, kAccount, "SUPPRESS", "", 9));
    EXPECT_THAT(names(rules), ElementsAre("Z", "_", "a b"));
    VIGIL_TRY(const auto all, count_filters(from, kAccount, ""));
    EXPECT_EQ(all, 6);
    VIGIL_TRY(const auto saved, count_filters(from, kAccount, "NONE"));
    EXPECT_EQ(saved, 3);
    return ok();
  });
}

TEST_P(Filters, RulesSuppressOldestFirstUntilTheyExpire) {
  write([](Connection& to) -> Result<void> {
    FilterRow young = filter(1, "young", "SUPPRESS");
    young.created = 30;
    FilterRow old = filter(2, "old", "SUPPRESS");
    old.created = 20;
    old.expires = 100;
    VIGIL_CHECK(put_filter(to, young, true));
    VIGIL_CHECK(put_filter(to, old, true));
    return put_filter(to, filter(3, "saved"), true);
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto before, suppression_rules(from, kAccount, 99));
    EXPECT_THAT(names(before), ElementsAre("old", "young"));
    VIGIL_TRY(const auto after, suppression_rules(from, kAccount, 100));
    EXPECT_THAT(names(after), ElementsAre("young"));
    VIGIL_TRY(const auto elsewhere, suppression_rules(from, kAccount + 1, 0));
    EXPECT_THAT(elsewhere, IsEmpty());
    return ok();
  });
}

TEST_P(Filters, ADeletedFilterIsGone) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_filter(to, filter(kId, "a"), true));
    VIGIL_TRY(const bool elsewhere, delete_filter(to, kAccount + 1, kId));
    EXPECT_FALSE(elsewhere);
    VIGIL_TRY(const bool deleted, delete_filter(to, kAccount, kId));
    EXPECT_TRUE(deleted);
    VIGIL_TRY(const bool again, delete_filter(to, kAccount, kId));
    EXPECT_FALSE(again);
    return put_filter(to, filter(kId + 1, "a"), true);
  });
}

VIGIL_ON_BOTH_ENGINES(Filters);

}  // namespace
}  // namespace vigil::store
