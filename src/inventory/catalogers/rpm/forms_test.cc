#include "inventory/catalogers/rpm/forms_test.h"

#include <gtest/gtest.h>

#include "inventory/catalogers/rpm/berkeley.h"
#include "inventory/catalogers/rpm/ndb.h"
#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory::rpm {
namespace {

const std::vector<std::string> kHeaders = {"first", std::string(1500, '2'), "third",
                                           std::string(486, '4')};

struct Seen {
  std::vector<std::string> headers;
  std::string error;
};

template <typename Read>
Seen read(Read&& reader, const std::string& database) {
  Seen seen;
  const auto result = reader(database, [&](std::string_view header) {
    seen.headers.emplace_back(header);
    return seen.headers.size() < 100;
  });
  if (!result) seen.error = result.error().what;
  return seen;
}

TEST(RpmNdb, HeadersInOrderOfTheirNumbers) {
  const Seen seen = read(read_ndb, testing::ndb(kHeaders));
  EXPECT_EQ(seen.headers, kHeaders);
  EXPECT_EQ(seen.error, "");
  EXPECT_EQ(read(read_ndb, testing::ndb({})).error, "");
}

TEST(RpmNdb, ADamagedPackageIsToldAndTheOthersAreRead) {
  std::string database = testing::ndb(kHeaders);
  database[database.find("BlbS")] = 'x';  // of the last package
  const Seen seen = read(read_ndb, database);
  EXPECT_EQ(seen.headers, (std::vector<std::string>(kHeaders.begin(), kHeaders.end() - 1)));
  EXPECT_EQ(seen.error, "the rpm database is damaged: some packages in it cannot be read");
}

TEST(RpmNdb, OtherFiles) {
  EXPECT_EQ(read(read_ndb, "").error, "this is not an ndb database");
  EXPECT_EQ(read(read_ndb, testing::ndb(kHeaders).substr(0, 4000)).error,
            "the rpm database is cut short");
  std::string newer = testing::ndb(kHeaders);
  newer[4] = 1;
  EXPECT_EQ(read(read_ndb, newer).error, "this version of ndb is not known");
}

TEST(RpmBerkeley, HeadersInOrderOfTheirNumbersInEitherByteOrder) {
  for (const bool big_endian : {false, true}) {
    const Seen seen = read(read_berkeley, testing::berkeley(kHeaders, big_endian));
    EXPECT_EQ(seen.headers, kHeaders);
    EXPECT_EQ(seen.error, "");
  }
}

TEST(RpmBerkeley, AChainThatDoesNotEndWhereItShouldIsToldAndTheOthersAreRead) {
  for (const std::size_t page : {2U, 3U, 4U}) {
    std::string database = testing::berkeley(kHeaders, false);
    // The 486 bytes of the fourth fill page 2; the second has 3 to 6.
    database[page * 512 + 25] = '\x00';
    const Seen seen = read(read_berkeley, database);
    EXPECT_EQ(seen.headers.size(), 3U);
    EXPECT_EQ(seen.error, "the rpm database is damaged: some packages in it cannot be read");
  }
}

TEST(RpmBerkeley, ALoopOfPagesEnds) {
  std::string database = testing::berkeley({std::string(1500, 'x')}, false);
  database[3 * 512 + 16] = 2;
  const Seen seen = read(read_berkeley, database);
  EXPECT_LE(seen.headers.size(), 1U);
}

TEST(RpmBerkeley, OtherFiles) {
  EXPECT_EQ(read(read_berkeley, "").error, "the rpm database is cut short");
  EXPECT_EQ(read(read_berkeley, std::string(600, 'x')).error, "this is not a Berkeley DB hash");
  std::string encrypted = testing::berkeley(kHeaders, false);
  encrypted[24] = 1;
  EXPECT_EQ(read(read_berkeley, encrypted).error, "the rpm database is encrypted");
  std::string pages = testing::berkeley(kHeaders, false);
  pages[21] = 3;
  EXPECT_EQ(read(read_berkeley, pages).error, "the rpm database has impossible pages");
}

TEST(RpmForms, EveryCutAndEveryWrongByteIsHarmless) {
  const std::string databases[] = {testing::ndb({"a", std::string(600, 'b')}),
                                   testing::berkeley({"a", std::string(600, 'b')}, false)};
  for (const std::string& whole : databases) {
    for (std::size_t at = 0; at < whole.size(); at += at < 700 ? 1 : 13) {
      read(read_ndb, whole.substr(0, at));
      read(read_berkeley, whole.substr(0, at));
      for (const char value : {'\0', '\x7F', '\xFF'}) {
        std::string bytes = whole;
        bytes[at] = value;
        EXPECT_LE(read(read_ndb, bytes).headers.size(), 2U);
        EXPECT_LE(read(read_berkeley, bytes).headers.size(), 3U);
      }
    }
  }
}

TEST(RpmForms, TheNewestFormCounts) {
  tree::Memory view;
  view.file("/var/lib/rpm/Packages", "damaged").file("/var/lib/rpm/Packages.db", testing::ndb({}));
  EXPECT_TRUE(scan_tree(view).problems.empty());
  view.file("/usr/lib/sysimage/rpm/Packages", "damaged");
  EXPECT_EQ(scan_tree(view).problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory::rpm
