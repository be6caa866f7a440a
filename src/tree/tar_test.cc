// The oracle is tar itself: archives made by GNU tar, and by hand where no tool writes such a thing.
#include "tree/tar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "base/file.h"
#include "tree/testing/tar_maker_test.h"

namespace vigil::tree {
namespace {

std::string content_of(TarReader& reader) {
  std::string out;
  for (;;) {
    const auto piece = reader.piece();
    if (!piece) return "error: " + piece.error().what;
    if (piece->empty()) return out;
    out += *piece;
  }
}

/// A line an entry: "kind path mode size -> link = content".
std::string listing(std::string_view archive, std::size_t block = 65536, bool contents = true) {
  TextBlocks blocks(archive, block);
  TarReader reader(blocks);
  std::string out;
  for (;;) {
    const auto entry = reader.next();
    if (!entry) return out + "error: " + entry.error().what + "\n";
    if (*entry == nullptr) return out;
    const TarEntry& here = **entry;
    out += "fdlhoi"[static_cast<int>(here.kind)] + (" " + here.path);
    if (here.kind == TarKind::File) out += " " + std::to_string(here.size);
    if (!here.link.empty()) out += " -> " + here.link;
    if (contents && here.kind == TarKind::File && here.size != 0 && here.size < 100) {
      out += " = " + content_of(reader);
    }
    out += "\n";
  }
}

std::string header(const std::string& name, char type, std::string_view content = {},
                   std::string_view link = {}) {
  return testing::TarMaker::header(name, type, content, link, 0644);
}

std::string pax(const std::vector<std::pair<std::string, std::string>>& records) {
  return testing::TarMaker().pax(records).bytes();
}

const std::string kEnd(1024, '\0');

/// A directory in which tar is run, and what it wrote.
class Shop {
 public:
  Shop() {
    folder_ = ::testing::TempDir() + "tarXXXXXX";
    if (::mkdtemp(folder_.data()) == nullptr) folder_.clear();
  }
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;
  ~Shop() { std::system(("rm -rf " + folder_).c_str()); }
  bool run(const std::string& command) const {
    return std::system(("cd " + folder_ + " && { " + command + "; } 2>/dev/null").c_str()) == 0;
  }
  std::string file(const std::string& name) const {
    return base::read_file(folder_ + "/" + name, 1U << 30U).value_or("");
  }

