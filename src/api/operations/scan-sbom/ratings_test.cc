#include "api/operations/scan-sbom/ratings.h"

#include <gtest/gtest.h>

namespace vigil::api::scan_sbom {
namespace {

using model::CvssOrigin;

model::Vulnerability rated(std::string id, std::vector<model::CvssRating> cvss) {
  model::Vulnerability vulnerability;
  vulnerability.id = std::move(id);
  vulnerability.cvss = std::move(cvss);
  return vulnerability;
}

/// "source severity method", one a rating.
std::vector<std::string> lines(const std::vector<Rating>& ratings) {
  std::vector<std::string> out;
  out.reserve(ratings.size());
  for (const Rating& rating : ratings) {
    out.push_back(rating.source + " " + rating.severity + " " + rating.method);
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(ScanSbomRatings, OneASourceNvdFirst) {
  const auto vulnerability =
      rated("CVE-2024-1", {{"3.1", "CVSS:3.1/a", 8.1, "GITHUB", CvssOrigin::Cna},
                           {"2.0", "AV:N", 10, "NVD", CvssOrigin::Nvd},
                           {"3.1", "CVSS:3.1/b", 9.8, "NVD", CvssOrigin::Nvd},
                           {"4.0", "CVSS:4.0/c", 9.3, "GITHUB", CvssOrigin::Cna}});
  const std::vector<Rating> ratings = ratings_of(vulnerability);
  EXPECT_EQ(lines(ratings), (Lines{"NVD critical CVSSv31", "GITHUB high CVSSv31"}));
  EXPECT_EQ(ratings[0].vector, "CVSS:3.1/b");
  EXPECT_EQ(ratings[0].score, 9.8);
  EXPECT_EQ(ratings[0].url, "https://nvd.nist.gov/vuln/detail/CVE-2024-1");
  EXPECT_EQ(counted(ratings), &ratings[0]);
}

TEST(ScanSbomRatings, TheOldStandardKnowsNoCritical) {
  EXPECT_EQ(lines(ratings_of(rated("CVE-2010-1", {{"2.0", "AV:N", 10, "NVD", CvssOrigin::Nvd}}))),
            Lines{"NVD high CVSSv2"});
  EXPECT_EQ(lines(ratings_of(rated("CVE-2010-1", {{"3.1", "v", 0, "NVD", CvssOrigin::Nvd}}))),
            Lines{"NVD none CVSSv31"});
}

TEST(ScanSbomRatings, AVendorsWordStandsAgainstItsNumber) {
  auto vulnerability = rated("CVE-2022-3715", {{"3.1", "v", 7.8, "UBUNTU_CVE", CvssOrigin::Vendor},
                                               {"3.1", "v", 7.8, "NVD", CvssOrigin::Nvd}});
  vulnerability.vendor_severities = {{"UBUNTU_CVE", "medium"}, {"NVD", "low"}};
  EXPECT_EQ(lines(ratings_of(vulnerability)),
            (Lines{"NVD high CVSSv31", "Ubuntu Linux medium CVSSv31"}));
}

TEST(ScanSbomRatings, AWordAloneIsARatingButNotCounted) {
  auto vulnerability = rated("CVE-2024-2", {});
  vulnerability.vendor_severities = {{"AMAZON_CVE", "important"},
                                     {"DEBIAN_CVE", "not yet assigned"}};
  const std::vector<Rating> ratings = ratings_of(vulnerability);
  EXPECT_EQ(lines(ratings), Lines{"Amazon Linux high other"});
  EXPECT_FALSE(ratings[0].score);
  EXPECT_EQ(counted(ratings), nullptr);
}

TEST(ScanSbomRatings, EpssIsARatingOfItsOwnKind) {
  auto vulnerability = rated("CVE-2024-3", {});
  vulnerability.epss = model::Epss{0.97, 0.99, "2025-11-20"};
  const std::vector<Rating> ratings = ratings_of(vulnerability);
  EXPECT_EQ(lines(ratings), Lines{"EPSS none other"});
  EXPECT_EQ(ratings[0].score, 0.97);
  EXPECT_EQ(ratings[0].vector, "model:v2025.03.14,date:2025-11-20T00:00:00+0000");
  EXPECT_EQ(ratings[0].url, "https://www.first.org/epss/");
  vulnerability.epss->date = "2023-09-12";
  EXPECT_EQ(ratings_of(vulnerability)[0].vector, "model:v2023.03.01,date:2023-09-12T00:00:00+0000");
}

TEST(ScanSbomRatings, WhatNvdNeverSpeaksOfIsCountedByTheBestOfTheOthers) {
  auto advisory =
      rated("GHSA-aaaa-bbbb-cccc", {{"4.0", "CVSS:4.0/x", 7.1, "GITHUB", CvssOrigin::Cna}});
  std::vector<Rating> ratings = ratings_of(advisory);
  EXPECT_EQ(lines(ratings), (Lines{"GITHUB high CVSSv4", "AMAZON_INSPECTOR high CVSSv4"}));
  EXPECT_EQ(ratings[0].url, "https://github.com/advisories/GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(counted(ratings), &ratings[1]);

  auto malware = rated("MAL-2024-1", {});
  malware.malicious = true;
  EXPECT_EQ(lines(ratings_of(malware)), Lines{"AMAZON_INSPECTOR critical other"});
  EXPECT_EQ(lines(ratings_of(rated("GHSA-x", {}))), Lines{"AMAZON_INSPECTOR unknown other"});
}

}  // namespace
}  // namespace vigil::api::scan_sbom
