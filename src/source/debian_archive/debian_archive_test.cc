// A whole archive in a temporary directory: real .deb files, apt's lists, a system to look at.
#include "source/debian_archive/debian_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "base/file.h"
#include "base/hash.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "base/time.h"
#include "intel/feed.h"
#include "source/debian_archive/deb_package.h"

namespace vigil::source {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Deb {
  std::string package;
  std::string version;
  std::string source;                     ///< the field; may be empty
  std::string changelog;                  ///< text; empty: none
  std::string name = "changelog.Debian";  ///< of the changelog, ".gz" is added
  std::string link;                       ///< its document directory is a link to this
  std::size_t padding = 0;                ///< bytes of other content, which do not compress
};

std::string entry(std::string_view source, std::string_view version, std::string_view distribution,
                  std::string_view changes) {
  return std::string(source) + " (" + std::string(version) + ") " + std::string(distribution) +
         "; urgency=high\n\n  * " + std::string(changes) +
         "\n\n -- A <a@example.org>  Sat, 05 Oct 2024 19:26:03 +0200\n\n";
}

class DebianArchive : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("dpkg-deb --version > /dev/null 2>&1") != 0) {
      GTEST_SKIP() << "dpkg-deb is not installed";
    }
    std::string pattern = fs::temp_directory_path() / "vigil-archive-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n");
    write("/etc/apt/sources.list",
          "deb file:/mirror bookworm main\ndeb file:/mirror bookworm-security main\n");
    write(kLists + "_mirror_dists_bookworm_InRelease",
          "Origin: Debian\nLabel: Debian\nSuite: oldstable\nVersion: 12.15\nCodename: bookworm\n"
          "Date: Sat, 14 Nov 2026 00:00:00 UTC\n");
    write(kLists + "_mirror_dists_bookworm-security_InRelease",
          "Origin: Debian\nLabel: Debian-Security\nSuite: oldstable-security\nVersion: 12\n"
          "Codename: bookworm-security\nDate: Sat, 21 Nov 2026 00:00:00 UTC\n");
    write(kLists + kSecurityList, "");
  }
  void TearDown() override {
    if (!root_.empty()) fs::remove_all(root_);
  }

  void write(const std::string& path, std::string_view content) const {
    fs::create_directories(fs::path(root_ + path).parent_path());
    const auto written = base::write_file_atomically(root_ + path, content);
    ASSERT_TRUE(written) << written.error().text();
  }

  void install(std::string_view package, std::string_view version, std::string_view source = {}) {
    status_ += "Package: " + std::string(package) +
               "\nStatus: install ok installed\nVersion: " + std::string(version) +
               "\nArchitecture: all\n";
    if (!source.empty()) status_ += "Source: " + std::string(source) + "\n";
    status_ += "\n";
    write("/var/lib/dpkg/status", status_);
  }

  /// Builds the package into the mirror and lists it; its path.
  std::string publish(const Deb& deb) {
    const std::string tree = root_ + "/build/" + deb.package;
    std::string control = "Package: " + deb.package + "\nVersion: " + deb.version +
                          "\nArchitecture: all\nMaintainer: A <a@example.org>\n";
    if (!deb.source.empty()) control += "Source: " + deb.source + "\n";
    fs::create_directories(tree + "/DEBIAN");
    EXPECT_TRUE(
        base::write_file_atomically(tree + "/DEBIAN/control", control + "Description: x\n"));
    const std::string documents = tree + "/usr/share/doc/" + deb.package;
    fs::create_directories(tree + "/usr/share/doc");
    if (!deb.link.empty()) {
      fs::create_symlink(deb.link, documents);
    } else {
      fs::create_directories(documents);
    }
    if (!deb.changelog.empty()) {
      EXPECT_TRUE(base::write_file_atomically(documents + "/" + deb.name, deb.changelog));
      EXPECT_EQ(std::system(("gzip -n -9 " + documents + "/" + deb.name).c_str()), 0);
    }
    if (deb.padding != 0) {
      std::string noise;
      for (std::uint64_t i = 0; noise.size() < deb.padding; ++i) {
        noise += base::sha256_hex(std::to_string(i));
      }
      EXPECT_TRUE(base::write_file_atomically(tree + "/usr/share/noise-" + deb.package, noise));
    }
    const std::string filename = "pool/" + deb.package + "_" + deb.version + "_all.deb";
    const std::string path = root_ + "/mirror/" + filename;
    fs::create_directories(root_ + "/mirror/pool");
    EXPECT_EQ(
        std::system(
            ("dpkg-deb --root-owner-group --build " + tree + " " + path + " > /dev/null").c_str()),
        0);
    fs::remove_all(tree);
    list(deb, filename, fs::file_size(path), *base::sha256_hex_of_file(path));
    return path;
  }

  void list(const Deb& deb, const std::string& filename, std::uint64_t size,
            const std::string& sha256) {
    packages_ += "Package: " + deb.package + "\nVersion: " + deb.version + "\nArchitecture: all\n";
    if (!deb.source.empty()) packages_ += "Source: " + deb.source + "\n";
    packages_ += "Filename: " + filename + "\nSize: " + std::to_string(size) +
                 "\nSHA256: " + sha256 + "\n\n";
    write(kLists + kSecurityList, packages_);
  }

  [[nodiscard]] ArchiveOptions options() const {
    ArchiveOptions how;
    how.root = root_;
    how.now = base::now();
    return how;
  }
  [[nodiscard]] std::string document() const { return root_ + "/ours/debian-archive.json"; }

  ArchiveReport run() { return run(options()); }
  ArchiveReport run(const ArchiveOptions& how) {
    const auto report = read_debian_archive(how, document());
    EXPECT_TRUE(report) << (report ? "" : report.error().text());
    return report ? *report : ArchiveReport{};
  }

  /// "foo CVE-2024-0001 < 1.1" for every statement the feed makes of the document.
  std::vector<std::string> statements() {
    class Statements final : public intel::Sink {
     public:
      void statement(intel::Statement one) override {
        all.push_back(one.ecosystem + " " + one.package + " " + one.vulnerability + " < " +
                      one.ranges.at(0).fixed);
      }
      void facts(intel::Facts) override {}
      void problem(std::string record, std::string why) override {
        all.push_back("problem " + record + ": " + why);
      }
      void dated(std::int64_t) override {}
      std::vector<std::string> all;
    };
    const auto text = base::read_file(document(), 1U << 24U);
    EXPECT_TRUE(text);
    if (!text) return {};
    const intel::Feed* feed = intel::find_feed("debian-archive");
    EXPECT_TRUE(feed->recognises(*text, "anything"));
    base::StringInput input(*text);
    Statements sink;
    const auto read = feed->read(input, "document", sink);
    EXPECT_TRUE(read) << read.error().text();
    return sink.all;
  }

  static constexpr const char* kFix = "1.0-1+deb12u1";
  const std::string kLists = "/var/lib/apt/lists/";
  const std::string kSecurityList = "_mirror_dists_bookworm-security_main_binary-amd64_Packages";
  std::string root_;
  std::string status_;
  std::string packages_;
  std::string log_ = entry("foo", kFix, "bookworm-security", "Fix CVE-2024-0001.") +
                     entry("foo", "1.0-1", "unstable", "Fix CVE-2023-0001.");
};

