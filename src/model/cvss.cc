#include "model/cvss.h"

#include <utility>

#include "base/text.h"
#include "model/cvss_metrics.h"

namespace vigil::model {
namespace {

using cvss::Group;
using cvss::Metric;

/// The longest valid vector, 4.0 with every metric, has 223 bytes.
constexpr std::size_t kMaximumLength = 512;

std::span<const Metric> metrics_of(CvssVersion version) {
  switch (version) {
    case CvssVersion::V20:
      return cvss::metrics_v2();
    case CvssVersion::V30:
    case CvssVersion::V31:
      return cvss::metrics_v3();
    case CvssVersion::V40:
      break;
  }
  return cvss::metrics_v4();
}

std::optional<std::size_t> find_metric(std::span<const Metric> metrics, std::string_view name) {
  const std::uint32_t code = cvss::code_of(name);
  if (code == 0) return std::nullopt;
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].code == code) return i;
  }
  return std::nullopt;
}

/// The n-th word of a list separated by single blanks.
std::string_view nth_word(std::string_view words, std::size_t n) {
  for (; n > 0; --n) words.remove_prefix(words.find(' ') + 1);
  return words.substr(0, words.find(' '));
}

std::optional<std::uint8_t> find_word(std::string_view words, std::string_view word) {
  for (std::uint8_t place = 0;; ++place) {
    const std::size_t end = words.find(' ');
    if (words.substr(0, end) == word) return place;
    if (end == std::string_view::npos) return std::nullopt;
    words.remove_prefix(end + 1);
  }
}

std::string shown(std::string_view text) {
  return "'" + base::printable(text) + "'";
}

std::string choices(std::string_view words) {
  return "one of " + base::replace_all(std::string(words), " ", ", ");
}

struct Opening {
  CvssVersion version;
  std::string_view rest;
};

/// Which version the text claims to be, and the metrics after its prefix.
Result<Opening> open_vector(std::string_view text) {
  constexpr std::pair<std::string_view, CvssVersion> kPrefixes[] = {
      {"CVSS:3.1/", CvssVersion::V31},
      {"CVSS:3.0/", CvssVersion::V30},
      {"CVSS:4.0/", CvssVersion::V40},
      {"CVSS:2.0/", CvssVersion::V20},
  };
  for (const auto& [prefix, version] : kPrefixes) {
    if (text.starts_with(prefix)) return Opening{version, text.substr(prefix.size())};
  }
  if (text.starts_with("CVSS:")) {
    return fail("unknown CVSS version " + shown(text.substr(5, text.find('/', 5) - 5)),
                std::string(text.substr(0, text.find('/'))),
                "known are 2.0, 3.0, 3.1 and 4.0, as in 'CVSS:3.1/AV:N/...'");
  }
  constexpr std::string_view kScannerPrefix = "CVSS2#";
  if (text.starts_with(kScannerPrefix)) text.remove_prefix(kScannerPrefix.size());
  if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    text = text.substr(1, text.size() - 2);
  }
  return Opening{CvssVersion::V20, text};
}

std::string_view unknown_metric_hint(CvssVersion version) {
  if (version != CvssVersion::V20) return "metrics are case sensitive, as in 'AV:N'";
  return "a vector without prefix is CVSS 2.0; later ones start with 'CVSS:3.1/' or 'CVSS:4.0/'";
}

}  // namespace

bool cvss::defines_any(const Cvss& vector, std::span<const Metric> metrics, Group group) {
  for (const Metric& metric : metrics) {
    if (metric.group == group && vector.defines(metric.name)) return true;
  }
  return false;
}

std::string_view cvss_version_name(CvssVersion version) {
  constexpr std::string_view kNames[] = {"2.0", "3.0", "3.1", "4.0"};
  return kNames[static_cast<std::size_t>(version)];
}

std::string_view Cvss::get(std::string_view metric) const {
  const std::span<const Metric> metrics = metrics_of(version_);
  const std::optional<std::size_t> index = find_metric(metrics, metric);
  if (!index) return {};
  return nth_word(metrics[*index].values, values_[*index]);
}

