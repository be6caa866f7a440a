// OCaml packages: what is installed in an opam switch, and what a project has locked.
//
// What: files in opam's own notation (`field: value`, texts in quotes, lists in brackets, filters in
// braces, comments behind #).
//   - SWITCH/.opam-switch/switch-state: `installed: ["astring.0.8.5" ...]` and `roots: [...]`, what a
//     person asked for. SWITCH/.opam-switch/packages/NAME.VERSION/opam describes each, with its
//     licence.
//   - NAME.opam.locked, by `opam lock`: `depends: ["astring" {= "0.8.5"} ...]` with every package of
//     the plan.
//
// References: opam.ocaml.org/doc/Manual.html ("File formats"), opamFile.ml.
//
// Traps:
//   - A package's name has no dot: what is behind the first one is the version, "base.v0.15.1".
//   - Packages like base-unix ("base") and ocaml-options-vanilla.1 are virtual; they stay, as opam
//     lists them.
//   - A locked package for tests only says so in its filter: {= "1.0" & with-test}.
//   - The switch of a project lies in its folder, `_opam`.
//
// Not handled: *.opam, which holds ranges; who requires whom; pinned sources keep their version.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/opam/notation.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::opam {
namespace {

constexpr std::uint64_t kDescriptionLimit = std::uint64_t{1} << 20;

std::string license_of(std::string_view description) {
  std::string out;
  for (const Text& license : field(description, "license")) {
    out += (out.empty() ? "" : ", ") + base::printable(license.text);
  }
  return out;
}

void read_switch(const File& file, const tree::View& view, FilePackages& packages) {
  packages.says_what_is_asked_for();
  for (const Text& root : field(file.content, "roots")) {
    packages.ask(std::string_view(root.text).substr(0, root.text.find('.')));
  }
  const std::string folder = file.path.substr(0, file.path.rfind('/')) + "/packages/";
  for (const Text& installed : field(file.content, "installed")) {
    const std::string_view text = installed.text;
    const std::size_t dot = text.find('.');
    const bool split = dot != std::string_view::npos;
    const std::size_t added =
        packages.add(text.substr(0, dot), split ? text.substr(dot + 1) : "", installed.line);
    if (added == FilePackages::kNone || text.find('/') != std::string_view::npos) continue;
    const auto description = view.read(folder + installed.text + "/opam", kDescriptionLimit);
    if (description) packages[added].license = license_of(*description);
  }
}

void read_locked(std::string_view text, FilePackages& packages) {
  for (const Text& depends : field(text, "depends")) {
    const std::string_view filter = depends.filter;
    const std::size_t equals = filter.find('=');
    const bool exact =
        equals != std::string_view::npos &&
        (equals == 0 || std::string_view("<>!").find(filter[equals - 1]) == std::string_view::npos);
    const std::size_t open = exact ? filter.find('"', equals) : std::string_view::npos;
    const std::size_t close = open == std::string_view::npos ? open : filter.find('"', open + 1);
    if (close == std::string_view::npos) continue;
    const std::size_t added =
        packages.add(depends.text, filter.substr(open + 1, close - open - 1), depends.line);
    if (added == FilePackages::kNone) continue;
    if (filter.find("with-test") != std::string_view::npos) packages[added].scope = "test";
    if (filter.find("with-dev-setup") != std::string_view::npos) packages[added].scope = "dev";
    if (filter.find("with-doc") != std::string_view::npos) packages[added].scope = "dev";
  }
}

void catalog(const File& file, Context& context) {
  const bool locked = file.path.ends_with(".opam.locked");
  FilePackages packages(file, context, "opam",
                        locked ? model::Evidence::Locked : model::Evidence::Installed);
  if (locked) {
    read_locked(file.content, packages);
  } else {
    read_switch(file, context.view, packages);
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {ending("/.opam-switch/switch-state"), ending(".opam.locked")};
constexpr Pattern kCompanions[] = {named("opam")};
constexpr std::uint64_t kLimit = std::uint64_t{16} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"opam",      "OCaml packages (opam)",
                                       kPatterns,   catalog,
                                       nullptr,     Needs::Tree,
                                       kCompanions, nullptr,
                                       kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::opam
