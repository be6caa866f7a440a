#include "tree/mounted.h"

namespace vigil::tree {

void Mounted::mount(NodeId at, std::shared_ptr<const Nodes> volume) {
  const auto number = static_cast<std::uint32_t>(volumes_.size());
  const NodeId root = of_volume(number, volume->root());
  bool over_another = false;
  for (auto& [directory, lies_over] : mounts_) {
    if (lies_over != at) continue;
    lies_over = root;
    over_another = true;
  }
  if (!over_another) mounts_[at] = root;
  volumes_.push_back(std::move(volume));
}

std::uint64_t Mounted::count() const {
  std::uint64_t sum = 0;
  for (const auto& volume : volumes_) sum += volume->count();
  return sum;
}

Result<Node> Mounted::node(NodeId id) const {
  return volumes_.at(id.volume)->node({0, id.number});
}

Result<std::optional<std::uint64_t>> Mounted::names(NodeId directory, std::uint64_t cursor,
                                                    std::vector<NodeName>& out) const {
  const std::size_t before = out.size();
  auto next = volumes_.at(directory.volume)->names({0, directory.number}, cursor, out);
  for (std::size_t i = before; i < out.size(); ++i) {
    out[i].node.volume = directory.volume;
    if (const auto mount = mounts_.find(out[i].node); mount != mounts_.end()) {
      out[i].node = mount->second;
    }
  }
  return next;
}

Result<std::string> Mounted::content(NodeId file, std::uint64_t offset, std::uint64_t count) const {
  return volumes_.at(file.volume)->content({0, file.number}, offset, count);
}

Result<std::string> Mounted::target(NodeId link) const {
  return volumes_.at(link.volume)->target({0, link.number});
}

}  // namespace vigil::tree
