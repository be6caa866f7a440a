#include "tree/directory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "tree/directory_walk.h"
#include "tree/memory.h"

namespace vigil::tree {
namespace {

namespace fs = std::filesystem;

/// A directory of its own that goes away with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = fs::temp_directory_path() / "vigil-tree-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  void file(const std::string& name, const std::string& content) const {
    fs::create_directories(fs::path(path_ + name).parent_path());
    std::ofstream(path_ + name, std::ios::binary) << content;
  }
  void link(const std::string& name, const std::string& target) const {
    fs::create_directories(fs::path(path_ + name).parent_path());
    fs::create_symlink(target, path_ + name);
  }

 private:
  std::string path_;
};

std::unique_ptr<Directory> open_directory(const std::string& path, Resolution resolution) {
  auto opened = Directory::open(path, resolution);
  EXPECT_TRUE(opened) << opened.error().text();
  return std::move(*opened);
}

class Confinement : public testing::TestWithParam<Resolution> {
 protected:
  void SetUp() override {
    if (GetParam() == Resolution::Kernel && best_resolution() != Resolution::Kernel) {
      GTEST_SKIP() << "this kernel or its seccomp profile has no openat2";
    }
  }
};

struct LinkCase {
  const char* path;
  const char* resolved;  ///< null: nothing may be found there
};

TEST_P(Confinement, LinksStayInTheView) {
  const Scratch outside;
  outside.file("/secret", "outside");
  const Scratch root;
  root.file("/usr/lib/os-release", "inside");
  root.file("/etc/hostname", "inside");
  root.link("/etc/os-release", "../usr/lib/os-release");
  root.link("/lib", "usr/lib");
  root.link("/absolute", "/usr/lib/os-release");
  root.link("/escape", "../../../../../../../../etc/hostname");
  root.link("/outside", outside.path() + "/secret");
  root.link("/chain1", "chain2");
  root.link("/chain2", "/chain3");
  root.link("/chain3", "lib/os-release");
  root.link("/cycle1", "cycle2");
  root.link("/cycle2", "cycle1");
  root.link("/self", "self");
  root.link("/dangling", "nowhere");
  root.link("/usr/up", "../..");
  root.link("/root", "/");
  const LinkCase cases[] = {
      {"/usr/lib/os-release", "/usr/lib/os-release"},
      {"usr//lib/./os-release", "/usr/lib/os-release"},
      {"/etc/os-release", "/usr/lib/os-release"},
      {"/lib/os-release", "/usr/lib/os-release"},
      {"/absolute", "/usr/lib/os-release"},
      {"/escape", "/etc/hostname"},
      {"/../../../etc/hostname", "/etc/hostname"},
      {"/outside", nullptr},
      {"/chain1", "/usr/lib/os-release"},
      {"/cycle1", nullptr},
      {"/self", nullptr},
      {"/dangling", nullptr},
      {"/usr/up/etc/hostname", "/etc/hostname"},
      {"/root/root/root/etc/os-release", "/usr/lib/os-release"},
      {"/lib/../etc/hostname", nullptr},  // ".." is the parent of usr/lib, not of the link
      {"/etc/hostname/more", nullptr},
  };
  const auto view = open_directory(root.path(), GetParam());
  Memory memory;
  memory.file("/usr/lib/os-release", "inside").file("/etc/hostname", "inside");
  for (const auto& entry : fs::recursive_directory_iterator(root.path())) {
    if (!entry.is_symlink()) continue;
    memory.link(entry.path().string().substr(root.path().size()), fs::read_symlink(entry.path()));
  }
  for (const LinkCase& test : cases) {
    for (const View* tree :
         {static_cast<const View*>(view.get()), static_cast<const View*>(&memory)}) {
      const auto content = tree->read(test.path, 1000);
      const auto entry = tree->stat(test.path);
      if (test.resolved == nullptr) {
        EXPECT_FALSE(content) << test.path;
        EXPECT_FALSE(entry) << test.path;
        continue;
      }
      ASSERT_TRUE(content) << test.path << ": " << content.error().text();
      EXPECT_EQ(*content, "inside") << test.path;
      ASSERT_TRUE(entry) << test.path;
      EXPECT_EQ(entry->path, test.resolved);
      EXPECT_EQ(entry->kind, Kind::File);
      EXPECT_EQ(entry->size, 6U);
    }
  }
}

