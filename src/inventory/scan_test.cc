#include "inventory/scan.h"

#include <gtest/gtest.h>

#include "inventory/matcher.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

/// A cataloguer that makes a package of every file it is given.
template <char Name>
void record(const File& file, Context& context) {
  model::Package package;
  package.name = std::string(1, Name) + " " + file.path;
  context.packages.push_back(std::move(package));
}

constexpr Pattern kLockFiles[] = {named("package-lock.json"), ending(".dist-info/METADATA"),
                                  ending(".jar")};
constexpr Pattern kFixed[] = {at("/etc/fixed"), inside("/etc/parts.d")};
constexpr Pattern kJars[] = {ending(".jar")};
constexpr Pattern kPrograms[] = {programs()};

const Cataloger kA = {"a", "A", kLockFiles, record<'a'>};
const Cataloger kB = {"b", "B", kFixed, record<'b'>};
const Cataloger kC = {"c", "C", kJars, record<'c'>};
const Cataloger* const kAll[] = {&kA, &kB, &kC};
const Cataloger* const kOnlyFixed[] = {&kB};

std::vector<std::string> names(const Inventory& inventory) {
  std::vector<std::string> out;
  for (const model::Package& package : inventory.packages) out.push_back(package.name);
  return out;
}

TEST(Matcher, NamesSuffixesPathsAndFolders) {
  const Matcher matcher(kAll);
  const auto match = [&](std::string_view path) {
    std::vector<const Cataloger*> found;
    matcher.match(path, found);
    std::string out;
    for (const Cataloger* cataloger : found) out += cataloger->name;
    return out;
  };
  EXPECT_EQ(match("/x/package-lock.json"), "a");
  EXPECT_EQ(match("/x/my-package-lock.json"), "");
  EXPECT_EQ(match("/x/package-lock.json/y"), "");
  EXPECT_EQ(match("/lib/a-1.dist-info/METADATA"), "a");
  EXPECT_EQ(match("/lib/METADATA"), "");
  EXPECT_EQ(match("/app.jar"), "ac");
  EXPECT_EQ(match("x.jar"), "ac");
  EXPECT_EQ(match("/package-lock.json"), "a");
  EXPECT_EQ(match("/jar"), "");
  EXPECT_EQ(match("/etc/fixed"), "b");
  EXPECT_EQ(match("/x/etc/fixed"), "");
  EXPECT_EQ(match("/etc/parts.d/one"), "b");
  EXPECT_EQ(match("/etc/parts.d/one/two"), "");
  EXPECT_EQ(match("/etc/parts.d/one.jar"), "abc");
  EXPECT_EQ(match(""), "");
  EXPECT_TRUE(matcher.needs_walk());
  EXPECT_FALSE(Matcher(kOnlyFixed).needs_walk());
}

TEST(ScanTree, FixedPlacesThenTheWalkInOrderOfPaths) {
  tree::Memory view;
  view.file("/z/package-lock.json", "")
      .file("/a/x.jar", "")
      .file("/etc/fixed", "")
      .file("/etc/parts.d/2", "")
      .file("/etc/parts.d/1", "")
      .link("/etc/parts.d/3", "1")
      .link("/etc/parts.d/4", "nowhere")
      .directory("/etc/parts.d/folder")
      .directory("/folder.jar");
  ScanOptions options;
  options.catalogers = kAll;
  EXPECT_EQ(names(scan_tree(view, options)),
            (std::vector<std::string>{"b /etc/fixed", "b /etc/parts.d/1", "b /etc/parts.d/2",
                                      "a /a/x.jar", "c /a/x.jar", "a /z/package-lock.json"}))
      << "the link to 1 is a file that was seen";
  options.walk = false;
  EXPECT_EQ(scan_tree(view, options).packages.size(), 3U);
}

TEST(ScanTree, ATreeOverItsLimitIsAProblemAndKeepsWhatWasFound) {
  tree::Memory view;
  for (char c = 'a'; c <= 'z'; ++c) view.file(std::string("/") + c + ".jar", "");
  ScanOptions options;
  options.catalogers = kAll;
  options.limits.entries = 10;
  const Inventory inventory = scan_tree(view, options);
  EXPECT_EQ(inventory.packages.size(), 20U);
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_EQ(inventory.problems[0].why, "the tree has more than 10 entries");
}

