// A commit's tree as numbered nodes: a number is given to each object when its name is first met.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "tree/git/handle.h"
#include "tree/nodes.h"

namespace vigil::tree {

class GitNodes final : public Nodes {
 public:
  GitNodes(std::shared_ptr<GitHandle> repository, const git_oid& root);

  [[nodiscard]] NodeId root() const override { return {0, 0}; }
  /// Equal folders are one node, so only the limits of a walk bound it.
  [[nodiscard]] std::uint64_t count() const override { return UINT64_MAX; }
  [[nodiscard]] Result<Node> node(NodeId id) const override;
  [[nodiscard]] Result<std::optional<std::uint64_t>> names(
      NodeId directory, std::uint64_t cursor, std::vector<NodeName>& out) const override;
  [[nodiscard]] Result<std::string> content(NodeId file, std::uint64_t offset,
                                            std::uint64_t count) const override;
  [[nodiscard]] Result<std::string> target(NodeId link) const override;

 private:
  struct Object {
    git_oid id;
    git_filemode_t mode;
  };

  [[nodiscard]] NodeId number_of(const git_oid& id, git_filemode_t mode) const;
  [[nodiscard]] Result<Object> object(NodeId id) const;
  [[nodiscard]] Result<std::string> blob(const Object& object, std::uint64_t offset,
                                         std::uint64_t count) const;

  std::shared_ptr<GitHandle> repository_;
  mutable std::vector<Object> objects_;  ///< guarded by the repository's mutex, as all below
  mutable std::map<std::pair<std::string, git_filemode_t>, std::uint64_t> numbers_;
};

}  // namespace vigil::tree
