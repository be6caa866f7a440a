#include "inventory/file_packages.h"

#include <gtest/gtest.h>

#include "tree/memory.h"

namespace vigil::inventory {
namespace {

struct Read {
  std::vector<model::Package> packages;
  std::vector<Problem> problems;
};

template <typename Fill>
Read read(const Fill& fill) {
  const tree::Memory view;
  const OperatingSystem os;
  Read out;
  Context context{view, os, out.packages, out.problems};
  const std::string path = "/a/some.lock";
  const File file{path, ""};
  FilePackages packages(file, context, "RubyGems", model::Evidence::Locked);
  fill(packages);
  packages.finish();
  return out;
}

TEST(FilePackages, ParentsAreThoseThatRequireEachOnceAscending) {
  const Read read_ = read([](FilePackages& packages) {
    const std::size_t z = packages.add("z", "1", 3);
    const std::size_t a = packages.add("a", "2");
    const std::size_t b = packages.add("b", "3");
    packages.require(z, "b");
    packages.require(z, "b");
    packages.require(a, b);
    packages.require(b, "b");
    packages.require(b, "not here");
    packages.require(FilePackages::kNone, "b");
    packages.ask("z");
  });
  ASSERT_EQ(read_.packages.size(), 3U);
  EXPECT_EQ(read_.packages[2].parents, (std::vector<std::string>{"a@2", "z@1"}));
  EXPECT_TRUE(read_.packages[0].parents.empty());
  EXPECT_EQ(read_.packages[0].relation, model::Relation::Direct);
  EXPECT_EQ(read_.packages[1].relation, model::Relation::Transitive);
  EXPECT_EQ(read_.packages[0].evidence, model::Evidence::Locked);
  EXPECT_EQ(read_.packages[0].locations[0].path, "/a/some.lock");
  EXPECT_EQ(read_.packages[0].locations[0].line, 3U);
}

TEST(FilePackages, WithoutAWordOfWhatIsAskedForTheRelationIsUnknown) {
  EXPECT_EQ(read([](FilePackages& packages) { packages.add("a", "1"); }).packages[0].relation,
            model::Relation::Unknown);
  EXPECT_EQ(read([](FilePackages& packages) {
              packages.add("a", "1");
              packages.says_what_is_asked_for();
            })
                .packages[0]
                .relation,
            model::Relation::Transitive);
}

TEST(FilePackages, WhatIsNoNameOrVersionIsAProblemAndProblemsAreCounted) {
  const Read one = read([](FilePackages& packages) {
    EXPECT_EQ(packages.add("", "1", 7), FilePackages::kNone);
    EXPECT_EQ(packages.add("a", "1 2"), FilePackages::kNone);
    EXPECT_EQ(packages.add(std::string(1025, 'a'), "1"), FilePackages::kNone);
  });
  EXPECT_TRUE(one.packages.empty());
  ASSERT_EQ(one.problems.size(), 3U);
  EXPECT_EQ(one.problems[0].why, "line 7: '' is no package's name");
  EXPECT_EQ(one.problems[1].why, "'1 2' is no version of a");
  const Read many = read([](FilePackages& packages) {
    for (int i = 0; i < 100; ++i) packages.problem("bad");
  });
  ASSERT_EQ(many.problems.size(), 21U);
  EXPECT_EQ(many.problems.back().why, "and 80 problems more");
}

}  // namespace
}  // namespace vigil::inventory
