#include "tree/disk/file_system.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "base/hash.h"
#include "base/text.h"
#include "tree/directory.h"
#include "tree/disk/crc.h"
#include "tree/disk/image_test.h"
#include "tree/node_view.h"

namespace vigil::tree::disk {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

/// What a view holds: for each path its kind, mode, and of a file its size and SHA-256.
std::map<std::string, std::string> contents(const View& view) {
  std::map<std::string, std::string> all;
  const auto visit = [&](const Entry& entry) {
    if (entry.path == "/lost+found") return true;
    std::string text = std::to_string(static_cast<int>(entry.kind));
    const auto listed = entry.kind == Kind::Link ? std::nullopt : view.stat(entry.path);
    if (entry.kind != Kind::Link) {
      EXPECT_TRUE(listed) << entry.path;
      if (listed) {
        EXPECT_EQ(listed->kind, entry.kind) << entry.path;
        text += " " + std::to_string(listed->mode) + " " + std::to_string(listed->size);
      }
    } else if (const auto target = view.stat(entry.path)) {
      text += " leads to " + target->path;
    }
    if (entry.kind == Kind::File) {
      const auto bytes = view.read(entry.path, std::uint64_t{1} << 30);
      text += bytes ? " " + base::sha256_hex(*bytes) : " " + bytes.error().text();
      const auto head = view.head(entry.path, 5000);
      EXPECT_TRUE(head && bytes && *head == bytes->substr(0, 5000)) << entry.path;
    }
    EXPECT_TRUE(all.emplace(entry.path, text).second) << "twice: " << entry.path;
    return true;
  };
  const auto problem = [&](const std::string& where, const std::string& why) {
    ADD_FAILURE() << where << ": " << why;
  };
  EXPECT_TRUE(view.walk({}, visit, problem));
  return all;
}

std::vector<std::string> differences(const std::map<std::string, std::string>& got,
                                     const std::map<std::string, std::string>& wanted) {
  std::vector<std::string> all;
  for (const auto& [path, text] : wanted) {
    const auto found = got.find(path);
    if (found == got.end()) {
      all.push_back("missing: " + path);
    } else if (found->second != text) {
      all.push_back(path + ": " + found->second + " instead of " + text);
    }
  }
  for (const auto& [path, text] : got) {
    if (!wanted.contains(path)) all.push_back("too many: " + path);
  }
  return all;
}

/// A tree of files as systems have them, and some as they have them seldom.
void make_tree(const ImageFolder& folder, std::size_t many) {
  folder.file("tree/etc/os-release", "ID=debian\n");
  folder.file("tree/usr/lib/one block", noise(4096, 1));
  folder.file("tree/usr/lib/\xffnot utf-8\n", "x");
  folder.file("tree/empty", "");
  folder.file("tree/tiny", "12345");
  folder.file("tree/large", noise(3'000'001, 2));
  folder.file("tree/" + std::string(255, 'n'), "the longest name");
  for (std::size_t i = 0; i < many; ++i) {
    folder.file("tree/many/file with some name " + std::to_string(i), std::to_string(i));
  }
  for (int i = 0; i < 60; ++i) folder.file("tree/some/" + std::to_string(i), noise(17, 5));
  std::string deep = "tree";
  for (int i = 0; i < 40; ++i) deep += "/deep";
  folder.file(deep + "/end", "deep");
  const std::string root = folder / "tree";
  fs::create_symlink("etc/os-release", root + "/short-link");
  fs::create_symlink(std::string(50, '.') + "/" + std::string(200, 'l'), root + "/long-link");
  fs::create_symlink("/" + std::string(900, 'm'), root + "/remote-link");
  std::string through = "/etc";
  for (int i = 0; i < 100; ++i) through += "/../etc";
  fs::create_symlink(through + "/os-release", root + "/winding-link");
  fs::create_symlink("circle", root + "/circle");
  fs::create_directory_symlink("usr/lib", root + "/lib");
  fs::create_hard_link(root + "/tiny", root + "/same as tiny");
  ::mkfifo((root + "/fifo").c_str(), 0600);
  // Holes: before, between and after the data.
  std::ofstream sparse(root + "/sparse", std::ios::binary);
  sparse.seekp(3'000'000);
  sparse << "data";
  sparse.seekp(17'000'000);
  sparse << noise(70'000, 9);
  sparse.close();
  std::ofstream(root + "/hole at the end") << "begin";
  fs::resize_file(root + "/hole at the end", 1'000'000);
  // Single blocks apart from each other: many extents.
  std::ofstream comb(root + "/comb", std::ios::binary);
  for (int i = 0; i < 600; ++i) {
    comb.seekp(i * 16384);
    comb << noise(4096, 100 + static_cast<std::uint64_t>(i));
  }
  comb.close();
  ::chmod((root + "/tiny").c_str(), 04755);
  ::chmod((root + "/etc").c_str(), 0750);
}

std::unique_ptr<NodeView> open_view(const SharedBytes& image) {
  auto opened = open_file_system(image);
  EXPECT_TRUE(opened) << opened.error().text();
  if (!opened) return nullptr;
  EXPECT_THAT(opened->problems, IsEmpty());
  return std::make_unique<NodeView>(opened->nodes);
}

struct Case {
  const char* name;
  const char* type;
  const char* command;  ///< makes "image" from "tree"
  std::size_t many = 700;
};

void PrintTo(const Case& one, std::ostream* out) {
  *out << one.name;
}

class ExtFormat : public testing::TestWithParam<Case> {};

TEST_P(ExtFormat, GivesTheTreeItWasMadeOf) {
  VIGIL_NEED_TOOL("mke2fs");
  const ImageFolder folder;
  make_tree(folder, GetParam().many);
  folder.run(GetParam().command);
  const SharedBytes image = folder.open("image");
  EXPECT_EQ(identify(*image).name, GetParam().type);
  const auto view = open_view(image);
  ASSERT_TRUE(view);
  const auto directory = Directory::open(folder / "tree");
  ASSERT_TRUE(directory);
  EXPECT_THAT(differences(contents(*view), contents(**directory)), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    FileSystems, ExtFormat,
    testing::Values(
        Case{"ext4", "ext4", "mke2fs -q -F -t ext4 -d tree image 80M"},
        Case{"ext4_small_blocks", "ext4", "mke2fs -q -F -t ext4 -b 1024 -d tree image 80M"},
        Case{"ext4_64k_blocks", "ext4", "mke2fs -q -F -t ext4 -b 65536 -d tree image 120M", 200},
        Case{"ext4_inline_data", "ext4",
             // It forgets holes at the end (e2fsprogs 1.47.0).
             "rm 'tree/hole at the end' && mke2fs -q -F -t ext4 -I 512 -O inline_data -d tree "
             "image 80M"},
        Case{"ext4_bigalloc_and_groups_of_descriptors", "ext4",
             "mke2fs -q -F -t ext4 -O bigalloc,meta_bg,^resize_inode -d tree image 80M"},
        Case{"ext4_without_extents", "ext4",
             "mke2fs -q -F -t ext4 -O ^extent,^64bit,^metadata_csum -d tree image 80M"},
        Case{"ext4_without_kinds", "ext4", "mke2fs -q -F -t ext4 -O ^filetype -d tree image 80M"},
        Case{"ext3", "ext3", "mke2fs -q -F -t ext3 -d tree image 80M"},
        Case{"ext2", "ext2", "mke2fs -q -F -t ext2 -b 1024 -d tree image 80M"},
        Case{"ext4_with_indexed_directories", "ext4",
             "mke2fs -q -F -t ext4 -d tree image 80M && { e2fsck -fyD image || [ $? = 1 ]; }"}),
    [](const auto& tested) { return tested.param.name; });

/// A prototype file of mkfs.xfs, whose names have no blanks.
void describe(const fs::path& directory, std::string& out) {
  for (const auto& entry : fs::directory_iterator(directory)) {
    const fs::path& path = entry.path();
    struct stat status = {};
    ::lstat(path.c_str(), &status);
    std::array<char, 8> mode{};
    std::snprintf(mode.data(), mode.size(), "%03o", status.st_mode & 0777U);
    out += path.filename().string();
    const std::string rest =
        std::string((status.st_mode & S_ISUID) != 0 ? "u-" : "--") + mode.data() + " 0 0";
    if (entry.is_symlink()) {
      out += " l" + rest + " " + fs::read_symlink(path).string() + "\n";
    } else if (entry.is_directory()) {
      out += " d" + rest + "\n";
      describe(path, out);
      out += "$\n";
    } else if (entry.is_fifo()) {
      out += " p" + rest + "\n";
    } else {
      out += " -" + rest + " " + path.string() + "\n";
    }
  }
}

class XfsFormat : public testing::TestWithParam<Case> {};

TEST_P(XfsFormat, GivesTheTreeItWasMadeOf) {
  VIGIL_NEED_TOOL("mkfs.xfs");
  const ImageFolder folder;
  folder.file("tree/etc/os-release", "ID=rhel\n");
  folder.file("tree/empty", "");
  folder.file("tree/tiny", "12345");
  folder.file("tree/large", noise(3'000'001, 2));
  folder.file("tree/" + std::string(200, 'n'), "a long name");
  for (std::size_t i = 0; i < GetParam().many; ++i) {
    folder.file("tree/many/file-with-some-name-" + std::to_string(i), std::to_string(i));
  }
  for (int i = 0; i < 60; ++i) folder.file("tree/some/" + std::to_string(i), noise(17, 5));
  for (int i = 0; i < 3; ++i) folder.file("tree/few/" + std::to_string(i), noise(17, 5));
  const std::string root = folder / "tree";
  fs::create_symlink("etc/os-release", root + "/short-link");
  fs::create_symlink("/" + std::string(900, 'm'), root + "/remote-link");
  // A longer one would not fit into the inode, and mkfs.xfs 6.1 forgets the header it takes then.
  std::string through = "/etc";
  for (int i = 0; i < 30; ++i) through += "/../etc";
  fs::create_symlink(through + "/os-release", root + "/winding-link");
  ::mkfifo((root + "/fifo").c_str(), 0600);
  ::chmod((root + "/tiny").c_str(), 04755);
  std::string prototype = "boot\n0 0\nd--755 0 0\n";
  describe(root, prototype);
  folder.file("prototype", prototype + "$\n");
  folder.run(GetParam().command);
  const SharedBytes image = folder.open("image");
  EXPECT_EQ(identify(*image).name, GetParam().type);
  const auto view = open_view(image);
  ASSERT_TRUE(view);
  const auto directory = Directory::open(root);
  ASSERT_TRUE(directory);
  EXPECT_THAT(differences(contents(*view), contents(**directory)), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    FileSystems, XfsFormat,
    testing::Values(
        Case{"version_5", "xfs", "mkfs.xfs -q -p prototype -d file,name=image,size=320m"},
        Case{
            "small_blocks_small_inodes",
            "xfs",
            "mkfs.xfs -q -p prototype -b size=1024 -i size=512 -d file,name=image,size=320m",
        },
        Case{
            "large_directory_blocks",
            "xfs",
            "mkfs.xfs -q -p prototype -n size=65536 -i size=2048 -d file,name=image,size=320m",
        },
        Case{"large_extent_counters", "xfs",
             "mkfs.xfs -q -p prototype -m bigtime=1 -i nrext64=1,sparse=1 "
             "-d file,name=image,size=320m"},
        Case{"no_large_extent_counters", "xfs",
             "mkfs.xfs -q -p prototype -m bigtime=0 -i nrext64=0,sparse=0 "
             "-d file,name=image,size=320m"},
        Case{"version_4", "xfs",
             "mkfs.xfs -q -p prototype -m crc=0 -n ftype=1 -d file,name=image,size=320m"},
        Case{
            "version_4_without_kinds",
            "xfs",
            "mkfs.xfs -q -p prototype -m crc=0 -n ftype=0 -i size=256 "
            "-d file,name=image,size=320m",
        },
        Case{"sectors_of_4096", "xfs",
             "mkfs.xfs -q -p prototype -s size=4096 -d file,name=image,size=320m", 100}),
    [](const auto& tested) { return tested.param.name; });

/// What only the kernel writes: holes, preallocated and fragmented files, hard links, directories
/// that shrank. Needs root and a loop device.
TEST(XfsFileSystem, GivesTheTreeTheKernelWrote) {
  VIGIL_NEED_TOOL("mkfs.xfs");
  const ImageFolder folder;
  folder.run("truncate -s 500M image && mkfs.xfs -q image && mkdir mounted");
  const std::string mount =
      "mount -t xfs -o loop '" + (folder / "image") + "' '" + (folder / "mounted") + "' 2>&1";
  if (std::system((mount + " > /dev/null").c_str()) != 0) {
    GTEST_SKIP() << "mounting takes root and a loop device";
  }
  make_tree(folder, 2000);
  folder.run(
      "cp -a --sparse=always tree/. mounted/ && "
      "rm tree/many/*name\\ 1[0-5]?? mounted/many/*name\\ 1[0-5]?? && "
      "fallocate -l 5M mounted/preallocated && fallocate -l 5M tree/preallocated");
  // Every second block of a file, and its directory's blocks, written apart from each other.
  for (const char* name : {"tree/apart", "mounted/apart"}) {
    std::ofstream apart(folder / name, std::ios::binary);
    for (int i = 0; i < 800; ++i) {
      apart.seekp(i * 8192);
      apart << noise(4096, static_cast<std::uint64_t>(i)) << std::flush;
    }
  }
  folder.run("umount mounted");
  const auto view = open_view(folder.open("image"));
  ASSERT_TRUE(view);
  const auto directory = Directory::open(folder / "tree");
  EXPECT_THAT(differences(contents(*view), contents(**directory)), IsEmpty());

  // In use: the log says so.
  folder.run(mount +
             " && touch mounted/new && sync && cp --sparse=always image copy && umount mounted");
  const auto copied = open_file_system(folder.open("copy"));
  ASSERT_TRUE(copied) << copied.error().text();
  ASSERT_EQ(copied->problems.size(), 1U);
  EXPECT_EQ(copied->problems[0].why,
            "the last changes may be missing: the file system was in use when it was copied");
}

TEST(XfsFileSystem, UnknownFeaturesAreNamed) {
  VIGIL_NEED_TOOL("mkfs.xfs");
  const ImageFolder folder;
  folder.run("mkfs.xfs -q -d file,name=image,size=320m");
  std::string super = *folder.open("image")->take(0, 65536 + 8192);
  super[216] = 0x20;
  std::fill_n(super.begin() + 224, 4, '\0');
  const std::uint32_t sum = ~crc32c(0xffffffff, std::string_view(super).substr(0, 512));
  for (std::size_t i = 0; i < 4; ++i) super[224 + i] = static_cast<char>(sum >> (8 * i));
  const auto opened = open_file_system(std::make_shared<TextBytes>(super));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Unsupported);
  EXPECT_EQ(opened.error().what, "xfs: features this program does not know: bits 0x20000000");
}

TEST(ExtFileSystem, UnknownFeaturesAreNamed) {
  VIGIL_NEED_TOOL("mke2fs");
  const ImageFolder folder;
  folder.run("mke2fs -q -F -t ext4 image 4M");
  std::string bytes = *folder.open("image")->take(0, 4 << 20);
  bytes[1024 + 0x60 + 3] = 0x40;
  const auto opened = open_file_system(std::make_shared<TextBytes>(bytes));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Unsupported);
  EXPECT_EQ(opened.error().what, "ext: features this program does not know: bits 0x40000000");
}

/// A block of a file is changed in the journal only, as on a disk copied from a running machine.
TEST(ExtFileSystem, ReplaysTheJournalInMemory) {
  VIGIL_NEED_TOOL("debugfs");
  const ImageFolder folder;
  folder.file("tree/file", std::string(4096, 'o'));
  folder.file("tree/other", std::string(4096, 'p'));
  folder.file("new", std::string(4096, 'n'));
  folder.file("magic", "\xc0\x3b\x39\x98" + std::string(4092, 'm'));
  folder.run("mke2fs -q -F -t ext4 -b 4096 -d tree image 32M");
  folder.run(
      "B=$(debugfs -R 'bmap /file 0' image); O=$(debugfs -R 'bmap /other 0' image); "
      "printf \"jo\\njw -b $B magic\\njw -b $B,$O new\\njw -r $O\\njw -b $B magic\\njc\\n\" > "
      "cmds; "
      "debugfs -w -f cmds image");
  const std::string before = *folder.open("image")->take(0, 32 << 20);
  const auto view = open_view(folder.open("image"));
  ASSERT_TRUE(view);
  EXPECT_EQ(view->read("/file", 5000).value_or(""), "\xc0\x3b\x39\x98" + std::string(4092, 'm'));
  // Its new content was revoked.
  EXPECT_EQ(view->read("/other", 5000).value_or(""), std::string(4096, 'p'));
  EXPECT_TRUE(before == *folder.open("image")->take(0, 32 << 20));
}

/// A walk and reads of everything, whatever comes of it.
void exhaust(const SharedBytes& image) {
  const auto opened = open_file_system(image);
  if (!opened) return;
  const NodeView view(opened->nodes);
  WalkLimits limits;
  limits.entries = 20'000;
  int reads = 0;
  (void)view
      .walk(
          limits,
          [&](const Entry& entry) {
            if (++reads < 200) {
              (void)view.read(entry.path, 1 << 20).has_value();
              (void)view.list(entry.path).has_value();
            }
            return true;
          },
          [](const std::string&, const std::string&) {})
      .has_value();
}

/// `bytes` with some of them changed, mostly where there is something.
std::string damaged(std::string bytes, std::size_t round) {
  const std::string random = noise(64, round + 1);
  for (std::size_t flip = 0; flip < 12; ++flip) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      at = at * 256 + static_cast<unsigned char>(random[flip * 4 + i]);
    }
    at %= bytes.size();
    for (int tries = 0; tries < 5000 && bytes[at] == 0; ++tries) at = (at + 4097) % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 << flip % 8));
  }
  return bytes;
}

