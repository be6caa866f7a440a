#include "inventory/catalogers/swift/podfile.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text.h"

namespace vigil::inventory::swift {
namespace {

struct Pod {
  std::string_view name;     ///< of the whole pod: "Firebase" of "Firebase/Core"
  std::string_view version;  ///< between the brackets; may be empty
};

/// `- "Firebase/Core (8.0.0)":`, without dash, quotes and colon or with them.
Pod parse_pod(std::string_view text) {
  text = base::trim(text);
  if (text.starts_with("- ")) text = base::trim(text.substr(2));
  if (text.ends_with(':')) text.remove_suffix(1);
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  Pod pod;
  const std::size_t open = text.find(" (");
  pod.name = text.substr(0, std::min(text.find('/'), open));
  if (open != std::string_view::npos && text.ends_with(')')) {
    pod.version = text.substr(open + 2, text.size() - open - 3);
  }
  return pod;
}

/// The pods of EXTERNAL SOURCES with a `:path`.
std::unordered_set<std::string_view> own_pods(std::string_view text) {
  std::unordered_set<std::string_view> out;
  bool inside = false;
  std::string_view name;
  while (const auto line = base::next_line(text)) {
    if (line->empty()) continue;
    if (line->front() != ' ') {
      inside = line->starts_with("EXTERNAL SOURCES:");
    } else if (inside && line->starts_with("    ")) {
      if (base::trim(*line).starts_with(":path:")) out.insert(name);
    } else if (inside) {
      name = parse_pod(*line).name;
    }
  }
  return out;
}

}  // namespace

void read_podfile_lock(std::string_view text, FilePackages& packages) {
  const auto own = own_pods(text);
  std::unordered_map<std::string_view, std::size_t> known;
  std::string_view section;
  Pod current;
  std::uint32_t number = 0;
  const auto add = [&] {
    if (own.contains(current.name)) return FilePackages::kNone;
    const auto [place, is_new] = known.try_emplace(current.name, FilePackages::kNone);
    if (is_new) place->second = packages.add(current.name, current.version, number);
    return place->second;
  };
  std::size_t parent = FilePackages::kNone;
  while (const auto line = base::next_line(text)) {
    ++number;
    if (line->empty()) continue;
    if (line->front() != ' ') {
      section = base::trim(*line);
      if (section == "DEPENDENCIES:") packages.says_what_is_asked_for();
    } else if (section == "DEPENDENCIES:") {
      packages.ask(parse_pod(*line).name);
    } else if (section == "PODS:" && line->starts_with("    ")) {
      // What the project's own pods require it asks for itself.
      const std::string_view name = parse_pod(*line).name;
      if (own.contains(current.name)) {
        packages.ask(name);
      } else {
        packages.require(parent, name);
      }
    } else if (section == "PODS:") {
      current = parse_pod(*line);
      parent = add();
    }
  }
}

}  // namespace vigil::inventory::swift
