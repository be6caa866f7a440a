#include "store/keys.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::ElementsAre;

TEST(Keys, KeepTheirBitsInTheStore) {
  for (const std::uint64_t key : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0},
                                  std::uint64_t{1} << 63U, 0x0123'4567'89ab'cdefU}) {
    EXPECT_EQ(key_from(stored_key(key)), key);
  }
  EXPECT_EQ(stored_key(~std::uint64_t{0}), -1);
}

TEST(Keys, PackIntoBytesThatCompareAsTheyDo) {
  EXPECT_EQ(pack_keys(std::vector<std::uint64_t>{1, 0x0102030405060708}),
            std::string("\0\0\0\0\0\0\0\1\1\2\3\4\5\6\7\10", 16));
  const std::vector<std::uint64_t> keys = {0, 7, 1ULL << 63U, ~0ULL};
  EXPECT_EQ(unpack_keys(pack_keys(keys)), keys);
  EXPECT_THAT(unpack_keys(std::string_view("\0\0\0\0\0\0\0\2\1\1", 10)), ElementsAre(2));
}

TEST(Keys, SortAsTheStoreDoesOrAsNumbers) {
  std::vector<std::uint64_t> keys = {5, ~0ULL, 5, 1ULL << 63U, 0};
  sort_as_stored(keys);
  EXPECT_THAT(keys, ElementsAre(1ULL << 63U, ~0ULL, 0, 5));
  sort_unique(keys);
  EXPECT_THAT(keys, ElementsAre(0, 5, 1ULL << 63U, ~0ULL));
}

using KeyStatements = testing::StoreTest;

TEST_P(KeyStatements, TakeAnyNumberOfKeys) {
  for (const std::size_t count : {0U, 1U, 2U, 8U, 9U, 65U, 513U, 1500U}) {
    std::vector<std::uint64_t> keys;
    std::vector<Value> rows;
    for (std::size_t i = 0; i < count; ++i) {
      keys.push_back(~0ULL - i);
      rows.insert(rows.end(), {std::int64_t{1}, stored_key(keys.back())});
    }
    std::int64_t changed = -1;
    std::vector<std::uint64_t> seen;
    write([&](Connection& to) -> Result<void> {
      VIGIL_CHECK(
          to.execute_many("INSERT INTO package_set (account, id, base, members, removed)"
                          " VALUES ($1, $2, 0, '', '')",
                          2, rows));
      VIGIL_CHECK(query_keys(
          to, "SELECT id FROM package_set WHERE account = $1 AND id IN ({keys}) AND base = 0",
          std::initializer_list<Value>{std::int64_t{1}}, keys, [&](const Row& row) {
            seen.push_back(key_from(row.integer(0)));
            return true;
          }));
      VIGIL_TRY(changed,
                execute_keys(to, "DELETE FROM package_set WHERE account = $1 AND id IN ({keys})",
                             std::initializer_list<Value>{std::int64_t{1}}, keys));
      return ok();
    });
    sort_unique(keys);
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, keys);
    EXPECT_EQ(changed, static_cast<std::int64_t>(count));
  }
}

VIGIL_ON_BOTH_ENGINES(KeyStatements);

}  // namespace
}  // namespace vigil::store
