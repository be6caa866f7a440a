#include "cli/last_scan.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "cli/terminal.h"

namespace vigil::cli {
namespace {

using base::JsonWriter;
using findings::Finding;

constexpr std::uint64_t kMaximumBytes = std::uint64_t{1} << 30;
constexpr std::int64_t kFormat = 1;

std::string epss_text(const model::Vulnerability& vulnerability) {
  if (!vulnerability.epss) return {};
  const model::Epss& epss = *vulnerability.epss;
  std::string text =
      fmt::format("{:.5f}, higher than {:.1f}% of all CVEs", epss.score, epss.percentile * 100);
  return epss.date.empty() ? text : text + " (" + epss.date + ")";
}

std::string kev_text(const model::Vulnerability& vulnerability) {
  if (!vulnerability.known_exploited) return {};
  const model::KnownExploited& known = *vulnerability.known_exploited;
  std::string text = "added " + known.date_added;
  if (!known.due_date.empty()) text += ", due " + known.due_date;
  return known.ransomware ? text + ", used by ransomware" : text;
}

void write_score(JsonWriter& json, const score::Score& score) {
  json.key("score").begin_object();
  if (score.base_score) json.member("base", *score.base_score);
  if (score.score) json.member("final", *score.score);
  json.member("baseVector", score.base_vector).member("baseSource", score.base_source);
  json.member("baseVersion", score.base_version).member("vector", score.adjusted_vector);
  json.member("severitySource", score.severity_source);
  json.key("adjustments").begin_array();
  for (const score::Adjustment& change : score.adjustments) {
    json.begin_object()
        .member("metric", change.metric)
        .member("from", change.from)
        .member("to", change.to);
    json.member("reason", change.reason).end_object();
  }
  json.end_array();
  if (score.floor) {
    json.key("floor")
        .begin_object()
        .member("score", score.floor->score)
        .member("reason", score.floor->reason)
        .end_object();
  }
  json.end_object();
}

void write_finding(JsonWriter& json, const Finding& finding) {
  const model::Vulnerability& vulnerability = finding.vulnerability;
  json.begin_object().member("id", vulnerability.id);
  json.member("aliases", vulnerability.aliases);
  json.member("title", finding.title).member("description", finding.description);
  json.member("severity", model::severity_name(finding.severity));
  write_score(json, finding.score);
  json.key("packages").begin_array();
  for (const findings::AffectedPackage& package : finding.packages) {
    json.begin_object()
        .member("name", package.package.name)
        .member("version", package.package.version);
    json.member("fixed", package.fixed_version)
        .member("state", model::fix_state_name(package.state));
    json.member("note", package.note)
        .member("feed", package.feed)
        .member("inUse", score::fact_name(package.in_use));
    json.member("remediation", package.remediation).end_object();
  }
  json.end_array().key("ratings").begin_array();
  for (const model::CvssRating& rating : vulnerability.cvss) {
    json.begin_object().member("source", rating.source).member("version", rating.version);
    json.member("vector", rating.vector).member("score", rating.score).end_object();
  }
  json.end_array();
  json.member("vendorSeverity", finding.vendor_severity);
  json.member("epss", epss_text(vulnerability)).member("kev", kev_text(vulnerability));
  json.member("kevAction",
              vulnerability.known_exploited ? vulnerability.known_exploited->required_action : "");
  std::vector<std::string> exploits;
  for (const model::Exploit& exploit : vulnerability.exploits)
    exploits.push_back(exploit.source + " " + exploit.id);
  json.member("exploits", exploits);
  json.member("references", vulnerability.references);
  json.end_object();
}

using Element = simdjson::dom::element;

/// For a person to read: the names and texts in it come from packages and feeds.
std::string text_of(Element object, std::string_view name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? plain(text) : std::string();
}

std::optional<double> number_of(Element object, std::string_view name) {
  double number = 0;
  if (object[name].get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

template <typename Each>
void for_each_in(Element object, std::string_view name, Each each) {
  simdjson::dom::array array;
  if (object[name].get(array) != simdjson::SUCCESS) return;
  for (const Element item : array) each(item);
}

std::vector<std::string> texts_of(Element object, std::string_view name) {
  std::vector<std::string> texts;
  for_each_in(object, name, [&](Element item) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS) texts.push_back(plain(text));
  });
  return texts;
}

score::Score score_of(Element object) {
  score::Score score;
  score.base_score = number_of(object, "base");
  score.score = number_of(object, "final");
  score.base_vector = text_of(object, "baseVector");
  score.base_source = text_of(object, "baseSource");
  score.base_version = text_of(object, "baseVersion");
  score.adjusted_vector = text_of(object, "vector");
  score.severity_source = text_of(object, "severitySource");
  for_each_in(object, "adjustments", [&](Element change) {
    score.adjustments.push_back({text_of(change, "metric"), text_of(change, "from"),
                                 text_of(change, "to"), text_of(change, "reason")});
  });
  Element floor;
  if (object["floor"].get(floor) == simdjson::SUCCESS) {
    score.floor =
        score::AppliedFloor{number_of(floor, "score").value_or(0), text_of(floor, "reason")};
  }
  return score;
}

ExplainedFinding finding_of(Element object) {
  ExplainedFinding finding;
  finding.id = text_of(object, "id");
  finding.aliases = texts_of(object, "aliases");
  finding.title = text_of(object, "title");
  std::string_view description;
  if (object["description"].get(description) == simdjson::SUCCESS) {
    finding.description = base::printable(description);
  }
  finding.severity = text_of(object, "severity");
  Element score;
  if (object["score"].get(score) == simdjson::SUCCESS) finding.score = score_of(score);
  for_each_in(object, "packages", [&](Element package) {
    finding.packages.push_back({text_of(package, "name"), text_of(package, "version"),
                                text_of(package, "fixed"), text_of(package, "state"),
                                text_of(package, "note"), text_of(package, "feed"),
                                text_of(package, "inUse"), text_of(package, "remediation")});
  });
  for_each_in(object, "ratings", [&](Element rating) {
    finding.ratings.push_back({text_of(rating, "source"), text_of(rating, "version"),
                               text_of(rating, "vector"), number_of(rating, "score").value_or(0)});
  });
  finding.vendor_severity = text_of(object, "vendorSeverity");
  finding.epss = text_of(object, "epss");
  finding.kev = text_of(object, "kev");
  finding.kev_action = text_of(object, "kevAction");
  finding.exploits = texts_of(object, "exploits");
  finding.references = texts_of(object, "references");
  return finding;
}

bool is_called(Element object, std::string_view id) {
  if (base::equals_ignoring_case(text_of(object, "id"), id)) return true;
  const auto aliases = texts_of(object, "aliases");
  return std::any_of(aliases.begin(), aliases.end(), [&](const std::string& alias) {
    return base::equals_ignoring_case(alias, id);
  });
}

}  // namespace

std::string last_scan_document(const findings::Report& report, std::string_view exposure) {
  JsonWriter json;
  json.begin_object().member("format", kFormat).member("resource", report.resource.name);
  json.member("intelligence", report.intelligence.described).member("exposure", exposure);
  json.member("time", report.time).key("findings").begin_array();
  for (const Finding& finding : report.findings) write_finding(json, finding);
  json.end_array().end_object();
  return json.take() + "\n";
}

Result<LastScan> read_last_scan(const std::string& path, std::string_view id) {
  auto text = base::read_file(path, kMaximumBytes);
  if (!text && text.error().code == ErrorCode::NotFound) {
    return fail("there is no last scan", path, "run `vigil scan host` first", ErrorCode::NotFound);
  }
  if (!text) return fail(text.error());
  simdjson::dom::parser parser;
  Element document;
  if (const auto error = parser.parse(*text).get(document)) {
    return fail(std::string("the last scan cannot be read: ") + simdjson::error_message(error),
                path, "run `vigil scan host` again");
  }
  LastScan scan;
  scan.resource = text_of(document, "resource");
  scan.intelligence = text_of(document, "intelligence");
  scan.exposure = text_of(document, "exposure");
  std::int64_t time = 0;
  if (document["time"].get(time) == simdjson::SUCCESS) scan.time = time;
  for_each_in(document, "findings", [&](Element finding) {
    if (is_called(finding, id)) scan.findings.push_back(finding_of(finding));
  });
  return scan;
}

}  // namespace vigil::cli
