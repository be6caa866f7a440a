// Retire.js: JavaScript libraries with known vulnerabilities, as its scanner for web pages uses them.
//
// Reference: https://github.com/RetireJS/retire.js, repository/jsrepository-v6.json (v4 and v5 are the
// same for what is read here) and npmrepository.json, the list of former times by npm's names.
// {"<component>": {"npmname": "...", "vulnerabilities": [{"atOrAbove": "1.0", "below": "1.2",
//   "excludes": ["1.1.9"], "severity": "high", "cwe": ["CWE-79"],
//   "identifiers": {"CVE": ["CVE-..."], "githubID": "GHSA-...", "summary": "...", "issue": "..."},
//   "info": ["https://..."], "details": "..."}]}}
//
// Traps:
// - A component is a library as pages load it; its npm package may be called otherwise ("angularjs"
//   is "angular"): `npmname`, or `basePurl`.
// - Several CVEs of one entry are several vulnerabilities; GitHub's id is one of them only where
//   there is one CVE.
// - Many entries have neither: then what else identifies them makes an id of our own, which a later
//   edition gives again ("RETIREJS-jquery-issue-11974"). npm's old advisories keep their number.
// - "1.2.0-*" means below all prereleases of 1.2.0. Some versions are none ("~", "3.0.RC3"): such an
//   entry is reported and left out.
//
// Not handled: the extractors (regular expressions and hashes that recognise a library in a file);
// bower's names, which no advisory knows.

#include <algorithm>
#include <string>

#include "base/hash.h"
#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/advisory_links.h"
#include "intel/feeds/head.h"
#include "intel/feeds/intervals.h"
#include "intel/feeds/record.h"
#include "model/package_url.h"
#include "version/scheme.h"

namespace vigil::intel::retirejs {
namespace {

using base::Json;

constexpr std::string_view kEcosystem = "npm";
/// Its own example, the first entry of every edition.
constexpr std::string_view kExample = "retire-example";

constexpr Endpoint kEndpoints[] = {
    {"https://raw.githubusercontent.com/RetireJS/retire.js/master/repository/jsrepository-v6.json",
     "retirejs-jsrepository-v6.json"},
    {"https://raw.githubusercontent.com/RetireJS/retire.js/master/repository/npmrepository.json",
     "retirejs-npmrepository.json"},
};

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::mentions(head, "\"vulnerabilities\"") || !feeds::mentions(head, "\"below\"")) {
    return false;
  }
  const auto members = feeds::head_members(head, 2);
  return !members.empty() && std::ranges::all_of(members, [](const feeds::HeadMember& member) {
    const auto of_component = feeds::head_members(member.value, 8);
    return feeds::head_value(of_component, "vulnerabilities").starts_with('[');
  });
}

/// What an id may consist of; all else becomes a dash.
std::string id_part(std::string_view text) {
  std::string part(text.substr(0, 24));
  for (char& c : part) {
    if (!base::is_alnum(c) && c != '.' && c != '_') c = '-';
  }
  return part;
}

/// The first text of a value that is one or a list of them.
std::string_view first_text(Json value) {
  if (value.is_array()) {
    for (const Json item : value.items()) return item.text();
  }
  return value.text();
}

std::string own_id(std::string_view component, Json entry) {
  const Json identifiers = entry["identifiers"];
  if (const std::string_view number = identifiers["retid"].text(); !number.empty()) {
    return "RETIREJS-" + id_part(number);
  }
  for (const Json url : entry["info"].items()) {
    if (std::string id = feeds::npm_advisory_of(url.text()); !id.empty()) return id;
  }
  const std::string prefix = "RETIREJS-" + id_part(component) + "-";
  for (const char* key : {"issue", "bug", "PR", "gist", "osvdb", "release"}) {
    if (const std::string_view known = first_text(identifiers[key]); !known.empty()) {
      return prefix + id_part(base::lower(key)) + "-" + id_part(known);
    }
  }
  std::string rest(identifiers["summary"].text());
  if (rest.empty()) rest = first_text(entry["info"]);
  constexpr std::size_t kDigits = 8;
  return prefix + base::hex(base::xxh3_128(rest)).substr(0, kDigits);
}

class Reader {
 public:
  explicit Reader(Sink& sink) : scheme_(*version::scheme_of_ecosystem(kEcosystem)), sink_(sink) {}

