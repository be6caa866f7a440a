#include "tree/node_view.h"

#include <algorithm>
#include <list>
#include <map>
#include <unordered_map>

namespace vigil::tree {
namespace {

constexpr std::size_t kMaximumCachedNames = 200'000;
/// Of one directory that is listed at once, and so of what a caller holds in memory.
constexpr std::size_t kMaximumListedNames = 5'000'000;

}  // namespace

/// Names of directories, the one used last first.
class NodeView::Cache {
 public:
  using Names = std::unordered_map<std::string, NodeId>;

  std::shared_ptr<const Names> get(NodeId directory) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(directory);
    if (found == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->second;
  }

  void put(NodeId directory, std::shared_ptr<const Names> names) {
    const std::lock_guard lock(mutex_);
    if (places_.contains(directory)) return;
    count_ += cost(*names);
    order_.emplace_front(directory, std::move(names));
    places_[directory] = order_.begin();
    while (count_ > kMaximumCachedNames && order_.size() > 1) {
      count_ -= cost(*order_.back().second);
      places_.erase(order_.back().first);
      order_.pop_back();
    }
  }

 private:
  static std::size_t cost(const Names& names) { return names.size() + 1; }

  std::mutex mutex_;
  std::list<std::pair<NodeId, std::shared_ptr<const Names>>> order_;
  std::map<NodeId, decltype(order_)::iterator> places_;
  std::size_t count_ = 0;
};

NodeView::NodeView(std::shared_ptr<const Nodes> nodes, std::string origin)
    : nodes_(std::move(nodes)), origin_(std::move(origin)), cache_(std::make_unique<Cache>()) {}

NodeView::~NodeView() = default;

Result<std::optional<NodeId>> NodeView::child(NodeId directory, const std::string& name) const {
  if (const auto names = cache_->get(directory)) {
    const auto found = names->find(name);
    return found == names->end() ? std::nullopt : std::optional(found->second);
  }
  auto names = std::make_shared<Cache::Names>();
  std::optional<NodeId> wanted;
  bool complete = true;
  std::vector<NodeName> batch;
  std::optional<std::uint64_t> cursor = 0;
  while (cursor) {
    batch.clear();
    auto next = nodes_->names(directory, *cursor, batch);
    for (NodeName& entry : batch) {
      if (!wanted && entry.name == name) wanted = entry.node;
      if (names->size() < kMaximumCachedNames) {
        names->emplace(std::move(entry.name), entry.node);
      } else {
        complete = false;
      }
    }
    // What was found before the damage is found.
    if (!next) {
      if (wanted) return wanted;
      return fail(std::move(next).error());
    }
    cursor = *next;
    if (!complete && wanted) return wanted;
  }
  if (complete) cache_->put(directory, std::move(names));
  return wanted;
}

Result<std::optional<Found<NodeId>>> NodeView::find(std::string_view path) const {
  return look_up<NodeId>(
      path, nodes_->root(),
      [&](NodeId id) -> Result<Kind> {
        VIGIL_TRY(const Node node, nodes_->node(id));
        return node.kind;
      },
      [&](NodeId id, const std::string& name) { return child(id, name); },
      [&](NodeId id) { return nodes_->target(id); });
}

Result<std::pair<NodeId, Node>> NodeView::file(std::string_view path) const {
  VIGIL_TRY(const auto found, find(path));
  if (!found) return fail("there is no such file", std::string(path), {}, ErrorCode::NotFound);
  VIGIL_TRY(const Node node, nodes_->node(found->node));
  if (node.kind == Kind::Directory) return fail("this is a directory", std::string(path));
  if (node.kind != Kind::File) return fail("this is not a regular file", std::string(path));
  return std::pair(found->node, node);
}

Result<std::string> NodeView::read(std::string_view path, std::uint64_t limit) const {
  VIGIL_TRY(const auto found, file(path));
  if (found.second.size > limit) {
    return fail("the file is larger than " + std::to_string(limit) + " bytes", std::string(path),
                {}, ErrorCode::TooLarge);
  }
  VIGIL_TRY(std::string content, nodes_->content(found.first, 0, found.second.size));
  if (content.size() != found.second.size) {
    return fail("the file ends after " + std::to_string(content.size()) + " of " +
                    std::to_string(found.second.size) + " bytes: the file system is damaged",
                std::string(path));
  }
  return content;
}

Result<std::string> NodeView::head(std::string_view path, std::size_t count) const {
  VIGIL_TRY(const auto found, file(path));
  return nodes_->content(found.first, 0, std::min<std::uint64_t>(count, found.second.size));
}

std::optional<Entry> NodeView::stat(std::string_view path) const {
  const auto found = find(path);
  if (!found || !*found) return std::nullopt;
  const auto node = nodes_->node((*found)->node);
  if (!node) return std::nullopt;
  return Entry{(*found)->path, node->kind, node->kind == Kind::File ? node->size : 0, node->mode};
}

Result<std::vector<Entry>> NodeView::list(std::string_view directory) const {
  VIGIL_TRY(const auto found, find(directory));
  if (!found) {
    return fail("there is no such file", std::string(directory), {}, ErrorCode::NotFound);
  }
  VIGIL_TRY(const Node node, nodes_->node(found->node));
  if (node.kind != Kind::Directory) {
    return fail("this is not a directory", std::string(directory));
  }
  const std::string prefix = found->path == "/" ? "/" : found->path + "/";
  std::vector<Entry> entries;
  std::vector<NodeName> batch;
  std::optional<std::uint64_t> cursor = 0;
  while (cursor) {
    batch.clear();
    VIGIL_TRY(const auto next, nodes_->names(found->node, *cursor, batch));
    cursor = next;
    for (const NodeName& name : batch) {
      Entry entry{prefix + name.name};
      if (const auto status = nodes_->node(name.node)) {
        entry.kind = status->kind;
        entry.size = status->kind == Kind::File ? status->size : 0;
        entry.mode = status->mode;
      }
      entries.push_back(std::move(entry));
    }
    if (entries.size() > kMaximumListedNames) {
      return fail("the directory has too many entries", std::string(directory), {},
                  ErrorCode::TooLarge);
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.path < b.path; });
  return entries;
}

namespace {

struct Level {
  NodeId directory;
  std::size_t path_length;  ///< of the directory, without a slash at the end
  std::optional<std::uint64_t> cursor = 0;
  std::vector<NodeName> batch;
  std::size_t at = 0;
};

}  // namespace

Result<void> NodeView::walk(const WalkLimits& limits,
                            const std::function<bool(const Entry&)>& visit,
                            const std::function<void(std::string, std::string)>& problem) const {
  std::vector<Level> levels;
  Entry entry;
  std::uint64_t count = 0;
  std::uint64_t entered = 0;
  const auto enter = [&](NodeId directory) {
    if (std::find(limits.excluded.begin(), limits.excluded.end(), entry.path) !=
        limits.excluded.end()) {
      return;
    }
    if (!limits.cross_devices && directory.volume != nodes_->root().volume) return;
    if (levels.size() >= limits.depth) {
      problem(entry.path, "deeper than " + std::to_string(limits.depth) + " folders: not entered");
      return;
    }
    const auto is_inside = [&](const Level& level) { return level.directory == directory; };
    if (std::any_of(levels.begin(), levels.end(), is_inside)) {
      problem(entry.path, "the directory lies inside itself: the file system is damaged");
      return;
    }
    ++entered;
    levels.push_back({directory, entry.path.size()});
  };
  enter(nodes_->root());
  while (!levels.empty()) {
    Level& level = levels.back();
    entry.path.resize(level.path_length);
    if (level.at == level.batch.size()) {
      if (!level.cursor) {
        levels.pop_back();
        continue;
      }
      level.batch.clear();
      level.at = 0;
      auto next = nodes_->names(level.directory, *level.cursor, level.batch);
      level.cursor = next ? *next : std::nullopt;
      if (!next) problem(entry.path.empty() ? "/" : entry.path, next.error().what);
      continue;
    }
    const NodeName& name = level.batch[level.at++];
    entry.path += '/';
    entry.path += name.name;
    if (name.kind) {
      entry.kind = *name.kind;
    } else if (const auto node = nodes_->node(name.node)) {
      entry.kind = node->kind;
    } else {
      entry.kind = Kind::Other;
      problem(entry.path, node.error().what);
    }
    const WalkLimits::Place place = limits.place(entry.path);
    if (place == WalkLimits::Place::Outside) continue;
    if (place == WalkLimits::Place::OnTheWay) {
      if (entry.kind == Kind::Directory) enter(NodeId(name.node));
      continue;
    }
    if (++count > limits.entries) {
      return fail("the tree has more than " + std::to_string(limits.entries) + " entries",
                  entry.path, "scan a part of it", ErrorCode::TooLarge);
    }
    if (entered > nodes_->count()) {
      return fail("more directories than the disk has room for: the file system is damaged",
                  entry.path);
    }
    if (!visit(entry)) return ok();
    if (entry.kind == Kind::Directory) enter(NodeId(name.node));
  }
  return ok();
}

}  // namespace vigil::tree
