// A git repository: what is committed, without a checkout.
//
// Reference: git-scm.com/docs/gitrepository-layout, libgit2. Traps: a repository's owner and its
// configuration are not to be trusted: nothing of the user's or the system's configuration is read, no
// filter, hook or program of the repository runs.
//
// Not handled: SHA-256 repositories, files kept by Git LFS (their pointers are what is committed),
// submodules (they are other repositories; their folders are empty).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tree/view.h"

namespace vigil::tree {

struct GitState {
  std::string folder;  ///< of the working tree, without slash at the end; empty if there is none
  std::string git;     ///< of the repository itself
  std::string commit;  ///< what HEAD means, 40 hexadecimal digits; empty before the first commit
  std::string branch;  ///< "main"; empty if HEAD is detached
  std::string remote;  ///< URL of "origin" without user and password; may be empty
};

struct GitChanges {
  bool dirty = false;                ///< tracked files differ from HEAD
  std::vector<std::string> ignored;  ///< absolute in the working tree: files and whole folders
};

struct GitHandle;

class GitRepository {
 public:
  /// `path` is the working tree, a folder in it, or a bare repository. `NotFound` if there is none.
  static Result<GitRepository> open(const std::string& path);
  GitRepository(GitRepository&&) noexcept;
  GitRepository& operator=(GitRepository&&) noexcept;
  ~GitRepository();

  [[nodiscard]] const GitState& state() const { return state_; }
  /// How the working tree differs from what is committed.
  [[nodiscard]] Result<GitChanges> changes() const;
  /// The tree of what `revision` means: a hash, "HEAD~2", a branch, a tag. The view lives on its own.
  [[nodiscard]] Result<std::unique_ptr<View>> tree(const std::string& revision,
                                                   std::string& commit) const;

 private:
  explicit GitRepository(std::shared_ptr<GitHandle> handle);

  std::shared_ptr<GitHandle> handle_;
  GitState state_;
};

/// What of the file system reading the repository of `path` takes: the working tree, and where its
/// objects lie (elsewhere for a worktree). Found without reading anything but the two small files that
/// say so; nothing if there is no repository.
std::vector<std::string> git_places(const std::string& path);

/// "https://user:secret@host/o/n.git" -> "https://host/o/n.git"; "git@host:o/n.git" stays.
std::string without_credentials(std::string_view url);
/// "owner/name" of a URL, or the last part of a path; without ".git".
std::string repository_name(std::string_view url);

}  // namespace vigil::tree
