#include "intel/feeds/testing.h"

namespace vigil::intel::debian_archive {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::read_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kOwn = R"({"format": "vigil-debian-archive", "version": 1,
 "ecosystem": "Debian:12", "date": "2026-11-20T00:00:00Z", "packages": [
 {"source": "curl", "installed": "7.88.1-10+deb12u1", "candidate": "7.88.1-10+deb12u4",
  "uploads": [
   {"version": "7.88.1-10+deb12u4", "cves": ["CVE-2023-38545", "CVE-2023-38546"]},
   {"version": "7.88.1-10+deb12u3", "fixed": "7.88.1-10+deb12u2", "cves": ["CVE-2023-38545"]}]},
 {"source": "xz", "candidate": "5.4.2-1", "unread": "no changelog"},
 {"source": "tar"}]})";

constexpr std::string_view kList = R"([
 {"source": "openssl", "version": "3.0.15-1~deb12u1", "distribution": "bookworm-security",
  "date": "2026-11-19", "cves": ["CVE-2024-5535"]},
 {"source": "openssl", "version": "3.2.1-1", "distribution": "unstable", "date": "2026-11-20",
  "cves": ["CVE-2024-0001"]},
 {"source": "openssl", "distribution": "bookworm", "cves": []}])";

std::vector<std::string> said(const Collected& read) {
  std::vector<std::string> lines;
  for (const Statement& statement : read.statements) {
    lines.push_back(statement.ecosystem + " " + statement.package + " " + statement.vulnerability +
                    " " + feeds::ranges_of(statement));
  }
  return lines;
}

TEST(DebianArchive, LowestVersionThatNamesAFlawFixesIt) {
  EXPECT_THAT(said(read_text(feed(), kOwn)),
              ElementsAre("Debian:12 curl CVE-2023-38545 [,7.88.1-10+deb12u2)",
                          "Debian:12 curl CVE-2023-38546 [,7.88.1-10+deb12u4)"));
}

TEST(DebianArchive, WhatCouldNotBeReadIsNamed) {
  EXPECT_THAT(read_text(feed(), kOwn).problems,
              ElementsAre(HasSubstr("5.4.2-1 could not be read: no changelog"),
                          HasSubstr("tar: it has no list of uploads")));
}

TEST(DebianArchive, UploadsToUnstableSayNothingAboutARelease) {
  const Collected read = read_text(feed(), kList);
  EXPECT_THAT(said(read), ElementsAre("Debian:12 openssl CVE-2024-5535 [,3.0.15-1~deb12u1)"));
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("it has no version")));
}

TEST(DebianArchive, KnowsItsTwoDocumentsByTheirContent) {
  EXPECT_TRUE(feed().recognises(kOwn, "x"));
  EXPECT_TRUE(feed().recognises(kList, "x"));
  EXPECT_FALSE(feed().recognises(R"({"format": "other"})", "x"));
  EXPECT_FALSE(feed().recognises(R"([{"source": "a", "cves": []}])", "x"));
}

TEST(DebianArchive, OtherVersionsAndSystemsAreErrors) {
  EXPECT_THAT(feeds::error_of(feed(), R"({"format": "vigil-debian-archive", "version": 2})"),
              HasSubstr("another version"));
  EXPECT_THAT(feeds::error_of(feed(), R"({"format": "vigil-debian-archive", "version": 1,
                                         "ecosystem": "Fedora:40", "packages": []})"),
              HasSubstr("Fedora:40"));
  EXPECT_THAT(feeds::error_of(feed(), kOwn.substr(0, 200)), ::testing::Ne("no error"));
}

}  // namespace
}  // namespace vigil::intel::debian_archive
