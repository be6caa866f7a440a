// Several file systems as one tree: each but the first lies over a directory of those before it.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "tree/nodes.h"

namespace vigil::tree {

/// Built by one thread, read by any number afterwards. A node's `volume` is the number of its file
/// system in the order of `add`, for which each must use 0 within itself.
class Mounted final : public Nodes {
 public:
  explicit Mounted(std::shared_ptr<const Nodes> root) { volumes_.push_back(std::move(root)); }

  /// Puts `volume` over the directory `at`. Of two over one directory the later one is seen.
  void mount(NodeId at, std::shared_ptr<const Nodes> volume);

  [[nodiscard]] NodeId root() const override { return of_volume(0, volumes_[0]->root()); }
  [[nodiscard]] std::uint64_t count() const override;
  [[nodiscard]] Result<Node> node(NodeId id) const override;
  [[nodiscard]] Result<std::optional<std::uint64_t>> names(
      NodeId directory, std::uint64_t cursor, std::vector<NodeName>& out) const override;
  [[nodiscard]] Result<std::string> content(NodeId file, std::uint64_t offset,
                                            std::uint64_t count) const override;
  [[nodiscard]] Result<std::string> target(NodeId link) const override;

 private:
  [[nodiscard]] static NodeId of_volume(std::uint32_t volume, NodeId id) {
    return {volume, id.number};
  }

  std::vector<std::shared_ptr<const Nodes>> volumes_;
  std::map<NodeId, NodeId> mounts_;  ///< from the directory to the root that lies over it
};

}  // namespace vigil::tree
