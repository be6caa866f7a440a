// FriendsOfPHP: the security advisories of PHP packages, as the PHP projects file them.
//
// Reference: https://github.com/FriendsOfPHP/security-advisories, README. One YAML file per package and
// advisory, <vendor>/<package>/<CVE or date>.yaml:
//   title: ...    link: https://...    cve: CVE-2019-11325
//   reference: composer://symfony/symfony
//   branches:
//     4.2.x: {time: 2019-11-13 08:00:00, versions: ['>=4.2.0', '<4.2.12']}
//     4.3.x: {time: ~, versions: ['>=4.3.0', '<4.4.0']}
//   composer-repository: false
//
// Traps:
// - A branch without a time has no fix: the end of its versions is the end of the branch. Where the
//   next branch goes on there, both are one interval with the fix of the latter.
// - ">=4.2.0" begins, as in Composer, with 4.2.0-dev: candidates of a release are affected like it.
// - `cve: ~` and no `cve`: then GitHub's id in the link, or the place of the file is the id, by which
//   GitHub's advisories name it (advisory_links.h).
//
// Not handled: `composer-repository`, which no advisory sets to anything but false.

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "intel/feed.h"
#include "intel/feeds/advisory_links.h"
#include "intel/feeds/intervals.h"
#include "intel/feeds/record.h"
#include "intel/feeds/yaml_document.h"
#include "version/scheme.h"

namespace vigil::intel::friendsofphp {
namespace {

using base::Node;
using feeds::Interval;
using feeds::IntervalSet;

constexpr std::string_view kEcosystem = "Packagist";
constexpr std::string_view kReference = "composer://";

constexpr Endpoint kEndpoints[] = {
    {"https://github.com/FriendsOfPHP/security-advisories/archive/refs/heads/master.tar.gz",
     "friendsofphp-security-advisories.tar.gz"},
};

bool recognises(std::string_view head, std::string_view /*name*/) {
  return head.find(kReference) != std::string_view::npos && feeds::has_line(head, "branches:") &&
         feeds::has_line(head, "reference:") && feeds::has_line(head, "title:");
}

/// Composer's lower bounds begin with the development versions of what they name.
Result<void> begin_with_candidates(const version::Scheme& scheme, Interval& interval) {
  if (!interval.low || interval.low->after) return ok();
  const std::string& version = interval.low->version;
  if (std::ranges::any_of(version, base::is_alpha)) return ok();
  VIGIL_TRY(interval.low, feeds::cut_before(scheme, version + "-dev"));
  return ok();
}

Result<IntervalSet> affected_by(const Node& branches) {
  const version::Scheme& scheme = *version::scheme_of_ecosystem(kEcosystem);
  std::vector<Interval> affected;
  for (const Node::Member& branch : branches.members()) {
    std::string conditions;
    const Node& versions = branch.value["versions"];
    for (const Node& condition : versions.items()) {
      conditions += std::string(condition.text()) + ",";
    }
    if (conditions.empty()) conditions = versions.text();
    VIGIL_TRY(auto interval, feeds::conditions(scheme, conditions));
    if (!interval) continue;
    VIGIL_CHECK(begin_with_candidates(scheme, *interval));
    // Without quotes "~" is null.
    const std::string_view time = branch.value["time"].text();
    interval->fixed = !time.empty() && time != "~" && interval->high && !interval->high->after;
    affected.push_back(std::move(*interval));
  }
  return feeds::united(std::move(affected));
}

std::int64_t earliest_time(const Node& branches) {
  std::int64_t earliest = 0;
  for (const Node::Member& branch : branches.members()) {
    std::string text(branch.value["time"].text());
    std::ranges::replace(text, ' ', 'T');
    const std::int64_t time = base::parse_time(text).value_or(0);
    if (time != 0 && (earliest == 0 || time < earliest)) earliest = time;
  }
  return earliest;
}

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const Node advisory, feeds::read_yaml(input, name));
  const std::string_view reference = base::trim(advisory["reference"].text());
  if (!reference.starts_with(kReference)) {
    sink.problem(std::string(name), "an advisory that refers to no package of Composer");
    return ok();
  }
  const std::string package(reference.substr(kReference.size()));
  const std::string_view link = advisory["link"].text();
  const std::string_view cve = base::trim(advisory["cve"].text());
  const std::string ghsa = feeds::github_advisory_of(link);
  Facts facts;
  model::Vulnerability& details = facts.details;
  const std::string_view file = name.substr(name.rfind('/') + 1);
  if (feeds::is_cve(cve)) {
    details.id = cve;
    if (!ghsa.empty()) details.aliases.push_back(ghsa);
  } else if (!ghsa.empty()) {
    details.id = ghsa;
  } else {
    details.id = feeds::php_advisory_id(package + "/" + std::string(file));
    if (details.id.empty()) details.id = file.substr(0, file.rfind('.'));
  }
  details.title = advisory["title"].text();
  details.source = "FRIENDSOFPHP";
  details.published = earliest_time(advisory["branches"]);
  feeds::add_reference(details.references, link);
  if (!details.references.empty()) details.source_url = details.references.front();
  if (details.published != 0) sink.dated(details.published);
  const std::string id = details.id;
  if (id.empty() || package.empty()) {
    sink.problem(std::string(name), "an advisory without an id or a package");
    return ok();
  }
  sink.facts(std::move(facts));

  const auto affected = affected_by(advisory["branches"]);
  if (!affected) {
    sink.problem(id + " " + package, affected.error().text());
    return ok();
  }
  if (affected->empty()) return ok();
  Statement statement;
  statement.ecosystem = kEcosystem;
  statement.package = package;
  statement.vulnerability = id;
  statement.state = feeds::state_of(*affected);
  statement.ranges = feeds::to_ranges(*affected);
  sink.statement(std::move(statement));
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "friendsofphp",
      .title = "FriendsOfPHP security advisories",
      .covers = "PHP packages",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = 20,
  };
  return kFeed;
}

}  // namespace vigil::intel::friendsofphp
