// OSV: the Open Source Vulnerability format, which some forty databases publish and osv.dev
// gathers.
//
// Reference: https://ossf.github.io/osv-schema/ (version 1.7). One JSON object per record; osv.dev
// serves them as one zip per ecosystem. Read here: one record per document, or an array of them.
//
// What becomes of a record:
// - every element of affected[] with a package is a statement; its ECOSYSTEM and SEMVER ranges are
//   evaluated into intervals (events.h), and `versions` adds only what no interval holds: osv.dev
//   lists every version of the package there, a hundred times the ranges;
// - everything else is facts. A record's CVSS may stand at the top or inside affected[] (Bitnami),
//   a vendor's word in four places.
//
// Traps:
// - A distribution's advisory (DSA, USN, ALSA ...) is not the vulnerability it speaks of, and one
//   advisory speaks of many: their `related`, `upstream` and CVE aliases go to Facts::covers, never
//   to the aliases, which would unite all of an advisory's CVEs into one.
// - DEBIAN-CVE-..., UBUNTU-CVE-... wrap a CVE that older exports name only in the id.
// - The same package may stand in several elements with different ranges: each is a statement.
// - Several introduced/fixed pairs in one range come in any order. "introduced": "0" is before
// every
//   version. A limit bounds what a range speaks about and is no fix.
// - `modified` may be 0001-01-01 (unknown); times have 0 to 9 digits of fraction; nulls stand for
//   empty arrays.
// - Symbols: "import path" + "." + symbol as Go writes it in `imports` ("net/http.Server.Serve");
//   an import without symbols is "path.*", any symbol of it. `goos` and `goarch` restrict an import;
//   a statement has platforms only if every import has.
// - curl's records (CURL-...) name no package: they are about the program and the library, which are
//   known by their CPE names.
// - GitHub's records name former npm advisories ("npmjs.com/advisories/118") and those of FriendsOfPHP
//   only in a link.
//
// Not handled: GIT ranges (commits are in no inventory of packages), so records of C and C++ and of
// Linux give facts only; `credits`; `custom_ranges` of Go (versions that are no module versions).

#include <array>
#include <string>

#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/advisory_links.h"
#include "intel/feeds/head.h"
#include "intel/feeds/osv/endpoints.h"
#include "intel/feeds/osv/events.h"
#include "intel/feeds/osv/names.h"
#include "intel/feeds/record.h"
#include "model/ecosystem.h"
#include "version/scheme.h"

namespace vigil::intel::osv {
namespace {

using base::Json;

bool recognises_record(std::string_view head, bool is_cut) {
  if (!feeds::mentions(head, "\"affected\"") && !feeds::mentions(head, "\"modified\""))
    return false;
  const auto members = feeds::head_members(head);
  const auto has = [&](std::string_view key) { return !feeds::head_value(members, key).empty(); };
  if (has("cveMetadata") || has("dataType") || has("spdxVersion") || has("bomFormat")) return false;
  const std::string_view affected = feeds::head_value(members, "affected");
  const bool has_affected = affected.starts_with('[') || affected.starts_with("null");
  if (has("id") && has("modified")) {
    return has_affected || has("withdrawn") || has("aliases") || has("schema_version");
  }
  // A long record may have either behind the head.
  return is_cut && affected.starts_with('[') && feeds::mentions(affected, "\"ecosystem\"") &&
         feeds::mentions(affected, "\"package\"");
}

bool recognises(std::string_view head, std::string_view /*name*/) {
  constexpr std::size_t kWholeHead = 64U << 10U;
  const std::string_view first = feeds::first_element(head);
  if (!first.starts_with('{')) return false;
  return recognises_record(first, head.size() >= kWholeHead);
}

/// The source's word, wherever the databases put it.
std::string_view severity_word(Json specific) {
  for (const char* key : {"severity", "urgency", "ubuntu_priority", "priority"}) {
    if (const std::string_view word = specific[key].text(); !word.empty()) return word;
  }
  return {};
}

class Reader {
 public:
  Reader(Json record, std::string id, Sink& sink)
      : record_(record), id_(std::move(id)), sink_(sink), database_(database_of(id_)) {}

  void read() {
    Facts facts;
    read_facts(facts);
    for (const Json affected : record_["affected"].items()) {
      read_severity(affected["severity"], facts.details);
      read_affected_facts(affected["database_specific"], facts.details);
      if (!facts.withdrawn) read_affected(affected);
    }
    if (facts.details.modified != 0) sink_.dated(facts.details.modified);
    sink_.facts(std::move(facts));
  }

