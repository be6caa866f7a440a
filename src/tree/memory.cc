#include "tree/memory.h"

#include <algorithm>

#include "tree/lookup.h"
#include "tree/resolve.h"

namespace vigil::tree {
namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Memory& Memory::put(std::string_view path, Node node) {
  const std::string name = tidy_path(path);
  if (name != "/") directory(parent_of(name));
  nodes_[name] = std::move(node);
  return *this;
}

Memory& Memory::file(std::string_view path, std::string content, std::uint32_t mode) {
  return put(path, {Kind::File, std::move(content), true, mode});
}

Memory& Memory::link(std::string_view path, std::string target) {
  return put(path, {Kind::Link, std::move(target), true, 0777});
}

Memory& Memory::unreadable(std::string_view path) {
  return put(path, {Kind::File, {}, false, 0});
}

Memory& Memory::directory(std::string_view path) {
  for (std::string name = tidy_path(path); name != "/"; name = parent_of(name)) {
    nodes_.try_emplace(name, Node{Kind::Directory, {}, true, 0755});
  }
  return *this;
}

Memory::Nodes::const_iterator Memory::find(std::string_view path) const {
  using Place = Nodes::const_iterator;
  const auto kind = [](Place node) -> Result<Kind> { return node->second.kind; };
  const auto child = [&](Place here, const std::string& name) -> Result<std::optional<Place>> {
    const Place next = nodes_.find((here->first == "/" ? "/" : here->first + "/") + name);
    return next == nodes_.end() ? std::nullopt : std::optional(next);
  };
  const auto target = [](Place node) -> Result<std::string> { return node->second.content; };
  const auto found = look_up<Place>(path, nodes_.find("/"), kind, child, target);
  return *found ? (*found)->node : nodes_.end();
}

Entry Memory::entry(const Nodes::value_type& node) {
  const Kind kind = node.second.kind;
  return {node.first, kind, kind == Kind::File ? node.second.content.size() : 0, node.second.mode};
}

Result<std::string> Memory::read(std::string_view path, std::uint64_t limit) const {
  const auto found = find(path);
  if (found == nodes_.end()) {
    return fail("there is no such file", std::string(path), {}, ErrorCode::NotFound);
  }
  if (found->second.kind != Kind::File) return fail("this is a directory", found->first);
  if (!found->second.readable) {
    return fail("cannot open: Permission denied", found->first, "run as root to read it",
                ErrorCode::Io);
  }
  if (found->second.content.size() > limit) {
    return fail("the file is larger than " + std::to_string(limit) + " bytes", found->first, {},
                ErrorCode::TooLarge);
  }
  return found->second.content;
}

std::optional<Entry> Memory::stat(std::string_view path) const {
  const auto found = find(path);
  if (found == nodes_.end()) return std::nullopt;
  return entry(*found);
}

Result<std::vector<Entry>> Memory::list(std::string_view directory) const {
  const auto found = find(directory);
  if (found == nodes_.end()) {
    return fail("there is no such file", std::string(directory), {}, ErrorCode::NotFound);
  }
  if (found->second.kind != Kind::Directory) return fail("this is not a directory", found->first);
  const std::string prefix = found->first == "/" ? "/" : found->first + "/";
  std::vector<Entry> entries;
  for (auto node = nodes_.upper_bound(prefix);
       node != nodes_.end() && node->first.starts_with(prefix); ++node) {
    if (node->first.find('/', prefix.size()) == std::string::npos) entries.push_back(entry(*node));
  }
  return entries;
}

Result<void> Memory::walk(const WalkLimits& limits, const std::function<bool(const Entry&)>& visit,
                          const std::function<void(std::string, std::string)>& problem) const {
  std::uint64_t count = 0;
  for (const auto& node : nodes_) {
    const std::string& path = node.first;
    if (path == "/" || limits.place(path) != WalkLimits::Place::Inside) continue;
    const bool left_out = std::any_of(
        limits.excluded.begin(), limits.excluded.end(), [&](const std::string& excluded) {
          return path.starts_with(excluded) && path.size() > excluded.size() &&
                 path[excluded.size()] == '/';
        });
    if (left_out) continue;
    const auto depth = static_cast<std::uint32_t>(std::count(path.begin(), path.end(), '/'));
    if (depth > limits.depth) continue;
    if (++count > limits.entries) {
      return fail("the tree has more than " + std::to_string(limits.entries) + " entries", path,
                  "scan a part of it", ErrorCode::TooLarge);
    }
    if (node.second.kind == Kind::Directory && depth == limits.depth) {
      problem(path, "deeper than " + std::to_string(limits.depth) + " folders: not entered");
    }
    if (!visit(entry(node))) return ok();
  }
  return ok();
}

}  // namespace vigil::tree