 private:
  std::string folder_;
};

class Formats : public ::testing::TestWithParam<const char*> {};

TEST_P(Formats, WhatTarWritesIsRead) {
  const Shop shop;
  const std::string deep(90, 'd');
  ASSERT_TRUE(shop.run("mkdir -p t/" + deep + "/" + deep +
                       " && cd t && printf one > a && ln a b && "
                       "ln -s ../x/y l && mkfifo p && printf two > " +
                       deep + "/" + deep + "/" + deep + " && ln -s " + deep + "/" + deep + "/" +
                       deep + " z"));
  if (!shop.run(std::string("tar --sort=name -cf out.tar --format=") + GetParam() + " t")) {
    GTEST_SKIP() << "no GNU tar here, or not this format";
  }
  const std::string path = "/t/" + deep + "/" + deep;
  const std::string expected =
      "d /t\nf /t/a 3 = one\nh /t/b -> /t/a\nd /t/" + deep + "\nd " + path + "\nf " + path + "/" +
      deep + " 3 = two\nl /t/l -> ../x/y\no /t/p\nl /t/z -> " + path.substr(3) + "/" + deep + "\n";
  const std::string archive = shop.file("out.tar");
  EXPECT_EQ(listing(archive), expected);
  EXPECT_EQ(listing(archive, 7), expected) << "headers split over blocks";
  EXPECT_EQ(listing(archive, 512), expected);
}

INSTANTIATE_TEST_SUITE_P(Tar, Formats, ::testing::Values("gnu", "pax"));

TEST(Tar, SparseFilesOfEveryFormAreWhole) {
  for (const char* form :
       {"--format=gnu", "--format=pax --sparse-version=0.0", "--format=pax --sparse-version=0.1",
        "--format=pax --sparse-version=1.0"}) {
    const Shop shop;
    ASSERT_TRUE(
        shop.run("for i in 1 3 5 7 9 11 13; do printf block$i | dd of=s bs=1 seek=${i}00000 "
                 "conv=notrunc; done; truncate -s 2000000 s; printf end > z"));
    if (!shop.run(std::string("tar -S -cf out.tar ") + form + " s z")) GTEST_SKIP() << "no GNU tar";
    const std::string archive = shop.file("out.tar");
    if (archive.size() > 1'000'000) GTEST_SKIP() << "this file system knows no holes";
    TextBlocks blocks(archive, 1000);
    TarReader reader(blocks);
    const auto entry = reader.next();
    ASSERT_TRUE(entry) << entry.error().text();
    EXPECT_EQ((*entry)->path, "/s") << form;
    EXPECT_EQ((*entry)->size, 2'000'000u) << form;
    EXPECT_TRUE(content_of(reader) == shop.file("s")) << form;
    const auto second = reader.next();
    ASSERT_TRUE(second) << second.error().text();
    EXPECT_EQ((*second)->path, "/z");
    EXPECT_EQ(content_of(reader), "end");
  }
}

TEST(Tar, NamesStayInsideTheTree) {
  const std::pair<const char*, const char*> kNames[] = {
      {"./a", "/a"},
      {"/etc/passwd", "/etc/passwd"},
      {"../../etc/x", "/etc/x"},
      {"a/../../b", "/b"},
      {"a//b///c", "/a/b/c"},
      {"a/./b/.", "/a/b"},
      {"..", "/"},
      {".", "/"},
      {"a/b/..", "/a"},
      {"...", "/..."},
  };
  for (const auto& [name, path] : kNames) {
    EXPECT_EQ(listing(header(name, '0') + kEnd), std::string("f ") + path + " 0\n") << name;
  }
  EXPECT_EQ(listing(header("x", '1', {}, "../../y") + kEnd), "h /x -> /y\n");
}

TEST(Tar, NumbersOfTheSecondKindAreRead) {
  std::string big = header("f", '0', "0123456789");
  big[124] = static_cast<char>(0x80);
  for (int i = 125; i < 135; ++i) big[static_cast<std::size_t>(i)] = 0;
  big[135] = 10;
  testing::TarMaker::seal(big);
  EXPECT_EQ(listing(big + kEnd), "f /f 10 = 0123456789\n");
}

TEST(Tar, PaxRecordsOverrideTheHeader) {
  EXPECT_EQ(listing(pax({{"path", "long/name"}, {"mtime", "1.5"}}) + header("short", '0') + kEnd),
            "f /long/name 0\n");
  EXPECT_EQ(listing(pax({{"linkpath", "to"}}) + header("l", '2', {}, "no") + kEnd), "l /l -> to\n");
  // The size counts, and of a link none does.
  EXPECT_EQ(listing(pax({{"size", "4"}}) + header("f", '0').substr(0, 512) + std::string("four") +
                    std::string(508, '\0') + kEnd),
            "f /f 4 = four\n");
  EXPECT_EQ(listing(pax({{"size", "4"}}) + header("l", '2', {}, "x") + header("g", '0') + kEnd),
            "l /l -> x\nf /g 0\n");
}

TEST(Tar, WhatNoRuntimeUnpacksIsInvalid) {
  const std::string deep = [] {
    std::string out;
    for (int i = 0; i < 100'000; ++i) out += "d/";
    return out;
  }();
  EXPECT_THAT(listing(pax({{"path", deep}}) + header("x", '0') + header("y", '0') + kEnd),
              ::testing::EndsWith("\nf /y 0\n"));
  EXPECT_THAT(listing(pax({{"path", std::string("a\0b", 3)}}) + header("x", '0') + kEnd),
              ::testing::StartsWith("i "));
}

TEST(Tar, ADamagedArchiveIsAnError) {
  const std::string good = header("a", '0', "content") + header("b", '0') + kEnd;
  EXPECT_EQ(listing(good), "f /a 7 = content\nf /b 0\n");
  std::string bad = good;
  bad[1024] = 'c';
  EXPECT_EQ(listing(bad), "f /a 7 = content\nerror: a damaged header\n");
  EXPECT_EQ(listing(good.substr(0, 1100)), "f /a 7 = content\nerror: the archive ends early\n");
  EXPECT_EQ(listing(header("L", 'L', std::string(2U << 20U, 'x'))),
            "error: an extension header of 2097152 bytes\n");
  EXPECT_EQ(listing(header("L", 'x', "9999999 path=x\n")), "error: a damaged pax header\n");
  std::string many;
  for (int i = 0; i < 20; ++i) many += header("L", 'L', "name");
  EXPECT_EQ(listing(many + header("x", '0') + kEnd), "error: too many extension headers\n");
  // What follows one block of zeros would be unpacked by nobody who also saw it.
  EXPECT_EQ(listing(std::string(512, '\0') + header("hidden", '0') + kEnd),
            "error: a damaged header\n");
}

TEST(Tar, AnArchiveWithoutItsEndIsTaken) {
  EXPECT_EQ(listing(header("a", '0')), "f /a 0\n");
  // Cut within what fills up the last record, or before it, as umoci leaves it.
  const std::string padded = header("a", '0', "content");
  EXPECT_EQ(listing(padded.substr(0, 700)), "f /a 7 = content\n");
  EXPECT_EQ(listing(padded.substr(0, 519)), "f /a 7 = content\n");
  EXPECT_EQ(listing(padded.substr(0, 518), 65536, false),
            "f /a 7\nerror: the archive ends early\n");
  EXPECT_EQ(listing(""), "");
}

TEST(Tar, SparseMapsThatLieAreErrors) {
  const auto sparse = [](const std::string& map, const std::string& size) {
    return listing(pax({{"GNU.sparse.map", map}, {"GNU.sparse.size", size}}) +
                   header("s", '0', "content") + kEnd);
  };
  EXPECT_EQ(sparse("3,4,10,3", "20").substr(0, 9), "f /s 20 =");
  EXPECT_EQ(sparse("3,4,5,3", "20"), "error: a damaged sparse map\n") << "they overlap";
  EXPECT_EQ(sparse("3,100", "200"), "error: a damaged sparse map\n") << "more than is stored";
  EXPECT_EQ(sparse("30,4", "20"), "error: a damaged sparse map\n") << "behind the end";
  EXPECT_EQ(sparse("9999999999999999999999,4", "20"), "error: a damaged pax header\n");
}

}  // namespace
}  // namespace vigil::tree