 private:
  void read_facts(Facts& facts) {
    model::Vulnerability& details = facts.details;
    details.id = id_;
    facts.withdrawn = !record_["withdrawn"].text().empty();
    read_ids(facts);
    details.title = feeds::text_of(record_["summary"]);
    details.description = feeds::text_of(record_["details"]);
    details.source = database_.source;
    details.source_url = url_of(id_);
    details.published = feeds::time_of(record_["published"]);
    details.modified = feeds::time_of(record_["modified"]);
    details.malicious = id_.starts_with("MAL-");
    read_severity(record_["severity"], details);
    const Json specific = record_["database_specific"];
    if (const std::string_view word = specific["severity"].text(); !word.empty()) {
      details.vendor_severities.push_back({std::string(database_.source), std::string(word)});
    }
    for (const Json cwe : specific["cwe_ids"].items()) feeds::add_cwe(details.cwes, cwe.text());
    feeds::add_cwe(details.cwes, specific["CWE"]["id"].text());
    for (const Json reference : record_["references"].items()) {
      feeds::add_reference(details.references, reference["url"].text());
    }
    if (id_.starts_with("GHSA-")) add_linked_aliases(details);
  }

  static void add_linked_aliases(model::Vulnerability& details) {
    std::vector<std::string> numbers;
    for (const std::string& url : details.references) {
      feeds::add_once(numbers, feeds::npm_advisory_of(url));
      feeds::add_once(details.aliases, feeds::php_advisory_of(url));
    }
    // Several are those of related flaws.
    if (numbers.size() == 1) details.aliases.push_back(std::move(numbers.front()));
    feeds::sort_once(details.aliases);
  }

  void read_ids(Facts& facts) {
    std::vector<std::string>& aliases = facts.details.aliases;
    for (const Json alias : record_["aliases"].items()) {
      const std::string_view id = base::trim(alias.text());
      if (!feeds::is_plausible_id(id) || id == id_) continue;
      const bool spoken_of = database_.advisories && !database_of(id).advisories;
      (spoken_of ? facts.covers : aliases).emplace_back(id);
    }
    const auto add_covered = [&](Json ids) {
      for (const Json covered : ids.items()) {
        const std::string_view id = base::trim(covered.text());
        if (feeds::is_plausible_id(id) && id != id_) facts.covers.emplace_back(id);
      }
    };
    add_covered(record_["upstream"]);
    if (database_.advisories) add_covered(record_["related"]);
    const bool names_none = facts.covers.empty() && aliases.empty();
    if (const std::string_view cve = wrapped_cve(id_); names_none && !cve.empty()) {
      facts.covers.emplace_back(cve);
    }
    feeds::sort_once(aliases);
    feeds::sort_once(facts.covers);
  }

  void read_severity(Json severities, model::Vulnerability& details) {
    for (const Json severity : severities.items()) {
      const std::string_view type = severity["type"].text();
      const std::string_view score = severity["score"].text();
      if (type.starts_with("CVSS_V")) {
        feeds::add_rating(details, score, database_.source, database_.origin, sink_);
      } else if (!score.empty() && details.vendor_severities.size() < feeds::kListLimit) {
        details.vendor_severities.push_back({std::string(database_.source), std::string(score)});
      }
    }
  }

  /// RustSec: cvss. PyPA malware: cwes [{cweId}].
  void read_affected_facts(Json specific, model::Vulnerability& details) {
    if (const std::string_view vector = specific["cvss"].text(); !vector.empty()) {
      feeds::add_rating(details, vector, database_.source, database_.origin, sink_);
    }
    for (const Json cwe : specific["cwes"].items()) {
      feeds::add_cwe(details.cwes, cwe["cweId"].text());
    }
  }

  void read_affected(Json affected) {
    const std::string_view ecosystem = base::trim(affected["package"]["ecosystem"].text());
    const std::string_view name = affected["package"]["name"].text();
    if (id_.starts_with("CURL-") && name.empty()) {
      for (const std::string_view product : {"haxx:curl", "haxx:libcurl"}) {
        read_package(affected, "CPE", product);
      }
    }
    if (!ecosystem.empty() && !name.empty()) read_package(affected, ecosystem, name);
  }

  void read_package(Json affected, std::string_view ecosystem, std::string_view name) {
    constexpr std::size_t kLongestName = 1024;
    if (ecosystem.size() > 128 || name.size() > kLongestName) {
      sink_.problem(id_, "the name of the package or its ecosystem is too long");
      return;
    }
    Statement statement;
    statement.ecosystem = model::normal_ecosystem(ecosystem);
    statement.package = name;
    statement.vulnerability = id_;
    if (database_.advisories) statement.advisory = id_;
    if (!read_versions(affected, statement)) return;
    const Json specific = affected["ecosystem_specific"];
    statement.vendor_severity = severity_word(specific);
    // RustSec: "unmaintained", "unsound", "notice": not a flaw that a version fixes.
    statement.note = feeds::text_of(affected["database_specific"]["informational"], 256);
    read_symbols(specific["imports"], statement.symbols);
    read_platforms(specific["imports"], statement.platforms);
    sink_.statement(std::move(statement));
  }

