// Debian security tracker: what the security team knows about every source package and
// vulnerability in every supported release, fixed or not.
//
// Reference: https://security-tracker.debian.org/tracker/data/json, written by
// lib/python/web_support of https://salsa.debian.org/security-tracker-team/security-tracker; the
// meaning of the words in its doc/security-team.d.o/security_tracker. One object, 60 MB and more:
//   source package -> vulnerability -> {description, debianbug, scope, releases: codename ->
//     {status, urgency, fixed_version, nodsa, nodsa_reason, repositories}}
// Streamed by source package.
//
// Traps:
// - `fixed_version` "0" means that no version in the release was ever affected.
// - `nodsa` is why no advisory will be issued; `nodsa_reason` is "", "postponed" or "ignored". The
//   fix is put off, or will never come ("ignored").
// - urgency "unimportant" is a flaw without a security impact in Debian; it stays a statement.
//   "end-of-life" is no urgency but a state. Old exports mark urgencies with asterisks.
// - TEMP-... ids belong to flaws without a CVE and change when one is assigned.
// - `repositories` says what is in the archive today, not what is affected.
//
// Not handled: `scope` (local or remote; the CVSS vector says it better).

#include <set>
#include <string>
#include <unordered_set>

#include "base/json_stream.h"
#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/debian.h"
#include "intel/feeds/head.h"
#include "intel/feeds/record.h"

namespace vigil::intel::debian_tracker {
namespace {

using base::Json;
using model::FixState;

constexpr Endpoint kEndpoints[] = {
    {"https://security-tracker.debian.org/tracker/data/json", "debian-tracker.json"},
};

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::mentions(head, "\"releases\"")) return false;
  const auto packages = feeds::head_members(head, 1);
  if (packages.empty()) return false;
  const auto vulnerabilities = feeds::head_members(packages[0].value, 1);
  if (vulnerabilities.empty()) return false;
  const std::string_view id = vulnerabilities[0].key;
  if (!feeds::is_cve(id) && !id.starts_with("TEMP-")) return false;
  const auto fields = feeds::head_members(vulnerabilities[0].value, 8);
  return feeds::head_value(fields, "releases").starts_with('{');
}

class Reader {
 public:
  explicit Reader(Sink& sink) : sink_(sink) {}

  void read_package(std::string_view package, Json vulnerabilities) {
    for (const auto& [id, vulnerability] : vulnerabilities.members()) {
      if (!feeds::is_plausible_id(id) || !vulnerability["releases"].is_object()) {
        sink_.problem(std::string(package) + " " + base::printable(id.substr(0, 64)),
                      "neither a vulnerability's id nor its releases");
        continue;
      }
      read_facts(id, vulnerability);
      for (const auto& [codename, release] : vulnerability["releases"].members()) {
        read_release(package, id, codename, release);
      }
    }
  }

 private:
  /// The same text stands under every package: once is enough.
  void read_facts(std::string_view id, Json vulnerability) {
    if (!seen_.emplace(id).second) return;
    Facts facts;
    facts.details.id = id;
    facts.details.description = feeds::text_of(vulnerability["description"]);
    facts.details.source = "DEBIAN_CVE";
    facts.details.source_url = "https://security-tracker.debian.org/tracker/" + facts.details.id;
    if (const auto bug = vulnerability["debianbug"].integer(); bug && *bug > 0) {
      feeds::add_reference(facts.details.references,
                           "https://bugs.debian.org/" + std::to_string(*bug));
    }
    sink_.facts(std::move(facts));
  }

  void read_release(std::string_view package, std::string_view id, std::string_view codename,
                    Json release) {
    Statement statement;
    statement.ecosystem = feeds::debian_ecosystem(codename);
    if (statement.ecosystem.empty()) {
      if (unknown_releases_.size() < 100 && unknown_releases_.emplace(codename).second) {
        sink_.problem(base::printable(codename.substr(0, 64)), "an unknown release of Debian");
      }
      return;
    }
    statement.package = package;
    statement.vulnerability = id;
    if (!read_state(release, statement)) {
      sink_.problem(
          std::string(package) + " " + statement.vulnerability + " " + std::string(codename),
          "its status is '" + feeds::text_of(release["status"], 64) + "', its fixed_version '" +
              feeds::text_of(release["fixed_version"], 64) + "'");
      return;
    }
    std::string_view urgency = release["urgency"].text();
    while (urgency.ends_with('*')) urgency.remove_suffix(1);
    statement.vendor_severity = urgency;
    if (urgency == "end-of-life") {
      statement.vendor_severity.clear();
      if (statement.state == FixState::Affected || statement.state == FixState::Deferred) {
        statement.state = FixState::EndOfLife;
      }
    }
    sink_.statement(std::move(statement));
  }

  static bool read_state(Json release, Statement& statement) {
    const std::string_view status = release["status"].text();
    if (status == "resolved") {
      const std::string_view fixed = release["fixed_version"].text();
      if (fixed.empty() || fixed.size() > 512) return false;
      statement.state = fixed == "0" ? FixState::NotAffected : FixState::Fixed;
      if (fixed != "0") statement.ranges.push_back({"", std::string(fixed), ""});
      return true;
    }
    if (status == "undetermined") {
      statement.state = FixState::UnderInvestigation;
      return true;
    }
    if (status != "open") return false;
    if (release["nodsa"].exists() || release["nodsa_reason"].exists()) {
      std::string_view reason = release["nodsa_reason"].text();
      if (reason.empty()) reason = "no-dsa";
      statement.state = reason == "ignored" ? FixState::WillNotFix : FixState::Deferred;
      statement.note = reason.substr(0, 64);
      const std::string text = feeds::text_of(release["nodsa"], 1024);
      if (!text.empty()) statement.note += ": " + text;
    }
    return true;
  }

  Sink& sink_;
  std::unordered_set<std::string> seen_;  // some 50,000 ids
  std::set<std::string, std::less<>> unknown_releases_;
};

Result<void> read(base::Input& input, std::string_view /*name*/, Sink& sink) {
  Reader reader(sink);
  const auto each = [&](std::string_view package, std::string_view text) -> Result<void> {
    const Result<Json> vulnerabilities = feeds::parse_record(text);
    if (!vulnerabilities) {
      sink.problem(base::printable(package), vulnerabilities.error().text());
    } else if (!vulnerabilities->is_object() || package.empty()) {
      sink.problem(base::printable(package), "no object of vulnerabilities");
    } else {
      reader.read_package(package, *vulnerabilities);
    }
    return ok();
  };
  return base::for_each_json_child(input, "", {}, each);
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "debian-tracker",
      .title = "Debian security tracker",
      .covers = "Debian packages: fixed, open, postponed, ignored",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = 30,
  };
  return kFeed;
}

}  // namespace vigil::intel::debian_tracker
