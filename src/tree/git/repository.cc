#include "tree/git/repository.h"

#include <git2.h>

#include <mutex>

#include "base/text.h"
#include "tree/git/handle.h"
#include "tree/git/nodes.h"
#include "tree/node_view.h"

namespace vigil::tree {
namespace {

/// Once for the process: libgit2 counts its users.
void set_up() {
  static const int ready = [] {
    git_libgit2_init();
    for (const git_config_level_t level : {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                                           GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    }
    // Reading runs nothing of the repository, so whose it is does not matter.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    return 1;
  }();
  (void)ready;
}

std::string without_slash(const char* path) {
  std::string out = path == nullptr ? "" : path;
  while (out.size() > 1 && out.ends_with('/')) out.pop_back();
  return out;
}

GitState read_state(git_repository* repository) {
  GitState out;
  out.folder = without_slash(git_repository_workdir(repository));
  out.git = without_slash(git_repository_path(repository));
  git_reference* raw = nullptr;
  if (git_repository_head(&raw, repository) == 0) {
    const Owned<git_reference, git_reference_free> head(raw);
    if (git_reference_is_branch(head.get()) == 1) out.branch = git_reference_shorthand(head.get());
    if (const git_oid* id = git_reference_target(head.get())) out.commit = text_of(*id);
  }
  git_remote* remote = nullptr;
  if (git_remote_lookup(&remote, repository, "origin") == 0) {
    const Owned<git_remote, git_remote_free> origin(remote);
    if (const char* url = git_remote_url(origin.get())) out.remote = without_credentials(url);
  }
  return out;
}

}  // namespace

std::string text_of(const git_oid& id) {
  std::string out(GIT_OID_HEXSZ, '\0');
  git_oid_fmt(out.data(), &id);
  return out;
}

Error git_error(std::string what, std::string where) {
  const ::git_error* last = git_error_last();
  if (last != nullptr && last->message != nullptr) what += ": " + std::string(last->message);
  return {std::move(what), std::move(where), {}, ErrorCode::Invalid};
}

GitRepository::GitRepository(std::shared_ptr<GitHandle> handle) : handle_(std::move(handle)) {}
GitRepository::GitRepository(GitRepository&&) noexcept = default;
GitRepository& GitRepository::operator=(GitRepository&&) noexcept = default;
GitRepository::~GitRepository() = default;

Result<GitRepository> GitRepository::open(const std::string& path) {
  set_up();
  git_repository* raw = nullptr;
  const int error =
      git_repository_open_ext(&raw, path.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr);
  if (error == GIT_ENOTFOUND) {
    return fail("there is no git repository", path, "scan it as a directory: vigil scan dir",
                ErrorCode::NotFound);
  }
  if (error != 0) return fail(git_error("cannot open the git repository", path));
  GitRepository out(std::make_shared<GitHandle>(raw));
  out.state_ = read_state(raw);
  return out;
}

Result<GitChanges> GitRepository::changes() const {
  git_status_options options;
  git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
  // Untracked folders are not entered: only what is ignored is asked for, whole folders as one.
  options.flags = GIT_STATUS_OPT_INCLUDE_IGNORED | GIT_STATUS_OPT_INCLUDE_UNTRACKED |
                  GIT_STATUS_OPT_NO_REFRESH | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
  git_status_list* raw = nullptr;
  if (git_status_list_new(&raw, handle_->repository.get(), &options) != 0) {
    return fail(git_error("cannot compare the working tree with what is committed", state_.folder));
  }
  const Owned<git_status_list, git_status_list_free> list(raw);
  GitChanges out;
  for (std::size_t i = 0; i < git_status_list_entrycount(list.get()); ++i) {
    const git_status_entry* entry = git_status_byindex(list.get(), i);
    const auto* delta =
        entry->index_to_workdir != nullptr ? entry->index_to_workdir : entry->head_to_index;
    if (entry->status == GIT_STATUS_IGNORED) {
      if (delta != nullptr) out.ignored.push_back("/" + without_slash(delta->old_file.path));
    } else if (entry->status != GIT_STATUS_WT_NEW) {
      out.dirty = true;
    }
  }
  return out;
}

Result<std::unique_ptr<View>> GitRepository::tree(const std::string& revision,
                                                  std::string& commit) const {
  git_object* raw = nullptr;
  if (git_revparse_single(&raw, handle_->repository.get(), revision.c_str()) != 0) {
    return fail(git_error("there is no revision '" + revision + "'", state_.git));
  }
  const Owned<git_object, git_object_free> named(raw);
  git_object* peeled = nullptr;
  if (git_object_peel(&peeled, named.get(), GIT_OBJECT_COMMIT) != 0) {
    return fail(git_error("'" + revision + "' is no commit", state_.git));
  }
  const Owned<git_object, git_object_free> found(peeled);
  commit = text_of(*git_object_id(found.get()));
  const git_oid* root = git_commit_tree_id(reinterpret_cast<const git_commit*>(found.get()));
  return std::unique_ptr<View>(
      std::make_unique<NodeView>(std::make_shared<GitNodes>(handle_, *root)));
}

std::string without_credentials(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  const std::size_t start = scheme + 3;
  const std::size_t end = std::min(url.find('/', start), url.size());
  const std::size_t at = url.substr(0, end).rfind('@');
  if (at == std::string_view::npos || at < start) return std::string(url);
  return std::string(url.substr(0, start)) + std::string(url.substr(at + 1));
}

std::string repository_name(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  if (url.ends_with(".git")) url.remove_suffix(4);
  while (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t last = url.find_last_of("/:");
  if (last == std::string_view::npos || last == 0) {
    return std::string(url.substr(last == 0 ? 1 : 0));
  }
  const bool local = url.front() == '/' || url.front() == '.';
  if (local) return std::string(url.substr(last + 1));
  const std::size_t before = url.substr(0, last).find_last_of("/:");
  return std::string(url.substr(before == std::string_view::npos ? 0 : before + 1));
}

}  // namespace vigil::tree