TEST_P(Confinement, MagicLinksAreRefused) {
  const auto view = open_directory("/", GetParam());
  for (const char* path :
       {"/proc/self/exe", "/proc/self/root/etc", "/proc/self/cwd", "/proc/self/fd/0"}) {
    EXPECT_FALSE(view->stat(path)) << path;
    EXPECT_FALSE(view->read(path, 1000)) << path;
  }
  EXPECT_TRUE(view->read("/proc/self/status", 100'000)) << "/proc/self is an ordinary link";
}

TEST_P(Confinement, OnlyRegularFilesAreOpened) {
  const Scratch root;
  ASSERT_EQ(::mkfifo((root.path() + "/fifo").c_str(), 0600), 0);
  root.link("/fifo-link", "fifo");
  root.file("/folder/file", "x");
  const auto view = open_directory(root.path(), GetParam());
  for (const char* path : {"/fifo", "/fifo-link"}) {
    const auto content = view->read(path, 10);  // would hang if it were opened for reading
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code, ErrorCode::Invalid);
    EXPECT_EQ(view->stat(path)->kind, Kind::Other);
  }
  EXPECT_EQ(view->read("/folder", 10).error().code, ErrorCode::Invalid);
  EXPECT_EQ(view->list("/folder/file").error().code, ErrorCode::Invalid);
  const auto live = open_directory("/", GetParam());
  EXPECT_EQ(live->read("/dev/zero", 10).error().code, ErrorCode::Invalid);
}

TEST_P(Confinement, ReadKeepsItsLimit) {
  const Scratch root;
  root.file("/ten", "0123456789");
  root.file("/empty", "");
  const auto view = open_directory(root.path(), GetParam());
  EXPECT_EQ(view->read("/ten", 10).value(), "0123456789");
  EXPECT_EQ(view->read("/ten", 9).error().code, ErrorCode::TooLarge);
  EXPECT_EQ(view->read("/empty", 0).value(), "");
  EXPECT_EQ(view->read("/none", 10).error().code, ErrorCode::NotFound);
  const auto live = open_directory("/", GetParam());
  EXPECT_EQ(live->read("/proc/self/maps", 100).error().code, ErrorCode::TooLarge)
      << "a file that claims to be empty";
}

TEST_P(Confinement, AllByteValuesInNames) {
  const Scratch root;
  root.file("/new\nline", "a");
  root.file("/\xFF\xFE", "b");
  const auto view = open_directory(root.path(), GetParam());
  EXPECT_EQ(view->read("/new\nline", 10).value(), "a");
  EXPECT_EQ(view->read("/\xFF\xFE", 10).value(), "b");
  EXPECT_EQ(view->list("/").value().size(), 2U);
  EXPECT_FALSE(view->read(std::string(5000, 'a'), 10));
  EXPECT_FALSE(view->read("/" + std::string(300, 'a'), 10));
}

INSTANTIATE_TEST_SUITE_P(Both, Confinement,
                         testing::Values(Resolution::Kernel, Resolution::Components),
                         [](const auto& test) {
                           return test.param == Resolution::Kernel ? "Kernel" : "Components";
                         });

std::multiset<std::string> walked(const View& view, const WalkLimits& limits = {}) {
  std::multiset<std::string> paths;
  const auto done = view.walk(
      limits,
      [&](const Entry& entry) {
        paths.insert(entry.path);
        return true;
      },
      [&](std::string path, const std::string&) { paths.insert("problem " + path); });
  if (!done) paths.insert("error");
  return paths;
}

TEST(Walk, VisitsEveryEntryOnceAndFollowsNoLink) {
  const Scratch root;
  root.file("/a/b/c/file", "x");
  root.file("/a/file", "x");
  root.link("/a/loop", "..");
  root.link("/z", "/");
  const auto view = open_directory(root.path(), Resolution::Kernel);
  EXPECT_EQ(walked(*view), (std::multiset<std::string>{"/a", "/a/b", "/a/b/c", "/a/b/c/file",
                                                       "/a/file", "/a/loop", "/z"}));
  WalkLimits limits;
  limits.excluded = {"/a/b"};
  EXPECT_EQ(walked(*view, limits),
            (std::multiset<std::string>{"/a", "/a/b", "/a/file", "/a/loop", "/z"}));
}

TEST(Walk, SeesWhatTheStandardLibrarySees) {
  const auto view = open_directory("/usr/share/doc", Resolution::Kernel);
  std::multiset<std::string> expected;
  for (const auto& entry : fs::recursive_directory_iterator("/usr/share/doc")) {
    expected.insert(entry.path().string().substr(std::string("/usr/share/doc").size()));
  }
  EXPECT_EQ(walked(*view), expected);
}

TEST(Walk, OfSomeDirectoriesLooksNowhereElse) {
  const Scratch root;
  root.file("/usr/lib/python/x", "");
  root.file("/usr/lib64/y", "");
  root.file("/usr/libexec/z", "");
  root.file("/srv/z", "");
  const auto view = open_directory(root.path(), Resolution::Kernel);
  WalkLimits limits;
  limits.roots = {"/usr/lib", "/usr/lib64", "/usr/lib/python", "/missing"};
  limits.entries = 3;
  EXPECT_EQ(walked(*view, limits),
            (std::multiset<std::string>{"/usr/lib/python", "/usr/lib/python/x", "/usr/lib64/y"}))
      << "each once, and the way there is not counted";
  limits.roots = {"/"};
  limits.entries = 100;
  EXPECT_EQ(walked(*view, limits).size(), 10U);
}

TEST(Walk, TellsTheStatusOfFilesItIsAskedFor) {
  const Scratch root;
  root.file("/bin/tool", "12345");
  root.file("/bin/other", "12345");
  root.link("/bin/link", "tool");
  ASSERT_EQ(::chmod((root.path() + "/bin/tool").c_str(), 04751), 0);
  const auto view = open_directory(root.path(), Resolution::Kernel);
  std::map<std::string, std::pair<std::uint64_t, std::uint32_t>> found;
  std::multiset<std::string> asked;
  ASSERT_TRUE(view->walk_with_status(
      {},
      [&](std::string_view path) {
        asked.emplace(path);
        return path == "/bin/tool";
      },
      [&](const Entry& entry) {
        found[entry.path] = {entry.size, entry.mode};
        return true;
      },
      [](const std::string&, const std::string&) {}));
  EXPECT_EQ(found["/bin/tool"], std::pair(std::uint64_t{5}, std::uint32_t{04751}));
  EXPECT_EQ(found["/bin/other"], std::pair(std::uint64_t{0}, std::uint32_t{0}));
  EXPECT_EQ(asked, (std::multiset<std::string>{"/bin/other", "/bin/tool"})) << "files only, once";
}

TEST(Walk, KeepsItsLimits) {
  const Scratch root;
  root.file("/1/2/3/4/file", "x");
  for (int i = 0; i < 20; ++i) root.file("/many/" + std::to_string(i), "");
  const auto view = open_directory(root.path(), Resolution::Kernel);
  WalkLimits limits;
  limits.depth = 3;
  const auto paths = walked(*view, limits);
  EXPECT_TRUE(paths.contains("/1/2/3"));
  EXPECT_TRUE(paths.contains("problem /1/2/3"));
  EXPECT_FALSE(paths.contains("/1/2/3/4"));
  limits.entries = 10;
  EXPECT_TRUE(walked(*view, limits).contains("error"));
  int visits = 0;
  const auto stopped = view->walk(
      {}, [&](const Entry&) { return ++visits < 3; },
      [](const std::string&, const std::string&) {});
  EXPECT_TRUE(stopped);
  EXPECT_EQ(visits, 3);
}

TEST(Walk, ReportsWhatItMayNotEnter) {
  if (::geteuid() == 0) {
    // Root reads everything; a child that gives its rights up does not.
    const pid_t child = ::fork();
    if (child == 0) {
      if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(2);
      const Scratch root;
      root.file("/closed/file", "x");
      root.file("/secret", "x");
      ::chmod((root.path() + "/closed").c_str(), 0);
      ::chmod((root.path() + "/secret").c_str(), 0);
      const auto view = Directory::open(root.path());
      const bool right = view && walked(**view).contains("problem /closed") &&
                         (*view)->read("/secret", 10).error().code == ErrorCode::Io;
      ::chmod((root.path() + "/closed").c_str(), 0700);
      ::_exit(right ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    return;
  }
  const Scratch root;
  root.file("/closed/file", "x");
  ::chmod((root.path() + "/closed").c_str(), 0);
  const auto view = open_directory(root.path(), Resolution::Kernel);
  EXPECT_TRUE(walked(*view).contains("problem /closed"));
  ::chmod((root.path() + "/closed").c_str(), 0700);
}

TEST(Walk, StaysOutOfTheKernelsFileSystems) {
  EXPECT_TRUE(is_pseudo_file_system(0x9fa0)) << "proc";
  EXPECT_TRUE(is_pseudo_file_system(0x62656572)) << "sysfs";
  EXPECT_FALSE(is_pseudo_file_system(0xEF53)) << "ext4";
  EXPECT_TRUE(is_network_file_system(0x6969)) << "nfs";
  EXPECT_FALSE(is_network_file_system(0x794c7630)) << "overlayfs";
  const auto live = open_directory("/", Resolution::Kernel);
  WalkLimits limits;
  for (const char* path : {"/usr", "/home", "/root", "/var", "/tmp", "/opt", "/srv"}) {
    limits.excluded.emplace_back(path);
  }
  limits.cross_devices = false;
  for (const std::string& path : walked(*live, limits)) {
    EXPECT_FALSE(path.starts_with("/proc/") || path.starts_with("/sys/") ||
                 path.starts_with("/dev/"))
        << path;
  }
}

TEST(Directory, OpensOnlyDirectories) {
  EXPECT_EQ(Directory::open("/etc/passwd").error().code, ErrorCode::Invalid);
  EXPECT_EQ(Directory::open("/no/such/place").error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace vigil::tree
