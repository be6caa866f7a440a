// Traps: what a layer says of a path counts for that path only, but a file or a link that takes the
// place of a directory hides all that was in it; a directory given once more hides nothing, unless
// what was there was none. Whiteouts hide what lower layers have, never what their own layer has.
// A path may lead through a link of a lower layer ("lib/x" where /lib leads to usr/lib): it is
// unpacked where the link leads.
#include "inventory/layer/stack.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace vigil::inventory {
namespace {

using tree::Entry;
using tree::Kind;

/// As the kernel (path_resolution(7)).
constexpr int kMaximumLinks = 40;
constexpr std::size_t kMaximumComponents = 8192;

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? std::string_view("/") : path.substr(0, slash);
}

bool has(const std::vector<std::string>& sorted, std::string_view path) {
  return std::binary_search(sorted.begin(), sorted.end(), path, std::less<>());
}

/// Of what was only catalogued a view has nothing to show.
bool is_visible(const Stack::Node& node) {
  return node.kind != Kind::File || node.kept != nullptr;
}

Entry entry(const Stack::Nodes::value_type& node) {
  const KeptFile* const kept = node.second.kept;
  return {node.first, node.second.kind, kept == nullptr ? 0 : kept->size,
          kept == nullptr ? 0 : kept->mode};
}

/// Which directories of the lower layers are hidden by a layer, with all that is in them.
class Hidden {
 public:
  explicit Hidden(const Layer& layer) : layer_(layer) {}

  bool below(std::string_view directory) {
    if (const auto known = known_.find(directory); known != known_.end()) return known->second;
    bool hidden = has(layer_.opaque, directory);
    if (!hidden && directory != "/") {
      hidden = has(layer_.whiteouts, directory) ||
               layer_.names.contains_file(NameSet::hash(directory)) || below(parent_of(directory));
    }
    known_.emplace(directory, hidden);
    return hidden;
  }

 private:
  const Layer& layer_;
  std::unordered_map<std::string_view, bool> known_;
};

}  // namespace

void Stack::remove_hidden(const Layer& layer) {
  Hidden hidden(layer);  // holds views of the nodes' paths: nothing is erased before the end
  std::vector<Nodes::const_iterator> gone;
  for (auto node = nodes_.cbegin(); node != nodes_.cend(); ++node) {
    const auto& [path, what] = *node;
    if (path == "/") continue;
    const bool replaced = what.kind == Kind::Directory ? layer.names.contains_file(what.hash)
                                                       : layer.names.contains(what.hash);
    if (replaced || has(layer.whiteouts, path) || hidden.below(parent_of(path))) {
      gone.push_back(node);
    }
  }
  for (const auto node : gone) nodes_.erase(node);
}

void Stack::make_directory(std::string_view path, std::size_t index) {
  for (; path != "/"; path = parent_of(path)) {
    const auto found = nodes_.find(path);
    if (found != nodes_.end()) {
      if (found->second.kind == Kind::Directory) return;
      found->second = {Kind::Directory, index, nullptr, nullptr, {}, found->second.hash};
      continue;
    }
    nodes_.emplace(path, Node{Kind::Directory, index, nullptr, nullptr, {}, NameSet::hash(path)});
  }
}

Stack::Node& Stack::place(std::string_view path, std::size_t index) {
  const std::string_view parent = parent_of(path);
  std::string folder(parent);
  if (const auto found = nodes_.find(parent);
      found == nodes_.end() || found->second.kind != Kind::Directory) {
    if (std::string resolved = resolve(parent); !resolved.empty()) folder = std::move(resolved);
    make_directory(folder, index);
  }
  std::string name = folder == "/" ? "" : std::move(folder);
  name += path.substr(path.rfind('/'));
  const auto [node, is_new] = nodes_.try_emplace(std::move(name));
  if (is_new) node->second.hash = NameSet::hash(node->first);
  return node->second;
}

void Stack::add(const Layer& layer, std::size_t index) {
  if (nodes_.size() > 1) remove_hidden(layer);
  for (const LayerLink& link : layer.links) {
    Node& node = place(link.path, index);
    node = {Kind::Link, index, nullptr, nullptr, link.target, node.hash};
  }
  for (const KeptFile& file : layer.files) {
    Node& node = place(file.path, index);
    node = {Kind::File, index, &file, nullptr, {}, node.hash};
  }
  for (const CatalogedFile& file : layer.cataloged) {
    Node& node = place(file.path, index);
    const KeptFile* const kept = node.layer == index ? node.kept : nullptr;
    node = {Kind::File, index, kept, &file, {}, node.hash};
  }
}

