// Haskell packages that Stack has locked beside its snapshot: stack.yaml.lock.
//
// What: YAML. `packages` is a list of {original, completed}; a completed one is
// `hackage: NAME-VERSION@sha256:HASH,SIZE`, or has name and version and says where it comes from
// (`git` and `commit`, or `url`).
//
// References: docs.haskellstack.org/en/stable/lock_files, /pantry.
//
// Traps:
//   - These are the packages of `extra-deps` alone; most come from the snapshot (a resolver such as
//     lts-20.4), a list of its own on a server, which the file names but does not hold.
//   - A package's name may hold dashes and digits: its version begins at the last dash.
//
// Not handled: the snapshot.

#include <string>
#include <string_view>

#include "base/yaml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::stack {
namespace {

using base::Node;

void take(const Node& completed, FilePackages& packages) {
  const Node& hackage = completed["hackage"];
  if (!hackage.exists()) {
    const Node& version = completed["version"];
    const std::size_t added =
        packages.add(completed["name"].text(), version.text(), version.line());
    const std::string_view git = completed["git"].text();
    if (added != FilePackages::kNone && !git.empty()) {
      add_qualifier(packages[added], "vcs_url",
                    "git+" + std::string(git) + "@" + std::string(completed["commit"].text()));
    }
    return;
  }
  const std::string_view text = hackage.text().substr(0, hackage.text().find('@'));
  const std::size_t dash = text.rfind('-');
  const bool split = dash != std::string_view::npos;
  packages.add(text.substr(0, dash), split ? text.substr(dash + 1) : "", hackage.line());
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "Hackage", model::Evidence::Locked);
  const auto root = base::parse_yaml(file.content);
  if (!root) packages.problem(root.error().text());
  if (root) {
    for (const Node& package : (*root)["packages"].items()) take(package["completed"], packages);
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("stack.yaml.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"stack", "Haskell packages locked by Stack", kPatterns,
                                       catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::stack
