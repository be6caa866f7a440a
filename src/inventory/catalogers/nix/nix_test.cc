#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

constexpr const char* kDatabase = "/nix/var/nix/db/db.sqlite";

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};

/// A database with the tables of Nix' schema.sql and these rows; the bytes of the file.
std::string database_with(const std::string& rows) {
  sqlite3* opened = nullptr;
  sqlite3_open(":memory:", &opened);
  const std::unique_ptr<sqlite3, Close> database(opened);
  const std::string sql =
      "create table ValidPaths (id integer primary key autoincrement not null,"
      " path text unique not null, hash text not null default '', registrationTime integer,"
      " deriver text, narSize integer, ultimate integer, sigs text, ca text);"
      "create table Refs (referrer integer not null, reference integer not null,"
      " primary key (referrer, reference));" +
      rows;
  EXPECT_EQ(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(opened, "main", &size, 0), sqlite3_free);
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

TEST(Nix, StorePathsAreNameAndVersion) {
  struct Case {
    const char *name, *line;
  };
  const Case kCases[] = {
      {"openssl-3.0.8", "openssl 3.0.8\n"},
      {"openssl-3.0.8-dev", "openssl 3.0.8\n"},
      {"gtk+3-3.24.36", "gtk+3 3.24.36\n"},
      {"python3.10-requests-2.28.2", "python3.10-requests 2.28.2\n"},
      {"glibc-2.35-224-bin", "glibc 2.35-224\n"},
      {"linux-headers-6.1", "linux-headers 6.1\n"},
      {"bash-5.2-p15", "bash 5.2-p15\n"},
      {"source", ""},
      {"hello-2.12.1.tar.gz", ""},
      {"hello-2.12.1.drv", ""},
      {"stdenv-linux", ""},
  };
  for (const Case& one : kCases) {
    std::string path = "/nix/store/";
    path.append(32, 'a').append("-").append(one.name);
    const Inventory inventory = scan_file(
        "nix", kDatabase, database_with("insert into ValidPaths (path) values ('" + path + "');"));
    EXPECT_EQ(lines(inventory), one.line) << one.name;
    EXPECT_EQ(problems(inventory), "");
    for (const auto& package : inventory.packages) EXPECT_EQ(package.locations[0].path, path);
  }
}

TEST(Nix, PartsOfAPackageAreOneAndReferencesAreParents) {
  EXPECT_EQ(lines(scan_file(
                "nix", kDatabase,
                database_with("insert into ValidPaths (id, path) values"
                              " (1, '/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-curl-8.0.1'),"
                              " (2, '/nix/store/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-curl-8.0.1-bin'),"
                              " (3, '/nix/store/cccccccccccccccccccccccccccccccc-openssl-3.0.8');"
                              "insert into Refs values (2, 1), (1, 3), (2, 3), (3, 9);"))),
            "curl 8.0.1\nopenssl 3.0.8 <- curl@8.0.1\n");
}

TEST(Nix, ADamagedDatabaseIsNamed) {
  EXPECT_EQ(problems(scan_file("nix", kDatabase, "nonsense")),
            "/nix/var/nix/db/db.sqlite: this is not an sqlite database\n");
  std::string cut = database_with("");
  cut.resize(4096);
  EXPECT_NE(problems(scan_file("nix", kDatabase, cut)), "");
}

}  // namespace
}  // namespace vigil::inventory
