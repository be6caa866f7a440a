// EPSS: how probable it is that a CVE is exploited within the next 30 days, for every CVE, each
// day.
//
// Reference: https://www.first.org/epss/data_stats and https://www.first.org/epss/model. One CSV of
// some 360,000 rows. Its layouts over the years:
//   until 2021-08       cve,epss
//   until 2022-02-03    cve,epss,percentile
//   since 2022-02-04    #model_version:v...,score_date:2022-02-04T00:00:00+0000
//                       cve,epss,percentile
//   (2023-03-07 and later the same with other models, of three, now four)
//
// Traps:
// - Without the comment line the date of the scores is unknown: the file's name is no proof.
// - Scores of different models do not compare; only one date's file is ever used.
// - No field is ever quoted, so that rows are split without a CSV reader: it is the longest file.
//
// Not handled: the JSON of api.first.org.

#include <charconv>
#include <optional>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "intel/feed.h"
#include "intel/feeds/lines.h"
#include "intel/feeds/record.h"

namespace vigil::intel::epss {
namespace {

constexpr Endpoint kEndpoints[] = {
    {"https://epss.empiricalsecurity.com/epss_scores-current.csv.gz", "epss_scores-current.csv.gz"},
};

constexpr std::string_view kHeader = "cve,epss";

bool is_header(std::string_view line) {
  return line == kHeader || line == "cve,epss,percentile";
}

bool recognises(std::string_view head, std::string_view /*name*/) {
  auto line = base::next_line(head);
  if (line && line->starts_with("#model_version:")) line = base::next_line(head);
  return line && is_header(base::trim(*line));
}

/// The date of "#model_version:v2022.01.01,score_date:2022-02-04T00:00:00+0000".
std::string score_date(std::string_view comment) {
  constexpr std::string_view kKey = "score_date:";
  const std::size_t at = comment.find(kKey);
  if (at == std::string_view::npos) return {};
  const std::string_view date = comment.substr(at + kKey.size(), 10);
  return base::parse_time(date) ? std::string(date) : std::string();
}

/// A number from 0 to 1.
std::optional<double> probability(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value >= 0 && value <= 1 ? std::optional(value) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(Sink& sink) : sink_(sink) {}

  Result<void> line(std::string_view text) {
    ++number_;
    if (text.empty()) return ok();
    if (text.starts_with('#')) {
      read_comment(text);
    } else if (!has_header_) {
      if (!is_header(base::trim(text))) {
        return fail("no EPSS header line", "line " + std::to_string(number_));
      }
      has_header_ = true;
      has_percentile_ = base::trim(text) != kHeader;
    } else {
      read_row(text);
    }
    return ok();
  }

  [[nodiscard]] bool has_header() const { return has_header_; }

 private:
  void read_comment(std::string_view text) {
    date_ = score_date(text);
    if (const auto seconds = base::parse_time(date_)) sink_.dated(*seconds);
  }

  void read_row(std::string_view text) {
    const std::size_t first = text.find(',');
    const std::string_view cve = text.substr(0, first);
    std::optional<double> score;
    std::optional<double> percentile = 0.0;
    if (first != std::string_view::npos) {
      const std::string_view rest = text.substr(first + 1);
      const std::size_t second = rest.find(',');
      score = probability(rest.substr(0, second));
      if (has_percentile_) {
        percentile =
            second == std::string_view::npos ? std::nullopt : probability(rest.substr(second + 1));
      }
    }
    if (!feeds::is_cve(cve) || !score || !percentile) {
      sink_.problem("line " + std::to_string(number_),
                    "not an EPSS row: " + base::printable(text.substr(0, 100)));
      return;
    }
    Facts facts;
    facts.details.id = cve;
    facts.details.epss = model::Epss{*score, *percentile, date_};
    sink_.facts(std::move(facts));
  }

  Sink& sink_;
  std::uint64_t number_ = 0;
  std::string date_;
  bool has_header_ = false;
  bool has_percentile_ = false;
};

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  Reader reader(sink);
  constexpr std::size_t kLongestLine = 64U << 10U;
  VIGIL_CHECK(feeds::for_each_line(input, kLongestLine,
                                   [&](std::string_view line) { return reader.line(line); }));
  if (!reader.has_header()) return fail("no EPSS header line", std::string(name));
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "epss",
      .title = "Exploit Prediction Scoring System",
      .covers = "probability of exploitation of every CVE",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
  };
  return kFeed;
}

}  // namespace vigil::intel::epss