TEST_F(DebianArchive, TellsWhatTheNewerVersionFixes) {
  install("foo", "1.0-1");
  install("same", "2.0-1");
  publish({"foo", kFix, "", log_});
  publish({"same", "2.0-1", "", entry("same", "2.0-1", "unstable", "CVE-2024-0009")});
  const ArchiveReport report = run();
  EXPECT_EQ(report.ecosystem, "Debian:12");
  EXPECT_EQ(report.sources, 2U);
  EXPECT_EQ(report.newer, 1U);
  EXPECT_EQ(report.security, 1U);
  EXPECT_EQ(report.vulnerabilities, 1U);
  EXPECT_EQ(base::format_date(report.date), "2026-11-21");
  EXPECT_THAT(report.unread, IsEmpty());
  EXPECT_THAT(report.notes, IsEmpty());
  EXPECT_THAT(statements(), ElementsAre("Debian:12 foo CVE-2024-0001 < 1.0-1+deb12u1"));
}

TEST_F(DebianArchive, LooksAtSourcesNotAtBinaries) {
  install("libfoo1", "1.0-1+b1", "foo (1.0-1)");  // another name in the newer version
  install("libbar1", "3.0-1", "bar");             // only rebuilt
  publish({"libfoo2", kFix, "foo", log_});
  publish({"libbar1", "3.0-1+b9", "bar (3.0-1)", entry("bar", "3.0-1", "sid", "CVE-2024-0002")});
  EXPECT_EQ(run().newer, 1U);
  EXPECT_THAT(statements(), ElementsAre("Debian:12 foo CVE-2024-0001 < 1.0-1+deb12u1"));
}

