// C and C++ packages of Conan: locked, asked for exactly, and installed by Conan 1.
//
// What: references "name/version@user/channel#revision%timestamp", where all behind the version may
// be missing.
//   - conan.lock of Conan 1 (up to lock format 0.4): JSON, graph_lock.nodes, an object of {ref,
//     requires: [numbers of nodes], build_requires, context}. Node "0" is the project.
//   - conan.lock of Conan 2 (0.5): lists of references, requires, build_requires, python_requires,
//     config_requires.
//   - conanfile.txt: sections, [requires] and [tool_requires] have a reference a line.
//   - ~/.conan/data/NAME/VERSION/USER/CHANNEL/package/ID/conaninfo.txt: a built package.
//
// References: docs.conan.io/1 (lockfiles, conanfile.txt, "package ID"), docs.conan.io/2 (tutorial/
// versioning/lockfiles, reference/conanfile_txt).
//
// Traps:
//   - "[>=1.2 <2]" in a reference is a range: only a lock says what it became.
//   - A package with user and channel is somebody's own recipe, yet of that software: it keeps its
//     name, and the purl says user and channel.
//   - Conan 1 puts the same package into several nodes, one a configuration.
//
// Not handled: conanfile.py, a program; the cache of Conan 2, whose folders do not tell names (they
// are in its sqlite database).

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::conan {
namespace {

using base::Json;

struct Reference {
  std::string_view name;
  std::string_view version;
  std::string_view user;
  std::string_view channel;
};

Reference parse_reference(std::string_view text) {
  text = text.substr(0, text.find_first_of("#%"));
  const std::size_t at = text.find('@');
  Reference out;
  if (at != std::string_view::npos) {
    const std::string_view owner = text.substr(at + 1);
    const std::size_t slash = owner.find('/');
    out.user = owner.substr(0, slash);
    if (slash != std::string_view::npos) out.channel = owner.substr(slash + 1);
    if (out.user == "_") out = {};  // "no user", says Conan
  }
  text = text.substr(0, at);
  const std::size_t slash = text.find('/');
  out.name = text.substr(0, slash);
  if (slash != std::string_view::npos) out.version = text.substr(slash + 1);
  return out;
}

std::size_t add(FilePackages& packages, const Reference& reference, std::uint32_t line = 0) {
  const std::size_t added = packages.add(reference.name, reference.version, line);
  if (added == FilePackages::kNone) return added;
  add_qualifier(packages[added], "user", reference.user);
  add_qualifier(packages[added], "channel", reference.channel);
  return added;
}

/// Nodes of Conan 1; several of one package become one.
void read_graph(const Json& nodes, const base::JsonLines& lines, FilePackages& packages) {
  std::unordered_map<std::string_view, std::size_t> by_number;
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> known;
  std::size_t count = 0;
  for (const auto& [number, node] : nodes.members()) {
    const std::string_view written = node["ref"].text();
    // The project itself has a path, or no name that is whole.
    if (number == "0" || written.empty()) continue;
    if (++count > 200'000) break;
    const Reference reference = parse_reference(written);
    const auto key = std::pair(reference.name, reference.version);
    const auto [place, is_new] = known.try_emplace(key, FilePackages::kNone);
    const bool build = node["context"].text() == "build";
    if (is_new) {
      place->second = add(packages, reference, lines.of(node["ref"]));
      if (place->second != FilePackages::kNone && build) packages[place->second].scope = "build";
    } else if (place->second != FilePackages::kNone && !build) {
      packages[place->second].scope.clear();
    }
    by_number.emplace(number, place->second);
  }
  packages.says_what_is_asked_for();
  for (const auto& [number, node] : nodes.members()) {
    const auto parent = by_number.find(number);
    for (const std::string_view list : {"requires", "build_requires"}) {
      for (const Json& required : node[list].items()) {
        const auto child = by_number.find(required.text());
        if (child == by_number.end() || child->second == FilePackages::kNone) continue;
        if (number == "0") {
          packages.ask(packages[child->second].name);
        } else if (parent != by_number.end()) {
          packages.require(parent->second, child->second);
        }
      }
    }
  }
}

void read_lock(const File& file, FilePackages& packages) {
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return packages.problem(root.error().what);
  const base::JsonLines lines(file.content);
  const Json nodes = (*root)["graph_lock"]["nodes"];
  if (nodes.exists()) return read_graph(nodes, lines, packages);
  struct List {
    std::string_view key;
    std::string_view scope;
  };
  for (const List& list : {List{"requires", ""}, List{"build_requires", "build"},
                           List{"python_requires", "build"}, List{"config_requires", "build"}}) {
    for (const Json& item : (*root)[list.key].items()) {
      const std::string_view written = item.text();
      const std::size_t added = add(packages, parse_reference(written), lines.of(item));
      if (added != FilePackages::kNone) packages[added].scope = list.scope;
    }
  }
}

void read_conanfile(std::string_view text, FilePackages& packages) {
  std::string_view section;
  std::uint32_t number = 0;
  packages.says_what_is_asked_for();
  while (const auto line = base::next_line(text)) {
    ++number;
    const std::string_view rest = base::trim(line->substr(0, line->find(" #")));
    if (rest.empty() || rest.front() == '#') continue;
    if (rest.front() == '[') {
      section = rest;
      continue;
    }
    const bool build = section == "[build_requires]" || section == "[tool_requires]";
    const bool test = section == "[test_requires]";
    if (section != "[requires]" && !build && !test) continue;
    if (rest.find_first_of("[*") != std::string_view::npos) continue;
    const Reference reference = parse_reference(rest);
    const std::size_t added = add(packages, reference, number);
    if (added == FilePackages::kNone) continue;
    packages[added].scope = build ? "build" : test ? "test" : "";
    packages.ask(reference.name);
  }
}

/// Of ".../data/NAME/VERSION/USER/CHANNEL/package/ID/conaninfo.txt"; no name if it is another path.
Reference reference_of_path(std::string_view path) {
  const auto parts = base::split(path, '/');
  if (parts.size() < 9) return {};
  const std::string_view* part = &parts[parts.size() - 8];
  if (part[0] != "data" || part[5] != "package") return {};
  Reference out{part[1], part[2], part[3], part[4]};
  if (out.user == "_") out.user = out.channel = {};
  return out;
}

void catalog(const File& file, Context& context) {
  const bool installed = file.path.ends_with("/conaninfo.txt");
  const bool declared = file.path.ends_with("/conanfile.txt");
  FilePackages packages(file, context, "ConanCenter",
                        installed  ? model::Evidence::Installed
                        : declared ? model::Evidence::Declared
                                   : model::Evidence::Locked);
  if (installed) {
    add(packages, reference_of_path(file.path));
  } else if (declared) {
    read_conanfile(file.content, packages);
  } else {
    read_lock(file, packages);
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return !path.ends_with("/conaninfo.txt") || !reference_of_path(path).name.empty();
}

constexpr Pattern kPatterns[] = {named("conan.lock"), named("conanfile.txt"),
                                 named("conaninfo.txt")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "conan", "C and C++ packages (Conan)", kPatterns, catalog, nullptr, Needs::File, {}, wants};
  return kCataloger;
}

}  // namespace vigil::inventory::conan
