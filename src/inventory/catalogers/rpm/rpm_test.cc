#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

#include "base/text.h"
#include "inventory/catalogers/rpm/database.h"
#include "inventory/catalogers/rpm/forms_test.h"
#include "inventory/catalogers/rpm/package.h"
#include "inventory/scan.h"
#include "tree/directory.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAlma = "ID=almalinux\nVERSION_ID=9.5\n";

std::string be32(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(value >> static_cast<unsigned>(shift));
  return out;
}

/// Writes a header as rpm would: an index of tags and the data behind it.
class HeaderWriter {
 public:
  HeaderWriter& text(std::uint32_t tag, const std::string& value) { return texts(tag, {value}, 6); }
  HeaderWriter& texts(std::uint32_t tag, const std::vector<std::string>& values,
                      std::uint32_t type = 8) {
    entry(tag, type, values.size());
    for (const std::string& value : values) data_ += value + '\0';
    return *this;
  }
  HeaderWriter& numbers(std::uint32_t tag, const std::vector<std::uint32_t>& values) {
    while (data_.size() % 4 != 0) data_ += '\0';
    entry(tag, 4, values.size());
    for (const std::uint32_t value : values) data_ += be32(value);
    return *this;
  }
  [[nodiscard]] std::string bytes() const {
    return be32(count_) + be32(static_cast<std::uint32_t>(data_.size())) + index_ + data_;
  }

 private:
  void entry(std::uint32_t tag, std::uint32_t type, std::size_t count) {
    index_ += be32(tag) + be32(type) + be32(static_cast<std::uint32_t>(data_.size())) +
              be32(static_cast<std::uint32_t>(count));
    ++count_;
  }
  std::string index_;
  std::string data_;
  std::uint32_t count_ = 0;
};

HeaderWriter openssl() {
  HeaderWriter writer;
  writer.text(1000, "openssl-libs")
      .text(1001, "3.0.7")
      .text(1002, "24.el9")
      .numbers(1003, {1})
      .text(1011, "AlmaLinux")
      .text(1014, "ASL 2.0")
      .text(1022, "x86_64")
      .text(1044, "openssl-3.0.7-24.el9.src.rpm")
      .numbers(1116, {0, 1})
      .texts(1117, {"libssl.so.3", "README"})
      .texts(1118, {"/usr/lib64/", "/usr/share/doc/openssl/"});
  return writer;
}

TEST(RpmHeader, ReadsAPackage) {
  const std::string bytes = openssl().text(5096, "ssl:3:9:abc").bytes();
  const auto header = rpm::Header::open(bytes);
  ASSERT_TRUE(header);
  OperatingSystem os;
  os.id = "almalinux";
  os.version = "9.5";
  os.ecosystem = "AlmaLinux:9";
  const auto found = rpm::package_of(*header, os);
  ASSERT_TRUE(found && *found);
  const model::Package& package = **found;
  EXPECT_EQ(package.ecosystem, "AlmaLinux:9");
  EXPECT_EQ(package.name, "openssl-libs");
  EXPECT_EQ(package.version, "1:3.0.7-24.el9");
  EXPECT_EQ(package.architecture, "x86_64");
  EXPECT_EQ(package.source_name, "openssl");
  EXPECT_EQ(package.source_version, "1:3.0.7-24.el9");
  EXPECT_EQ(package.vendor, "AlmaLinux");
  EXPECT_EQ(package.license, "ASL 2.0");
  EXPECT_EQ(package.module, "ssl:3:9:abc");
  EXPECT_EQ(package.package_url,
            "pkg:rpm/almalinux/openssl-libs@3.0.7-24.el9?arch=x86_64&distro=almalinux-9.5&epoch=1&"
            "rpmmod=ssl:3:9:abc&upstream=openssl-3.0.7-24.el9.src.rpm");
  std::vector<std::string> files;
  header->each_file([&](std::string_view path) { files.emplace_back(path); });
  EXPECT_EQ(files,
            (std::vector<std::string>{"/usr/lib64/libssl.so.3", "/usr/share/doc/openssl/README"}));
}

TEST(RpmHeader, SourcePackageNames) {
  using Parts = std::pair<std::string_view, std::string_view>;
  EXPECT_EQ(rpm::split_source_package("glibc-2.34-125.el9_5.1.src.rpm"),
            Parts("glibc", "2.34-125.el9_5.1"));
  EXPECT_EQ(rpm::split_source_package("java-17-openjdk-17.0.1-1.nosrc.rpm"),
            Parts("java-17-openjdk", "17.0.1-1"));
  for (const char* bad : {"", "(none)", "a.src.rpm", "a-1.src.rpm", "-1-2.src.rpm", "a-1-2.rpm"}) {
    EXPECT_FALSE(rpm::split_source_package(bad)) << bad;
  }
}

TEST(RpmHeader, EveryCutAndEveryWrongByteIsHarmless) {
  const std::string whole = openssl().bytes();
  const auto touch = [](const std::string& bytes) {
    const auto header = rpm::Header::open(bytes);
    if (!header) return false;
    (void)rpm::package_of(*header, {});
    std::size_t files = 0;
    header->each_file([&](std::string_view) { ++files; });
    EXPECT_LE(files, 2U);
    return true;
  };
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(touch(whole.substr(0, size))) << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char value : {'\0', '\x7F', '\xFF'}) {
      std::string bytes = whole;
      bytes[at] = value;
      touch(bytes);
    }
  }
}

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};

/// A database as rpm's sqlite back end makes it; the bytes of the file.
std::string database_of(const std::vector<std::string>& blobs, const std::string& more = "") {
  sqlite3* opened = nullptr;
  sqlite3_open(":memory:", &opened);
  const std::unique_ptr<sqlite3, Close> database(opened);
  sqlite3_exec(opened,
               "CREATE TABLE Packages(hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)",
               nullptr, nullptr, nullptr);
  for (const std::string& blob : blobs) {
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(opened, "INSERT INTO Packages(blob) VALUES(?)", -1, &insert, nullptr);
    sqlite3_bind_blob(insert, 1, blob.data(), static_cast<int>(blob.size()), SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_finalize(insert);
  }
  if (!more.empty()) sqlite3_exec(opened, more.c_str(), nullptr, nullptr, nullptr);
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(opened, "main", &size, 0);
  std::string out(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  return out;
}

Inventory scan_database(std::string content) {
  tree::Memory view;
  view.file("/etc/os-release", kAlma).file("/var/lib/rpm/rpmdb.sqlite", std::move(content));
  return scan_tree(view);
}

TEST(Rpm, ReadsPackagesAndLeavesKeysOut) {
  const std::string key =
      HeaderWriter().text(1000, "gpg-pubkey").text(1001, "b86b3716").text(1002, "61e69f29").bytes();
  const std::string broken = HeaderWriter().text(1000, "broken").bytes();
  const Inventory inventory = scan_database(database_of({key, openssl().bytes(), broken, "short"}));
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.packages[0].name, "openssl-libs");
  ASSERT_EQ(inventory.problems.size(), 2U);
  EXPECT_EQ(inventory.problems[0].why, "package broken has no valid version and release");
  EXPECT_EQ(inventory.problems[1].why, "the package header is cut short");
}

TEST(Rpm, AWalDatabaseIsReadWithoutItsFiles) {
  std::string content = database_of({openssl().bytes()});
  content[18] = content[19] = 2;
  EXPECT_EQ(scan_database(std::move(content)).packages.size(), 1U);
}

TEST(Rpm, DamagedDatabasesAreAProblemAndTheOthersGoOn) {
  const std::string whole = database_of({openssl().bytes(), openssl().bytes()});
  std::string zeroed = whole;
  std::fill(zeroed.begin() + 4096, zeroed.end(), '\0');
  for (const std::string& bad :
       {std::string("not a database"), std::string(), whole.substr(0, 5000), whole.substr(0, 100),
        zeroed, database_of({}, "DROP TABLE Packages")}) {
    tree::Memory view;
    view.file("/etc/os-release", kAlma)
        .file("/usr/lib/sysimage/rpm/rpmdb.sqlite", bad)
        .file("/lib/apk/db/installed", "P:musl\nV:1.2.5-r8\n\n");
    const Inventory inventory = scan_tree(view);
    EXPECT_EQ(inventory.problems.size(), 1U);
    ASSERT_EQ(inventory.packages.size(), 1U);
    EXPECT_EQ(inventory.packages[0].name, "musl");
    EXPECT_EQ(inventory.packages[0].ecosystem, "")
        << "Alma's advisories say nothing about apk packages";
  }
}

TEST(Rpm, ADatabaseMadeToRunForEverIsStopped) {
  const std::string content = database_of({},
                                          "DROP TABLE Packages; CREATE VIEW Packages(hnum, blob) "
                                          "AS WITH RECURSIVE n(i) AS (SELECT 1 UNION "
                                          "ALL SELECT i + 1 FROM n) SELECT i, 'x' FROM n");
  const Inventory inventory = scan_database(content);
  EXPECT_TRUE(inventory.packages.empty());
  EXPECT_EQ(inventory.problems.size(), 1U);
}

std::set<std::string> lines_of(const std::string& command) {
  std::set<std::string> lines;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) lines.insert(buffer.data());
  ::pclose(pipe);
  return lines;
}

/// A root with packages built and installed by the real tools.
class RealDatabase : public testing::Test {
 protected:
  static constexpr const char* kPackages[][4] = {
      {"plain", "1.0", "1", ""},
      {"epoch", "2.3", "4.el9", "2"},
      {"tilde", "1.0~rc1", "0.1", ""},
      {"caret", "1.0^20240101git", "1.fc40", "0"},
  };

  void SetUp() override {
    if (std::system("command -v rpm rpmbuild >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "rpm and rpmbuild are not installed";
    }
    std::string name = fs::temp_directory_path() / "vigil-rpm-test-XXXXXX";
    root_ = ::mkdtemp(name.data());
    fs::create_directories(root_ + "/etc");
    std::ofstream(root_ + "/etc/os-release") << kAlma;
    for (const auto& [package, version, release, epoch] : kPackages) {
      std::ofstream spec(root_ + "/" + package + ".spec");
      spec << "Name: " << package << "-libs\nVersion: " << version << "\nRelease: " << release
           << "\n";
      if (*epoch != '\0') spec << "Epoch: " << epoch << "\n";
      spec << "Summary: test\nLicense: MIT\nVendor: Test\nBuildArch: noarch\n%description\ntest\n"
           << "%install\nmkdir -p %{buildroot}/opt/" << package << "\necho x > %{buildroot}/opt/"
           << package << "/file\n%files\n/opt/" << package << "\n";
    }
    const std::string quiet = " >" + root_ + "/log 2>&1";
    ASSERT_EQ(
        std::system(("cd " + root_ + " && for s in *.spec; do rpmbuild -bb --define '_topdir " +
                     root_ + "/build' --define '_build_id_links none' $s || exit 1; done" + quiet)
                        .c_str()),
        0);
    ASSERT_EQ(std::system((rpm() + " --initdb" + quiet).c_str()), 0);
    ASSERT_EQ(std::system((rpm() + " -i --justdb --nodeps --nosignature " + root_ +
                           "/build/RPMS/noarch/*.rpm" + quiet)
                              .c_str()),
              0);
    if (!fs::exists(root_ + "/var/lib/rpm/rpmdb.sqlite"))
      GTEST_SKIP() << "rpm has no sqlite back end";
  }
  void TearDown() override {
    std::error_code ignored;
    if (!root_.empty()) fs::remove_all(root_, ignored);
  }
  [[nodiscard]] std::string rpm() const {
    return "rpm --define '_db_backend sqlite' --dbpath " + root_ + "/var/lib/rpm";
  }
  [[nodiscard]] std::set<std::string> found() const {
    const auto view = tree::Directory::open(root_);
    const Inventory inventory = scan_tree(**view);
    for (const Problem& problem : inventory.problems)
      ADD_FAILURE() << problem.where << ": " << problem.why;
    std::set<std::string> lines;
    for (const model::Package& package : inventory.packages) {
      lines.insert(package.name + " " + package.version + " " + package.architecture + " " +
                   package.source_name + "\n");
    }
    return lines;
  }
  [[nodiscard]] std::set<std::string> expected() const {
    // An epoch of 0 is written out by %{EPOCH} and means none.
    return lines_of(
        rpm() +
        " -qa --qf '%{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE} %{ARCH} %{NAME}\\n' | "
        "sed 's/ 0:/ /'");
  }

  std::string root_;
};

TEST_F(RealDatabase, EqualToRpmQueryAndUntouched) {
  const auto before = lines_of("ls -l --time-style=full-iso " + root_ + "/var/lib/rpm");
  const auto seen = found();
  EXPECT_EQ(lines_of("ls -l --time-style=full-iso " + root_ + "/var/lib/rpm"), before);
  EXPECT_EQ(seen.size(), 4U);
  EXPECT_EQ(seen, expected());
}

TEST_F(RealDatabase, FilesEqualRpmQuery) {
  const auto view = tree::Directory::open(root_);
  const Inventory inventory = scan_tree(**view);
  std::set<std::string> files;
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->files == nullptr) continue;
    cataloger->files(**view, inventory.packages, [&](std::size_t index, std::string_view path) {
      files.insert(inventory.packages[index].name + " " + std::string(path) + "\n");
    });
  }
  EXPECT_EQ(files, lines_of(rpm() + " -qa --qf '[%{=NAME} %{FILENAMES}\\n]'"));
}

/// What db5.3_load reads: numbers and headers in hexadecimal.
std::string dump_of(const std::vector<std::string>& headers) {
  std::string out = "VERSION=3\nformat=bytevalue\ntype=hash\nHEADER=END\n";
  const auto pair = [&](std::uint32_t key, const std::string& value) {
    out += " " + base::hex(rpm::testing::number(key, 4)) + "\n " + base::hex(value) + "\n";
  };
  pair(0, rpm::testing::number(static_cast<std::uint32_t>(headers.size()), 4));
  for (std::size_t i = 0; i < headers.size(); ++i) {
    pair(static_cast<std::uint32_t>(i) + 1, headers[i]);
  }
  return out + "DATA=END\n";
}

TEST_F(RealDatabase, IsTheSameInTheOlderForms) {
  const auto seen = found();
  const auto files = [&] {
    const auto view = tree::Directory::open(root_);
    const Inventory inventory = scan_tree(**view);
    std::set<std::string> paths;
    for (const Cataloger* cataloger : all_catalogers()) {
      if (cataloger->files == nullptr) continue;
      cataloger->files(**view, inventory.packages,
                       [&](std::size_t, std::string_view path) { paths.emplace(path); });
    }
    return paths;
  };
  const auto all_files = files();
  EXPECT_EQ(all_files.size(), 8U);
  const std::string folder = root_ + "/var/lib/rpm/";
  std::vector<std::string> headers;
  {
    std::ifstream file(folder + "rpmdb.sqlite", std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    ASSERT_TRUE(rpm::read_sqlite(content, {}, [&](std::string_view header) {
      headers.emplace_back(header);
      return true;
    }));
  }
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder + "Packages.db", std::ios::binary) << rpm::testing::ndb(headers);
  EXPECT_EQ(found(), seen);
  EXPECT_EQ(files(), all_files);

  fs::remove(folder + "Packages.db");
  std::ofstream(root_ + "/dump") << dump_of(headers);
  if (std::system(
          ("db5.3_load -f " + root_ + "/dump " + folder + "Packages 2>/dev/null").c_str()) != 0) {
    GTEST_SKIP() << "db5.3_load (db5.3-util) is not installed";
  }
  EXPECT_EQ(found(), seen);
  EXPECT_EQ(files(), all_files);
}

TEST(Rpm, ChangesThatAreOnlyInTheJournalCount) {
  std::string name = fs::temp_directory_path() / "vigil-rpm-test-XXXXXX";
  const std::string root = ::mkdtemp(name.data());
  fs::create_directories(root + "/var/lib/rpm");
  const std::string path = root + "/var/lib/rpm/rpmdb.sqlite";
  std::ofstream(path, std::ios::binary) << database_of({openssl().bytes()});
  {
    sqlite3* opened = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &opened), SQLITE_OK);
    const std::unique_ptr<sqlite3, Close> writer(opened);
    sqlite3_exec(opened, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0", nullptr, nullptr,
                 nullptr);
    sqlite3_exec(opened, "INSERT INTO Packages(blob) SELECT blob FROM Packages", nullptr, nullptr,
                 nullptr);
    ASSERT_GT(fs::file_size(path + "-wal"), 0U);
    const auto view = tree::Directory::open(root);
    const Inventory inventory = scan_tree(**view);
    EXPECT_EQ(inventory.packages.size(), 2U);
    EXPECT_TRUE(inventory.problems.empty());
  }
  fs::remove_all(root);
}

}  // namespace
}  // namespace vigil::inventory