TEST(ScanTree, ProgramsAreTheFilesThatMayBeExecutedAndBeginLikeOne) {
  static constexpr std::string_view kElf =
      "\x7f"
      "ELF";
  tree::Memory view;
  view.file("/usr/bin/tool", std::string(kElf) + "...", 0755)
      .file("/usr/bin/script", "#!/bin/sh\n", 0755)
      .file("/usr/share/data", std::string(kElf), 0644)
      .file("/app/module.py", std::string(kElf), 0755)
      .file("/app/windows.dll", "MZ", 0644);
  view.file("/usr/bin/empty", "", 0755);
  const Cataloger programs_only = {"p", "P", kPrograms, record<'p'>};
  const Cataloger* const all[] = {&programs_only};
  ScanOptions options;
  options.catalogers = all;
  EXPECT_EQ(names(scan_tree(view, options)),
            (std::vector<std::string>{"p /app/windows.dll", "p /usr/bin/tool"}));
}

TEST(ScanTree, AFileIsReadOnceAndOnlyIfItIsWantedAndNotTooLarge) {
  tree::Memory view;
  view.file("/a.jar", "12345").file("/b/package-lock.json", "123456");
  Cataloger small = kA;
  small.limit = 5;
  small.wants = [](std::string_view path) { return path != "/x/y.jar"; };
  const Cataloger* const all[] = {&small};
  ScanOptions options;
  options.catalogers = all;
  view.file("/x/y.jar", "");
  const Inventory inventory = scan_tree(view, options);
  EXPECT_EQ(names(inventory), std::vector<std::string>{"a /a.jar"});
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_EQ(inventory.problems[0].where, "/b/package-lock.json");
}

TEST(ScanTree, DeepInspectionWalksItsPathsOnly) {
  tree::Memory view;
  view.file("/usr/lib/a.jar", "")
      .file("/usr/lib/x/b.jar", "")
      .file("/usr/libexec/c.jar", "")
      .file("/srv/app/d.jar", "")
      .file("/srv/app2/e.jar", "")
      .link("/usr/lib64", "lib")
      .link("/opt/app", "/srv/app")
      .file("/etc/fixed", "");
  const std::string own[] = {"/opt/app", "/missing"};
  ScanOptions options = deep_inspection(own);
  EXPECT_EQ(options.package_limit, 5000U);
  EXPECT_EQ(options.time_limit, std::chrono::minutes(15));
  options.catalogers = kAll;
  EXPECT_EQ(names(scan_tree(view, options)),
            (std::vector<std::string>{"b /etc/fixed", "a /srv/app/d.jar", "c /srv/app/d.jar",
                                      "a /usr/lib/a.jar", "c /usr/lib/a.jar", "a /usr/lib/x/b.jar",
                                      "c /usr/lib/x/b.jar"}));
  options.roots = {"/missing"};
  EXPECT_EQ(names(scan_tree(view, options)), std::vector<std::string>{"b /etc/fixed"})
      << "no roots left is not the whole tree";
}

TEST(ScanTree, ItsLimitsAreToldWhenTheyEndIt) {
  tree::Memory view;
  for (char c = 'a'; c <= 'e'; ++c) view.file(std::string("/") + c + ".jar", "");
  view.file("/etc/fixed", "");
  ScanOptions options;
  options.catalogers = kAll;
  options.package_limit = 10;
  EXPECT_TRUE(scan_tree(view, options).problems.empty()) << "exactly as many";
  options.package_limit = 3;
  const Inventory few = scan_tree(view, options);
  EXPECT_EQ(names(few),
            (std::vector<std::string>{"b /etc/fixed", "a /a.jar", "c /a.jar", "a /b.jar"}));
  ASSERT_EQ(few.problems.size(), 1U);
  EXPECT_EQ(few.problems[0].why, "stopped at 3 packages: further ones are not known");
  options.package_limit = 9;
  EXPECT_EQ(scan_tree(view, options).problems.size(), 1U) << "the last file had one too many";

  options.package_limit = 0;
  options.time_limit = std::chrono::seconds(-1);
  const Inventory late = scan_tree(view, options);
  EXPECT_EQ(names(late), std::vector<std::string>{"b /etc/fixed"});
  ASSERT_EQ(late.problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory
