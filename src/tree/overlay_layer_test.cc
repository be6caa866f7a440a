// Layers as the kernel and fuse-overlayfs leave them, made by hand.
#include "tree/overlay_layer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tree/listed_layer.h"

namespace vigil::tree {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Layer {
 public:
  Layer() {
    std::string name = ::testing::TempDir() + "layerXXXXXX";
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;
  ~Layer() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  void directory(const std::string& name) const {
    std::filesystem::create_directories(*this / name);
  }
  void file(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories(std::filesystem::path(*this / name).parent_path());
    std::ofstream(*this / name, std::ios::binary) << content;
  }
  [[nodiscard]] bool whiteout(const std::string& name) const {
    return ::mknod((*this / name).c_str(), S_IFCHR, ::makedev(0, 0)) == 0;
  }
  [[nodiscard]] bool attribute(const std::string& name, const char* key, const char* value) const {
    return ::setxattr((*this / name).c_str(), key, value, std::char_traits<char>::length(value),
                      0) == 0;
  }
  [[nodiscard]] Descriptor open() const {
    return Descriptor(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }

 private:
  std::string path_;
};

std::string content_of(EntryStream& entries) {
  std::string out;
  for (;;) {
    const auto piece = entries.piece();
    if (!piece) return "error: " + piece.error().what;
    if (piece->empty()) return out;
    out += *piece;
  }
}

/// "PATH kind content", ordered.
std::vector<std::string> all(EntryStream& entries) {
  std::vector<std::string> out;
  for (;;) {
    const auto entry = entries.next();
    if (!entry) {
      out.push_back("error: " + entry.error().where + " " + entry.error().what);
      continue;
    }
    if (*entry == nullptr) break;
    const TarEntry here = **entry;
    const char* const kind = here.kind == TarKind::File           ? " = "
                             : here.kind == TarKind::Directory    ? "/"
                             : here.kind == TarKind::SymbolicLink ? " -> "
                                                                  : " ?";
    out.push_back(here.path + kind + here.link + content_of(entries));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> all(const Layer& layer) {
  OverlayLayer entries(layer.open());
  return all(entries);
}

TEST(OverlayLayer, FilesDirectoriesAndLinks) {
  const Layer layer;
  layer.file("etc/motd", "hello");
  layer.file("a/b/c/empty", "");
  std::filesystem::create_symlink("../etc/motd", layer / "a/link");
  EXPECT_THAT(all(layer), ElementsAre("/a/", "/a/b/", "/a/b/c/", "/a/b/c/empty = ",
                                      "/a/link -> ../etc/motd", "/etc/", "/etc/motd = hello"));
}

TEST(OverlayLayer, ModesCountForPrograms) {
  const Layer layer;
  layer.file("run", "#!");
  std::filesystem::permissions(layer / "run", std::filesystem::perms(0755));
  OverlayLayer entries(layer.open());
  const auto entry = entries.next();
  ASSERT_TRUE(entry && *entry != nullptr);
  EXPECT_EQ((*entry)->mode, 0755u);
  EXPECT_EQ((*entry)->size, 2u);
}

TEST(OverlayLayer, ADeviceOfNoNumbersHidesWhatIsBelow) {
  const Layer layer;
  layer.file("etc/kept", "1");
  if (!layer.whiteout("etc/gone")) GTEST_SKIP() << "no devices can be made here";
  EXPECT_THAT(all(layer), ElementsAre("/etc/", "/etc/.wh.gone = ", "/etc/kept = 1"));
}

TEST(OverlayLayer, AnOpaqueDirectoryHidesAllOfIt) {
  for (const char* const key :
       {"user.overlay.opaque", "trusted.overlay.opaque", "user.fuseoverlayfs.opaque"}) {
    const Layer layer;
    layer.file("d/new", "1");
    layer.directory("other");
    if (!layer.attribute("d", key, "y")) continue;  // not allowed or not kept here
    EXPECT_THAT(all(layer), ElementsAre("/d/", "/d/.wh..wh..opq = ", "/d/new = 1", "/other/"))
        << key;
  }
}

TEST(OverlayLayer, AnEmptyFileHidesOnlyWhereItsDirectorySaysSo) {
  const Layer layer;
  layer.file("d/gone", "");
  layer.file("d/empty", "");
  layer.file("e/gone", "");
  const bool made = layer.attribute("d", "user.overlay.opaque", "x") &&
                    layer.attribute("d/gone", "user.overlay.whiteout", "") &&
                    layer.attribute("e/gone", "user.overlay.whiteout", "");
  if (!made) GTEST_SKIP() << "no attributes can be kept here";
  EXPECT_THAT(all(layer), ElementsAre("/d/", "/d/.wh.gone = ", "/d/empty = ", "/e/", "/e/gone = "));
}

TEST(OverlayLayer, WhatFuseOverlayfsHidesByNameStays) {
  const Layer layer;
  layer.file("d/.wh.gone", "");
  layer.file("d/.wh..wh..opq", "");
  EXPECT_THAT(all(layer), ElementsAre("/d/", "/d/.wh..wh..opq = ", "/d/.wh.gone = "));
}

TEST(OverlayLayer, ALinkLeadsNowhereAndAPipeIsNotRead) {
  const Layer layer;
  std::filesystem::create_directory_symlink("/", layer / "root");
  ASSERT_EQ(::mkfifo((layer / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(all(layer), ElementsAre("/pipe ?", "/root -> /"));
}

TEST(OverlayLayer, WhatCannotBeEnteredIsSaidAndTheRestIsRead) {
  const Layer layer;
  std::string deep = "deep";
  for (int i = 0; i < 300; ++i) deep += "/d";
  layer.directory(deep);
  layer.file("z", "1");
  const auto lines = all(layer);
  EXPECT_THAT(lines, ::testing::Contains("/z = 1"));
  EXPECT_THAT(lines, ::testing::Contains(::testing::HasSubstr("deeper than 256 folders")));
}

TEST(ListedLayer, OnlyWhatTheListNamesIsTheLayers) {
  const Layer layer;
  layer.file("usr/lib/below", "of a lower layer");
  layer.file("usr/lib/mine", "1");
  std::filesystem::create_directory_symlink("usr/lib", layer / "lib");
  ListedLayer entries(layer.open(), {"/usr", "/usr/lib/mine", "/lib/mine", "/lib", "/etc/.wh.motd",
                                     "/etc/.wh..wh..opq"});
  EXPECT_THAT(all(entries),
              ElementsAre("/etc/.wh..wh..opq = ", "/etc/.wh.motd = ", "/lib -> usr/lib",
                          "/lib/mine = 1", "/usr/", "/usr/lib/mine = 1"));
}

TEST(ListedLayer, NothingOutsideIsReached) {
  const Layer layer;
  std::filesystem::create_directory_symlink("/etc", layer / "etc");
  ListedLayer entries(layer.open(), {"/etc/passwd", "/etc"});
  EXPECT_THAT(all(entries),
              ElementsAre("/etc -> /etc", ::testing::HasSubstr("error: /etc/passwd")));
  ListedLayer none(layer.open(), {});
  EXPECT_THAT(all(none), IsEmpty());
}

}  // namespace
}  // namespace vigil::tree
