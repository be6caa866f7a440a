// The oracle: the same layers unpacked into one tree, the way a container runtime does it, and that
// tree scanned.
#include "inventory/layer/layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/text.h"
#include "inventory/document.h"
#include "inventory/layer/layer_format.h"
#include "inventory/operating_system.h"
#include "inventory/scan.h"
#include "tree/memory.h"
#include "tree/tar.h"
#include "tree/testing/tar_maker_test.h"

namespace vigil::inventory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tree::testing::TarMaker;

// Cataloguers of the simplest kinds: a line "name version" is a package.

void catalog_lines(const File& file, Context& context) {
  std::string_view rest = file.content;
  std::uint32_t number = 0;
  while (const auto line = base::next_line(rest)) {
    ++number;
    const auto words = base::words(*line);
    if (words.size() != 2) {
      context.problems.push_back({file.path, "not two words"});
      continue;
    }
    model::Package package;
    package.name = words[0];
    package.version = words[1];
    package.manager = context.os.id;
    package.locations.push_back({file.path, number});
    context.packages.push_back(std::move(package));
  }
}

/// Beside a list there may be a file that says what all its versions are.
void catalog_with_companion(const File& file, Context& context) {
  const auto version = context.view.read(file.path + "-version", 1000);
  const std::size_t before = context.packages.size();
  catalog_lines(file, context);
  if (!version) return;
  for (std::size_t i = before; i < context.packages.size(); ++i) {
    context.packages[i].version = base::trim(*version);
  }
}

void catalog_program(const File& file, Context& context) {
  model::Package package;
  package.name = "program";
  package.version = std::to_string(file.content.size());
  package.locations.push_back({file.path});
  context.packages.push_back(std::move(package));
}

constexpr Pattern kLock[] = {ending(".lock"), named("lockfile")};
constexpr Pattern kDatabase[] = {at("/var/db/installed"), inside("/var/db/installed.d")};
constexpr Pattern kDatabaseBeside[] = {at("/var/db/installed-version")};
constexpr Pattern kPrograms[] = {programs()};

const Cataloger kLockCataloger = {"lock", "Locks", kLock, catalog_lines};
const Cataloger kDatabaseCataloger = {
    "database", "A database", kDatabase,      catalog_with_companion,
    nullptr,    Needs::Tree,  kDatabaseBeside};
const Cataloger kProgramCataloger = {"program", "Programs", kPrograms, catalog_program};
const Cataloger* const kCatalogers[] = {&kDatabaseCataloger, &kLockCataloger, &kProgramCataloger};

const std::string kElf(
    "\x7f"
    "ELF0123456789abcdef");

Layer analyse(const std::string& tar, const std::vector<AlsoLook>& also = {},
              const LayerLimits& limits = {}) {
  base::StringInput input(tar);
  auto layer = analyse_layer(input, {kCatalogers, also, limits, false, {}});
  if (!layer) {
    ADD_FAILURE() << layer.error().text();
    return {};
  }
  // What is not in its bytes is not in the cache.
  auto copy = parse_layer(layer_bytes(*layer));
  EXPECT_TRUE(copy) << copy.error().text();
  return copy ? std::move(*copy) : Layer{};
}

Inventory merge(const std::vector<std::string>& tars) {
  std::vector<Layer> layers;
  std::vector<const Layer*> pointers;
  std::vector<std::string> digests;
  for (const std::string& tar : tars) layers.push_back(analyse(tar));
  for (const Layer& layer : layers) {
    pointers.push_back(&layer);
    digests.push_back("layer" + std::to_string(digests.size()));
  }
  Merged merged = merge_layers(pointers, digests, {kCatalogers});
  std::map<std::size_t, std::vector<AlsoLook>> also;
  for (const MissingFile& file : merged.missing) also[file.layer].push_back(file.also);
  for (const auto& [index, looks] : also) layers[index] = analyse(tars[index], looks);
  if (!also.empty()) merged = merge_layers(pointers, digests, {kCatalogers});
  return std::move(merged.inventory);
}