bool Cvss::defines(std::string_view metric) const {
  const std::span<const Metric> metrics = metrics_of(version_);
  const std::optional<std::size_t> index = find_metric(metrics, metric);
  return index && (metrics[*index].group == Group::Base || values_[*index] != 0);
}

std::string_view Cvss::effective(std::string_view metric) const {
  std::string modified = "M";
  modified += metric;
  return defines(modified) ? get(modified) : get(metric);
}

Result<void> Cvss::set(std::string_view metric, std::string_view value) {
  const std::span<const Metric> metrics = metrics_of(version_);
  const std::optional<std::size_t> index = find_metric(metrics, metric);
  if (!index) {
    return fail(
        "CVSS " + std::string(cvss_version_name(version_)) + " has no metric " + shown(metric), {},
        std::string(unknown_metric_hint(version_)));
  }
  const std::optional<std::uint8_t> place = find_word(metrics[*index].values, value);
  if (!place) {
    return fail("the metric " + shown(metric) + " has no value " + shown(value), {},
                choices(metrics[*index].values));
  }
  values_[*index] = *place;
  return ok();
}

Cvss Cvss::base_only() const {
  Cvss base = *this;
  const std::span<const Metric> metrics = metrics_of(version_);
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].group != Group::Base) base.values_[i] = 0;
  }
  return base;
}

CvssScores Cvss::scores() const {
  switch (version_) {
    case CvssVersion::V20:
      return cvss::score_v2(*this);
    case CvssVersion::V30:
    case CvssVersion::V31:
      return cvss::score_v3(*this);
    case CvssVersion::V40:
      break;
  }
  return cvss::score_v4(*this);
}

std::string Cvss::text() const {
  std::string out;
  if (version_ != CvssVersion::V20) {
    out += "CVSS:";
    out += cvss_version_name(version_);
  }
  const std::span<const Metric> metrics = metrics_of(version_);
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].group != Group::Base && values_[i] == 0) continue;
    if (!out.empty()) out += '/';
    out += metrics[i].name;
    out += ':';
    out += nth_word(metrics[i].values, values_[i]);
  }
  return out;
}

Result<Cvss> parse_cvss(std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return fail("the CVSS vector is empty");
  if (text.size() > kMaximumLength) {
    return fail("the CVSS vector is longer than 512 bytes", {}, {}, ErrorCode::TooLarge);
  }
  VIGIL_TRY(const Opening opening, open_vector(text));
  Cvss cvss(opening.version);
  const std::span<const Metric> metrics = metrics_of(opening.version);

  std::array<bool, Cvss::kMaximumMetrics> given{};
  std::size_t previous = 0;
  for (const std::string_view field : base::split(opening.rest, '/')) {
    const std::size_t colon = field.find(':');
    if (colon == std::string_view::npos) {
      return fail(field.empty() ? "there is nothing between two slashes, or after the last one"
                                : shown(field) + " is not of the form METRIC:VALUE",
                  base::printable(text));
    }
    const std::string_view name = field.substr(0, colon);
    if (auto set = cvss.set(name, field.substr(colon + 1)); !set) {
      set.error().where = base::printable(text);
      return fail(std::move(set.error()));
    }
    const std::size_t index = *find_metric(metrics, name);
    if (given[index]) {
      return fail("the metric " + shown(name) + " is given twice", base::printable(text));
    }
    if (opening.version == CvssVersion::V40 && index < previous) {
      return fail("the metric " + shown(name) + " stands after " + shown(metrics[previous].name),
                  base::printable(text), "CVSS 4.0 prescribes the order of the metrics");
    }
    given[index] = true;
    previous = index;
  }
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].group == Group::Base && !given[i]) {
      return fail("the mandatory metric " + shown(metrics[i].name) + " is missing",
                  base::printable(text), choices(metrics[i].values));
    }
  }
  return cvss;
}

std::string_view cvss_rating(CvssVersion version, double score) {
  if (version == CvssVersion::V20) {
    if (score >= 7.0) return "HIGH";
    return score >= 4.0 ? "MEDIUM" : "LOW";
  }
  if (score >= 9.0) return "CRITICAL";
  if (score >= 7.0) return "HIGH";
  if (score >= 4.0) return "MEDIUM";
  return score > 0.0 ? "LOW" : "NONE";
}

}  // namespace vigil::model