TEST(ExtFileSystem, DamageIsNoCrash) {
  VIGIL_NEED_TOOL("mke2fs");
  const char* const commands[] = {
      "mke2fs -q -F -t ext4 -O ^metadata_csum,^has_journal -N 600 -d tree image 6M",
      "mke2fs -q -F -t ext2 -b 1024 -N 600 -d tree image 6M",
      "mke2fs -q -F -t ext4 -O ^metadata_csum,^has_journal,inline_data -N 600 -d tree image 6M",
      "mke2fs -q -F -t ext4 -N 600 -O ^resize_inode -J size=1 -b 1024 -d tree image 8M",
  };
  const ImageFolder folder;
  for (int i = 0; i < 200; ++i) {
    folder.file("tree/many/file with some name " + std::to_string(i), "x");
  }
  folder.file("tree/large", noise(1'000'001, 2));
  fs::create_symlink(std::string(200, 'l'), folder / "tree/link");
  for (const char* command : commands) {
    folder.run(std::string("rm -f image; ") + command);
    const SharedBytes image = folder.open("image");
    const std::string sound = *image->take(0, image->size());
    for (std::size_t round = 0; round < 150; ++round) {
      exhaust(std::make_shared<TextBytes>(damaged(sound, round)));
    }
  }
}

/// An image with some of its bytes changed, which need not be in memory.
class DamagedBytes final : public Bytes {
 public:
  DamagedBytes(SharedBytes sound, std::map<std::uint64_t, char> changes)
      : sound_(std::move(sound)), changes_(std::move(changes)) {}
  [[nodiscard]] std::uint64_t size() const override { return sound_->size(); }
  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(sound_->read(offset, buffer));
    for (auto change = changes_.lower_bound(offset);
         change != changes_.end() && change->first < offset + buffer.size(); ++change) {
      char& byte = buffer[static_cast<std::size_t>(change->first - offset)];
      byte = static_cast<char>(byte ^ change->second);
    }
    return ok();
  }

 private:
  SharedBytes sound_;
  std::map<std::uint64_t, char> changes_;
};

