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

constexpr const char* kPath = "/usr/lib/ruby/gems/3.1.0/specifications/nokogiri.gemspec";

// Shortened from what RubyGems 3.3 writes.
constexpr const char* kNokogiri = R"(# -*- encoding: utf-8 -*-
# stub: nokogiri 1.13.9 x86_64-linux lib

Gem::Specification.new do |s|
  s.name = "nokogiri".freeze
  s.version = "1.13.9"
  s.platform = "x86_64-linux".freeze

  s.licenses = ["MIT".freeze, "Apache-2.0".freeze]
  s.add_runtime_dependency(%q<racc>.freeze, ["~> 1.4"])
end
)";

TEST(Gemspec, TheStubLineSaysNameVersionAndPlatform) {
  const Inventory inventory = scan_file("gemspec", kPath, kNokogiri);
  EXPECT_EQ(lines(inventory), "nokogiri 1.13.9 {MIT, Apache-2.0} (x86_64-linux) :2\n");
  EXPECT_EQ(inventory.packages.at(0).manager, "GEMSPEC");
  EXPECT_EQ(inventory.packages.at(0).evidence, model::Evidence::Installed);
  EXPECT_EQ(inventory.packages.at(0).package_url, "pkg:gem/nokogiri@1.13.9?platform=x86_64-linux");
}

TEST(Gemspec, WithoutAStubLineTheAssignmentsCount) {
  EXPECT_EQ(lines(scan_file("gemspec", "/opt/gems/specifications/rake-0.8.7.gemspec",
                            "Gem::Specification.new do |s|\n  s.name = %q<rake>\n"
                            "  s.version = \"0.8.7\"\n  s.license = 'MIT'\nend\n")),
            "rake 0.8.7 :3\n");
}

TEST(Gemspec, AProjectsOwnProgramIsNotLookedAtAndAnEmptyOneIsAProblem) {
  EXPECT_EQ(lines(scan_file("gemspec", "/srv/shop/shop.gemspec", kNokogiri)), "");
  EXPECT_EQ(problems(scan_file("gemspec", "/g/specifications/x.gemspec", "s.version = VERSION\n")),
            "/g/specifications/x.gemspec: '' is no package's name\n");
}

TEST(Gemspec, ReadsWhatRubyGemsItselfWrites) {
  if (!Workshop::has("gem")) GTEST_SKIP() << "RubyGems is not installed";
  const Workshop shop;
  ASSERT_TRUE(shop.run(R"(set -e; export HOME=$PWD
printf 'Gem::Specification.new do |s|\n s.name="made"\n s.version="1.2.3.beta4"\n s.summary="x"\n s.authors=["x"]\n s.licenses=["MIT","Ruby"]\nend\n' >made.gemspec
gem build made.gemspec
GEM_HOME=$PWD/home gem install --local --no-document ./made-1.2.3.beta4.gem
)")) << "gem failed";
  const auto view = tree::Directory::open(shop.path());
  ASSERT_TRUE(view);
  EXPECT_EQ(lines(scan_with("gemspec", **view)), "made 1.2.3.beta4 {MIT, Ruby} :2\n");
}

}  // namespace
}  // namespace vigil::inventory
