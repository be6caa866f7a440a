// A file system as numbered nodes, which is how disks keep one. `NodeView` makes a View of it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tree/view.h"

namespace vigil::tree {

/// An inode; `volume` tells the file systems of a mounted tree apart and is 0 within one.
struct NodeId {
  std::uint32_t volume = 0;
  std::uint64_t number = 0;
  friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

struct Node {
  Kind kind = Kind::Other;
  std::uint64_t size = 0;  ///< bytes
  std::uint32_t mode = 0;  ///< permission bits
};

struct NodeName {
  std::string name;  ///< never empty, ".", "..", nor with a slash or a zero byte
  NodeId node;
  std::optional<Kind> kind;  ///< where the directory says it
};

/// Everything may be called by several threads at once. Damaged metadata is an error of code
/// `Invalid`, and costs no more time and memory than sound metadata of the size of the disk.
class Nodes {
 public:
  Nodes() = default;
  Nodes(const Nodes&) = delete;
  Nodes& operator=(const Nodes&) = delete;
  virtual ~Nodes() = default;

  [[nodiscard]] virtual NodeId root() const = 0;
  /// There are no more nodes than this: a walk that enters more directories goes in circles.
  [[nodiscard]] virtual std::uint64_t count() const = 0;
  [[nodiscard]] virtual Result<Node> node(NodeId id) const = 0;
  /// Appends some names of a directory, beginning at `cursor`, which is 0 at first. Gives the cursor
  /// to go on with, which is larger, or nothing at the end.
  [[nodiscard]] virtual Result<std::optional<std::uint64_t>> names(
      NodeId directory, std::uint64_t cursor, std::vector<NodeName>& out) const = 0;
  /// `count` bytes of a file, fewer only at its end. What the file has no blocks for is zero.
  [[nodiscard]] virtual Result<std::string> content(NodeId file, std::uint64_t offset,
                                                    std::uint64_t count) const = 0;
  /// Where a link leads.
  [[nodiscard]] virtual Result<std::string> target(NodeId link) const = 0;
};

/// May this be the name of an entry? "." and ".." are none.
constexpr bool is_entry_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

}  // namespace vigil::tree
