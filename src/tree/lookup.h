// Following a path through a tree whose nodes the caller knows: links are resolved inside the tree,
// absolute ones start at its root, ".." stops there (path_resolution(7)).
#pragma once

#include <deque>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "tree/view.h"

namespace vigil::tree {

/// What a path leads to, and its path without links.
template <typename Node>
struct Found {
  Node node;
  std::string path;
};

/// Puts the components of `path` before those that are pending.
inline void push_components(std::deque<std::string>& pending, std::string_view path) {
  const std::vector<std::string_view> parts = base::split(path, '/');
  for (const std::string_view part : std::views::reverse(parts)) {
    if (!part.empty() && part != ".") pending.emplace_front(part);
  }
}

/// Nothing if there is nothing, if a link leads nowhere or links lead on for more than 40 times.
///   kind(node)        -> Result<Kind>
///   child(node, name) -> Result<std::optional<Node>>, of a directory
///   target(node)      -> Result<std::string>, of a link
template <typename Node, typename KindOf, typename ChildOf, typename TargetOf>
Result<std::optional<Found<Node>>> look_up(std::string_view path, const Node& root,
                                           const KindOf& kind, const ChildOf& child,
                                           const TargetOf& target) {
  constexpr int kMaximumLinks = 40;
  constexpr std::size_t kMaximumComponents = 4096;
  std::deque<std::string> pending;
  push_components(pending, path);
  std::vector<std::pair<Node, std::string>> steps;
  int links = 0;
  while (!pending.empty()) {
    if (pending.size() > kMaximumComponents) return std::nullopt;
    const std::string name = std::move(pending.front());
    pending.pop_front();
    const Node here = steps.empty() ? root : steps.back().first;
    VIGIL_TRY(const Kind kind_here, kind(here));
    if (kind_here != Kind::Directory) return std::nullopt;
    if (name == "..") {
      if (!steps.empty()) steps.pop_back();
      continue;
    }
    VIGIL_TRY(const std::optional<Node> next, child(here, name));
    if (!next) return std::nullopt;
    VIGIL_TRY(const Kind kind_next, kind(*next));
    if (kind_next == Kind::Link) {
      if (++links > kMaximumLinks) return std::nullopt;
      VIGIL_TRY(const std::string leads_to, target(*next));
      if (leads_to.starts_with('/')) steps.clear();
      push_components(pending, leads_to);
      continue;
    }
    steps.emplace_back(*next, name);
  }
  Found<Node> found{steps.empty() ? root : steps.back().first, {}};
  for (const auto& step : steps) found.path += "/" + step.second;
  if (found.path.empty()) found.path = "/";
  return found;
}

}  // namespace vigil::tree
