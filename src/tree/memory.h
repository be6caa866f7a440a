// A View over a map in memory: for tests, and for what was taken out of an archive.
//
//   tree::Memory view;
//   view.file("/etc/os-release", "ID=debian\n").link("/lib", "usr/lib");
#pragma once

#include <map>
#include <string>

#include "tree/view.h"

namespace vigil::tree {

class Memory final : public View {
 public:
  /// Parent directories come into being with what is put into them. Paths are absolute.
  Memory& file(std::string_view path, std::string content, std::uint32_t mode = 0644);
  Memory& link(std::string_view path, std::string target);
  Memory& directory(std::string_view path);
  /// A file that is there and cannot be read.
  Memory& unreadable(std::string_view path);

  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t limit) const override;
  /// Entry::path is the path without links.
  [[nodiscard]] std::optional<Entry> stat(std::string_view path) const override;
  [[nodiscard]] Result<std::vector<Entry>> list(std::string_view directory) const override;
  /// In the order of the paths; `excluded` and the limits hold, `cross_devices` means nothing.
  Result<void> walk(const WalkLimits& limits, const std::function<bool(const Entry&)>& visit,
                    const std::function<void(std::string, std::string)>& problem) const override;
  [[nodiscard]] std::string origin() const override { return {}; }

 private:
  struct Node {
    Kind kind = Kind::File;
    std::string content;  ///< of a file; of a link where it leads
    bool readable = true;
    std::uint32_t mode = 0644;
  };
  using Nodes = std::map<std::string, Node, std::less<>>;

  Memory& put(std::string_view path, Node node);
  /// The node behind all links, or the end if there is none.
  [[nodiscard]] Nodes::const_iterator find(std::string_view path) const;
  [[nodiscard]] static Entry entry(const Nodes::value_type& node);

  Nodes nodes_{{"/", {Kind::Directory, {}, true, 0755}}};
};

}  // namespace vigil::tree
