#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;
using testing::Workshop;

// As Bundler 2.3 writes it.
constexpr const char* kLock = R"(GIT
  remote: https://github.com/rack/rack-attack.git
  revision: 5a13b6a1e4f9d5bdb6ea3b4a6e1c5f2a4ba00e4b
  branch: main
  specs:
    rack-attack (6.6.1)
      rack (>= 1.0, < 3)

PATH
  remote: .
  specs:
    shop (0.1.0)
      nokogiri

GEM
  remote: https://rubygems.org/
  specs:
    mini_portile2 (2.8.0)
    nokogiri (1.13.9)
      mini_portile2 (~> 2.8.0)
      racc (~> 1.4)
    nokogiri (1.13.9-x86_64-linux)
      racc (~> 1.4)
    racc (1.6.0)
    rack (2.2.4)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  rack (~> 2.2)
  rack-attack!
  shop!

RUBY VERSION
   ruby 3.1.2p20

BUNDLED WITH
   2.3.26
)";

TEST(GemfileLock, ReadsSourcesPlatformsParentsAndWhatTheProjectAsksFor) {
  const Inventory inventory = scan_file("gemfile-lock", "/srv/shop/Gemfile.lock", kLock);
  EXPECT_EQ(lines(inventory),
            "rack-attack 6.6.1 direct :6\n"
            "mini_portile2 2.8.0 transitive :18 <- nokogiri@1.13.9\n"
            "nokogiri 1.13.9 direct :19\n"
            "nokogiri 1.13.9 direct (x86_64-linux) :22\n"
            "racc 1.6.0 transitive :24 <- nokogiri@1.13.9\n"
            "rack 2.2.4 direct :25 <- rack-attack@6.6.1\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[3].package_url, "pkg:gem/nokogiri@1.13.9?platform=x86_64-linux");
  EXPECT_EQ(inventory.packages[3].manager, "BUNDLER");
  EXPECT_EQ(inventory.packages[3].evidence, model::Evidence::Locked);
  EXPECT_EQ(
      inventory.packages[0].package_url,
      "pkg:gem/rack-attack@6.6.1?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Frack%2Frack-attack.git"
      "%405a13b6a1e4f9d5bdb6ea3b4a6e1c5f2a4ba00e4b");
}

TEST(GemfileLock, LineEndsOfWindowsAndGemsLocked) {
  EXPECT_EQ(lines(scan_file("gemfile-lock", "/a/gems.locked",
                            "GEM\r\n  remote: https://rubygems.org/\r\n  specs:\r\n"
                            "    rake (13.0.6)\r\n\r\nDEPENDENCIES\r\n  rake\r\n")),
            "rake 13.0.6 direct :4\n");
}

TEST(GemfileLock, WhatIsWrongIsNamedAndTheRestRead) {
  const Inventory inventory = scan_file("gemfile-lock", "/Gemfile.lock",
                                        "GEM\n  specs:\n<<<<<<< HEAD\n    rake (13.0.6)\n"
                                        "    broken\n      rake\n    (1.0)\n    rack (2.2.4)\n");
  EXPECT_EQ(lines(inventory), "rake 13.0.6 :4\nrack 2.2.4 :8\n");
  EXPECT_EQ(problems(inventory),
            "/Gemfile.lock: line 3: an unsolved merge conflict\n"
            "/Gemfile.lock: line 5: '' is no version of broken\n"
            "/Gemfile.lock: line 7: '' is no version of (1.0)\n");
}

TEST(GemfileLock, ReadsWhatBundlerItselfWrites) {
  if (!Workshop::has("bundle")) GTEST_SKIP() << "bundler is not installed";
  const Workshop shop;
  ASSERT_TRUE(shop.run(R"(set -e; export HOME=$PWD
export GEM_HOME=$PWD/gems GEM_PATH=$PWD/gems
make_gem() {
  printf 'Gem::Specification.new do |s|\n s.name="%s"\n s.version="%s"\n s.summary="x"\n s.authors=["x"]\n %s\nend\n' "$1" "$2" "$3" >$1.gemspec
  gem build $1.gemspec
  gem install --local --ignore-dependencies --no-document ./$1-$2.gem
}
make_gem lower 1.2.3
make_gem upper 2.0.0.pre1 's.add_dependency "lower", "~> 1.0"'
mkdir project
printf 'source "http://localhost:1/"\ngem "upper", "2.0.0.pre1"\n' >project/Gemfile
cd project && bundle lock --local
)")) << "gem and bundle failed";
  const auto view = tree::Directory::open(shop.path() + "/project");
  ASSERT_TRUE(view);
  EXPECT_EQ(lines(scan_with("gemfile-lock", **view)),
            "lower 1.2.3 transitive :4 <- upper@2.0.0.pre1\n"
            "upper 2.0.0.pre1 direct :5\n");
}

}  // namespace
}  // namespace vigil::inventory
