#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;

constexpr const char* kPlugin = R"(<?php
/**
 * @package Akismet
 */
/*
Plugin Name: Akismet Anti-Spam
Plugin URI: https://akismet.com/
Version: 5.0.1
License: GPLv2 or later
*/
$x = "Version: 9";
)";

TEST(WordPress, ReadsCorePluginsAndThemes) {
  tree::Memory view;
  view.file("/var/www/wp-includes/version.php",
            "<?php\n/**\n * @global string $wp_version\n */\n$wp_version = '6.1.1';\n");
  view.file("/var/www/wp-content/plugins/akismet/akismet.php", kPlugin);
  view.file("/var/www/wp-content/plugins/akismet/class.php", "<?php // Version: 1.0\n");
  view.file("/var/www/wp-content/plugins/akismet/views/deep.php", kPlugin);
  view.file("/var/www/wp-content/plugins/hello.php",
            "<?php /* plugin name: Hello\n# VERSION: 1.7.2 */ ?>\n");
  view.file("/var/www/wp-content/themes/twentytwenty/style.css",
            "/*\nTheme Name: Twenty Twenty\nVersion: 2.1\nLicense: GNU GPL v2\n*/\n");
  view.file("/var/www/wp-content/themes/twentytwenty/assets/style.css",
            "/*\nTheme Name: x\nVersion: 1\n*/\n");
  const Inventory inventory = scan_with("wordpress", view);
  EXPECT_EQ(lines(inventory),
            "plugin/akismet 5.0.1 {GPLv2 or later} :8\n"
            "plugin/hello 1.7.2 :2\n"
            "theme/twentytwenty 2.1 {GNU GPL v2} :3\n"
            "wordpress 6.1.1 {GPL-2.0-or-later} :5\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[3].cpe, "cpe:2.3:a:wordpress:wordpress:6.1.1:*:*:*:*:*:*:*");
}

TEST(WordPress, HeadersBehindTheFirst8KiBDoNotCount) {
  EXPECT_EQ(lines(scan_file("wordpress", "/w/wp-content/plugins/a/a.php",
                            std::string(8192, ' ') + "\nPlugin Name: a\nVersion: 1\n")),
            "");
}

TEST(WordPress, WithoutAVersionThereIsAProblem) {
  EXPECT_EQ(problems(scan_file("wordpress", "/w/wp-content/plugins/a/a.php", "Plugin Name: a\n")),
            "/w/wp-content/plugins/a/a.php: line 1: a header of plugin/a without Version\n");
  EXPECT_EQ(problems(scan_file("wordpress", "/w/wp-includes/version.php", "<?php\n")),
            "/w/wp-includes/version.php: '' is no version of wordpress\n");
}

}  // namespace
}  // namespace vigil::inventory
