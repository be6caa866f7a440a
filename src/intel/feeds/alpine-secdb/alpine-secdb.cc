// Alpine's security database: per branch and repository, the version of each package (APKBUILD
// origin) that first held a fix. Wolfi and Chainguard publish the same shape.
//
// Reference: https://secdb.alpinelinux.org/ (made from the `# secfixes:` comments of APKBUILDs by
// https://gitlab.alpinelinux.org/alpine/infra/docker/secdb) and, for the comments,
// https://wiki.alpinelinux.org/wiki/APKBUILD_Reference. A document is
//   {distroversion, reponame, apkurl, packages: [{pkg: {name, secfixes: {version: [ids]}}}]}
//
// Traps:
// - The version "0" means that the package never was affected.
// - Ids are typed by hand: identifiers.h.
// - Only fixes are listed: no word about a vulnerability that is not fixed.
// - Wolfi and Chainguard have no `distroversion`: `urlprefix` or `apkurl` tells them.
// - The list of a branch goes on after the branch's end of support, without updates.
//
// Not handled: `archs`, which lists what the repository is built for, not what is affected.

#include <string>

#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/alpine-secdb/endpoints.h"
#include "intel/feeds/alpine-secdb/identifiers.h"
#include "intel/feeds/head.h"
#include "intel/feeds/record.h"
#include "model/ecosystem.h"
#include "version/scheme.h"

namespace vigil::intel::alpine_secdb {
namespace {

using base::Json;
using model::FixState;

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::mentions(head, "\"packages\"")) return false;
  const auto members = feeds::head_members(head, 16);
  const std::string_view packages = feeds::head_value(members, "packages");
  if (!packages.starts_with('[') && !packages.starts_with("null")) return false;
  if (feeds::head_value(members, "apkurl").starts_with('"')) return true;
  return feeds::mentions(packages, "\"pkg\"") && feeds::mentions(packages, "\"secfixes\"");
}

/// Empty if the document does not say.
std::string ecosystem_of(Json root) {
  const std::string_view release = base::trim(root["distroversion"].text());
  if (!release.empty()) {
    return model::normal_ecosystem("Alpine:" + std::string(release.substr(0, 32)));
  }
  for (const char* key : {"urlprefix", "apkurl"}) {
    const std::string_view url = root[key].text();
    if (url.find("wolfi") != std::string_view::npos) return "Wolfi";
    if (url.find("cgr.dev") != std::string_view::npos ||
        url.find("chainguard") != std::string_view::npos) {
      return "Chainguard";
    }
  }
  return {};
}

class Reader {
 public:
  Reader(std::string ecosystem, Sink& sink)
      : ecosystem_(std::move(ecosystem)),
        scheme_(version::scheme_of_ecosystem(ecosystem_)),
        sink_(sink) {}

  void read_package(Json package) {
    const std::string_view name = package["name"].text();
    if (name.empty() || name.size() > 256) {
      sink_.problem(ecosystem_, "a package without a usable name");
      return;
    }
    for (const auto& [version, entries] : package["secfixes"].members()) {
      const std::string_view fixed = base::trim(version);
      if (fixed != "0" && !is_version(fixed)) {
        sink_.problem(ecosystem_ + " " + std::string(name),
                      "'" + base::printable(fixed.substr(0, 64)) + "' is no version");
        continue;
      }
      for (const Json entry : entries.items()) read_entry(name, fixed, entry.text());
    }
  }

 private:
  [[nodiscard]] bool is_version(std::string_view text) const {
    if (text.empty() || text.size() > version::kMaximumLength) return false;
    return scheme_ == nullptr || scheme_->key(text).has_value();
  }

  void read_entry(std::string_view name, std::string_view fixed, std::string_view entry) {
    const Identifiers identifiers = read_identifiers(entry);
    for (const std::string& bad : identifiers.bad) {
      sink_.problem(ecosystem_ + " " + std::string(name),
                    "'" + base::printable(bad) + "' is no identifier");
    }
    for (const std::string& id : identifiers.ids) {
      Statement statement;
      statement.ecosystem = ecosystem_;
      statement.package = name;
      statement.vulnerability = id;
      statement.state = fixed == "0" ? FixState::NotAffected : FixState::Fixed;
      if (fixed != "0") statement.ranges.push_back({"", std::string(fixed), ""});
      sink_.statement(std::move(statement));
    }
  }

  std::string ecosystem_;
  const version::Scheme* scheme_;
  Sink& sink_;
};

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const Json root, feeds::read_document(input, name));
  std::string ecosystem = ecosystem_of(root);
  if (ecosystem.empty()) {
    sink.problem(std::string(name), "neither distroversion nor urlprefix says which distribution");
    return ok();
  }
  Reader reader(std::move(ecosystem), sink);
  for (const Json package : root["packages"].items()) reader.read_package(package["pkg"]);
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "alpine-secdb",
      .title = "Alpine security database",
      .covers = "Alpine, Wolfi and Chainguard packages: fixed versions",
      .endpoints = endpoints(),
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = 30,
  };
  return kFeed;
}

}  // namespace vigil::intel::alpine_secdb
