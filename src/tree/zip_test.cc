#include "tree/zip.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tree/inflate.h"
#include "tree/zip_view.h"

namespace vigil::tree {
namespace {

namespace fs = std::filesystem;

/// A folder in which commands of a shell make archives.
class Workshop {
 public:
  Workshop() {
    std::string name = fs::temp_directory_path() / "vigil-zip-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~Workshop() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] bool run(const std::string& command) const {
    const std::string whole = "cd '" + path_ + "' && { " + command + "\n} >/dev/null 2>&1";
    return std::system(whole.c_str()) == 0;
  }
  [[nodiscard]] bool python(const std::string& program) const {
    std::ofstream(path_ + "/program.py") << "import io, zipfile\n" << program;
    return run("python3 program.py");
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(path_ + "/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

 private:
  std::string path_;
};

bool has(const char* tool) {
  return std::system((std::string("command -v ") + tool + " >/dev/null 2>&1").c_str()) == 0;
}

#define NEEDS(tool) \
  if (!has(tool)) GTEST_SKIP() << "there is no " << (tool)

/// Path to content, or to what is wrong with it.
std::map<std::string, std::string> contents(const std::string& archive) {
  const TextBytes bytes(archive);
  std::map<std::string, std::string> found;
  const auto directory = read_zip_directory(bytes);
  if (!directory) return {{"", directory.error().text()}};
  for (const ZipProblem& problem : directory->problems) found["!" + problem.where] = problem.why;
  for (const ZipEntry& entry : directory->entries) {
    if (entry.kind == Kind::Directory) {
      found[entry.path] = "(folder)";
      continue;
    }
    const auto content = read_zip_entry(bytes, entry, 1 << 20);
    found[entry.path] = content ? *content : "(" + content.error().what + ")";
  }
  return found;
}

using Contents = std::map<std::string, std::string>;

/// An archive of stored entries, as a program that lies would write it.
class Forgery {
 public:
  struct Claims {
    std::uint32_t size;
    std::uint32_t compressed;
    std::uint32_t crc = 0;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
  };
  Forgery& entry(const std::string& name, const std::string& data, Claims claims) {
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    bytes_ += "PK\3\4" + number(20, 2) + number(0, 20) + number(name.size(), 2) + number(0, 2) +
              name + data;
    return central(name, offset, claims);
  }
  Forgery& central(const std::string& name, std::uint32_t offset, Claims claims,
                   const std::string& extra = {}) {
    ++count_;
    central_ += "PK\1\2" + number(20, 4) + number(claims.flags, 2) + number(claims.method, 2) +
                number(0, 4) + number(claims.crc, 4) + number(claims.compressed, 4) +
                number(claims.size, 4) + number(name.size(), 2) + number(extra.size(), 2) +
                number(0, 10) + number(offset, 4) + name + extra;
    return *this;
  }
  [[nodiscard]] std::string text() const {
    return bytes_ + central_ + "PK\5\6" + number(0, 4) + number(count_, 2) + number(count_, 2) +
           number(central_.size(), 4) + number(bytes_.size(), 4) + number(0, 2);
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }
  static std::string number(std::uint64_t value, std::size_t width) {
    std::string out;
    for (std::size_t i = 0; i < width; ++i) {
      out.push_back(i < 8 ? static_cast<char>(value >> (8 * i) & 0xFFU) : '\0');
    }
    return out;
  }

 private:
  std::string bytes_;
  std::string central_;
  std::size_t count_ = 0;
};

TEST(Zip, ReadsWhatInfoZipWrites) {
  NEEDS("zip");
  const Workshop shop;
  ASSERT_TRUE(
      shop.run("mkdir -p d/e; printf one >d/one; printf two >d/e/two; chmod 0640 d/one;"
               "seq 1 20000 >numbers; ln -s d/e/two link; zip -r -y a.zip d numbers link"));
  const Contents found = contents(shop.read("a.zip"));
  EXPECT_EQ(found.at("/d"), "(folder)");
  EXPECT_EQ(found.at("/d/one"), "one");
  EXPECT_EQ(found.at("/d/e/two"), "two");
  EXPECT_EQ(found.at("/link"), "d/e/two");
  EXPECT_EQ(found.at("/numbers"), shop.read("numbers"));
  EXPECT_EQ(found.size(), 6U);
}

TEST(Zip, ReadsDataDescriptorsZip64AndWhatStandsBefore) {
  NEEDS("zip");
  const Workshop shop;
  ASSERT_TRUE(
      shop.run("printf content >f; zip - f | cat >streamed.zip;"  // sizes in a data descriptor
               "printf content | zip -fz 64.zip -;"               // zip64 without need
               "printf '#!/bin/sh\\nexec java -jar $0\\n' | cat - streamed.zip >prefixed.jar;"
               "cp prefixed.jar adjusted.jar; zip -A adjusted.jar"));
  EXPECT_EQ(contents(shop.read("streamed.zip")), (Contents{{"/f", "content"}}));
  EXPECT_EQ(contents(shop.read("64.zip")), (Contents{{"/-", "content"}}));
  EXPECT_EQ(contents(shop.read("prefixed.jar")), (Contents{{"/f", "content"}}));
  EXPECT_EQ(contents(shop.read("adjusted.jar")), (Contents{{"/f", "content"}}))
      << "offsets that count the prefix";
}

TEST(Zip, ReadsWhatJarWrites) {
  NEEDS("jar");
  const Workshop shop;
  ASSERT_TRUE(shop.run("printf x >f; jar cfe a.jar Main f"));
  const Contents found = contents(shop.read("a.jar"));
  EXPECT_EQ(found.at("/f"), "x");
  EXPECT_TRUE(found.at("/META-INF/MANIFEST.MF").find("Main-Class: Main") != std::string::npos);
}

TEST(Zip, NamesWhatItCannotRead) {
  NEEDS("zip");
  NEEDS("python3");
  const Workshop shop;
  ASSERT_TRUE(shop.run("printf secret >f; zip -P password a.zip f"));
  EXPECT_EQ(contents(shop.read("a.zip")), (Contents{{"/f", "(the entry is encrypted)"}}));
  ASSERT_TRUE(
      shop.python("z = zipfile.ZipFile('b.zip', 'w')\n"
                  "z.writestr('bz', 'x', zipfile.ZIP_BZIP2)\n"
                  "z.writestr('lz', 'x', zipfile.ZIP_LZMA)\nz.close()\n"));
  EXPECT_EQ(contents(shop.read("b.zip")),
            (Contents{{"/bz", "(the entry is compressed with bzip2)"},
                      {"/lz", "(the entry is compressed with LZMA)"}}));
}

TEST(Zip, NamesStayInTheTree) {
  Forgery zip;
  for (const char* name :
       {"../../etc/passwd", "/absolute", "a//./b", "c\\d", "e/../f", "..", "./"}) {
    zip.entry(name, "", {0, 0});
  }
  zip.entry(std::string("nul\0l", 5), "", {0, 0});
  zip.entry(std::string(5000, 'x'), "", {0, 0});
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "d/";
  zip.entry(deep + "f", "", {0, 0});
  const std::string no_path = "this name is no path: not read";
  EXPECT_EQ(contents(zip.text()), (Contents{{"/etc/passwd", ""},
                                            {"/absolute", ""},
                                            {"/a/b", ""},
                                            {"/c/d", ""},
                                            {"/f", ""},
                                            {"!..", no_path},
                                            {"!./", no_path},
                                            {"!" + std::string("nul\0l", 5), no_path},
                                            {"!" + std::string(200, 'x'), no_path},
                                            {"!" + deep.substr(0, 200), no_path}}));
}

TEST(Zip, OfOneNameTheLastCounts) {
  NEEDS("python3");
  const Workshop shop;
  ASSERT_TRUE(
      shop.python("z = zipfile.ZipFile('a.zip', 'w')\nz.writestr('a', '1')\n"
                  "z.writestr('b', '2')\nz.writestr('./a', '3')\nz.close()\n"));
  EXPECT_EQ(
      contents(shop.read("a.zip")),
      (Contents{
          {"!", "1 entries have the name of a later one: not read"}, {"/a", "3"}, {"/b", "2"}}));
}

TEST(Zip, LiesAreFound) {
  constexpr std::uint32_t kCrcOfX = 0x8CDC1683;
  const std::string huge_field =
      Forgery::number(1, 2) + Forgery::number(8, 2) + std::string(8, '\xFF');
  Forgery zip;
  zip.entry("good", "x", {1, 1, kCrcOfX})
      .entry("crc", "x", {1, 1, 1})
      .entry("size", "x", {2, 1, kCrcOfX})
      .entry("huge", "x", {0xFFFFFFF0, 1, kCrcOfX, 8})
      .entry("broken", "\xFF", {1, 1, kCrcOfX, 8})
      .entry("short", std::string("\x01\xFF\x00\x00\xFF", 5), {255, 5, 0, 8})
      .entry("small", std::string("\x01\x02\x00\xFD\xFFxy", 7), {1, 7, 0, 8})
      .central("far", 0x00FFFFFF, {1, 1, kCrcOfX})
      .central("no", 0, {1, 0, kCrcOfX})
      .central("zip64", 0, {0xFFFFFFFF, 0xFFFFFFFF}, huge_field)
      .central("zip64 far", zip.size(), {0, 0xFFFFFFFF}, huge_field);
  EXPECT_EQ(contents(zip.text()),
            (Contents{{"/good", "x"},
                      {"/crc", "(the entry is damaged: its checksum is wrong)"},
                      {"/size", "(the entry is stored in another size than promised)"},
                      {"/huge", "(the entry is larger than 1048576 bytes)"},
                      {"/broken", "(the deflated data is damaged)"},
                      {"/short", "(the deflated data is cut short)"},
                      {"/small", "(the entry is larger than promised)"},
                      {"!/far", "the entry lies outside the archive: not read"},
                      {"/no", "(the entry lies over another)"},
                      {"!", "1 entries lie over others: not read"},
                      {"!/zip64", "the entry's sizes are missing: not read"},
                      {"!/zip64 far", "the entry lies outside the archive: not read"}}));
}

TEST(Zip, ABombOfOverlappingEntriesGivesItsKernelOnce) {
  NEEDS("python3");
  const Workshop shop;
  // One kernel of 1 MB of zeros that 1,000 names point at.
  ASSERT_TRUE(shop.python(
      "z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED)\nz.writestr('0', b'\\0' * 1000000)\n"
      "i = z.getinfo('0')\nimport copy\n"
      "for n in range(1, 1000):\n  c = copy.copy(i); c.filename = str(n); z.filelist.append(c)\n"
      "z._didModify = True\nz.close()\n"));
  const Contents found = contents(shop.read("a.zip"));
  EXPECT_EQ(found.at("/0").size(), 1000000U);
  EXPECT_EQ(found.at("/999"), "(the entry lies over another)");
  EXPECT_EQ(found.at("!"), "999 entries lie over others: not read");
}

TEST(Zip, WhatIsCutShortOrNoArchiveIsAnError) {
  const std::string whole = Forgery().entry("a", "x", {1, 1, 0x8CDC1683}).text();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string part = whole.substr(0, size);
    EXPECT_FALSE(read_zip_directory(TextBytes(part))) << size;
  }
  EXPECT_EQ(contents(whole + "trailing"), (Contents{{"/a", "x"}}));
  EXPECT_EQ(contents(Forgery().text()), Contents{}) << "an empty archive is one";
}

TEST(Zip, TheNumberOfEntriesIsBounded) {
  Forgery zip;
  for (int i = 0; i < 10; ++i) zip.entry(std::to_string(i), "", {0, 0});
  const std::string text = zip.text();
  const auto directory = read_zip_directory(TextBytes(text), {.entries = 4});
  ASSERT_TRUE(directory);
  EXPECT_EQ(directory->entries.size(), 4U);
  ASSERT_EQ(directory->problems.size(), 1U);
  EXPECT_EQ(directory->problems[0].why,
            "the archive has more than 4 entries: the rest is not read");
  EXPECT_EQ(read_zip_directory(TextBytes(text), {.directory = 100}).error().code,
            ErrorCode::TooLarge);
}

TEST(Zip, HeadsNeedNotTheWholeEntry) {
  NEEDS("zip");
  const Workshop shop;
  ASSERT_TRUE(shop.run("seq 1 200000 >n; zip a.zip n; zip -0 b.zip n"));
  const std::string expected = shop.read("n");
  for (const char* name : {"a.zip", "b.zip"}) {
    const std::string archive = shop.read(name);
    const TextBytes bytes(archive);
    const auto directory = read_zip_directory(bytes);
    ASSERT_TRUE(directory);
    for (const std::size_t count : {std::size_t{0}, std::size_t{16}, std::size_t{100'000}}) {
      EXPECT_EQ(*read_zip_head(bytes, directory->entries[0], count), expected.substr(0, count));
    }
    EXPECT_EQ(read_zip_head(bytes, directory->entries[0], 10'000'000)->size(), expected.size());
    EXPECT_EQ(read_zip_entry(bytes, directory->entries[0], 1000).error().code, ErrorCode::TooLarge);
  }
}

TEST(Zip, AnArchiveInAnArchiveNeedsNoFile) {
  NEEDS("zip");
  const Workshop shop;
  ASSERT_TRUE(shop.run(
      "printf x >f; zip 0.zip f; for i in 1 2 3; do "
      "zip $((i % 2 ? 0 : 9)).tmp f; zip -$((i % 2 ? 0 : 9)) $i.zip $((i - 1)).zip; done"));
  const std::string archive = shop.read("3.zip");
  std::vector<std::unique_ptr<Bytes>> levels;
  levels.push_back(std::make_unique<TextBytes>(archive));
  for (int level = 3; level > 0; --level) {
    const auto directory = read_zip_directory(*levels.back());
    ASSERT_TRUE(directory) << level;
    ASSERT_EQ(directory->entries[0].path, "/" + std::to_string(level - 1) + ".zip");
    auto inner = open_zip_entry(*levels.back(), directory->entries[0], 1 << 20);
    ASSERT_TRUE(inner) << inner.error().text();
    levels.push_back(std::move(*inner));
  }
  const auto directory = read_zip_directory(*levels.back());
  EXPECT_EQ(*read_zip_entry(*levels.back(), directory->entries[0], 10), "x");
}

TEST(Zip, IsATree) {
  NEEDS("zip");
  const Workshop shop;
  ASSERT_TRUE(
      shop.run("mkdir -p usr/lib/x; printf 1 >usr/lib/x/1; printf 2 >usr/lib-2; printf 3 >z;"
               "ln -s usr/lib lib; ln -s ../../../z usr/lib/up; ln -s loop loop;"
               "ln -s /usr/lib-2 absolute; chmod 0755 z;"
               "zip -D -r -y a.zip usr z lib loop absolute"));
  const std::string archive = shop.read("a.zip");
  const auto zip = Zip::open(std::make_unique<TextBytes>(archive), "/a.zip");
  ASSERT_TRUE(zip) << zip.error().text();
  const View& view = **zip;
  EXPECT_EQ(*view.read("/lib/x/1", 10), "1");
  EXPECT_EQ(*view.read("/usr/lib/up", 10), "3") << "links stay in the tree";
  EXPECT_EQ(*view.read("absolute", 10), "2");
  EXPECT_EQ(view.read("/loop", 10).error().code, ErrorCode::NotFound);
  EXPECT_EQ(view.read("/usr", 10).error().what, "this is a directory");
  EXPECT_EQ(view.read("/z/below", 10).error().code, ErrorCode::NotFound);
  EXPECT_EQ(view.read("/usr/lib-2", 0).error().code, ErrorCode::TooLarge);
  EXPECT_EQ(*view.head("/z", 1), "3");
  EXPECT_EQ(view.stat("/lib/x/1")->path, "/usr/lib/x/1");
  EXPECT_EQ(view.stat("/lib")->kind, Kind::Directory);
  EXPECT_EQ(view.stat("/z")->mode, 0755U);
  EXPECT_FALSE(view.stat("/none"));
  std::vector<std::string> listed;
  const auto entries = view.list("/usr");
  for (const Entry& entry : *entries) listed.push_back(entry.path);
  EXPECT_EQ(listed, (std::vector<std::string>{"/usr/lib", "/usr/lib-2"}));
  std::vector<std::string> walked;
  const auto visit = [&](const Entry& entry) {
    walked.push_back(entry.path + (entry.kind == Kind::Directory ? "/"
                                   : entry.kind == Kind::Link    ? "@"
                                                                 : ""));
    return true;
  };
  const auto problem = [](std::string, std::string) { FAIL(); };
  ASSERT_TRUE(view.walk({}, visit, problem));
  EXPECT_EQ(walked, (std::vector<std::string>{"/absolute@", "/lib@", "/loop@", "/usr/", "/usr/lib/",
                                              "/usr/lib/up@", "/usr/lib/x/", "/usr/lib/x/1",
                                              "/usr/lib-2", "/z"}));
}

TEST(Zip, AFileWithEntriesBelowItIsAFolder) {
  const std::string archive = Forgery().entry("a", "", {0, 0}).entry("a/b", "", {0, 0}).text();
  const auto zip = Zip::open(std::make_unique<TextBytes>(archive));
  ASSERT_TRUE(zip);
  EXPECT_EQ((*zip)->stat("/a")->kind, Kind::Directory);
  EXPECT_EQ((*zip)->list("/")->size(), 1U);
  EXPECT_EQ((*zip)->list("/a")->size(), 1U);
}

TEST(Inflate, IsBoundedByItsCaller) {
  NEEDS("python3");
  const Workshop shop;
  ASSERT_TRUE(
      shop.run("python3 -c \"import zlib; open('z', 'wb').write(zlib.compress(b'a' * 100000))\""));
  const std::string data = shop.read("z");
  EXPECT_EQ(*inflate(data, Deflated::Zlib, 100'000), std::string(100'000, 'a'));
  EXPECT_EQ(inflate(data, Deflated::Zlib, 99'999).error().code, ErrorCode::TooLarge);
  EXPECT_EQ(*inflate(data, Deflated::Zlib, 1'000'000'000'000), std::string(100'000, 'a'));
  EXPECT_FALSE(inflate(data.substr(0, data.size() - 5), Deflated::Zlib, 1 << 20));
  EXPECT_FALSE(inflate(data.substr(0, data.size() - 1) + "x", Deflated::Zlib, 1 << 20));
  EXPECT_EQ(*inflate(data + "behind", Deflated::Zlib, 1 << 20), std::string(100'000, 'a'));
  EXPECT_EQ(*inflate_head(data, Deflated::Zlib, 3), "aaa");
  EXPECT_FALSE(inflate("", Deflated::Raw, 100));
}

}  // namespace
}  // namespace vigil::tree
