// Rust programs that carry the list of their crates: cargo auditable.
//
// What: a section ".dep-v0" with JSON in zlib's frame: {"packages": [{"name", "version", "source",
// "kind", "dependencies", "root"}]}. Distributions build with it (Alpine, Debian's plans, Void,
// Chainguard), and so do many who publish programs.
//
// References: github.com/rust-secure-code/cargo-auditable, PARSING.md and the JSON schema
// cargo-auditable.schema.json.
//
// Traps:
//   - "dependencies" are numbers in the list: who needs whom; the root is the program.
//   - "kind": "build" was needed to build it only and is not in the program.
//   - "source": "local" is a crate of the project's own tree, no matter what crates.io has under its
//     name. "git" and "registry" are other places than crates.io.
//   - The sections' name is the same in ELF, PE and Mach-O.
//
// Not handled: programs without the section, of which panic messages name some crates.

#include <string>
#include <string_view>
#include <vector>

#include "base/json_tree.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/program/sections.h"
#include "tree/inflate.h"

namespace vigil::inventory::cargo_auditable {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{1} << 30;
/// The largest programs have some hundred kilobytes.
constexpr std::uint64_t kLargestList = std::uint64_t{16} << 20;

void read_list(const base::Json& root, FilePackages& packages) {
  std::vector<std::size_t> numbers;
  std::vector<base::Json> list;
  std::size_t program = FilePackages::kNone;
  for (const base::Json& crate : root["packages"].items()) {
    std::size_t number = FilePackages::kNone;
    if (crate["source"].text() != "local") {
      number = packages.add(crate["name"].text(), crate["version"].text());
    }
    if (number != FilePackages::kNone) {
      packages[number].relation = model::Relation::Transitive;
      if (crate["kind"].text() == "build") packages[number].scope = "build";
    }
    if (crate["root"].truth().value_or(false)) {
      program = numbers.size();
      if (number != FilePackages::kNone) packages[number].relation = model::Relation::Unknown;
    }
    numbers.push_back(number);
    list.push_back(crate);
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    for (const base::Json& dependency : list[i]["dependencies"].items()) {
      const auto child = dependency.integer().value_or(-1);
      if (child < 0 || static_cast<std::size_t>(child) >= numbers.size()) continue;
      const std::size_t number = numbers[static_cast<std::size_t>(child)];
      if (i == program && number != FilePackages::kNone) {
        packages[number].relation = model::Relation::Direct;
      }
      packages.require(numbers[i], number);
    }
  }
}

void catalog(const File& file, Context& context) {
  for (const Program& program : read_programs(file.content)) {
    const Section* const section = program.section(".dep-v0");
    if (section == nullptr) continue;
    FilePackages packages(file, context, "crates.io", model::Evidence::Binary);
    const auto text = tree::inflate(section->content, tree::Deflated::Zlib, kLargestList);
    if (!text) {
      packages.problem(".dep-v0: " + text.error().what);
    } else {
      base::JsonParser parser;
      const auto root = parser.parse(*text);
      if (!root) packages.problem(".dep-v0: " + root.error().what);
      if (root) read_list(*root, packages);
    }
    packages.finish();
    // The parts of a file for several processors are built of the same sources.
    break;
  }
}

constexpr Pattern kPatterns[] = {programs()};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "cargo-auditable",
                                       .title = "Rust programs (cargo auditable)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::cargo_auditable
