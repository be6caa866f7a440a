// NVD: NIST's analysis of every CVE, in JSON 2.0: pages of the API and the yearly feeds.
//
// Reference: https://nvd.nist.gov/developers/vulnerabilities and the schema
// https://csrc.nist.gov/schema/nvd/api/2.0/cve_api_json_2.0.schema. A document is one object whose
// `vulnerabilities` holds {"cve": {...}}; it is streamed record by record (a year has 40,000).
//
// Traps:
// - A metric's `type` Primary is not always NVD's own word: a CNA's rating may be Primary. Whose it
//   is says `source`, an e-mail address or an organisation's UUID.
// - Times have no zone: they are UTC.
// - `vulnStatus` "Rejected" is a withdrawn record, its description says why.
// - CVSS 2.0 vectors stand without prefix; some old ones in parentheses.
// - Weaknesses are CWE ids or NVD-CWE-noinfo, NVD-CWE-Other, which say nothing.
//
// - Configurations name products by CPE; they count for software that no other source speaks of
//   (match/match.h), and only applications (configurations.h).
//
// Not handled: operating systems and hardware in configurations. Feeds 1.1 (withdrawn by NIST in 2023), CPE and CPE match feeds, the change history.
// Overlays of other projects in NVD's shape (a `cve` with `_annotation`) are not recognised.

#include <string>

#include "base/json_stream.h"
#include "base/text.h"
#include "base/time.h"
#include "intel/feed.h"
#include "intel/feeds/head.h"
#include "intel/feeds/nvd/configurations.h"
#include "intel/feeds/nvd/endpoints.h"
#include "intel/feeds/record.h"

namespace vigil::intel::nvd {
namespace {

using base::Json;
using model::CvssOrigin;

constexpr std::string_view kCisaAdp = "134c704f-9b21-4f2e-91b3-4a467353bcc0";

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::mentions(head, "\"vulnerabilities\"")) return false;
  const auto members = feeds::head_members(head, 16);
  const std::string_view format = feeds::head_value(members, "format");
  if (!format.empty() && format != "\"NVD_CVE\"") return false;
  const std::string_view list = feeds::head_value(members, "vulnerabilities");
  if (!list.starts_with('[')) return false;
  const auto first = feeds::head_members(feeds::first_element(list), 4);
  if (first.empty()) return format == "\"NVD_CVE\"";
  return feeds::head_value(first, "cve").starts_with('{');
}

struct Source {
  std::string name;
  CvssOrigin origin = CvssOrigin::Unknown;
};

/// "nvd@nist.gov" -> NVD; "security-advisories@github.com" -> GITHUB; the CNA's UUID -> CNA.
Source source_of(std::string_view source, std::string_view assigner) {
  if (source == "nvd@nist.gov") return {"NVD", CvssOrigin::Nvd};
  if (source == kCisaAdp) return {"CISA_ADP", CvssOrigin::CisaAdp};
  const CvssOrigin origin = source == assigner ? CvssOrigin::Cna : CvssOrigin::Unknown;
  const std::size_t at = source.rfind('@');
  if (at == std::string_view::npos) return {origin == CvssOrigin::Cna ? "CNA" : "OTHER", origin};
  const auto labels = base::split(source.substr(at + 1, 253), '.');
  const std::string_view label = labels.size() > 1 ? labels[labels.size() - 2] : labels[0];
  return {base::upper(label), origin};
}

class Reader {
 public:
  Reader(Json cve, std::string_view id, Sink& sink) : cve_(cve), sink_(sink) {
    facts_.details.id = id;
  }

  void read() {
    model::Vulnerability& details = facts_.details;
    facts_.withdrawn = base::equals_ignoring_case(cve_["vulnStatus"].text(), "rejected");
    details.published = feeds::time_of(cve_["published"]);
    details.modified = feeds::time_of(cve_["lastModified"]);
    if (!facts_.withdrawn) {
      read_details(details);
      for (Statement& statement : statements_of(cve_["configurations"], details.id, sink_)) {
        sink_.statement(std::move(statement));
      }
    }
    if (details.modified != 0) sink_.dated(details.modified);
    sink_.facts(std::move(facts_));
  }

 private:
  void read_details(model::Vulnerability& details) {
    details.source = "NVD";
    details.source_url = "https://nvd.nist.gov/vuln/detail/" + details.id;
    for (const Json description : cve_["descriptions"].items()) {
      if (description["lang"].text() != "en") continue;
      details.description = feeds::text_of(description["value"]);
      break;
    }
    const std::string_view assigner = cve_["sourceIdentifier"].text();
    const Json metrics = cve_["metrics"];
    for (const char* key : {"cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"}) {
      for (const Json metric : metrics[key].items()) {
        const std::string_view vector = metric["cvssData"]["vectorString"].text();
        if (vector.empty()) continue;
        const Source source = source_of(metric["source"].text(), assigner);
        feeds::add_rating(details, vector, source.name, source.origin, sink_);
      }
    }
    for (const Json weakness : cve_["weaknesses"].items()) {
      for (const Json description : weakness["description"].items()) {
        feeds::add_cwe(details.cwes, description["value"].text());
      }
    }
    for (const Json reference : cve_["references"].items()) {
      feeds::add_reference(details.references, reference["url"].text());
    }
    if (const std::string date = feeds::text_of(cve_["cisaExploitAdd"], 10); !date.empty()) {
      details.known_exploited = model::KnownExploited{
          .date_added = date,
          .due_date = feeds::text_of(cve_["cisaActionDue"], 10),
          .required_action = feeds::text_of(cve_["cisaRequiredAction"]),
          .ransomware = false,
      };
    }
  }

  Json cve_;
  Sink& sink_;
  Facts facts_;
};

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  std::size_t number = 0;
  const auto each = [&](std::string_view, std::string_view text) -> Result<void> {
    ++number;
    const std::string position = std::string(name) + " record " + std::to_string(number);
    const Result<Json> record = feeds::parse_record(text);
    if (!record) {
      sink.problem(position, record.error().text());
      return ok();
    }
    const Json cve = (*record)["cve"];
    const std::string_view id = base::trim(cve["id"].text());
    if (!feeds::is_cve(id)) {
      sink.problem(position, "an NVD record without a usable cve.id");
      return ok();
    }
    Reader(cve, id, sink).read();
    return ok();
  };
  const auto other = [&](std::string_view key, std::string_view text) {
    if (key != "timestamp" || text.size() < 2) return;
    if (const auto date = base::parse_time(text.substr(1, text.size() - 2))) sink.dated(*date);
  };
  return base::for_each_json_child(input, "vulnerabilities", {}, each, other);
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "nvd",
      .title = "National Vulnerability Database",
      .covers = "NIST's CVSS, CWE and descriptions of CVEs, and products by CPE",
      .endpoints = endpoints(),
      .version = 2,
      .recognises = recognises,
      .read = read,
  };
  return kFeed;
}

}  // namespace vigil::intel::nvd