TEST_F(DebianArchive, TriesTheNextPackageWhereDocumentsAreALink) {
  install("foo", "1.0-1");
  publish({"libfoo-data", kFix, "foo", "", "", "foo"});
  publish({"libfoo-none", kFix, "foo", "", "", "", 1000});
  publish({"foo", kFix, "", log_, "changelog.Debian", "", 5000});
  EXPECT_THAT(run().unread, IsEmpty());
  EXPECT_THAT(statements(), ElementsAre("Debian:12 foo CVE-2024-0001 < 1.0-1+deb12u1"));
}

TEST_F(DebianArchive, ReadsTheChangelogOfNativePackages) {
  install("foo", "1.0-1");
  publish({"foo", kFix, "", log_, "changelog"});
  EXPECT_EQ(run().vulnerabilities, 1U);
}

TEST_F(DebianArchive, ReadsAChangelogOnce) {
  install("foo", "1.0-1");
  const std::string deb = publish({"foo", kFix, "", log_});
  EXPECT_EQ(run().cached, 0U);
  const auto first = base::read_file(document(), 1U << 20U);
  fs::remove(deb);
  const ArchiveReport again = run();
  EXPECT_EQ(again.read, 1U);
  EXPECT_EQ(again.cached, 1U);
  EXPECT_EQ(base::read_file(document(), 1U << 20U).value(), first.value());
}

TEST_F(DebianArchive, ForgetsChangelogsOfVersionsThatAreNoCandidatesAnyMore) {
  install("foo", "1.0-1");
  publish({"foo", kFix, "", log_});
  run();
  const std::string kept = "/ours/changelogs/foo_1.0-1+deb12u1";
  EXPECT_TRUE(base::exists(root_ + kept));
  write("/ours/changelogs/foo_0.9-1", "old");
  run();
  EXPECT_TRUE(base::exists(root_ + kept));
  EXPECT_FALSE(base::exists(root_ + "/ours/changelogs/foo_0.9-1"));
}

TEST_F(DebianArchive, UsesWhatAptHasDownloaded) {
  install("foo", "1:1.0-1");
  const std::string deb =
      publish({"foo", "1:1.1-1", "", entry("foo", "1:1.1-1", "bookworm", "CVE-2024-0001")});
  fs::create_directories(root_ + "/var/cache/apt/archives");
  fs::rename(deb, root_ + "/var/cache/apt/archives/foo_1%3a1.1-1_all.deb");
  EXPECT_EQ(run().vulnerabilities, 1U);
}

TEST_F(DebianArchive, NamesPackagesWhoseChangelogIsUnknown) {
  install("foo", "1.0-1");
  install("bar", "1.0-1");
  fs::remove(publish({"foo", kFix, "", log_}));
  publish({"bar", kFix, "", entry("bar", kFix, "bookworm", "CVE-2024-0002")});
  const ArchiveReport report = run();
  EXPECT_EQ(report.newer, 2U);
  ASSERT_EQ(report.unread.size(), 1U);
  EXPECT_THAT(report.unread[0], HasSubstr("foo 1.0-1+deb12u1: "));
  EXPECT_THAT(
      statements(),
      ElementsAre(HasSubstr("problem foo: its newer version 1.0-1+deb12u1 could not be read"),
                  "Debian:12 bar CVE-2024-0002 < 1.0-1+deb12u1"));
}

TEST_F(DebianArchive, APackageThatIsNotTheListedOneIsNotRead) {
  install("foo", "1.0-1");
  const std::string deb = publish({"foo", kFix, "", log_});
  fs::resize_file(deb, fs::file_size(deb) - 1);
  const ArchiveReport report = run();
  ASSERT_EQ(report.unread.size(), 1U);
  EXPECT_THAT(report.unread[0], HasSubstr("SHA-256 differs"));
}

TEST_F(DebianArchive, RefusesTooLargeAndStrangeFiles) {
  install("foo", "1.0-1");
  const Deb deb{"foo", kFix, "", log_};
  list(deb, "pool/foo.deb", std::uint64_t{1} << 40U, std::string(64, '0'));
  EXPECT_THAT(run().unread.at(0), HasSubstr("too large"));
  packages_.clear();
  list(deb, "../../etc/passwd", 100, std::string(64, '0'));
  EXPECT_THAT(run().unread.at(0), HasSubstr("file name is strange"));
  packages_.clear();
  write("/mirror/pool/foo.deb", "!<arch>\nnothing");
  list(deb, "pool/foo.deb", 15, base::sha256_hex("!<arch>\nnothing"));
  EXPECT_THAT(run().unread.at(0), HasSubstr("damaged"));
}

