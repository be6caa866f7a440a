#include "source/image/archive_index.h"

#include "tree/tar.h"

namespace vigil::source {
namespace {

constexpr std::size_t kMostMembers = 100'000;
constexpr int kMostLinks = 10;

}  // namespace

Result<ArchiveIndex> ArchiveIndex::read(const tree::Bytes& archive) {
  tree::SeekableBlocks blocks(archive, 0);
  tree::TarReader tar(blocks);
  ArchiveIndex index;
  for (;;) {
    VIGIL_TRY(const tree::TarEntry* const entry, tar.next());
    if (entry == nullptr) return index;
    if (index.files_.size() + index.links_.size() >= kMostMembers) {
      return fail("the archive has more than " + std::to_string(kMostMembers) + " members", {}, {},
                  ErrorCode::TooLarge);
    }
    const std::string& path = entry->path;
    switch (entry->kind) {
      case tree::TarKind::File:
        index.links_.erase(path);
        index.files_[path] = {tar.position(), entry->size};
        break;
      case tree::TarKind::SymbolicLink: {
        const std::string folder = path.substr(0, path.rfind('/') + 1);
        std::string target;
        tree::tidy_archive_path(entry->link.starts_with('/') ? entry->link : folder + entry->link,
                                target);
        index.files_.erase(path);
        index.links_[path] = std::move(target);
        break;
      }
      case tree::TarKind::HardLink:
        index.files_.erase(path);
        index.links_[path] = entry->link;
        break;
      default:
        break;
    }
  }
}

std::optional<ArchiveIndex::Place> ArchiveIndex::find(std::string_view name) const {
  std::string path;
  tree::tidy_archive_path(name, path);
  for (int links = 0; links <= kMostLinks; ++links) {
    if (const auto file = files_.find(path); file != files_.end()) return file->second;
    const auto link = links_.find(path);
    if (link == links_.end()) return std::nullopt;
    path = link->second;
  }
  return std::nullopt;
}

}  // namespace vigil::source
