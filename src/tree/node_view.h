// A View of numbered nodes.
//
// The names of the directories used last are kept (at most 200,000 names), so that reading the
// thousand files of one directory reads the directory once. A walk keeps for each level of depth what
// one call of Nodes::names gave.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "tree/lookup.h"
#include "tree/nodes.h"
#include "tree/view.h"

namespace vigil::tree {

class NodeView final : public View {
 public:
  /// `origin` is the path of the disk's file, for people.
  explicit NodeView(std::shared_ptr<const Nodes> nodes, std::string origin = {});
  ~NodeView() override;

  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t limit) const override;
  [[nodiscard]] Result<std::string> head(std::string_view path, std::size_t count) const override;
  /// Entry::path is the path without links. What is damaged on the way there is not found.
  [[nodiscard]] std::optional<Entry> stat(std::string_view path) const override;
  [[nodiscard]] Result<std::vector<Entry>> list(std::string_view directory) const override;
  Result<void> walk(const WalkLimits& limits, const std::function<bool(const Entry&)>& visit,
                    const std::function<void(std::string, std::string)>& problem) const override;
  [[nodiscard]] std::string origin() const override { return origin_; }

  /// The node behind all links; nothing if there is nothing.
  [[nodiscard]] Result<std::optional<Found<NodeId>>> find(std::string_view path) const;

 private:
  class Cache;

  [[nodiscard]] Result<std::optional<NodeId>> child(NodeId directory,
                                                    const std::string& name) const;
  [[nodiscard]] Result<std::pair<NodeId, Node>> file(std::string_view path) const;

  std::shared_ptr<const Nodes> nodes_;
  std::string origin_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace vigil::tree
