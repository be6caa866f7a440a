#include "tree/git/repository.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"

// libgit2 1.5 forgets what its regular expressions matched, and keeps its own state to the end. It is
// used in processes that soon end.
extern "C" const char* __lsan_default_suppressions();   // NOLINT
extern "C" const char* __lsan_default_suppressions() {  // NOLINT
  return "leak:libgit2\nleak:libpcre2\n";
}

namespace vigil::tree {
namespace {

/// A repository made by git itself: one commit, a tag on it, then changes that are not committed.
class GitRepositoryTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("git --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "git is not installed";
    folder_ = testing::TempDir() + "vigil-git-" + std::to_string(::getpid());
    std::filesystem::remove_all(folder_);
    ASSERT_TRUE(base::make_directories(folder_ + "/tree/sub"));
    write("/tree/a.lock", "one\n");
    write("/tree/sub/b.lock", "two\n");
    run("git init -q -b main .");
    run("ln -s ../a.lock sub/link && chmod +x a.lock");
    write("/tree/.gitignore", "built/\n*.log\n");
    run("git add -A");
    run("git commit -q -m first");
    run("git tag v1");
    run("git remote add origin https://user:secret@code.example/owner/project.git");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& path, std::string_view text) const {
    ASSERT_TRUE(base::write_file_atomically(folder_ + path, text));
  }
  void run(const std::string& command) const {
    const std::string whole = "cd '" + folder_ +
                              "/tree' && GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a "
                              "GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b " +
                              command;
    ASSERT_EQ(std::system(whole.c_str()), 0) << command;
  }

  std::string folder_;
};

TEST_F(GitRepositoryTest, KnowsBranchCommitAndRemoteWithoutItsSecret) {
  const auto repository = GitRepository::open(folder_ + "/tree/sub");
  ASSERT_TRUE(repository) << repository.error().text();
  EXPECT_EQ(repository->state().folder, folder_ + "/tree");
  EXPECT_EQ(repository->state().branch, "main");
  EXPECT_EQ(repository->state().commit.size(), 40U);
  EXPECT_EQ(repository->state().remote, "https://code.example/owner/project.git");
}

TEST_F(GitRepositoryTest, ACommitIsATreeWhateverTheWorkingTreeSays) {
  write("/tree/a.lock", "changed\n");
  const auto repository = GitRepository::open(folder_ + "/tree");
  ASSERT_TRUE(repository);
  std::string commit;
  const auto view = repository->tree("v1", commit);
  ASSERT_TRUE(view) << view.error().text();
  EXPECT_EQ(commit, repository->state().commit);
  EXPECT_EQ((*view)->read("/a.lock", 100).value_or(""), "one\n");
  EXPECT_EQ((*view)->read("/sub/link", 100).value_or(""), "one\n") << "a link inside the tree";
  EXPECT_EQ((*view)->stat("/a.lock")->mode & 0111U, 0111U);
  std::vector<std::string> paths;
  ASSERT_TRUE((*view)->walk(
      {},
      [&](const Entry& entry) {
        paths.push_back(entry.path);
        return true;
      },
      [](const std::string& where, const std::string& why) { ADD_FAILURE() << where << why; }));
  std::sort(paths.begin(), paths.end());
  EXPECT_EQ(paths, (std::vector<std::string>{"/.gitignore", "/a.lock", "/sub", "/sub/b.lock",
                                             "/sub/link"}));
  EXPECT_FALSE(repository->tree("no-such-branch", commit));
}

TEST_F(GitRepositoryTest, TellsWhatDiffersAndWhatIsIgnored) {
  const auto clean = GitRepository::open(folder_ + "/tree")->changes();
  ASSERT_TRUE(clean) << clean.error().text();
  EXPECT_FALSE(clean->dirty);
  write("/tree/a.lock", "changed\n");
  ASSERT_TRUE(base::make_directories(folder_ + "/tree/built/deep"));
  write("/tree/built/deep/x", "");
  write("/tree/sub/y.log", "");
  write("/tree/new", "");
  const auto changed = GitRepository::open(folder_ + "/tree")->changes();
  ASSERT_TRUE(changed);
  EXPECT_TRUE(changed->dirty);
  EXPECT_EQ(changed->ignored, (std::vector<std::string>{"/built", "/sub/y.log"}));
}

TEST_F(GitRepositoryTest, PlacesAreFoundForWorktreesToo) {
  EXPECT_EQ(git_places(folder_ + "/tree/sub"), std::vector<std::string>{folder_ + "/tree"});
  run("git worktree add -q ../other");
  EXPECT_EQ(git_places(folder_ + "/other"),
            (std::vector<std::string>{folder_ + "/other", folder_ + "/tree/.git/worktrees/other",
                                      folder_ + "/tree/.git"}));
  run("git clone -q --bare . ../bare.git");
  EXPECT_EQ(git_places(folder_ + "/bare.git"), std::vector<std::string>{folder_ + "/bare.git"});
  EXPECT_TRUE(git_places(folder_).empty());
}

TEST_F(GitRepositoryTest, DamagedObjectsAreErrors) {
  run("find .git/objects -type f | while read f; do chmod u+w $f; printf x > $f; done");
  const auto repository = GitRepository::open(folder_ + "/tree");
  ASSERT_TRUE(repository);
  std::string commit;
  EXPECT_FALSE(repository->tree("HEAD", commit));
}

TEST(GitNames, OfUrlsAndPaths) {
  EXPECT_EQ(repository_name("https://code.example/owner/project.git"), "owner/project");
  EXPECT_EQ(repository_name("git@code.example:owner/project.git"), "owner/project");
  EXPECT_EQ(repository_name("https://code.example/group/sub/project/"), "sub/project");
  EXPECT_EQ(repository_name("/srv/projects/name"), "name");
  EXPECT_EQ(repository_name("/srv/name.git/"), "name");
  EXPECT_EQ(without_credentials("https://u:p@h/x"), "https://h/x");
  EXPECT_EQ(without_credentials("https://h/x@1"), "https://h/x@1");
  EXPECT_EQ(without_credentials("git@h:o/n"), "git@h:o/n");
}

}  // namespace
}  // namespace vigil::tree