TEST_F(DebianArchive, OfflineItSaysWhatItCannotKnow) {
  write("/etc/apt/sources.list", "deb http://127.0.0.1:1/mirror bookworm-security main\n");
  for (const std::string suffix : {"_InRelease", "_main_binary-amd64_Packages"}) {
    fs::rename(root_ + kLists + "_mirror_dists_bookworm-security" + suffix,
               root_ + kLists + "127.0.0.1:1_mirror_dists_bookworm-security" + suffix);
  }
  install("foo", "1.0-1");
  publish({"foo", kFix, "", log_});
  fs::rename(root_ + kLists + kSecurityList, root_ + kLists + "127.0.0.1:1" + kSecurityList);
  ArchiveOptions how = options();
  how.offline = true;
  EXPECT_THAT(run(how).unread.at(0), HasSubstr("not on this machine"));
  how.offline = false;
  EXPECT_THAT(run(how).unread.at(0), HasSubstr("foo 1.0-1+deb12u1: "));
}

TEST_F(DebianArchive, OldListsAreSaid) {
  install("foo", "1.0-1");
  publish({"foo", kFix, "", log_});
  ArchiveOptions how = options();
  how.now += 3 * 86400;
  const ArchiveReport report = run(how);
  EXPECT_THAT(report.notes, ElementsAre(HasSubstr("3 days old")));
  EXPECT_EQ(report.vulnerabilities, 1U);
}

TEST_F(DebianArchive, BackportsAndStrangersAreNoFixes) {
  install("foo", "1.0-1");
  publish({"foo", kFix, "", log_});
  for (const std::string name : {"_mirror_dists_bookworm-backports_", "strange_dists_bookworm_"}) {
    write(
        kLists + name + "InRelease",
        name.starts_with("_mirror")
            ? "Origin: Debian Backports\nSuite: bookworm-backports\nCodename: bookworm-backports\n"
            : "Origin: Strange\nSuite: bookworm\nCodename: bookworm\n");
    write(kLists + name + "main_binary-amd64_Packages",
          "Package: foo\nVersion: 9.0\nFilename: x\nSize: 1\nSHA256: 0\n");
  }
  EXPECT_THAT(run().unread, IsEmpty());
  EXPECT_THAT(statements(), ElementsAre("Debian:12 foo CVE-2024-0001 < 1.0-1+deb12u1"));
}

TEST_F(DebianArchive, ABrokenListCostsOnlyItself) {
  install("foo", "1.0-1");
  publish({"foo", kFix, "", log_});
  write(kLists + "_mirror_dists_bookworm_main_binary-amd64_Packages.xz",
        "\xFD"
        "7zXZ");
  const ArchiveReport report = run();
  EXPECT_THAT(report.notes, ElementsAre(HasSubstr("Packages.xz")));
  EXPECT_EQ(report.vulnerabilities, 1U);
}

TEST_F(DebianArchive, WithoutListsItSaysWhatToDo) {
  install("foo", "1.0-1");
  fs::remove_all(root_ + kLists);
  const auto report = read_debian_archive(options(), document());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::NotFound);
  EXPECT_THAT(report.error().text(), HasSubstr("apt-get update"));
}

TEST_F(DebianArchive, IsNoMatterOfOtherSystems) {
  write("/etc/os-release", "ID=alpine\nVERSION_ID=3.21.2\n");
  const auto report = read_debian_archive(options(), document());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::Unsupported);
}

TEST_F(DebianArchive, TheNumberOfChangelogsIsBounded) {
  install("foo", "1.0-1");
  publish({"foo", kFix, "", log_});
  ArchiveOptions how = options();
  how.most_changelogs = 0;
  EXPECT_THAT(run(how).unread.at(0), HasSubstr("left for the next run"));
}

TEST_F(DebianArchive, EveryPrefixOfAPackageIsReadOrRefused) {
  const auto deb = base::read_file(publish({"foo", kFix, "", log_}), 1U << 20U);
  ASSERT_TRUE(deb);
  const auto whole = debian_archive::changelog_in_deb(*deb, "foo.deb", "foo");
  ASSERT_TRUE(whole && *whole);
  EXPECT_EQ(*debian_archive::changelog_text(**whole, "x"), log_);
  for (std::size_t size = 0; size + 1 < deb->size(); size += 7) {
    EXPECT_FALSE(debian_archive::changelog_in_deb(deb->substr(0, size), "foo.deb", "foo")) << size;
  }
}

}  // namespace
}  // namespace vigil::source