/// "name version path:line @layer", sorted.
std::vector<std::string> lines(const Inventory& inventory) {
  std::vector<std::string> out;
  for (const model::Package& package : inventory.packages) {
    const model::Location& at = package.locations.at(0);
    out.push_back(package.name + " " + package.version + " " + at.path +
                  (at.layer.empty() ? "" : " @" + at.layer));
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Unpacks as containerd does: whiteouts first, then entry after entry; names lead through links of
/// what is there already.
class Unpacked {
 public:
  /// False if a name lies below a file: no runtime unpacks that.
  bool unpack(const std::string& tar) {
    bool good = true;
    each(tar, [&](const tree::TarEntry& entry, const std::string&) {
      const std::string name = entry.path.substr(entry.path.rfind('/') + 1);
      const std::string folder = entry.path.substr(0, entry.path.rfind('/'));
      if (name == ".wh..wh..opq") {
        remove_below(folder);
      } else if (name.starts_with(".wh.")) {
        remove(folder + "/" + name.substr(4));
      }
    });
    each(tar, [&](const tree::TarEntry& entry, const std::string& content) {
      if (entry.path.find("/.wh.") != std::string::npos) return;
      const std::string path = place(entry.path);
      const auto old = nodes_.find(path);
      // A directory that nobody named is there as soon as something is in it.
      const bool keeps = entry.kind == tree::TarKind::Directory &&
                         (old == nodes_.end() || old->second.kind == tree::Kind::Directory);
      if (keeps) {
        nodes_[path].kind = tree::Kind::Directory;
        return;
      }
      Node node;
      node.mode = entry.mode;
      if (entry.kind == tree::TarKind::HardLink) {
        const auto other = nodes_.find(place(entry.link));
        if (other == nodes_.end() || other->second.kind != tree::Kind::File) return;
        node = other->second;
      } else if (entry.kind == tree::TarKind::SymbolicLink) {
        node = {tree::Kind::Link, entry.link, 0777};
      } else if (entry.kind == tree::TarKind::Directory) {
        node.kind = tree::Kind::Directory;
      } else {
        node = {tree::Kind::File, content, entry.mode};
      }
      for (std::string above = path; above.size() > 1;) {
        above.resize(above.rfind('/'));
        const auto folder = nodes_.find(above);
        if (folder != nodes_.end() && folder->second.kind != tree::Kind::Directory) good = false;
      }
      remove(path);
      nodes_[path] = node;
    });
    return good;
  }

  Inventory scan() const {
    tree::Memory view;
    for (const auto& [path, node] : nodes_) {
      if (path.empty() || path == "/") continue;
      if (node.kind == tree::Kind::Directory) view.directory(path);
      if (node.kind == tree::Kind::Link) view.link(path, node.content);
      if (node.kind == tree::Kind::File) view.file(path, node.content, node.mode);
    }
    ScanOptions options;
    options.catalogers = kCatalogers;
    return scan_tree(view, options);
  }

 private:
  struct Node {
    tree::Kind kind = tree::Kind::File;
    std::string content;
    std::uint32_t mode = 0;
  };

  template <typename Visit>
  static void each(const std::string& tar, const Visit& visit) {
    tree::TextBlocks blocks(tar);
    tree::TarReader reader(blocks);
    for (;;) {
      const auto entry = reader.next();
      ASSERT_TRUE(entry) << entry.error().text();
      if (*entry == nullptr) return;
      const tree::TarEntry copy = **entry;
      std::string content;
      for (;;) {
        const auto piece = reader.piece();
        ASSERT_TRUE(piece);
        if (piece->empty()) break;
        content += *piece;
      }
      visit(copy, content);
    }
  }
  void remove_below(const std::string& path) {
    std::erase_if(nodes_, [&](const auto& node) { return node.first.starts_with(path + "/"); });
  }
  void remove(const std::string& path) {
    remove_below(path);
    nodes_.erase(path);
  }
  /// The folder's links are followed, as they are now; the last name's is not.
  std::string place(const std::string& path) const {
    std::string here;
    std::vector<std::string> pending;
    const auto push = [&](std::string_view more) {
      const auto parts = base::split(more, '/');
      for (auto part = parts.rbegin(); part != parts.rend(); ++part) pending.emplace_back(*part);
    };
    push(path.substr(0, path.rfind('/')));
    for (int links = 0; !pending.empty();) {
      const std::string name = pending.back();
      pending.pop_back();
      if (name.empty() || name == ".") continue;
      if (name == "..") {
        here.resize(here.empty() ? 0 : here.rfind('/'));
        continue;
      }
      const auto node = nodes_.find(here + "/" + name);
      if (node == nodes_.end() || node->second.kind != tree::Kind::Link || ++links > 40) {
        here += "/" + name;
        continue;
      }
      if (node->second.content.starts_with('/')) here.clear();
      push(node->second.content);
    }
    return here + path.substr(path.rfind('/'));
  }

  std::map<std::string, Node> nodes_;
};

void expect_as_unpacked(const std::vector<std::string>& tars, const std::string& why) {
  Unpacked tree;
  for (const std::string& tar : tars) {
    if (!tree.unpack(tar)) return;
  }
  Inventory expected = tree.scan();
  Inventory found = merge(tars);
  for (model::Package& package : found.packages) {
    for (model::Location& location : package.locations) location.layer.clear();
  }
  expected.files = found.files = 0;
  EXPECT_EQ(inventory_document(found), inventory_document(expected)) << why;
}

TEST(Layer, WhatTellsAllIsForgottenAndTheRestIsKept) {
  const Layer layer = analyse(TarMaker()
                                  .file("a/x.lock", "p 1\nq 2\n")
                                  .file("var/db/installed", "d 1\n")
                                  .file("usr/bin/tool", kElf, 0755)
                                  .file("usr/bin/script", "#!/bin/sh\n", 0755)
                                  .file("usr/lib/data", kElf, 0644)
                                  .file("etc/os-release", "ID=x\n")
                                  .file("srv/large", std::string(100'000, 'x'))
                                  .link("lib", "usr/lib")
                                  .end());
  EXPECT_EQ(layer.entries, 8u);
  ASSERT_EQ(layer.files.size(), 2u);
  EXPECT_EQ(layer.files[0].path, "/etc/os-release");
  EXPECT_EQ(layer.files[1].content, "d 1\n");
  ASSERT_EQ(layer.cataloged.size(), 2u);
  EXPECT_EQ(layer.cataloged[0].path, "/a/x.lock");
  EXPECT_EQ(layer.cataloged[0].packages.size(), 2u);
  EXPECT_EQ(layer.cataloged[1].path, "/usr/bin/tool");
  EXPECT_EQ(layer.names.size(), 8u);
}

struct Case {
  const char* why;
  std::vector<std::string> tars;
  std::vector<std::string> expected;
};

TEST(Layers, PutTogetherAreWhatTheUnpackedTreeIs) {
  const std::string base = TarMaker()
                               .directory("a")
                               .file("a/x.lock", "p 1\n")
                               .file("a/b/y.lock", "q 1\n")
                               .file("bin/tool", kElf, 0755)
                               .end();
  const std::string p = "p 1 /a/x.lock @layer0";
  const std::string q = "q 1 /a/b/y.lock @layer0";
  const std::string tool = "program 20 /bin/tool @layer0";
  const Case cases[] = {
      {"a file of a higher layer counts",
       {base, TarMaker().file("a/x.lock", "p 2\n").end()},
       {"p 2 /a/x.lock @layer1", tool, q}},
      {"a whiteout hides a file", {base, TarMaker().file("a/.wh.x.lock", "").end()}, {tool, q}},
      {"a whiteout hides a directory", {base, TarMaker().file(".wh.a", "").end()}, {tool}},
      {"a whiteout hides nothing of its own layer, wherever it stands",
       {base, TarMaker().file("a/x.lock", "p 3\n").file("a/.wh.x.lock", "").end()},
       {"p 3 /a/x.lock @layer1", tool, q}},
      {"an opaque directory shows its own layer only",
       {base, TarMaker().file("a/z.lock", "r 1\n").file("a/.wh..wh..opq", "").end()},
       {tool, "r 1 /a/z.lock @layer1"}},
      {"a directory given once more hides nothing",
       {base, TarMaker().directory("a").end()},
       {p, tool, q}},
      {"a file takes the place of a directory", {base, TarMaker().file("a", "").end()}, {tool}},
      {"a link takes the place of a directory", {base, TarMaker().link("a", "b").end()}, {tool}},
      {"a directory takes the place of a file",
       {base, TarMaker().directory("bin/tool").end()},
       {p, q}},
      {"a script takes the place of a program",
       {base, TarMaker().file("bin/tool", "#!", 0755).end()},
       {p, q}},
      {"of two equal names the last counts",
       {TarMaker().file("x.lock", "p 1\n").file("./x.lock", "p 2\n").end()},
       {"p 2 /x.lock @layer0"}},
      {"a name that becomes a link is no file",
       {TarMaker().file("x.lock", "p 1\n").link("x.lock", "y").end()},
       {}},
      {"a directory that becomes a file loses what was in it",
       {TarMaker().file("d/x.lock", "p 1\n").file("d", "").end()},
       {}},
      {"names lead through a link of a lower layer",
       {TarMaker().directory("usr/lib").link("lib", "usr/lib").end(),
        TarMaker().file("lib/x.lock", "p 1\n").end()},
       {"p 1 /usr/lib/x.lock @layer1"}},
      {"a directory takes the place of a link",
       {TarMaker().directory("usr/lib").link("lib", "usr/lib").end(),
        TarMaker().directory("lib").file("lib/x.lock", "p 1\n").end()},
       {"p 1 /lib/x.lock @layer1"}},
      {"a hard link is the file",
       {TarMaker().file("x.lock", "p 1\n").hard_link("y.lock", "x.lock").end()},
       {"p 1 /x.lock @layer0", "p 1 /y.lock @layer0"}},
      {"a hard link to what nobody wanted",
       {TarMaker().file("objects/4711", "p 1\n").hard_link("y.lock", "objects/4711").end()},
       {"p 1 /y.lock @layer0"}},
      {"a hard link to a lower layer's file",
       {TarMaker().file("x.lock", "p 1\n").end(), TarMaker().hard_link("y.lock", "x.lock").end()},
       {"p 1 /x.lock @layer0", "p 1 /y.lock @layer1"}},
      {"a program's other name",
       {TarMaker()
            .file("objects/a.file", kElf, 0755)
            .hard_link("bin/sh", "objects/a.file", 0755)
            .end()},
       {"program 20 /bin/sh @layer0"}},
      {"a database behind a link that nobody had named",
       {TarMaker()
            .file("opt/db/packages", "d 1\n")
            .link("var/db/installed", "/opt/db/packages")
            .end()},
       {"d 1 /var/db/installed @layer0"}},
      {"a database in a directory behind a link",
       {TarMaker().directory("opt/db").file("opt/db/installed", "d 1\n").end(),
        TarMaker().link("var/db", "../opt/db").end()},
       {"d 1 /var/db/installed @layer1"}},
      {"a link that leads nowhere", {TarMaker().link("var/db/installed", "installed").end()}, {}},
      {"links out of the tree stay in it",
       {TarMaker()
            .file("etc/list", "d 1\n")
            .link("var/db/installed", "../../../../etc/list")
            .end()},
       {"d 1 /var/db/installed @layer0"}},
  };
  for (const Case& each : cases) {
    auto expected = each.expected;
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(lines(merge(each.tars)), expected) << each.why;
    expect_as_unpacked(each.tars, each.why);
  }
}

TEST(Layers, APackageOfADatabaseCameWithTheFirstLayerThatHasItEverSince) {
  const std::vector<std::string> tars = {
      TarMaker().file("var/db/installed", "a 1\nb 1\nc 1\n").end(),
      TarMaker().file("x.lock", "p 1\n").end(),
      TarMaker().file("var/db/installed", "a 1\nb 2\n").end(),
      TarMaker()
          .file("var/db/installed", "a 1\nb 2\nc 1\n")
          .file("var/db/installed.d/d", "d 1\n")
          .end(),
  };
  EXPECT_THAT(lines(merge(tars)),
              ElementsAre("a 1 /var/db/installed @layer0", "b 2 /var/db/installed @layer2",
                          "c 1 /var/db/installed @layer3", "d 1 /var/db/installed.d/d @layer3",
                          "p 1 /x.lock @layer1"));
}

TEST(Layers, ACompanionOfAnotherLayerIsSeen) {
  EXPECT_THAT(lines(merge({TarMaker().file("var/db/installed", "a 1\n").end(),
                           TarMaker().file("var/db/installed-version", "7\n").end()})),
              ElementsAre("a 7 /var/db/installed @layer1"));
}

TEST(Layers, TheOperatingSystemIsThatOfTheWholeStack) {
  const Inventory inventory = merge({TarMaker()
                                         .file("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n")
                                         .link("etc/os-release", "../usr/lib/os-release")
                                         .end(),
                                     TarMaker().file("var/db/installed", "a 1\n").end()});
  EXPECT_EQ(inventory.os.ecosystem, "Debian:12");
  EXPECT_EQ(inventory.packages.at(0).manager, "debian");
}

/// Everything that may happen to a few names, at random.
TEST(Layers, RandomStacksAreWhatTheUnpackedTreeIs) {
  std::mt19937 random(42);
  const auto pick = [&](std::initializer_list<const char*> list) {
    return std::string(list.begin()[random() % list.size()]);
  };
  for (int round = 0; round < 1500; ++round) {
    std::vector<std::string> tars;
    std::string story;
    const std::size_t layers = 1 + random() % 4;
    for (std::size_t i = 0; i < layers; ++i) {
      TarMaker tar;
      story += "--\n";
      for (std::size_t n = random() % 7; n-- > 0;) {
        const std::string folder = pick({"", "a/", "a/b/", "c/", "var/db/"});
        const std::string name = folder + pick({"x.lock", "y.lock", "tool", "installed", "a", "b"});
        const std::string version = std::to_string(random() % 3);
        switch (random() % 10) {
          case 0:
            tar.directory(name);
            story += "dir " + name + "\n";
            break;
          case 1:
            tar.file(folder + ".wh." + pick({"x.lock", "a", "b", "installed"}), "");
            story += "whiteout in " + folder + "\n";
            break;
          case 2:
            tar.file(folder + ".wh..wh..opq", "");
            story += "opaque " + folder + "\n";
            break;
          case 3:
            tar.file(name, kElf, 0755);
            story += "program " + name + "\n";
            break;
          default:
            tar.file(name, "p " + version + "\n");
            story += "file " + name + "\n";
        }
      }
      tars.push_back(tar.end());
    }
    expect_as_unpacked(tars, story);
    if (HasFailure()) return;
  }
}

TEST(Layer, LimitsCutAndSaySo) {
  TarMaker tar;
  for (int i = 0; i < 50; ++i) tar.link("l" + std::to_string(i), "to");
  for (int i = 0; i < 5; ++i) tar.file("var/db/installed.d/" + std::to_string(i), "a 1\n");
  for (int i = 0; i < 5; ++i) tar.file(".wh.w" + std::to_string(i), "");
  LayerLimits limits;
  limits.link_bytes = 100;
  limits.kept_files = 3;
  limits.whiteouts = 2;
  limits.names = 10;
  const Layer layer = analyse(tar.end(), {}, limits);
  EXPECT_LT(layer.links.size(), 50u);
  EXPECT_EQ(layer.files.size(), 3u);
  EXPECT_EQ(layer.whiteouts.size(), 2u);
  EXPECT_FALSE(layer.names.complete());
  EXPECT_EQ(layer.problems.size(), 3u);
  const Layer below = analyse(TarMaker().file("x.lock", "p 1\n").end());
  const Layer* const stack[] = {&below, &layer};
  const Merged merged = merge_layers(stack, {}, {kCatalogers});
  EXPECT_THAT(merged.inventory.problems.front().why, HasSubstr("too many names"));
}

TEST(Layer, WhatCannotBeReadToItsEndIsAnError) {
  const std::string whole = TarMaker().file("x.lock", std::string(2000, 'x')).end();
  for (const std::size_t size : {std::size_t{100}, std::size_t{600}, std::size_t{1500}}) {
    base::StringInput input(std::string_view(whole).substr(0, size));
    EXPECT_FALSE(analyse_layer(input, {kCatalogers, {}, {}, false, {}})) << size;
  }
}

TEST(Layer, AFileOverItsLimitIsAProblem) {
  Cataloger small = kLockCataloger;
  small.limit = 10;
  const Cataloger* const list[] = {&small};
  const std::string tar = TarMaker().file("x.lock", std::string(11, 'x')).end();
  base::StringInput input(tar);
  const auto layer = analyse_layer(input, {list, {}, {}, false, {}});
  ASSERT_TRUE(layer);
  ASSERT_EQ(layer->cataloged.size(), 1u);
  EXPECT_EQ(layer->cataloged[0].problems.at(0).why, "the file is larger than 10 bytes");
}

TEST(LayerFormat, WhatIsDamagedIsRefused) {
  const std::string bytes = layer_bytes(analyse(
      TarMaker().file("x.lock", "p 1\n").file("var/db/installed", "d 1\n").link("a", "b").end()));
  EXPECT_TRUE(parse_layer(bytes));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string bad = bytes;
    bad[i] = static_cast<char>(bad[i] ^ 0x10);
    // A few bits of a zstd frame's head change nothing of what it holds.
    if (const auto same = parse_layer(bad)) {
      EXPECT_EQ(layer_bytes(*same), bytes) << "byte " << i;
    }
    EXPECT_FALSE(parse_layer(std::string_view(bytes).substr(0, i))) << "cut at " << i;
  }
  EXPECT_EQ(parse_layer(bytes, 10).error().code, ErrorCode::TooLarge);
}

TEST(OperatingSystemFiles, AreAllThatItsDetectionReads) {
  class Recording final : public tree::View {
   public:
    Result<std::string> read(std::string_view path, std::uint64_t limit) const override {
      asked.emplace_back(path);
      return inner.read(path, limit);
    }
    std::optional<tree::Entry> stat(std::string_view path) const override {
      asked.emplace_back(path);
      return inner.stat(path);
    }
    Result<std::vector<tree::Entry>> list(std::string_view path) const override {
      return inner.list(path);
    }
    Result<void> walk(const tree::WalkLimits& limits,
                      const std::function<bool(const tree::Entry&)>& visit,
                      const std::function<void(std::string, std::string)>& problem) const override {
      return inner.walk(limits, visit, problem);
    }
    std::string origin() const override { return {}; }
    tree::Memory inner;
    mutable std::vector<std::string> asked;
  };
  for (const char* release :
       {"", "ID=debian\n", "ID=alpine\nVERSION_ID=3.21\n", "ID=ubuntu\nVERSION_ID=22.04\n"}) {
    Recording view;
    view.inner.file("/usr/lib/os-release", release);
    std::vector<Problem> problems;
    detect_operating_system(view, problems);
    const auto known = operating_system_files();
    for (const std::string& path : view.asked) {
      EXPECT_NE(std::find(known.begin(), known.end(), path), known.end()) << path;
    }
  }
}

}  // namespace
}  // namespace vigil::inventory
