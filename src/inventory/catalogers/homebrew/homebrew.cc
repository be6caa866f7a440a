// Homebrew formulae that are installed.
//
// What: a keg, PREFIX/Cellar/NAME/VERSION/, holds INSTALL_RECEIPT.json: JSON with source.tap,
// installed_on_request, installed_as_dependency and runtime_dependencies [{full_name, version}].
// PREFIX is /opt/homebrew, /usr/local or linuxbrew's home.
//
// References: docs.brew.sh (Formula-Cookbook "Homebrew terminology"), Homebrew's tab.rb.
//
// Traps:
//   - The folder says the version; "1.1.1t_1" is the formula's second revision of 1.1.1t.
//   - Several versions of a formula may lie beside each other, of which one is linked; all are
//     installed.
//   - A versioned formula is a formula of its own, "openssl@1.1".
//
// Not handled: casks (macOS applications); what a keg links into PREFIX/bin.

#include <string>
#include <string_view>

#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::homebrew {
namespace {

struct Keg {
  std::string_view name;
  std::string_view version;
};

/// Of ".../Cellar/NAME/VERSION/INSTALL_RECEIPT.json"; empty if it is another path.
Keg keg_of(std::string_view path) {
  const auto parts = base::split(path, '/');
  if (parts.size() < 5 || parts[parts.size() - 4] != "Cellar") return {};
  return {parts[parts.size() - 3], parts[parts.size() - 2]};
}

void catalog(const File& file, Context& context) {
  const Keg keg = keg_of(file.path);
  FilePackages packages(file, context, "brew", model::Evidence::Installed);
  const std::size_t added = packages.add(keg.name, keg.version);
  base::JsonParser parser;
  const auto receipt = parser.parse_padded(file.content);
  if (!receipt) {
    packages.problem(receipt.error().what);
  } else if (added != FilePackages::kNone) {
    if (const auto asked = (*receipt)["installed_on_request"].truth()) {
      packages.says_what_is_asked_for();
      if (*asked) packages.ask(keg.name);
    }
    const std::string_view tap = (*receipt)["source"]["tap"].text();
    if (tap != "homebrew/core") add_qualifier(packages[added], "tap", tap);
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return !keg_of(path).name.empty();
}

constexpr Pattern kPatterns[] = {named("INSTALL_RECEIPT.json")};
constexpr std::uint64_t kLimit = std::uint64_t{4} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "homebrew", "Homebrew formulae", kPatterns, catalog, nullptr, Needs::File, {}, wants, kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::homebrew
