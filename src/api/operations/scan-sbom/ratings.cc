#include "api/operations/scan-sbom/ratings.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/severity.h"

namespace vigil::api::scan_sbom {
namespace {

constexpr std::string_view kNvd = "NVD";
constexpr std::string_view kInspector = "AMAZON_INSPECTOR";

std::string severity_word(model::Severity severity) {
  if (severity == model::Severity::Untriaged) return "unknown";
  if (severity == model::Severity::Informational) return "info";
  return base::lower(model::severity_name(severity));
}

/// The words of the standard that the number belongs to: 2.0 knows no "critical"
/// (nvd.nist.gov/vuln-metrics/cvss).
std::string severity_of(const model::CvssRating& rating) {
  if (rating.score <= 0) return "none";
  if (rating.version == "2.0" && rating.score >= 7) return "high";
  return severity_word(model::severity_of_score(rating.score));
}

std::string_view method_of(std::string_view version) {
  if (version == "2.0") return "CVSSv2";
  if (version == "3.0") return "CVSSv3";
  if (version == "3.1") return "CVSSv31";
  return version == "4.0" ? "CVSSv4" : "other";
}

/// Of several versions from one source the one that most clients understand.
int rank_of(std::string_view version) {
  constexpr std::array<std::string_view, 4> kOrder = {"3.1", "3.0", "4.0", "2.0"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), version) - kOrder.begin());
}

/// The names ScanSbom has for sources that findings name otherwise.
std::string name_of(std::string_view source) {
  if (source == "AMAZON_CVE") return "Amazon Linux";
  return source == "UBUNTU_CVE" ? "Ubuntu Linux" : std::string(source);
}

std::string page_of(std::string_view source, const model::Vulnerability& vulnerability) {
  const std::string& id = vulnerability.id;
  const bool is_cve = id.starts_with("CVE-");
  if (source == kNvd && is_cve) return "https://nvd.nist.gov/vuln/detail/" + id;
  if (source == "UBUNTU_CVE" && is_cve) return "https://ubuntu.com/security/" + id;
  if (source == "DEBIAN_CVE") return "https://security-tracker.debian.org/tracker/" + id;
  if (source == "REDHAT_CVE" && is_cve) return "https://access.redhat.com/security/cve/" + id;
  if (source == "AMAZON_CVE" && is_cve) {
    return "https://alas.aws.amazon.com/cve/html/" + id + ".html";
  }
  if (source == "GITHUB") {
    if (id.starts_with("GHSA-")) return "https://github.com/advisories/" + id;
    for (const std::string& alias : vulnerability.aliases) {
      if (alias.starts_with("GHSA-")) return "https://github.com/advisories/" + alias;
    }
  }
  return {};
}

Rating rating_of(const model::CvssRating& cvss, const model::Vulnerability& vulnerability) {
  return {.source = name_of(cvss.source),
          .url = page_of(cvss.source, vulnerability),
          .severity = severity_of(cvss),
          .score = cvss.score,
          .method = std::string(method_of(cvss.version)),
          .vector = cvss.vector};
}

/// The model that made the score, by the day it was published (first.org/epss/data_stats).
std::string_view epss_model(std::string_view date) {
  if (date >= "2025-03-17") return "v2025.03.14";
  if (date >= "2023-03-07") return "v2023.03.01";
  return date >= "2022-02-04" ? "v2022.01.01" : "v1";
}

Rating epss_rating(const model::Epss& epss) {
  Rating rating{.source = "EPSS",
                .url = "https://www.first.org/epss/",
                .severity = "none",
                .score = epss.score,
                .method = "other",
                .vector = {}};
  if (!epss.date.empty()) {
    rating.vector =
        "model:" + std::string(epss_model(epss.date)) + ",date:" + epss.date + "T00:00:00+0000";
  }
  return rating;
}

/// One a source, NVD first.
std::vector<Rating> cvss_ratings(const model::Vulnerability& vulnerability) {
  std::vector<const model::CvssRating*> best;
  for (const model::CvssRating& cvss : vulnerability.cvss) {
    const auto same = std::find_if(best.begin(), best.end(),
                                   [&](const auto* kept) { return kept->source == cvss.source; });
    if (same == best.end()) {
      best.push_back(&cvss);
    } else if (rank_of(cvss.version) < rank_of((*same)->version)) {
      *same = &cvss;
    }
  }
  std::stable_sort(best.begin(), best.end(), [](const auto* a, const auto* b) {
    return a->source == kNvd && b->source != kNvd;
  });
  std::vector<Rating> ratings;
  ratings.reserve(best.size());
  for (const model::CvssRating* cvss : best) ratings.push_back(rating_of(*cvss, vulnerability));
  return ratings;
}

void apply_word(const model::VendorSeverity& word, const model::Vulnerability& vulnerability,
                std::vector<Rating>& ratings) {
  const model::Severity severity = model::severity_of_word(word.word);
  if (severity == model::Severity::Untriaged) return;
  const std::string source = name_of(word.source);
  const auto known = std::find_if(ratings.begin(), ratings.end(),
                                  [&](const Rating& rating) { return rating.source == source; });
  if (known != ratings.end()) {
    if (source != kNvd) known->severity = severity_word(severity);
    return;
  }
  ratings.push_back({.source = source,
                     .url = page_of(word.source, vulnerability),
                     .severity = severity_word(severity),
                     .score = {},
                     .method = "other",
                     .vector = {}});
}

/// How grave a word is, so that the best of several ratings can be taken.
int gravity(std::string_view severity) {
  constexpr std::array<std::string_view, 6> kWords = {"none",   "info", "low",
                                                      "medium", "high", "critical"};
  const auto* const found = std::find(kWords.begin(), kWords.end(), severity);
  return found == kWords.end() ? -1 : static_cast<int>(found - kWords.begin());
}

Rating stand_in(const model::Vulnerability& vulnerability, const std::vector<Rating>& ratings) {
  Rating rating;
  rating.severity = "unknown";
  rating.method = "other";
  for (const Rating& other : ratings) {
    if (gravity(other.severity) > gravity(rating.severity)) rating = other;
  }
  rating.source = kInspector;
  rating.url.clear();
  if (vulnerability.malicious) rating.severity = "critical";
  return rating;
}

}  // namespace

std::vector<Rating> ratings_of(const model::Vulnerability& vulnerability) {
  std::vector<Rating> ratings = cvss_ratings(vulnerability);
  for (const model::VendorSeverity& word : vulnerability.vendor_severities) {
    apply_word(word, vulnerability, ratings);
  }
  if (!vulnerability.id.starts_with("CVE-")) ratings.push_back(stand_in(vulnerability, ratings));
  if (vulnerability.epss) ratings.push_back(epss_rating(*vulnerability.epss));
  return ratings;
}

const Rating* counted(const std::vector<Rating>& ratings) {
  for (const std::string_view source : {kNvd, kInspector}) {
    for (const Rating& rating : ratings) {
      if (rating.source == source) return &rating;
    }
  }
  return nullptr;
}

}  // namespace vigil::api::scan_sbom
