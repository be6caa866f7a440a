// A code repository: its working tree, or what is committed.
//
// What: dependencies by file and line, from lock files and manifests. Of a working tree what git
// ignores (node_modules, build folders) is not looked at, for it is not the project's; of a bare
// repository, or with --commit, the tree of one commit is read without a checkout.
//
// Traps: tree/git/repository.h.
//
// Not handled: cloning from a remote.

#include <set>

#include "source/target.h"
#include "tree/directory.h"
#include "tree/git/repository.h"

namespace vigil::source::repo {
namespace {

RepositoryFacts facts_of(const tree::GitRepository& repository) {
  const tree::GitState& state = repository.state();
  RepositoryFacts out;
  const std::string& place = state.folder.empty() ? state.git : state.folder;
  out.name = tree::repository_name(state.remote.empty() ? place : state.remote);
  out.remote = state.remote;
  out.branch = state.branch;
  out.commit = state.commit;
  return out;
}

/// A whole ignored folder is not entered; what was found in an ignored file is taken out again.
Result<inventory::Inventory> scan_working_tree(const tree::GitRepository& repository,
                                               const Request& request, bool& dirty) {
  VIGIL_TRY(const std::unique_ptr<tree::Directory> view,
            tree::Directory::open(repository.state().folder));
  VIGIL_TRY(const tree::GitChanges changes, repository.changes());
  dirty = changes.dirty;
  inventory::ScanOptions how = request.scan;
  std::vector<std::string>& excluded = how.limits.excluded;
  excluded.emplace_back("/.git");
  if (!request.option("--ignored").empty()) return inventory::scan_tree(*view, how);
  excluded.insert(excluded.end(), changes.ignored.begin(), changes.ignored.end());
  inventory::Inventory found = inventory::scan_tree(*view, how);
  const std::set<std::string, std::less<>> ignored(changes.ignored.begin(), changes.ignored.end());
  std::erase_if(found.packages, [&](const model::Package& package) {
    return !package.locations.empty() && ignored.contains(package.locations.front().path);
  });
  return found;
}

Result<Scanned> scan(const Request& request) {
  VIGIL_TRY(const tree::GitRepository repository, tree::GitRepository::open(request.argument));
  Scanned out;
  RepositoryFacts& facts = out.repository.emplace(facts_of(repository));
  out.name = repository.state().folder.empty() ? repository.state().git : repository.state().folder;
  const std::string_view commit = request.option("--commit");
  if (commit.empty() && !repository.state().folder.empty()) {
    VIGIL_TRY(out.inventory, scan_working_tree(repository, request, facts.dirty));
    return out;
  }
  VIGIL_TRY(const std::unique_ptr<tree::View> view,
            repository.tree(commit.empty() ? "HEAD" : std::string(commit), facts.commit));
  out.inventory = inventory::scan_tree(*view, request.scan);
  return out;
}

std::vector<std::string> reads(const Request& request) {
  return tree::git_places(request.argument);
}

constexpr TargetOption kOptions[] = {
    {"--commit", "REVISION", "What is committed there: a hash, a branch, a tag, HEAD~2"},
    {"--ignored", "", "Also what git ignores in the working tree"},
};

}  // namespace

const Target& target() {
  static const Target kTarget = {
      "repo", "PATH", "A git repository: its working tree, or a commit", kOptions, scan, reads};
  return kTarget;
}

}  // namespace vigil::source::repo