TEST(XfsFileSystem, DamageIsNoCrash) {
  VIGIL_NEED_TOOL("mkfs.xfs");
  // Without checksums damage is not seen at once.
  const char* const commands[] = {
      "mkfs.xfs -q -p prototype -m crc=0 -i size=256 -d file,name=image,size=320m",
      "mkfs.xfs -q -p prototype -d file,name=image,size=320m",
  };
  const ImageFolder folder;
  for (int i = 0; i < 300; ++i) {
    folder.file("tree/many/file-with-some-name-" + std::to_string(i), "x");
  }
  folder.file("tree/few/one", noise(100'001, 2));
  fs::create_symlink(std::string(200, 'l'), folder / "tree/link");
  std::string prototype = "boot\n0 0\nd--755 0 0\n";
  describe(folder / "tree", prototype);
  folder.file("prototype", prototype + "$\n");
  for (const char* command : commands) {
    folder.run(std::string("rm -f image; ") + command);
    const SharedBytes image = folder.open("image");
    // The metadata lies at the beginning of the first allocation groups.
    std::vector<std::uint64_t> places;
    for (const std::uint64_t group : {0, 80}) {
      const std::string bytes = *image->take(group << 20, 600'000);
      for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (bytes[at] != 0) places.push_back((group << 20) + at);
      }
    }
    for (std::size_t round = 0; round < 100; ++round) {
      const std::string random = noise(64, round + 1);
      std::map<std::uint64_t, char> changes;
      for (std::size_t flip = 0; flip < 12; ++flip) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < 4; ++i) {
          at = at * 256 + static_cast<unsigned char>(random[flip * 4 + i]);
        }
        changes[places[at % places.size()]] = static_cast<char>(1 << flip % 8);
      }
      exhaust(std::make_shared<DamagedBytes>(image, std::move(changes)));
    }
  }
}

}  // namespace
}  // namespace vigil::tree::disk
