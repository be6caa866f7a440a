#include "tree/listed_layer.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

namespace vigil::tree {

ListedLayer::ListedLayer(Descriptor root, std::vector<std::string> names)
    : root_(std::move(root)), names_(std::move(names)), resolution_(best_resolution()) {}

Result<const TarEntry*> ListedLayer::next() {
  if (at_ == names_.size()) return nullptr;
  entry_.path = std::move(names_[at_++]);
  begin_entry(TarKind::File);
  const std::string_view name = std::string_view(entry_.path).substr(entry_.path.rfind('/') + 1);
  if (name.starts_with(".wh.")) return &entry_;  // a whiteout is nowhere but in the list
  if (entry_.path.size() > kLongestTarPath || entry_.path.find('\0') != std::string::npos) {
    entry_.kind = TarKind::Invalid;
    return &entry_;
  }
  const Descriptor place = open_in_root(root_.get(), entry_.path, O_PATH | O_NOFOLLOW, resolution_);
  struct stat status = {};
  if (!place.valid() || ::fstat(place.get(), &status) != 0) {
    return fail_errno("is in the layer's list and cannot be looked at", entry_.path, errno);
  }
  describe(status);
  if (entry_.kind == TarKind::SymbolicLink) {
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlinkat(place.get(), "", target.data(), target.size());
    if (length < 0) return fail_errno("cannot be read", entry_.path, errno);
    entry_.link.assign(target.data(), static_cast<std::size_t>(length));
  }
  return &entry_;
}

Descriptor ListedLayer::open_content() const {
  return open_in_root(root_.get(), entry_.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, resolution_);
}

}  // namespace vigil::tree
