#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.h"
#include "intel/feeds/testing.h"

namespace vigil::intel {

namespace debian_archive {
const Feed& feed();
}

namespace {

using feeds::Collected;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Feed& feed() {
  return debian_archive::feed();
}

std::vector<std::string> texts(const Collected& read) {
  std::vector<std::string> all;
  for (const Statement& one : read.statements) {
    EXPECT_EQ(one.state, model::FixState::Fixed);
    all.push_back(one.ecosystem + " " + one.package + " " + one.vulnerability + " " +
                  feeds::ranges_of(one));
  }
  return all;
}

std::string own(std::string_view packages) {
  return R"({"format":"vigil-debian-archive","version":1,"ecosystem":"Debian:12",)"
         R"("date":"2026-11-21T00:53:02Z","archives":["http://mirror.example/debian"],"packages":[)" +
         std::string(packages) + "]}";
}

TEST(DebianArchiveFeed, TakesTheVersionThatBroughtTheFix) {
  const Collected read =
      feeds::read_text(feed(), own(R"({"source":"foo","installed":"1.1-1~deb12u1",
      "candidate":"1.3-1~deb12u1","security":true,"complete":true,"uploads":[
        {"version":"1.3-1","fixed":"1.3-1~deb12u1","cves":["CVE-2024-0003","CVE-2024-0001"]},
        {"version":"1.2-1~deb12u1","cves":["CVE-2024-0001"]}]})"));
  EXPECT_THAT(texts(read), ElementsAre("Debian:12 foo CVE-2024-0001 [,1.2-1~deb12u1)",
                                       "Debian:12 foo CVE-2024-0003 [,1.3-1~deb12u1)"));
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(base::format_time(read.date), "2026-11-21T00:53:02Z");
  ASSERT_EQ(read.all_facts.size(), 2U);
  EXPECT_THAT(read.all_facts[0].details.references,
              ElementsAre("https://security-tracker.debian.org/tracker/CVE-2024-0001"));
}

TEST(DebianArchiveFeed, NamesWhatCouldNotBeRead) {
  const Collected read = feeds::read_text(
      feed(), own(R"({"source":"foo","candidate":"2.0-1","unread":"the mirror cannot be reached"},
                     {"source":"bar"},
                     {"source":"baz","uploads":[{"version":"1 0","cves":["CVE-2024-0001"]},
                        {"version":"1.0-1","cves":["XVE-1",7]}, "x"]})"));
  EXPECT_THAT(read.statements, IsEmpty());
  EXPECT_THAT(read.problems,
              ElementsAre(HasSubstr("foo: its newer version 2.0-1 could not be read: the mirror"),
                          HasSubstr("bar: "), HasSubstr("baz: "), HasSubstr("'XVE-1' is no CVE"),
                          HasSubstr("'' is no CVE"), HasSubstr("baz: ")));
}

TEST(DebianArchiveFeed, AnEmptyArchiveIsNoError) {
  EXPECT_THAT(feeds::read_text(feed(), own("")).statements, IsEmpty());
}

TEST(DebianArchiveFeed, RefusesWhatIsNotItsDocument) {
  EXPECT_THAT(feeds::error_of(feed(), R"({"format":"vigil-debian-archive","version":2})"),
              HasSubstr("another version"));
  EXPECT_THAT(feeds::error_of(feed(), R"({"format":"vigil-debian-archive","version":1,
      "ecosystem":"PyPI","packages":[]})"),
              HasSubstr("its ecosystem is 'PyPI'"));
  EXPECT_THAT(feeds::error_of(feed(), R"({"format":"vigil-debian-archive","version":1,
      "ecosystem":"Debian:12"})"),
              HasSubstr("no list of packages"));
  const std::string whole = own(R"({"source":"foo","uploads":[]})");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(feeds::error_of(feed(), whole.substr(0, size)), "no error") << size;
  }
}

TEST(DebianArchiveFeed, ReadsAListOfUploadsByTheirReleases) {
  const std::string list = R"([
    {"source":"foo","version":"1.0-1+deb12u2","distribution":"bookworm-security",
     "cves":["CVE-2024-0001","CVE-2024-0002"],"date":"2026-04-05T16:09:38+02:00"},
    {"source":"foo","version":"1.0-1+deb12u1","distribution":"bookworm","cves":["CVE-2024-0001"],
     "date":"2025-04-05T16:09:38+02:00"},
    {"source":"foo","version":"0.9-1+deb11u1","distribution":"bullseye","cves":["CVE-2024-0001"]},
    {"source":"foo","version":"1.1-1","distribution":"unstable","cves":["CVE-2024-0001"]},
    {"source":"foo","distribution":"bookworm","cves":["CVE-2024-0003"]}])";
  EXPECT_TRUE(feed().recognises(list, "changelogs.json"));
  const Collected read = feeds::read_text(feed(), list);
  EXPECT_THAT(texts(read), ElementsAre("Debian:11 foo CVE-2024-0001 [,0.9-1+deb11u1)",
                                       "Debian:12 foo CVE-2024-0001 [,1.0-1+deb12u1)",
                                       "Debian:12 foo CVE-2024-0002 [,1.0-1+deb12u2)"));
  EXPECT_THAT(read.problems, ElementsAre("upload: it has no version"));
  EXPECT_EQ(base::format_time(read.date), "2026-04-05T14:09:38Z");
}

TEST(DebianArchiveFeed, RecognisesOnlyItsOwn) {
  EXPECT_TRUE(feed().recognises(own(""), "x"));
  for (const std::string_view other :
       {"", "[]", "{}", R"({"packages":[]})", R"({"format":"vigil-other"})",
        R"([{"source":"foo","version":"1","cves":[]}])",
        R"({"x":"\"vigil-debian-archive\"","format":1})"}) {
    EXPECT_FALSE(feed().recognises(other, "x")) << other;
  }
}

TEST(DebianArchiveFeed, RealListOfUploads) {
  const std::string path = feeds::real_feed("debian/bookworm-changelog-cves.json.gz");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CollectingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 1U);
  EXPECT_THAT(sink.read.problems, IsEmpty());
  const std::vector<std::string> all = texts(sink.read);
  EXPECT_GT(all.size(), 1000U);
  EXPECT_THAT(all, testing::Contains("Debian:12 acl CVE-2009-4411 [,2.2.49-2)").Times(0));
  EXPECT_THAT(all, testing::Contains("Debian:12 wget CVE-2024-38428 [,1.21.3-1+deb12u1)").Times(1));
}

}  // namespace
}  // namespace vigil::intel