  /// False: nothing there says which versions.
  bool read_versions(Json affected, Statement& statement) {
    const version::Scheme* scheme = version::scheme_of_ecosystem(statement.ecosystem);
    bool has_fix = false;
    for (const Json range : affected["ranges"].items()) {
      if (range["type"].text() == "GIT") continue;
      Intervals intervals = evaluate(read_events(range["events"]), scheme);
      if (!intervals.bad_version.empty()) {
        sink_.problem(id_, statement.ecosystem + " " + statement.package + ": the version '" +
                               base::printable(intervals.bad_version) +
                               "' is none; its range is read in the order it is written");
      }
      has_fix |= intervals.has_fix;
      for (Range& one : intervals.ranges) statement.ranges.push_back(std::move(one));
    }
    std::vector<std::string_view> versions;
    for (const Json version : affected["versions"].items()) {
      if (is_usable(version.text())) versions.push_back(version.text());
    }
    statement.versions = outside(versions, statement.ranges, scheme);
    statement.state = has_fix ? model::FixState::Fixed : model::FixState::Affected;
    return !statement.ranges.empty() || !statement.versions.empty();
  }

  static bool is_usable(std::string_view version) {
    return !version.empty() && version.size() <= version::kMaximumLength;
  }

  std::vector<Event> read_events(Json events) {
    static constexpr std::array<std::pair<std::string_view, Event::Kind>, 4> kKinds = {
        {{"introduced", Event::Kind::Introduced},
         {"fixed", Event::Kind::Fixed},
         {"last_affected", Event::Kind::LastAffected},
         {"limit", Event::Kind::Limit}}};
    std::vector<Event> list;
    for (const Json event : events.items()) {
      for (const auto& [key, kind] : kKinds) {
        const Json version = event[key];
        if (is_usable(version.text())) {
          list.push_back({kind, version.text()});
        } else if (version.exists()) {
          sink_.problem(id_, "an event '" + std::string(key) + "' without a usable version");
        }
      }
    }
    return list;
  }

  static void read_symbols(Json imports, std::vector<std::string>& symbols) {
    for (const Json import : imports.items()) {
      const std::string path(import["path"].text().substr(0, 1024));
      if (path.empty()) continue;
      bool has_symbol = false;
      for (const Json symbol : import["symbols"].items()) {
        if (symbol.text().empty()) continue;
        symbols.push_back(path + "." + std::string(symbol.text().substr(0, 1024)));
        has_symbol = true;
      }
      if (!has_symbol) symbols.push_back(path + ".*");
    }
    feeds::sort_once(symbols);
  }

  static void read_platforms(Json imports, std::vector<std::string>& platforms) {
    for (const Json import : imports.items()) {
      const auto systems = names_of(import["goos"]);
      const auto processors = names_of(import["goarch"]);
      if (systems.size() == 1 && processors.size() == 1 && systems[0].empty() &&
          processors[0].empty()) {
        platforms.clear();  // anywhere
        return;
      }
      for (const std::string& system : systems) {
        for (const std::string& processor : processors) {
          platforms.push_back(processor.empty() ? system : system + "/" + processor);
        }
      }
    }
    feeds::sort_once(platforms);
  }

  /// The empty name alone: any.
  static std::vector<std::string> names_of(Json list) {
    constexpr std::size_t kMost = 64;
    std::vector<std::string> names;
    for (const Json name : list.items()) {
      if (!name.text().empty() && names.size() < kMost) names.push_back(feeds::text_of(name, 64));
    }
    if (names.empty()) names.emplace_back();
    return names;
  }

  Json record_;
  std::string id_;
  Sink& sink_;
  const Database& database_;
};

void read_record(Json record, std::string_view position, Sink& sink) {
  const std::string_view id = base::trim(record["id"].text());
  if (!feeds::is_plausible_id(id)) {
    sink.problem(std::string(position), "an OSV record without a usable id");
    return;
  }
  Reader(record, std::string(id), sink).read();
}

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const Json root, feeds::read_document(input, name));
  if (!root.is_array()) {
    read_record(root, name, sink);
    return ok();
  }
  std::size_t number = 0;
  for (const Json record : root.items()) {
    read_record(record, std::string(name) + " record " + std::to_string(++number), sink);
  }
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "osv",
      .title = "OSV",
      .covers = "language packages, and the distributions that publish OSV",
      .endpoints = endpoints(),
      .version = 2,
      .recognises = recognises,
      .read = read,
      .authority = 20,
  };
  return kFeed;
}

}  // namespace vigil::intel::osv
