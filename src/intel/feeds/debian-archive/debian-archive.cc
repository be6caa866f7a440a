// Debian archive: what newer versions in the package archive fix, by the word of their changelogs.
//
// Two documents are understood, both JSON:
// - our own, written by `vigil intel update` on a Debian or Ubuntu host from what the host's own
//   mirror holds (docs/formats/debian-archive.md): {"format": "vigil-debian-archive", "version": 1,
//   "ecosystem", "date", "packages": [{"source", "installed", "candidate", "uploads": [{"version",
//   "fixed", "urgency", "date", "cves"}]}]};
// - a list of uploads [{"source", "version", "distribution", "date", "cves"}], which anybody can
//   derive from changelogs (deb-changelog(5)).
//
// A vulnerability is fixed in the lowest version of the release whose upload names it.
//
// Traps:
// - A changelog may name a vulnerability without fixing it. Our own document leaves out what the
//   installed version's history already names; the list is taken by its word.
// - Uploads to unstable carry no release. Of the list only those are used whose distribution is a
//   release's (bookworm, bookworm-security): everything that was in unstable before a release is in
//   that release from its beginning.
// - Our own document speaks of one host's packages only, and of nothing that has no fix.
//
// Not handled: severities. The urgency of an upload is the maintainer's word for the whole upload
// and says nothing about one vulnerability.

#include <map>
#include <string>
#include <utility>

#include "base/json_stream.h"
#include "base/text.h"
#include "intel/believe.h"
#include "intel/feed.h"
#include "intel/feeds/debian.h"
#include "intel/feeds/head.h"
#include "intel/feeds/record.h"
#include "version/scheme.h"

namespace vigil::intel::debian_archive {
namespace {

using base::Json;

constexpr std::string_view kFormat = "\"vigil-debian-archive\"";
constexpr std::size_t kLongestVersion = 512;

bool is_own(std::string_view head) {
  return feeds::head_value(feeds::head_members(head, 2), "format").starts_with(kFormat);
}

bool is_list(std::string_view head) {
  if (!feeds::skip_blank(head).starts_with('[')) return false;
  const auto upload = feeds::head_members(feeds::first_element(head), 8);
  return feeds::head_value(upload, "source").starts_with('"') &&
         feeds::head_value(upload, "version").starts_with('"') &&
         feeds::head_value(upload, "distribution").starts_with('"') &&
         feeds::head_value(upload, "cves").starts_with('[');
}

bool recognises(std::string_view head, std::string_view /*name*/) {
  return feeds::mentions(head, kFormat) ? is_own(head)
                                        : feeds::mentions(head, "\"cves\"") && is_list(head);
}

/// For each package and vulnerability of an ecosystem the lowest version that has the fix.
class Fixes {
 public:
  explicit Fixes(Sink& sink) : sink_(sink) {}

  void add(const std::string& ecosystem, std::string_view package, std::string_view version,
           Json cves) {
    const auto key = version::find_scheme("deb")->key(version.substr(0, kLongestVersion + 1));
    if (ecosystem.empty() || package.empty() || package.size() > kLongestVersion || !key) {
      sink_.problem(base::printable(package.substr(0, 64)),
                    key ? "no package or no release" : key.error().text());
      return;
    }
    for (const Json cve : cves.items()) {
      const std::string_view id = cve.text();
      if (!feeds::is_cve(id)) {
        sink_.problem(std::string(package),
                      "'" + base::printable(id.substr(0, 64)) + "' is no CVE");
        continue;
      }
      Fix& fix = fixes_[{ecosystem, std::string(package), std::string(id)}];
      if (fix.version.empty() || *key < fix.key) fix = {*key, std::string(version)};
    }
  }

  void give() {
    for (auto& [about, fix] : fixes_) {
      const auto& [ecosystem, package, id] = about;
      Statement statement;
      statement.ecosystem = ecosystem;
      statement.package = package;
      statement.vulnerability = id;
      statement.state = model::FixState::Fixed;
      statement.ranges.push_back({"", fix.version, ""});
      sink_.statement(std::move(statement));
      Facts facts;
      facts.details.id = id;
      // Ubuntu has a page for each CVE of its own.
      const bool debian = ecosystem.starts_with("Debian:");
      facts.details.references.push_back((debian ? "https://security-tracker.debian.org/tracker/"
                                                 : "https://ubuntu.com/security/") +
                                         id);
      sink_.facts(std::move(facts));
    }
  }

