#include "source/debian_archive/unfixed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigil::source::debian_archive {
namespace {

Upload upload(std::string version, std::string distribution, std::vector<std::string> cves) {
  return {"foo", std::move(version), std::move(distribution), "medium", 0, std::move(cves)};
}

/// "CVE-2024-0001=1.0-1+deb12u2 ..." in the order of the uploads.
std::string text_of(const Fixes& fixes) {
  std::string text;
  for (std::size_t i = 0; i < fixes.uploads.size(); ++i) {
    for (const std::string& id : fixes.uploads[i].cves) {
      text += (text.empty() ? "" : " ") + id + "=" + fixes.fixed[i];
    }
  }
  return text;
}

TEST(Contained, IsWhatSortsBelowOrWasRebuilt) {
  EXPECT_TRUE(contained("1.0-1", "1.0-1"));
  EXPECT_TRUE(contained("1.0-1", "1.0-1+deb12u1"));
  EXPECT_TRUE(contained("1.0-1", "1.0-1~deb12u1"));
  EXPECT_FALSE(contained("1.0-1+deb12u2", "1.0-1+deb12u1"));
  EXPECT_FALSE(contained("1.0-11", "1.0-1~deb12u1"));
  EXPECT_FALSE(contained("1:0.1-1", "1.0-1"));
}

TEST(FixesBetween, TakesOnlyWhatIsNewerThanTheInstalledVersion) {
  const std::vector<Upload> uploads = {
      upload("1.0-1+deb12u3", "bookworm-security", {"CVE-2024-0003"}),
      upload("1.0-1+deb12u2", "bookworm", {"CVE-2024-0002"}),
      upload("1.0-1+deb12u1", "bookworm", {"CVE-2024-0001"}),
      upload("1.0-1", "unstable", {"CVE-2023-0001"}),
  };
  const Fixes fixes = fixes_between(uploads, {"1.0-1+deb12u1", "1.0-1+deb12u3", "bookworm"});
  EXPECT_EQ(text_of(fixes), "CVE-2024-0003=1.0-1+deb12u3 CVE-2024-0002=1.0-1+deb12u2");
  EXPECT_TRUE(fixes.complete);
  EXPECT_TRUE(fixes.knows_installed);
}

TEST(FixesBetween, AMentionOfWhatAnOlderUploadNamesIsNoFix) {
  const std::vector<Upload> uploads = {
      upload("1.0-1+deb12u2", "bookworm", {"CVE-2024-0001", "CVE-2023-0001"}),
      upload("1.0-1+deb12u1", "bookworm", {"CVE-2024-0001"}),
      upload("1.0-1", "unstable", {"CVE-2023-0001"}),
  };
  EXPECT_EQ(text_of(fixes_between(uploads, {"1.0-1+deb12u1", "1.0-1+deb12u2", "bookworm"})), "");
}

TEST(FixesBetween, TheFirstUploadThatNamesItCounts) {
  const std::vector<Upload> uploads = {
      upload("1.0-1+deb12u3", "bookworm", {"CVE-2024-0002"}),
      upload("1.0-1+deb12u2", "bookworm", {"CVE-2024-0002"}),
      upload("1.0-1+deb12u1", "bookworm", {}),
  };
  EXPECT_EQ(text_of(fixes_between(uploads, {"1.0-1+deb12u1", "1.0-1+deb12u3", "bookworm"})),
            "CVE-2024-0002=1.0-1+deb12u2");
}

// Rebuilds of unstable's version for a release: a fix that went to unstable reaches the release
// with the next upload to it.
TEST(FixesBetween, AFixInUnstableCameWithTheNextUploadToTheRelease) {
  const std::vector<Upload> uploads = {
      upload("1.3-1~deb12u1", "bookworm-security", {}),
      upload("1.3-1", "unstable", {"CVE-2024-0003"}),
      upload("1.2-1~deb12u1", "bookworm-security", {}),
      upload("1.2-1", "unstable", {"CVE-2024-0002"}),
      upload("1.1-2", "unstable", {"CVE-2024-0001"}),
      upload("1.1-1", "unstable", {"CVE-2023-0001"}),
  };
  const Fixes fixes = fixes_between(uploads, {"1.1-1~deb12u1", "1.3-1~deb12u1", "bookworm"});
  EXPECT_EQ(text_of(fixes),
            "CVE-2024-0003=1.3-1~deb12u1 CVE-2024-0002=1.2-1~deb12u1 CVE-2024-0001=1.2-1~deb12u1");
  EXPECT_FALSE(fixes.knows_installed);
  EXPECT_TRUE(fixes.complete);
}

TEST(FixesBetween, WithoutAnUploadToTheReleaseItIsTheCandidate) {
  const std::vector<Upload> uploads = {upload("1.3-1", "unstable", {"CVE-2024-0003"}),
                                       upload("1.2-1", "unstable", {})};
  EXPECT_EQ(text_of(fixes_between(uploads, {"1.2-1", "1.3-1~deb12u1", "bookworm"})),
            "CVE-2024-0003=1.3-1~deb12u1");
}

TEST(FixesBetween, WhatTheInstalledVersionsOwnChangelogNamesIsFixed) {
  const std::vector<Upload> uploads = {
      upload("1.3-1~deb12u1", "bookworm", {"CVE-2024-0003"}),
      upload("1.3-1", "unstable", {"CVE-2024-0001"}),
  };
  const Fixes fixes =
      fixes_between(uploads, {"1.0-1+deb12u1", "1.3-1~deb12u1", "bookworm"}, {"CVE-2024-0001"});
  EXPECT_EQ(text_of(fixes), "CVE-2024-0003=1.3-1~deb12u1");
  EXPECT_FALSE(fixes.complete);
}

}  // namespace
}  // namespace vigil::source::debian_archive
