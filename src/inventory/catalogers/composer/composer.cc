// PHP packages: what a project has locked (composer.lock) and what lies in its vendor folder
// (vendor/composer/installed.json).
//
// What: JSON. The lock has `packages` and `packages-dev`; installed.json of Composer 2 is an object
// with `packages` and `dev-package-names`, that of Composer 1 an array of packages. A package has
// name, version, require (name: range), license, type, notification-url.
//
// References: getcomposer.org/doc/01-basic-usage.md and /04-schema.md; Composer's Locker.php and
// FilesystemRepository.php.
//
// Traps:
//   - Neither file says what the project itself asks for: that stands in the composer.json beside
//     the lock, or above vendor/. Without it the relation is unknown.
//   - Several licences mean a choice ("disjunctive", says the schema).
//   - Versions are tags as they were pushed, "v6.2.1"; "dev-main" is a branch, which compares with
//     nothing.
//   - Modules of Drupal come from a registry of their own, whose advisories OSV keeps apart as
//     "Packagist:https://packages.drupal.org/8".
//   - `require` also names what is no package: php, ext-json, lib-curl.
//
// Not handled: `replace` and `provide`; installed.php, which repeats installed.json; a vendor folder
// that composer.json puts elsewhere loses only the relation.

#include <string>
#include <string_view>
#include <unordered_set>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::composer {
namespace {

using base::Json;

constexpr std::uint64_t kManifestLimit = std::uint64_t{4} << 20;

std::string license_of(const Json& package) {
  std::string out;
  for (const Json& license : package["license"].items()) {
    out += (out.empty() ? "" : " OR ") + base::printable(license.text());
  }
  return out;
}

std::string ecosystem_of(const Json& package) {
  const std::string_view url = package["notification-url"].text();
  for (const std::string_view registry :
       {"https://packages.drupal.org/8", "https://packages.drupal.org/7"}) {
    if (url.starts_with(registry)) return "Packagist:" + std::string(registry);
  }
  return "Packagist";
}

class Reader {
 public:
  Reader(const File& file, Context& context, model::Evidence evidence)
      : lines_(file.content), packages_(file, context, "Packagist", evidence) {}

  void read_lock(const Json& root) {
    take(root["packages"], "");
    take(root["packages-dev"], "dev");
  }

  void read_installed(const Json& root) {
    for (const Json& name : root["dev-package-names"].items()) only_dev_.emplace(name.text());
    take(root.is_array() ? root : root["packages"], "");
  }

  /// What the project asks for, of its composer.json.
  void read_manifest(std::string_view text) {
    base::JsonParser parser;
    const auto root = parser.parse(text);
    if (!root) return;
    packages_.says_what_is_asked_for();
    for (const std::string_view key : {"require", "require-dev"}) {
      for (const auto& [name, range] : (*root)[key].members()) packages_.ask(name);
    }
  }

  void problem(std::string why) { packages_.problem(std::move(why)); }
  void finish() { packages_.finish(); }

 private:
  void take(const Json& list, std::string_view scope) {
    for (const Json& package : list.items()) {
      const std::string_view name = package["name"].text();
      const std::size_t added =
          packages_.add(name, package["version"].text(), lines_.of(package["name"]));
      if (added == FilePackages::kNone) continue;
      packages_[added].ecosystem = ecosystem_of(package);
      packages_[added].license = license_of(package);
      packages_[added].scope = only_dev_.contains(std::string(name)) ? "dev" : scope;
      for (const auto& [required, range] : package["require"].members()) {
        packages_.require(added, required);
      }
    }
  }

  const base::JsonLines lines_;
  FilePackages packages_;
  std::unordered_set<std::string> only_dev_;
};

void catalog(const File& file, Context& context) {
  constexpr std::string_view kInstalled = "/vendor/composer/installed.json";
  const bool installed = file.path.ends_with("/composer/installed.json");
  Reader reader(file, context, installed ? model::Evidence::Installed : model::Evidence::Locked);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) {
    reader.problem(root.error().what);
    return reader.finish();
  }
  std::string project;
  if (!installed) {
    reader.read_lock(*root);
    project = file.path.substr(0, file.path.rfind('/'));
  } else {
    reader.read_installed(*root);
    if (file.path.ends_with(kInstalled)) {
      project = file.path.substr(0, file.path.size() - kInstalled.size());
    }
  }
  const auto manifest = context.view.read(project + "/composer.json", kManifestLimit);
  if (manifest) reader.read_manifest(*manifest);
  reader.finish();
}

constexpr Pattern kPatterns[] = {named("composer.lock"), ending("/composer/installed.json")};
constexpr Pattern kCompanions[] = {named("composer.json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "composer", "PHP packages (Composer)", kPatterns, catalog, nullptr, Needs::Tree, kCompanions};
  return kCataloger;
}

}  // namespace vigil::inventory::composer
