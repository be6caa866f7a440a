// Layers put one upon the other: a tree of what they kept.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "inventory/layer/layer.h"
#include "tree/view.h"

namespace vigil::inventory {

class Stack final : public tree::View {
 public:
  struct Node {
    tree::Kind kind = tree::Kind::Directory;
    std::size_t layer = 0;
    const KeptFile* kept = nullptr;            ///< of a file
    const CatalogedFile* cataloged = nullptr;  ///< of a file
    std::string_view target;                   ///< of a link
    std::uint64_t hash = 0;
  };
  using Nodes = std::map<std::string, Node, std::less<>>;

  Stack() { nodes_["/"]; }
  /// The next layer up. It must outlive the stack.
  void add(const Layer& layer, std::size_t index);
  /// Gives a file another name in a layer: a hard link to a file of this or a lower layer. False if
  /// the stack has no such file.
  bool add_hard_link(const LayerLink& link, std::size_t index);

  [[nodiscard]] const Nodes& nodes() const { return nodes_; }
  /// The node behind all links, or null.
  [[nodiscard]] const Nodes::value_type* find(std::string_view path) const;
  /// The path without links, whether something is known to be there or not; empty if links go in a
  /// circle.
  [[nodiscard]] std::string resolve(std::string_view path) const;

  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t limit) const override;
  [[nodiscard]] Result<std::string> head(std::string_view path, std::size_t count) const override;
  [[nodiscard]] std::optional<tree::Entry> stat(std::string_view path) const override;
  [[nodiscard]] Result<std::vector<tree::Entry>> list(std::string_view directory) const override;
  Result<void> walk(const tree::WalkLimits& limits,
                    const std::function<bool(const tree::Entry&)>& visit,
                    const std::function<void(std::string, std::string)>& problem) const override;
  [[nodiscard]] std::string origin() const override { return {}; }

 private:
  void remove_hidden(const Layer& layer);
  /// The node for a path of a layer, at the place where unpacking would put it.
  Node& place(std::string_view path, std::size_t index);
  void make_directory(std::string_view path, std::size_t index);
  [[nodiscard]] Result<const KeptFile*> open(std::string_view path) const;

  Nodes nodes_;
};

}  // namespace vigil::inventory