 private:
  struct About {
    std::string ecosystem;
    std::string package;
    std::string id;
    auto operator<=>(const About&) const = default;
  };
  struct Fix {
    version::Key key;
    std::string version;
  };
  Sink& sink_;
  std::map<About, Fix> fixes_;  // some 100,000 for all of a release
};

void read_package(const std::string& ecosystem, Json package, Fixes& fixes, Sink& sink) {
  const std::string source = feeds::text_of(package["source"], kLongestVersion);
  if (package["unread"].is_string()) {
    sink.problem(source, "its newer version " + feeds::text_of(package["candidate"], 128) +
                             " could not be read: " + feeds::text_of(package["unread"], 300));
    return;
  }
  if (!package["uploads"].is_array()) {
    sink.problem(source, "it has no list of uploads");
    return;
  }
  for (const Json upload : package["uploads"].items()) {
    const Json fixed = upload["fixed"].is_string() ? upload["fixed"] : upload["version"];
    fixes.add(ecosystem, source, fixed.text(), upload["cves"]);
  }
}

Result<void> read_own(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const Json root, feeds::read_document(input, name));
  if (root["version"].integer() != 1) {
    return fail("a document of another version", std::string(name), "update Vigil",
                ErrorCode::Unsupported);
  }
  const std::string ecosystem = feeds::text_of(root["ecosystem"], 64);
  if (!ecosystem.starts_with("Debian:") && !ecosystem.starts_with("Ubuntu:")) {
    return fail("its ecosystem is '" + base::printable(ecosystem) + "'", std::string(name),
                "it has to be a release of Debian or Ubuntu: Debian:12");
  }
  if (!root["packages"].is_array()) return fail("it has no list of packages", std::string(name));
  if (const std::int64_t date = feeds::time_of(root["date"]); date != 0) sink.dated(date);
  Fixes fixes(sink);
  for (const Json package : root["packages"].items()) read_package(ecosystem, package, fixes, sink);
  fixes.give();
  return ok();
}

/// "bookworm-security" -> "Debian:12"; empty for unstable and the like.
std::string release_of(std::string_view distribution) {
  for (const std::string_view word : base::words(distribution)) {
    std::string ecosystem = feeds::debian_ecosystem(word.substr(0, word.find_first_of("-/")));
    if (!ecosystem.empty() && ecosystem != "Debian:sid") return ecosystem;
  }
  return {};
}

Result<void> read_list(base::Input& input, Sink& sink) {
  Fixes fixes(sink);
  std::int64_t newest = 0;
  VIGIL_CHECK(base::for_each_json_child(
      input, "", {}, [&](std::string_view, std::string_view text) -> Result<void> {
        const Result<Json> upload = feeds::parse_record(text);
        if (!upload || !(*upload)["version"].is_string()) {
          sink.problem("upload", upload ? "it has no version" : upload.error().text());
          return ok();
        }
        newest = std::max(newest, feeds::time_of((*upload)["date"]));
        const std::string ecosystem = release_of((*upload)["distribution"].text());
        if (!ecosystem.empty()) {
          fixes.add(ecosystem, (*upload)["source"].text(), (*upload)["version"].text(),
                    (*upload)["cves"]);
        }
        return ok();
      }));
  if (newest != 0) sink.dated(newest);
  fixes.give();
  return ok();
}

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const std::string head, base::read_prefix(input, 4096));
  base::PrependedInput whole(head, input);
  return feeds::skip_blank(head).starts_with('[') ? read_list(whole, sink)
                                                  : read_own(whole, name, sink);
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "debian-archive",
      .title = "Debian package archive",
      .covers = "this host's packages: what newer versions in its own archive fix",
      .endpoints = {},
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = kArchiveAuthority,
  };
  return kFeed;
}

}  // namespace vigil::intel::debian_archive
