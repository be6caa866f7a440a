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

constexpr const char* kLock = R"({
    "_readme": ["This file locks the dependencies of your project to a known state"],
    "content-hash": "2d5f8a9a2b6f2e3c4d5e6f708192a3b4",
    "packages": [
        {
            "name": "drupal/token",
            "version": "1.11.0",
            "type": "drupal-module",
            "notification-url": "https://packages.drupal.org/8/downloads",
            "license": ["GPL-2.0-or-later"]
        },
        {
            "name": "monolog/monolog",
            "version": "2.8.0",
            "source": {"type": "git", "url": "https://github.com/Seldaek/monolog.git", "reference": "720488632c590286b88b80e62aa3d3d551ad4a50"},
            "require": {"php": ">=7.2", "psr/log": "^1.0.1 || ^2.0 || ^3.0"},
            "require-dev": {"aws/aws-sdk-php": "^2.4.9 || ^3.0"},
            "type": "library",
            "license": ["MIT"],
            "authors": [{"name": "Jordi Boggiano", "email": "j.boggiano@seld.be"}]
        },
        {
            "name": "psr/log",
            "version": "dev-master",
            "license": ["MIT", "BSD-3-Clause"]
        }
    ],
    "packages-dev": [
        {
            "name": "phpunit/phpunit",
            "version": "v9.5.26",
            "require": {"ext-dom": "*", "psr/log": "*"}
        }
    ],
    "platform": {"php": ">=7.4"}
}
)";

TEST(Composer, ReadsTheLockWithScopesLicencesAndParents) {
  const Inventory inventory = scan_file("composer", "/srv/shop/composer.lock", kLock);
  EXPECT_EQ(lines(inventory),
            "drupal/token 1.11.0 {GPL-2.0-or-later} :6\n"
            "monolog/monolog 2.8.0 {MIT} :13\n"
            "psr/log dev-master {MIT OR BSD-3-Clause} :23 <- monolog/monolog@2.8.0,"
            "phpunit/phpunit@v9.5.26\n"
            "phpunit/phpunit v9.5.26 [dev] :30\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].ecosystem, "Packagist:https://packages.drupal.org/8");
  EXPECT_EQ(inventory.packages[1].ecosystem, "Packagist");
  EXPECT_EQ(inventory.packages[1].package_url, "pkg:composer/monolog/monolog@2.8.0");
  EXPECT_EQ(inventory.packages[1].manager, "COMPOSER");
}

TEST(Composer, TheManifestBesideItSaysWhatIsAskedFor) {
  tree::Memory view;
  view.file("/a/composer.lock", R"({"packages": [
  {"name": "a/a", "version": "1", "require": {"b/b": "*"}}, {"name": "b/b", "version": "2"}]})");
  view.file("/a/composer.json", R"({"require": {"php": "*", "a/a": "^1"}})");
  EXPECT_EQ(lines(scan_with("composer", view)), "a/a 1 direct :2\nb/b 2 transitive :2 <- a/a@1\n");
}

TEST(Composer, ReadsInstalledPackagesOfBothVersions) {
  const Inventory second = scan_file("composer", "/a/vendor/composer/installed.json", R"({
  "packages": [{"name": "a/a", "version": "1.0"}, {"name": "b/b", "version": "2.0"}],
  "dev": true, "dev-package-names": ["b/b"]})");
  EXPECT_EQ(lines(second), "a/a 1.0 :2\nb/b 2.0 [dev] :2\n");
  EXPECT_EQ(second.packages[0].evidence, model::Evidence::Installed);
  EXPECT_EQ(lines(scan_file("composer", "/a/vendor/composer/installed.json",
                            R"([{"name": "a/a", "version": "1.0"}])")),
            "a/a 1.0 :1\n");
}

TEST(Composer, WhatIsWrongIsNamed) {
  EXPECT_EQ(problems(scan_file("composer", "/composer.lock", R"({"packages": [{"name": "a/a"},
      {"version": "1"}, 7, {"name": "b/b", "version": 8}]})")),
            "/composer.lock: line 1: '' is no version of a/a\n"
            "/composer.lock: '' is no package's name\n"
            "/composer.lock: '' is no package's name\n"
            "/composer.lock: line 2: '' is no version of b/b\n");
  EXPECT_NE(problems(scan_file("composer", "/composer.lock", "{\"packages\": [")), "");
}

TEST(Composer, ReadsWhatComposerItselfWrites) {
  if (!Workshop::has("composer")) GTEST_SKIP() << "composer is not installed";
  const Workshop shop;
  ASSERT_TRUE(shop.run(R"(set -e; export HOME=$PWD
export COMPOSER_HOME=$PWD/home COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_DISABLE_NETWORK=1
mkdir -p lower upper tool project
echo '{"name": "made/lower", "version": "1.2.3", "license": "MIT"}' >lower/composer.json
echo '{"name": "made/upper", "version": "v2.0.0-beta1", "license": ["MIT", "ISC"], "require": {"made/lower": "^1.0"}}' >upper/composer.json
echo '{"name": "made/tool", "version": "3.0"}' >tool/composer.json
cat >project/composer.json <<'END'
{"name": "made/project", "minimum-stability": "dev",
 "repositories": [{"packagist.org": false},
                  {"type": "path", "url": "../lower", "options": {"symlink": false}},
                  {"type": "path", "url": "../upper", "options": {"symlink": false}},
                  {"type": "path", "url": "../tool", "options": {"symlink": false}}],
 "require": {"made/upper": "*"}, "require-dev": {"made/tool": "*"}}
END
cd project && composer update --no-interaction --no-plugins
)")) << "composer failed";
  const auto view = tree::Directory::open(shop.path() + "/project");
  ASSERT_TRUE(view);
  const Inventory inventory = scan_with("composer", **view);
  std::string locked;
  std::string installed;
  for (model::Package package : inventory.packages) {
    package.locations.at(0).line = 0;
    (package.evidence == model::Evidence::Locked ? locked : installed) += testing::line(package);
  }
  EXPECT_EQ(locked,
            "made/lower 1.2.3 transitive {MIT} <- made/upper@v2.0.0-beta1\n"
            "made/upper v2.0.0-beta1 direct {MIT OR ISC}\n"
            "made/tool 3.0 direct [dev]\n");
  EXPECT_EQ(installed,
            "made/lower 1.2.3 transitive {MIT} <- made/upper@v2.0.0-beta1\n"
            "made/tool 3.0 direct [dev]\n"
            "made/upper v2.0.0-beta1 direct {MIT OR ISC}\n");
}

}  // namespace
}  // namespace vigil::inventory
