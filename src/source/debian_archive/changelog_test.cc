#include "source/debian_archive/changelog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/time.h"
#include "source/debian_archive/cve_ids.h"

namespace vigil::source::debian_archive {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct CveCase {
  std::string_view text;
  std::vector<std::string> ids;
};

TEST(CveIds, AreFoundInEveryFormThatChangelogsUse) {
  const std::vector<CveCase> cases = {
      {"Fix CVE-2024-1234 (Closes: #1074487)", {"CVE-2024-1234"}},
      {"cve-2024-1234, Cve-2024-12345678", {"CVE-2024-1234", "CVE-2024-12345678"}},
      {"CVE 2024-1234 and CVE: 2024-5678", {"CVE-2024-1234", "CVE-2024-5678"}},
      {"CVE-2024-1234/5678", {"CVE-2024-1234", "CVE-2024-5678"}},
      {"CVE-2024-1234/CVE-2024-5678", {"CVE-2024-1234", "CVE-2024-5678"}},
      {"CVE-2024-1234/2023-5678", {"CVE-2024-1234", "CVE-2023-5678"}},
      {"CVE-2024-{1234,5678, 9012}: three", {"CVE-2024-1234", "CVE-2024-5678", "CVE-2024-9012"}},
      {"CVE-2005-1111, 2005-2222 and 2005-3333",
       {"CVE-2005-1111", "CVE-2005-2222", "CVE-2005-3333"}},
      {"CVE-2024-1111, -2222", {"CVE-2024-1111", "CVE-2024-2222"}},
      {"CAN-2004-0001: a candidate", {"CVE-2004-0001"}},
      {"fixes CVE-2024-\n    1234,\n    CVE-\n    2024-5678", {"CVE-2024-1234", "CVE-2024-5678"}},
      {"(CVE-2024-1111,\n     CVE-2024-2222)", {"CVE-2024-1111", "CVE-2024-2222"}},
      {"CVE\xE2\x80\x91"
       "2024\xE2\x80\x93"
       "1234",
       {"CVE-2024-1234"}},
      {"debian/patches/CVE-2024-1234.patch: CVE-2024-1234", {"CVE-2024-1234"}},
      {"CVE_2024_1234", {"CVE-2024-1234"}},
      {"https://security-tracker.debian.org/tracker/CVE-2024-1234", {"CVE-2024-1234"}},
  };
  for (const CveCase& one : cases) EXPECT_EQ(find_cves(one.text), one.ids) << one.text;
}

TEST(CveIds, AreNotFoundWhereThereAreNone) {
  for (const std::string_view text :
       {"", "CVE", "CVE-", "CVE-2024", "CVE-2024-", "CVE-2024-123", "CVE-24-1234", "CVE-1824-1234",
        "CVE-2024-1234567890", "xCVE-2024-1234", "RECVE-2024-1234", "CVE-2024-XXXX", "CVE-2024-{",
        "CVE-2024-{}", "Closes: #2024-1234", "can 2004-0001", "CAN-2026-2034440"}) {
    EXPECT_THAT(find_cves(text), IsEmpty()) << text;
  }
}

TEST(CveIds, ABugNumberBehindACommaIsNone) {
  EXPECT_THAT(find_cves("CVE-2024-1234, 1074487"), ElementsAre("CVE-2024-1234"));
  EXPECT_THAT(find_cves("CVE-2024-1234, #1074487"), ElementsAre("CVE-2024-1234"));
  EXPECT_THAT(find_cves("CVE-2024-1234/5678abc"), ElementsAre("CVE-2024-1234"));
}

constexpr std::string_view kChangelog =
    "openssl (3.0.15-1~deb12u1) bookworm-security bookworm; urgency=High, binary-only=yes\n"
    "\n"
    "  * Import 3.0.15\n"
    "    - CVE-2024-6119\n"
    "    (CVE-2024-\n"
    "    5535)\n"
    "\n"
    " -- Some Body <some@example.org>  Sat, 05 Oct 2024 19:26:03 +0200\n"
    "\n"
    "openssl (3.0.14-1) unstable; urgency=medium\n"
    "\n"
    "  * Nothing.\n"
    "\n"
    " -- Some Body <some@example.org>  Fri,  5 Jan 2024 09:26:03 +0000\n"
    "\n"
    "Local variables:\n"
    "mode: debian-changelog CVE-1999-0001\n"
    "End:\n";

TEST(Changelog, ListsTheUploadsNewestFirst) {
  const std::vector<Upload> uploads = parse_changelog(kChangelog);
  ASSERT_EQ(uploads.size(), 2U);
  EXPECT_EQ(uploads[0].source, "openssl");
  EXPECT_EQ(uploads[0].version, "3.0.15-1~deb12u1");
  EXPECT_EQ(uploads[0].distribution, "bookworm-security bookworm");
  EXPECT_EQ(uploads[0].urgency, "high");
  EXPECT_EQ(base::format_time(uploads[0].date), "2024-10-05T17:26:03Z");
  EXPECT_THAT(uploads[0].cves, ElementsAre("CVE-2024-6119", "CVE-2024-5535"));
  EXPECT_EQ(uploads[1].version, "3.0.14-1");
  EXPECT_EQ(base::format_time(uploads[1].date), "2024-01-05T09:26:03Z");
  EXPECT_THAT(uploads[1].cves, IsEmpty());
}

TEST(Changelog, KeepsWhatIsThereOfATextCutShort) {
  const std::vector<Upload> uploads =
      parse_changelog(kChangelog.substr(0, kChangelog.find("(CVE-2024-\n")));
  ASSERT_EQ(uploads.size(), 1U);
  EXPECT_THAT(uploads[0].cves, ElementsAre("CVE-2024-6119"));
  EXPECT_EQ(uploads[0].date, 0);
}

TEST(Changelog, AnEntryWithoutTrailerEndsWhereTheNextBegins) {
  const std::vector<Upload> uploads = parse_changelog(
      "a1 (2) sid; urgency=low\n  * CVE-2024-0002\na1 (1) sid; urgency=low\n  * CVE-2024-0001\n"
      " -- A <a@example.org>  Thu, 1 Jan 2004 00:00:00 UTC\n");
  ASSERT_EQ(uploads.size(), 2U);
  EXPECT_THAT(uploads[0].cves, ElementsAre("CVE-2024-0002"));
  EXPECT_THAT(uploads[1].cves, ElementsAre("CVE-2024-0001"));
  EXPECT_EQ(base::format_time(uploads[1].date), "2004-01-01T00:00:00Z");
}

TEST(Changelog, TextThatIsNoneHasNoUploads) {
  for (const std::string_view text :
       {"", "\n\n\n", "Version 3.0: CVE-2024-1234\n", "* openssl (1) sid; urgency=low\n",
        "openssl 3.0 sid; urgency=low\n", "openssl () sid; urgency=low\n",
        "openssl (1 2) sid; urgency=low\n", "openssl )1( sid; urgency=low\n",
        "openssl (1) sid urgency=low\n"}) {
    EXPECT_THAT(parse_changelog(text), IsEmpty()) << text;
  }
}

TEST(Changelog, StopsAtTheLimit) {
  EXPECT_EQ(parse_changelog(kChangelog, 1).size(), 1U);
  EXPECT_THAT(parse_changelog(kChangelog, 0), IsEmpty());
}

TEST(MailDate, IsReadInItsZone) {
  EXPECT_EQ(base::format_time(parse_mail_date("Sat, 21 Nov 2026 00:53:02 UTC")),
            "2026-11-21T00:53:02Z");
  EXPECT_EQ(base::format_time(parse_mail_date("21 Nov 2026 00:53:02 -0500")),
            "2026-11-21T05:53:02Z");
  EXPECT_EQ(base::format_time(parse_mail_date("Sat, 21 Nov 2026  0:53:02 UTC")),
            "2026-11-21T00:53:02Z");
  for (const std::string_view text : {"", "Sat,", "21 Nov 2026", "Sat, 32 Nov 2026 00:00:00 UTC",
                                      "Sat, 21 Foo 2026 00:00:00 UTC", "Sat, 21 Nov 26 1:1:1"}) {
    EXPECT_EQ(parse_mail_date(text), 0) << text;
  }
}

}  // namespace
}  // namespace vigil::source::debian_archive