bool Stack::add_hard_link(const LayerLink& link, std::size_t index) {
  const auto target = nodes_.find(link.target);
  if (target == nodes_.end() || target->second.kind != Kind::File) return false;
  const Node from = target->second;
  Node& node = place(link.path, index);
  if (node.kind == Kind::File && node.layer == index && (node.kept || node.cataloged)) return true;
  node = {Kind::File, index, from.kept, from.cataloged, {}, node.hash};
  return true;
}

std::string Stack::resolve(std::string_view path) const {
  std::vector<std::string> pending;  // the next component last
  const auto push = [&](std::string_view more) {
    const std::vector<std::string_view> parts = base::split(more, '/');
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      if (!part->empty() && *part != ".") pending.emplace_back(*part);
    }
  };
  push(path);
  std::string here;
  int links = 0;
  while (!pending.empty()) {
    const std::string name = std::move(pending.back());
    pending.pop_back();
    if (name == "..") {
      here.resize(here.empty() ? 0 : here.rfind('/'));
      continue;
    }
    const std::size_t length = here.size();
    here += '/';
    here += name;
    const auto node = nodes_.find(here);
    if (node == nodes_.end() || node->second.kind != Kind::Link) continue;
    if (++links > kMaximumLinks || pending.size() > kMaximumComponents) return {};
    here.resize(node->second.target.starts_with('/') ? 0 : length);
    push(node->second.target);
  }
  return here.empty() ? "/" : here;
}

const Stack::Nodes::value_type* Stack::find(std::string_view path) const {
  auto node = nodes_.find(path);
  if (node == nodes_.end() || node->second.kind == Kind::Link) {
    const std::string resolved = resolve(path);
    node = resolved.empty() ? nodes_.end() : nodes_.find(resolved);
  }
  return node == nodes_.end() ? nullptr : &*node;
}

Result<const KeptFile*> Stack::open(std::string_view path) const {
  const auto* const node = find(path);
  if (node == nullptr) {
    return fail("there is no such file", std::string(path), {}, ErrorCode::NotFound);
  }
  if (node->second.kind != Kind::File) return fail("this is a directory", node->first);
  if (node->second.kept == nullptr) {
    return fail("the file was not kept of its layer", node->first, {}, ErrorCode::NotFound);
  }
  return node->second.kept;
}

Result<std::string> Stack::read(std::string_view path, std::uint64_t limit) const {
  VIGIL_TRY(const KeptFile* const file, open(path));
  if (file->size > limit) {
    return fail("the file is larger than " + std::to_string(limit) + " bytes", file->path, {},
                ErrorCode::TooLarge);
  }
  if (!file->whole) {
    return fail("the file is larger than its cataloguer reads", file->path, {},
                ErrorCode::TooLarge);
  }
  return file->content;
}

Result<std::string> Stack::head(std::string_view path, std::size_t count) const {
  VIGIL_TRY(const KeptFile* const file, open(path));
  return file->content.substr(0, count);
}

std::optional<Entry> Stack::stat(std::string_view path) const {
  const auto* const node = find(path);
  if (node == nullptr || !is_visible(node->second)) return std::nullopt;
  return entry(*node);
}

Result<std::vector<Entry>> Stack::list(std::string_view directory) const {
  const auto* const here = find(directory);
  if (here == nullptr) {
    return fail("there is no such file", std::string(directory), {}, ErrorCode::NotFound);
  }
  if (here->second.kind != Kind::Directory) return fail("this is not a directory", here->first);
  const std::string prefix = here->first == "/" ? "/" : here->first + "/";
  std::vector<Entry> entries;
  auto node = nodes_.upper_bound(prefix);
  while (node != nodes_.end() && node->first.starts_with(prefix)) {
    const auto& [path, what] = *node;
    if (const std::size_t slash = path.find('/', prefix.size()); slash != std::string::npos) {
      node = nodes_.lower_bound(path.substr(0, slash) + "0");  // '0' follows '/'
      continue;
    }
    if (is_visible(what)) entries.push_back(entry(*node));
    ++node;
  }
  return entries;
}

Result<void> Stack::walk(const tree::WalkLimits& limits,
                         const std::function<bool(const Entry&)>& visit,
                         const std::function<void(std::string, std::string)>& problem) const {
  (void)problem;  // layers were walked before: what is deep or plenty was named then
  for (const auto& [path, what] : nodes_) {
    if (path == "/" || !is_visible(what)) continue;
    const bool left_out = std::any_of(
        limits.excluded.begin(), limits.excluded.end(), [&](const std::string& excluded) {
          return path.starts_with(excluded) && path.size() > excluded.size() &&
                 path[excluded.size()] == '/';
        });
    if (left_out || limits.place(path) != tree::WalkLimits::Place::Inside) continue;
    if (!visit({path, what.kind, 0, 0})) return ok();
  }
  return ok();
}

}  // namespace vigil::inventory
