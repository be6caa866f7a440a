#include "inventory/npm_note.h"

#include <gtest/gtest.h>

#include "inventory/language_package.h"

namespace vigil::inventory {
namespace {

TEST(NpmNote, TellsOfInstalledPackagesWhatTheyDoNotTellThemselves) {
  std::vector<model::Package> packages;
  packages.push_back(language_package("npm", "a", "1", "/app/node_modules/.package-lock.json", 5));
  packages.back().scope = "dev";
  packages.back().parents = {"b@1"};
  packages.push_back(language_package("npm", "a", "1", "/app/node_modules/a/package.json"));
  packages.push_back(
      language_package("npm", "a", "1", "/app/node_modules/b/node_modules/a/package.json"));
  packages.push_back(language_package("npm", "a", "1", "/other/node_modules/a/package.json"));
  packages.push_back(
      language_package("npm", "a", "2", "/app/node_modules/c/node_modules/a/package.json"));
  packages.push_back(
      language_package("npm", "gone", "1", "/app/node_modules/.package-lock.json", 9));
  unite_with_npm_note(packages);
  std::vector<std::string> found;
  for (const model::Package& package : packages) {
    found.push_back(package.name + "@" + package.version + " " + package.scope + " " +
                    package.locations.front().path);
  }
  EXPECT_EQ(found,
            (std::vector<std::string>{"a@1 dev /app/node_modules/a/package.json",
                                      "a@1 dev /app/node_modules/b/node_modules/a/package.json",
                                      "a@1  /other/node_modules/a/package.json",
                                      "a@2  /app/node_modules/c/node_modules/a/package.json",
                                      "gone@1  /app/node_modules/.package-lock.json"}));
}

}  // namespace
}  // namespace vigil::inventory
