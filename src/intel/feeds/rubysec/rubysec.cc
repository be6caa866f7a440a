// ruby-advisory-db: RubySec's advisories of gems and of Ruby itself.
//
// Reference: https://github.com/rubysec/ruby-advisory-db, README "Schema". One YAML file per advisory,
// gems/<gem>/<id>.yml and rubies/<engine>/<id>.yml:
//   gem: rails            (or engine: ruby)
//   cve: 2022-23633       ghsa: wh98-p28r-vrc9      osvdb: 78116
//   url: https://...      title: ...    date: 2022-02-11    description: |
//   cvss_v3: 7.4
//   unaffected_versions: ["< 5.0"]
//   patched_versions: ["~> 5.2.6, >= 5.2.6.2", ">= 7.0.2.2"]
//   related: {cve: [...], url: [...]}
//
// What is affected is what is neither patched nor unaffected, as bundler-audit decides.
//
// Traps:
// - "~> 5.2.6" spares 5.2.6 to below 5.3, prereleases of 5.3 not included (Gem::Requirement).
// - Without patched_versions there is no fix.
// - CVSS is given as a number without its vector: it is kept as a word ("high").
// - Ruby's old patch levels stand as a fourth number, 1.9.3.392 for 1.9.3p392, its previews behind a
//   third dot, 2.2.0.preview.1.
//
// Not handled: versions of JRuby, MRuby and Rubinius, which nothing finds; `platform` is told in the
// note but does not restrict; `related` CVEs, which are other vulnerabilities.

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "intel/feed.h"
#include "intel/feeds/intervals.h"
#include "intel/feeds/record.h"
#include "intel/feeds/yaml_document.h"
#include "version/scheme.h"

namespace vigil::intel::rubysec {
namespace {

using base::Node;
using feeds::Interval;
using feeds::IntervalSet;

constexpr Endpoint kEndpoints[] = {
    {"https://github.com/rubysec/ruby-advisory-db/archive/refs/heads/master.tar.gz",
     "ruby-advisory-db.tar.gz"},
};

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::has_line(head, "gem:") && !feeds::has_line(head, "engine:")) return false;
  return feeds::has_line(head, "url:") && feeds::has_line(head, "title:") &&
         feeds::has_line(head, "date:") && feeds::has_line(head, "description:");
}

/// The versions of one product as its scheme writes them.
class Versions {
 public:
  explicit Versions(bool is_ruby)
      : scheme_(*version::scheme_of_ecosystem(is_ruby ? "Bitnami" : "RubyGems")),
        is_ruby_(is_ruby) {}

  /// "~> 2.3.14, >= 2.3.14.1"
  Result<std::optional<Interval>> requirement(std::string_view text) const {
    std::optional<Interval> all = Interval{};
    for (const std::string_view part : base::split(text, ',')) {
      VIGIL_TRY(auto one, condition(base::trim(part)));
      if (all && one) {
        all = feeds::common(*all, *one);
      } else {
        all.reset();
      }
    }
    return all;
  }

 private:
  Result<std::optional<Interval>> condition(std::string_view text) const {
    constexpr std::string_view kPessimistic = "~>";
    if (!text.starts_with(kPessimistic)) {
      const std::size_t start = std::min(text.find_first_not_of("<>=! "), text.size());
      return feeds::conditions(scheme_,
                               std::string(text.substr(0, start)) + written(text.substr(start)));
    }
    const std::string_view version = base::trim(text.substr(kPessimistic.size()));
    Interval interval;
    VIGIL_TRY(interval.low, feeds::cut_before(scheme_, written(version)));
    VIGIL_TRY(interval.high, feeds::cut_before(scheme_, above(version)));
    return interval;
  }

  /// Gem::Version#bump: the last number goes, the one before it is raised. Below all prereleases of
  /// that: no word is lower than "A".
  [[nodiscard]] std::string above(std::string_view version) const {
    std::vector<std::uint64_t> numbers;
    for (const std::string_view part : base::split(version, '.')) {
      const auto number = base::parse_unsigned(part);
      if (!number) break;
      numbers.push_back(*number);
    }
    if (numbers.size() > 1) numbers.pop_back();
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      text += (i == 0 ? "" : ".") + std::to_string(numbers[i] + (i + 1 == numbers.size() ? 1 : 0));
    }
    return is_ruby_ ? written(text) : text + ".A";
  }

  [[nodiscard]] std::string written(std::string_view version) const {
    version = base::trim(version);
    std::string text(version);
    if (!is_ruby_) return text;
    std::size_t dots = 0;
    for (char& c : text) {
      if (c == '.' && ++dots == 3) c = '-';
    }
    return text;
  }

  const version::Scheme& scheme_;
  bool is_ruby_;
};

