// apt's own files: sources, Release files, Packages files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/debian_archive/apt_lists.h"
#include "source/debian_archive/apt_sources.h"
#include "source/debian_archive/packages.h"
#include "tree/memory.h"

namespace vigil::source::debian_archive {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts(const std::vector<AptSource>& sources) {
  std::vector<std::string> all;
  for (const AptSource& source : sources) all.push_back(source.uri + " " + source.suite);
  return all;
}

TEST(AptSources, OneLineFormat) {
  EXPECT_THAT(
      texts(parse_source_lines("# deb http://commented.example bookworm main\n"
                               "deb http://mirror.example/debian/ bookworm main contrib # why\n"
                               "deb [arch=amd64 signed-by=/k.gpg] https://mirror.example/security "
                               "bookworm-security main\n"
                               "deb-src http://mirror.example/debian bookworm main\n"
                               "deb http://flat.example ./\n"
                               "deb\n"
                               "deb [broken http://mirror.example bookworm main\n"
                               "debian http://mirror.example bookworm main\n")),
      ElementsAre("http://mirror.example/debian bookworm",
                  "https://mirror.example/security bookworm-security"));
}

TEST(AptSources, Deb822Format) {
  EXPECT_THAT(
      texts(parse_source_stanzas(
          "Types: deb deb-src\nURIs: http://a.example/debian http://b.example/debian/\n"
          "Suites: bookworm bookworm-updates\nComponents: main\n\n"
          "Enabled: no\nTypes: deb\nURIs: http://c.example\nSuites: bookworm\n\n"
          "Types: deb-src\nURIs: http://d.example\nSuites: bookworm\n")),
      ElementsAre("http://a.example/debian bookworm", "http://a.example/debian bookworm-updates",
                  "http://b.example/debian bookworm", "http://b.example/debian bookworm-updates"));
}

TEST(AptSources, AreReadFromAllPlaces) {
  tree::Memory view;
  view.file("/etc/apt/sources.list", "deb http://a.example/debian bookworm main\n")
      .file("/etc/apt/sources.list.d/b.list", "deb http://b.example/debian bookworm main\n")
      .file("/etc/apt/sources.list.d/c.sources",
            "Types: deb\nURIs: http://c.example/debian\nSuites: bookworm\n")
      .file("/etc/apt/sources.list.d/d.list.save", "deb http://d.example/debian bookworm main\n");
  EXPECT_THAT(texts(read_apt_sources(view)),
              ElementsAre("http://a.example/debian bookworm", "http://b.example/debian bookworm",
                          "http://c.example/debian bookworm"));
}

// The names are what apt 2.6 gives the lists of such sources.
TEST(AptSources, NameTheirListsAsAptDoes) {
  EXPECT_EQ(list_prefix({"http://mirror.example.org/debian", "bookworm-updates", {}}),
            "mirror.example.org_debian_dists_bookworm-updates_");
  EXPECT_EQ(list_prefix({"https://user:word@mirror.example:8080/my_debian", "buster/updates", {}}),
            "mirror.example:8080_my%5fdebian_dists_buster_updates_");
  EXPECT_EQ(list_prefix({"file:/srv/mirror", "bookworm", {}}), "_srv_mirror_dists_bookworm_");
}

TEST(Release, HeadIsReadInsideASignature) {
  const Release release = parse_release(
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nOrigin: Debian\n"
      "Label: Debian-Security\nSuite: oldstable-security\nVersion: 12\n"
      "Codename: bookworm-security\nDate: Sat, 21 Nov 2026 00:53:02 UTC\n"
      "Valid-Until: Sat, 28 Nov 2026 00:53:02 UTC\nSHA256:\n 00 1 main/x\nOrigin: Evil\n");
  EXPECT_EQ(release.origin, "Debian");
  EXPECT_EQ(release.suite, "oldstable-security");
  EXPECT_EQ(release.codename, "bookworm-security");
  EXPECT_EQ(release.version, "12");
  EXPECT_EQ(release.valid_until - release.date, 7 * 86400);
}

TEST(Release, ServesAHostOfThatReleaseOnly) {
  struct Case {
    Release release;
    bool serves_bookworm;
  };
  const std::vector<Case> cases = {
      {{"Debian", "oldstable", "bookworm", "12.15", 0, 0}, true},
      {{"Debian", "oldstable-security", "bookworm-security", "12", 0, 0}, true},
      {{"Debian", "oldstable-updates", "bookworm-updates", "12-updates", 0, 0}, true},
      {{"Debian", "oldstable-proposed-updates", "bookworm-proposed-updates", "12", 0, 0}, false},
      {{"Debian Backports", "oldstable-backports", "bookworm-backports", "12", 0, 0}, false},
      {{"Debian", "bookworm-backports", "bookworm-backports", "12", 0, 0}, false},
      {{"Debian", "stable", "trixie", "13.2", 0, 0}, false},
      {{"Debian", "unstable", "sid", "", 0, 0}, false},
      {{"Docker", "bookworm", "bookworm", "", 0, 0}, false},
      {{"Debian", "x", "y", "120", 0, 0}, false},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(serves(one.release, "Debian:12", "bookworm"), one.serves_bookworm)
        << one.release.origin << " " << one.release.suite;
  }
  EXPECT_TRUE(serves({"Debian", "buster", "buster/updates", "10", 0, 0}, "Debian:10", "buster"));
  // A derivative has its own codename.
  EXPECT_TRUE(serves({"Debian", "oldstable", "bookworm", "12.15", 0, 0}, "Debian:12", "faye"));
  EXPECT_TRUE(
      serves({"Ubuntu", "noble-security", "noble", "24.04", 0, 0}, "Ubuntu:24.04", "noble"));
  EXPECT_FALSE(
      serves({"Ubuntu", "noble-backports", "noble", "24.04", 0, 0}, "Ubuntu:24.04", "noble"));
}

std::string packages_of(std::string_view text) {
  base::StringInput input(text);
  std::string all;
  const auto read = for_each_package(input, [&](const Listed& listed) {
    all += std::string(listed.package) + " " + std::string(listed.version) + " " +
           std::string(listed.source) + " " + std::to_string(listed.size) + ";";
  });
  return read ? all : read.error().text();
}

TEST(Packages, EveryStanzaIsVisited) {
  EXPECT_EQ(packages_of("Package: a\nVersion: 1\nSize: 10\nDescription: x\n y\n .\n z\n\n"
                        "Package: b\nSource: a (2)\nVersion: 1+b1\n"),
            "a 1  10;b 1+b1 a (2) 0;");
  EXPECT_EQ(packages_of(""), "");
}

TEST(Packages, AStanzaWithoutVersionIsLeftOut) {
  EXPECT_EQ(packages_of("Package: a\n\nPackage: b\nVersion: 1\n"), "b 1  0;");
}

TEST(Packages, WhatIsNoListIsAnError) {
  EXPECT_THAT(packages_of("<html>not found</html>\n"), testing::HasSubstr("no list of packages"));
  EXPECT_THAT(packages_of("Package: a\nX: " + std::string(4U << 20U, 'x')),
              testing::HasSubstr("longer than 1 MiB"));
}

TEST(SourceName, ComesFromTheFieldOrThePackage) {
  const auto text = [](std::string_view package, std::string_view version, std::string_view field) {
    const SourceName name = source_name(package, version, field);
    return name.name + " " + name.version + (name.signed_images ? " signed" : "");
  };
  EXPECT_EQ(text("libssl3", "3.0.15-1", "openssl"), "openssl 3.0.15-1");
  EXPECT_EQ(text("libssl3", "3.0.15-1+b1", "openssl (3.0.15-1)"), "openssl 3.0.15-1");
  EXPECT_EQ(text("sed", "4.9-1", ""), "sed 4.9-1");
  EXPECT_EQ(text("linux-image-6.1.0-37-amd64", "6.1.140-1", "linux-signed-amd64 (6.1.140+1)"),
            "linux 6.1.140-1 signed");
  EXPECT_EQ(text("x", "1", "linux-signedfoo"), "linux-signedfoo 1");
  EXPECT_EQ(text("x", "1", "a ("), "a 1");
}

}  // namespace
}  // namespace vigil::source::debian_archive