  void read(std::string_view component, Json library) {
    if (component == kExample) return;
    const std::string package = npm_name(component, library);
    for (const Json entry : library["vulnerabilities"].items()) {
      read_entry(component, package, entry);
    }
  }

 private:
  /// Empty for a library that is no npm package.
  static std::string npm_name(std::string_view component, Json library) {
    if (const auto name = library["npmname"].text(); !name.empty()) return std::string(name);
    const std::string_view base = library["basePurl"].text();
    if (base.empty()) return std::string(component);
    const auto url = model::parse_package_url(base);
    if (!url || url->type != "npm") return {};
    return url->name_space.empty() ? url->name : url->name_space + "/" + url->name;
  }

  void read_entry(std::string_view component, const std::string& package, Json entry) {
    std::vector<std::string> ids;
    const Json identifiers = entry["identifiers"];
    for (const Json cve : identifiers["CVE"].items()) {
      const std::string_view id = base::trim(cve.text());
      if (feeds::is_cve(id)) feeds::add_once(ids, id);
    }
    const std::string_view ghsa = base::trim(identifiers["githubID"].text());
    const bool has_ghsa = ghsa.starts_with("GHSA-") && feeds::is_plausible_id(ghsa);
    std::string alias;
    if (ids.empty()) {
      ids.push_back(has_ghsa ? std::string(ghsa) : own_id(component, entry));
    } else if (ids.size() == 1 && has_ghsa) {
      alias = ghsa;
    }
    const auto affected = versions_of(entry);
    if (!affected) {
      sink_.problem(ids.front() + " " + package, affected.error().text());
      return;
    }
    for (const std::string& id : ids) {
      give_facts(id, alias, entry);
      Statement statement;
      statement.ecosystem = kEcosystem;
      statement.package = package;
      statement.vulnerability = id;
      statement.state = feeds::state_of(*affected);
      statement.ranges = feeds::to_ranges(*affected);
      if (!package.empty() && !statement.ranges.empty()) sink_.statement(std::move(statement));
    }
  }

  Result<feeds::IntervalSet> versions_of(Json entry) const {
    feeds::Interval affected;
    if (const std::string from = version_text(entry["atOrAbove"]); !from.empty() && from != "0") {
      VIGIL_TRY(affected.low, feeds::cut_before(scheme_, from));
    }
    if (const std::string below = version_text(entry["below"]); !below.empty()) {
      VIGIL_TRY(affected.high, feeds::cut_before(scheme_, below));
      // "2.999.999": all of a line without a fix, no release.
      affected.fixed = !below.ends_with(".999");
    }
    feeds::IntervalSet spared;
    for (const Json excluded : entry["excludes"].items()) {
      VIGIL_TRY(auto before, feeds::cut_before(scheme_, excluded.text()));
      VIGIL_TRY(auto after, feeds::cut_after(scheme_, excluded.text()));
      spared.push_back({std::move(before), std::move(after), true});
    }
    return feeds::without(feeds::united({affected}), feeds::united(std::move(spared)));
  }

  static std::string version_text(Json value) {
    std::string version(base::trim(value.text()));
    if (version.ends_with("-*")) version.back() = '0';
    return version;
  }

  void give_facts(const std::string& id, const std::string& alias, Json entry) {
    Facts facts;
    model::Vulnerability& details = facts.details;
    details.id = id;
    if (!alias.empty()) details.aliases.push_back(alias);
    details.title = feeds::text_of(entry["identifiers"]["summary"]);
    details.description = feeds::text_of(entry["details"]);
    if (details.description.empty()) details.description = details.title;
    details.source = "RETIREJS";
    if (const auto word = entry["severity"].text(); !word.empty()) {
      details.vendor_severities.push_back({details.source, std::string(word)});
    }
    for (const Json cwe : entry["cwe"].items()) feeds::add_cwe(details.cwes, cwe.text());
    for (const Json url : entry["info"].items()) {
      feeds::add_reference(details.references, url.text());
    }
    if (!details.references.empty()) details.source_url = details.references.front();
    sink_.facts(std::move(facts));
  }

  const version::Scheme& scheme_;
  Sink& sink_;
};

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const Json root, feeds::read_document(input, name));
  Reader reader(sink);
  for (const auto [component, library] : root.members()) reader.read(component, library);
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "retirejs",
      .title = "Retire.js",
      .covers = "JavaScript libraries, also such that no CVE names",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = 10,
  };
  return kFeed;
}

}  // namespace vigil::intel::retirejs
