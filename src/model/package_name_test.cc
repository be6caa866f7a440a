#include "model/package_name.h"

#include <gtest/gtest.h>

#include <string_view>

namespace vigil::model {
namespace {

TEST(PackageName, OneSpellingPerEcosystem) {
  struct Case {
    std::string_view ecosystem, written, normal;
  };
  const Case cases[] = {
      {"PyPI", "Foo__Bar.-baz", "foo-bar-baz"},
      {"PyPI", "ruamel.yaml", "ruamel-yaml"},
      {"NuGet", "Newtonsoft.Json", "newtonsoft.json"},
      {"Packagist", "Drupal/Core", "drupal/core"},
      {"Packagist:https://packages.drupal.org/8", "Drupal/Token", "drupal/token"},
      {"npm", "JSONStream", "JSONStream"},
      {"npm", "@angular/core", "@angular/core"},
      {"Go", "github.com/Masterminds/semver/v3", "github.com/Masterminds/semver/v3"},
      {"Maven", "org.apache.logging.log4j:log4j-core", "org.apache.logging.log4j:log4j-core"},
      {"RubyGems", "RedCloth", "RedCloth"},
      {"crates.io", "Inflector", "Inflector"},
      {"Hex", "Phoenix", "phoenix"},
      {"Pub", "HTTP", "http"},
      {"GitHub Actions", "tj-actions/Changed-Files", "tj-actions/changed-files"},
      {"SwiftURL", "https://github.com/Vapor/vapor.git", "github.com/vapor/vapor"},
      {"SwiftURL", "github.com/vapor/vapor", "github.com/vapor/vapor"},
      {"Debian:12", "libX11", "libX11"},
      {"Rocky Linux:9", "ImageMagick", "ImageMagick"},
      {"", "Anything_At.All", "Anything_At.All"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(normal_name(c.ecosystem, c.written), c.normal) << c.ecosystem;
    EXPECT_EQ(normal_name(c.ecosystem, c.normal), c.normal) << "not idempotent: " << c.ecosystem;
  }
}

}  // namespace
}  // namespace vigil::model
