// The Node.js Security Working Group's vulnerabilities: of Node.js itself, kept by the project, and of
// npm packages, up to 2019.
//
// Reference: https://github.com/nodejs/security-wg, vuln/core and vuln/npm: one JSON document per
// vulnerability, and an index.json of all, {"<number>": {...}}. Either is read.
//   core: {"cve": ["CVE-..."], "vulnerable": "20.x || 22.x", "patched": "^20.20.2 || ^22.22.2",
//          "ref": "https://...", "overview": "...", "severity": "high",
//          "affectedEnvironments": ["all"]}
//   npm:  {"id": 100, "module_name": "...", "cves": [], "vulnerable_versions": "<=2.1.1",
//          "patched_versions": ">=3.0.0", "cvss_vector": "CVSS:3.0/...", "title": "..."}
//
// Node.js itself is the package "node" of the ecosystem Bitnami, which is how software that no package
// manager knows is called here.
//
// Traps:
// - What is patched wins over what is vulnerable: "20.x" without "^20.20.2".
// - "<=2.1.1" patched in ">=3.0.0": what lies between was mostly never released and is held to be
//   affected, so that there is a version to name as the fix.
// - "<0.0.0" as patched versions means none, as null does.
// - The numbers of npm and core are two rows: NSWG-ECO-<n>, NSWG-COR-<n>, where no CVE stands.
//
// Not handled: vuln/deps, which says of libraries inside Node.js that it is not affected by their
// flaws; Node.js is never matched against these.

#include <algorithm>
#include <string>

#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/head.h"
#include "intel/feeds/npm_range.h"
#include "intel/feeds/record.h"
#include "version/scheme.h"

namespace vigil::intel::nodejs_security_wg {
namespace {

using base::Json;
using feeds::IntervalSet;

constexpr Endpoint kEndpoints[] = {
    {"https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/core/index.json",
     "nodejs-core-index.json"},
    {"https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/npm/index.json",
     "nodejs-npm-index.json"},
};

bool is_record(const std::vector<feeds::HeadMember>& members) {
  const auto has = [&](std::string_view key) { return !feeds::head_value(members, key).empty(); };
  return (has("cve") && has("vulnerable") && has("patched")) ||
         (has("module_name") && has("vulnerable_versions"));
}

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::mentions(head, "\"vulnerable")) return false;
  const auto members = feeds::head_members(head);
  if (is_record(members)) return true;
  if (members.empty() || !std::ranges::all_of(members.front().key, base::is_digit)) return false;
  return is_record(feeds::head_members(members.front().value));
}

/// "vuln/core/12.json" -> "12"; empty if the document's name is no number.
std::string_view number_of(std::string_view name) {
  name = name.substr(name.rfind('/') + 1);
  name = name.substr(0, name.find('.'));
  return std::ranges::all_of(name, base::is_digit) ? name : std::string_view();
}

/// Ends that no patched version meets move up to the next one, unless more is vulnerable in between.
IntervalSet up_to_the_fix(IntervalSet affected, const IntervalSet& patched) {
  for (std::size_t i = 0; i < affected.size(); ++i) {
    feeds::Interval& piece = affected[i];
    if (piece.fixed || !piece.high) continue;
    const auto fix = std::ranges::find_if(patched, [&](const feeds::Interval& safe) {
      return safe.low && safe.low->key >= piece.high->key;
    });
    if (fix == patched.end()) continue;
    const bool blocked =
        i + 1 < affected.size() && affected[i + 1].low && affected[i + 1].low->key < fix->low->key;
    if (blocked) continue;
    piece.high = fix->low;
    piece.fixed = true;
  }
  return affected;
}

class Reader {
 public:
  explicit Reader(Sink& sink) : sink_(sink) {}

  void read(std::string_view number, Json record) {
    if (const std::string_view module = record["module_name"].text(); !module.empty()) {
      read_npm(std::string(module), record);
    } else {
      read_core(number, record);
    }
  }

 private:
  void read_npm(const std::string& module, Json record) {
    const auto number = record["id"].integer();
    if (!number || *number <= 0) {
      sink_.problem(module, "a record without a number");
      return;
    }
    Facts facts;
    model::Vulnerability& details = facts.details;
    details.title = feeds::text_of(record["title"]);
    details.description = feeds::text_of(record["overview"]);
    details.published = feeds::time_of(record["publish_date"]);
    details.modified = feeds::time_of(record["updated_at"]);
    for (const Json url : record["references"].items()) {
      feeds::add_reference(details.references, url.text());
    }
    Statement statement;
    statement.ecosystem = "npm";
    statement.package = module;
    give(std::move(facts), std::move(statement), record["cves"],
         "NSWG-ECO-" + std::to_string(*number), record["vulnerable_versions"].text(),
         record["patched_versions"].text(), record["cvss_vector"].text());
  }

