// Perl distributions: what Carton has locked (cpanfile.snapshot), and what cpanminus has installed
// (.meta/NAME-VERSION/MYMETA.json).
//
// What:
//   - cpanfile.snapshot: by indentation. DISTRIBUTIONS, two blanks in "NAME-VERSION", four in
//     `pathname:` (the author's folder on CPAN), `provides:` and `requirements:`, six in
//     "Module version".
//   - MYMETA.json: CPAN::Meta::Spec 2, as the distribution was configured on this machine.
//     cpanminus and Carton keep it below lib/perl5/ARCHITECTURE/.meta/.
//
// References: Carton's Snapshot/Parser.pm, metacpan.org/pod/CPAN::Meta::Spec, cpanminus' save_meta.
//
// Traps:
//   - Requirements name modules, packages are distributions: `provides` leads from one to the other.
//   - A distribution's name holds dashes; its version begins at the last dash before a digit or "v".
//   - Distributions without a version exist; they are problems here, nothing can be said of them.
//
// Not handled: .packlist, which has no version (the modules' own $VERSION is a program); modules that
// come with Perl itself; cpanfile, which holds ranges.

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "model/package_url.h"

namespace vigil::inventory::perl {
namespace {

/// Of "Mojolicious-9.26" the place of the dash before the version, or npos.
std::size_t dash_before_version(std::string_view distribution) {
  for (std::size_t at = distribution.rfind('-'); at != std::string_view::npos && at != 0;
       at = distribution.rfind('-', at - 1)) {
    const std::string_view version = distribution.substr(at + 1);
    if (version.empty()) continue;
    if (base::is_digit(version[0])) return at;
    if (version[0] == 'v' && version.size() > 1 && base::is_digit(version[1])) return at;
  }
  return std::string_view::npos;
}

/// "S/SR/SRI/Mojolicious-9.26.tar.gz" -> "SRI"
std::string_view author_of(std::string_view pathname) {
  const auto parts = base::split(pathname, '/');
  return parts.size() >= 4 ? parts[2] : std::string_view{};
}

/// The purl's namespace of a distribution is its author's id (purl-spec, type cpan).
void set_author(model::Package& package, std::string_view author) {
  auto purl = model::parse_package_url(package.package_url);
  if (!purl || author.empty()) return;
  purl->name_space = author;
  package.package_url = purl->text();
}

void read_snapshot(std::string_view text, FilePackages& packages) {
  std::unordered_map<std::string_view, std::size_t> providers;
  std::vector<std::pair<std::size_t, std::string_view>> requirements;
  std::size_t current = FilePackages::kNone;
  std::string_view list;
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    const std::size_t indent = std::min(line->find_first_not_of(' '), line->size());
    const std::string_view rest = base::trim(line->substr(indent));
    if (rest.empty() || rest.front() == '#') continue;
    if (indent == 2) {
      const std::size_t dash = dash_before_version(rest);
      const bool split = dash != std::string_view::npos;
      current = packages.add(rest.substr(0, dash), split ? rest.substr(dash + 1) : "", number);
    } else if (indent == 4) {
      list = rest;
      if (rest.starts_with("pathname: ") && current != FilePackages::kNone) {
        set_author(packages[current], author_of(rest.substr(10)));
      }
    } else if (indent == 6 && current != FilePackages::kNone) {
      const std::string_view module = rest.substr(0, rest.find(' '));
      if (list == "provides:") providers.emplace(module, current);
      if (list == "requirements:") requirements.emplace_back(current, module);
    }
  }
  for (const auto& [parent, module] : requirements) {
    const auto found = providers.find(module);
    if (found != providers.end()) packages.require(parent, found->second);
  }
}

void read_metadata(const File& file, FilePackages& packages) {
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return packages.problem(root.error().what);
  const std::size_t added = packages.add((*root)["name"].text(), (*root)["version"].text());
  if (added == FilePackages::kNone) return;
  for (const base::Json& license : (*root)["license"].items()) {
    std::string& out = packages[added].license;
    out += (out.empty() ? "" : ", ") + base::printable(license.text());
  }
}

void catalog(const File& file, Context& context) {
  const bool installed = file.path.ends_with(".json");
  FilePackages packages(file, context, "cpan",
                        installed ? model::Evidence::Installed : model::Evidence::Locked);
  if (installed) {
    read_metadata(file, packages);
  } else {
    read_snapshot(file.content, packages);
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return !path.ends_with(".json") || path.find("/.meta/") != std::string_view::npos;
}

constexpr Pattern kPatterns[] = {named("cpanfile.snapshot"), named("MYMETA.json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "perl", "Perl distributions (CPAN)", kPatterns, catalog, nullptr, Needs::File, {}, wants};
  return kCataloger;
}

}  // namespace vigil::inventory::perl
