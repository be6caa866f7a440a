#include "tree/git/nodes.h"

#include <algorithm>

namespace vigil::tree {
namespace {

Kind kind_of(git_filemode_t mode) {
  switch (mode) {
    case GIT_FILEMODE_TREE:
      return Kind::Directory;
    case GIT_FILEMODE_BLOB:
    case GIT_FILEMODE_BLOB_EXECUTABLE:
      return Kind::File;
    case GIT_FILEMODE_LINK:
      return Kind::Link;
    default:  // a commit: a submodule
      return Kind::Other;
  }
}

}  // namespace

GitNodes::GitNodes(std::shared_ptr<GitHandle> repository, const git_oid& root)
    : repository_(std::move(repository)) {
  (void)number_of(root, GIT_FILEMODE_TREE);
}

NodeId GitNodes::number_of(const git_oid& id, git_filemode_t mode) const {
  const auto [found, fresh] = numbers_.try_emplace(
      {std::string(reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ), mode}, objects_.size());
  if (fresh) objects_.push_back({id, mode});
  return {0, found->second};
}

Result<GitNodes::Object> GitNodes::object(NodeId id) const {
  if (id.number >= objects_.size()) return fail("there is no such object");
  return objects_[id.number];
}

Result<Node> GitNodes::node(NodeId id) const {
  const std::lock_guard<std::mutex> lock(repository_->mutex);
  VIGIL_TRY(const Object found, object(id));
  Node out;
  out.kind = kind_of(found.mode);
  const bool executable = found.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
  out.mode = executable || out.kind == Kind::Directory ? 0755 : 0644;
  if (out.kind != Kind::File) return out;
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository_->repository.get()) != 0) {
    return fail(git_error("cannot read the objects", {}));
  }
  const Owned<git_odb, git_odb_free> objects(raw);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (git_odb_read_header(&size, &type, objects.get(), &found.id) != 0) {
    return fail(git_error("cannot read an object", text_of(found.id)));
  }
  out.size = size;
  return out;
}

Result<std::optional<std::uint64_t>> GitNodes::names(NodeId directory, std::uint64_t cursor,
                                                     std::vector<NodeName>& out) const {
  const std::lock_guard<std::mutex> lock(repository_->mutex);
  VIGIL_TRY(const Object found, object(directory));
  git_tree* raw = nullptr;
  if (git_tree_lookup(&raw, repository_->repository.get(), &found.id) != 0) {
    return fail(git_error("cannot read a folder", text_of(found.id)));
  }
  const Owned<git_tree, git_tree_free> tree(raw);
  const std::size_t count = git_tree_entrycount(tree.get());
  constexpr std::uint64_t kPortion = 4096;
  const std::uint64_t end = std::min<std::uint64_t>(count, cursor + kPortion);
  for (; cursor < end; ++cursor) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), cursor);
    const char* name = git_tree_entry_name(entry);
    if (!is_entry_name(name)) continue;
    const git_filemode_t mode = git_tree_entry_filemode(entry);
    out.push_back({name, number_of(*git_tree_entry_id(entry), mode), kind_of(mode)});
  }
  if (cursor >= count) return std::optional<std::uint64_t>();
  return std::optional<std::uint64_t>(cursor);
}

Result<std::string> GitNodes::blob(const Object& object, std::uint64_t offset,
                                   std::uint64_t count) const {
  git_blob* raw = nullptr;
  if (git_blob_lookup(&raw, repository_->repository.get(), &object.id) != 0) {
    return fail(git_error("cannot read a file", text_of(object.id)));
  }
  const Owned<git_blob, git_blob_free> found(raw);
  const auto size = static_cast<std::uint64_t>(git_blob_rawsize(found.get()));
  if (offset >= size) return std::string();
  const auto* bytes = static_cast<const char*>(git_blob_rawcontent(found.get()));
  return std::string(bytes + offset, std::min(count, size - offset));
}

Result<std::string> GitNodes::content(NodeId file, std::uint64_t offset,
                                      std::uint64_t count) const {
  const std::lock_guard<std::mutex> lock(repository_->mutex);
  VIGIL_TRY(const Object found, object(file));
  return blob(found, offset, count);
}

Result<std::string> GitNodes::target(NodeId link) const {
  constexpr std::uint64_t kLongestPath = 4096;
  const std::lock_guard<std::mutex> lock(repository_->mutex);
  VIGIL_TRY(const Object found, object(link));
  return blob(found, 0, kLongestPath);
}

}  // namespace vigil::tree