  void read_core(std::string_view number, Json record) {
    Facts facts;
    model::Vulnerability& details = facts.details;
    details.title = feeds::text_of(record["description"]);
    details.description = feeds::text_of(record["overview"]);
    details.published = feeds::time_of(record["publish_date"]);
    feeds::add_reference(details.references, record["ref"].text());
    feeds::add_cwe(details.cwes, record["type"].text());
    if (const std::string_view word = record["severity"].text(); !word.empty()) {
      details.vendor_severities.push_back({"NODEJS", std::string(word)});
    }
    Statement statement;
    statement.ecosystem = "Bitnami";
    statement.package = "node";
    for (const Json environment : record["affectedEnvironments"].items()) {
      const std::string_view system = environment.text();
      if (system == "all") continue;
      statement.platforms.emplace_back(system == "win32" ? "windows" : system);
    }
    give(std::move(facts), std::move(statement), record["cve"],
         number.empty() ? std::string() : "NSWG-COR-" + std::string(number),
         record["vulnerable"].text(), record["patched"].text(), {});
  }

  void give(Facts facts, Statement statement, Json cves, const std::string& own_id,
            std::string_view vulnerable, std::string_view patched, std::string_view vector) {
    std::vector<std::string> ids;
    for (const Json cve : cves.items()) {
      if (feeds::is_cve(base::trim(cve.text()))) feeds::add_once(ids, base::trim(cve.text()));
    }
    // One number may stand for several CVEs: only with one they are the same.
    if (ids.size() == 1 && !own_id.empty()) facts.details.aliases.push_back(own_id);
    if (ids.empty()) ids.push_back(own_id);
    if (ids.front().empty()) {
      sink_.problem(statement.package, "a record with neither a CVE nor a number");
      return;
    }
    const auto affected = versions_of(statement.ecosystem, vulnerable, patched);
    if (!affected) sink_.problem(ids.front(), affected.error().text());
    facts.details.source = "NODEJS";
    facts.details.source_url = "https://github.com/nodejs/security-wg/tree/main/vuln";
    if (!facts.details.references.empty()) {
      facts.details.source_url = facts.details.references.front();
    }
    if (facts.details.modified != 0) sink_.dated(facts.details.modified);
    for (const std::string& id : ids) {
      Facts of_this = facts;
      of_this.details.id = id;
      if (!vector.empty()) {
        feeds::add_rating(of_this.details, vector, "NODEJS", model::CvssOrigin::Unknown, sink_);
      }
      sink_.facts(std::move(of_this));
      if (!affected || affected->empty()) continue;
      Statement about = statement;
      about.vulnerability = id;
      about.state = feeds::state_of(*affected);
      about.ranges = feeds::to_ranges(*affected);
      sink_.statement(std::move(about));
    }
  }

  static Result<IntervalSet> versions_of(std::string_view ecosystem, std::string_view vulnerable,
                                         std::string_view patched) {
    const version::Scheme& scheme = *version::scheme_of_ecosystem(ecosystem);
    VIGIL_TRY(const IntervalSet affected, feeds::npm_range(scheme, vulnerable));
    if (patched.empty()) return affected;
    VIGIL_TRY(IntervalSet safe, feeds::npm_range(scheme, patched));
    std::erase_if(safe, [](const feeds::Interval& one) { return !one.low; });
    for (feeds::Interval& one : safe) one.fixed = true;
    return up_to_the_fix(feeds::without(affected, safe), safe);
  }

  Sink& sink_;
};

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const Json root, feeds::read_document(input, name));
  Reader reader(sink);
  if (root["vulnerable"].exists() || root["module_name"].exists()) {
    reader.read(number_of(name), root);
    return ok();
  }
  for (const auto [number, record] : root.members()) reader.read(number, record);
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "nodejs-security-wg",
      .title = "Node.js Security Working Group",
      .covers = "Node.js itself, and npm packages up to 2019",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = 10,
  };
  return kFeed;
}

}  // namespace vigil::intel::nodejs_security_wg