/// CVSS v3, "Qualitative Severity Rating Scale"; version 2 has no "critical".
std::string severity_word(const Node& advisory) {
  for (const char* key : {"cvss_v3", "cvss_v4", "cvss_v2"}) {
    const auto score = advisory[key].number();
    if (!score || *score <= 0) continue;
    if (*score < 4.0) return "low";
    if (*score < 7.0) return "medium";
    return *score < 9.0 || std::string_view(key) == "cvss_v2" ? "high" : "critical";
  }
  return {};
}

/// The best known first; nothing if the advisory has none.
std::vector<std::string> ids_of(const Node& advisory) {
  constexpr std::array<std::pair<const char*, const char*>, 3> kKinds = {
      {{"cve", "CVE-"}, {"ghsa", "GHSA-"}, {"osvdb", "OSVDB-"}}};
  std::vector<std::string> ids;
  for (const auto& [key, prefix] : kKinds) {
    const std::string_view number = base::trim(advisory[key].text());
    const std::string id = prefix + std::string(number);
    if (number.empty() || !feeds::is_plausible_id(id)) continue;
    // Its numbers stood for whole bulletins: no alias of a single CVE.
    if (std::string_view(key) == "osvdb" && !ids.empty()) continue;
    ids.push_back(id);
  }
  return ids;
}

Facts facts_of(const Node& advisory, const std::vector<std::string>& ids) {
  Facts facts;
  model::Vulnerability& details = facts.details;
  details.id = ids.front();
  details.aliases.assign(ids.begin() + 1, ids.end());
  details.title = advisory["title"].text();
  details.description = advisory["description"].text().substr(0, feeds::kDescriptionLimit);
  details.source = "RUBYSEC";
  details.published = base::parse_time(advisory["date"].text()).value_or(0);
  feeds::add_reference(details.references, advisory["url"].text());
  if (!details.references.empty()) details.source_url = details.references.front();
  for (const Node& url : advisory["related"]["url"].items()) {
    feeds::add_reference(details.references, url.text());
  }
  if (std::string word = severity_word(advisory); !word.empty()) {
    details.vendor_severities.push_back({details.source, std::move(word)});
  }
  return facts;
}

Result<void> add_safe(const Versions& versions, const Node& list, bool fixed,
                      std::vector<Interval>& safe) {
  for (const Node& text : list.items()) {
    VIGIL_TRY(auto interval, versions.requirement(text.text()));
    if (!interval) continue;
    interval->fixed = fixed;
    safe.push_back(std::move(*interval));
  }
  return ok();
}

Result<IntervalSet> affected_by(const Versions& versions, const Node& advisory) {
  std::vector<Interval> safe;
  VIGIL_CHECK(add_safe(versions, advisory["patched_versions"], true, safe));
  VIGIL_CHECK(add_safe(versions, advisory["unaffected_versions"], false, safe));
  // Not united: where a patched and an unaffected interval overlap, each keeps its beginning.
  std::ranges::stable_sort(safe, [](const Interval& a, const Interval& b) {
    if (!a.low || !b.low) return !a.low && b.low.has_value();
    return a.low->key < b.low->key;
  });
  return feeds::without({Interval{}}, safe);
}

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const Node advisory, feeds::read_yaml(input, name));
  const std::vector<std::string> ids = ids_of(advisory);
  if (ids.empty()) {
    sink.problem(std::string(name), "an advisory without an id");
    return ok();
  }
  Facts facts = facts_of(advisory, ids);
  if (facts.details.published != 0) sink.dated(facts.details.published);
  sink.facts(std::move(facts));

  const std::string_view gem = advisory["gem"].text();
  const bool is_ruby = gem.empty();
  if (is_ruby && advisory["engine"].text() != "ruby") return ok();
  const auto affected = affected_by(Versions(is_ruby), advisory);
  if (!affected) {
    sink.problem(ids.front() + " " + std::string(is_ruby ? "ruby" : gem), affected.error().text());
    return ok();
  }
  if (affected->empty()) return ok();
  Statement statement;
  statement.ecosystem = is_ruby ? "Bitnami" : "RubyGems";
  statement.package = is_ruby ? "ruby" : gem;
  statement.vulnerability = ids.front();
  statement.state = feeds::state_of(*affected);
  statement.ranges = feeds::to_ranges(*affected);
  if (const std::string_view platform = advisory["platform"].text(); !platform.empty()) {
    statement.note = "only on " + std::string(platform.substr(0, 64));
  }
  sink.statement(std::move(statement));
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "rubysec",
      .title = "RubySec",
      .covers = "gems, and Ruby itself",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = 20,
  };
  return kFeed;
}

}  // namespace vigil::intel::rubysec
