#include "source/containers_storage/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "source/image/testing/image_maker_test.h"

namespace vigil::source::containers {
namespace {

using source::testing::Folder;
using ::testing::ElementsAre;

StorageUser user(const Folder& system, unsigned id, std::map<std::string, std::string> variables) {
  return {[variables = std::move(variables)](const char* name) -> const char* {
            const auto found = variables.find(name);
            return found == variables.end() ? nullptr : found->second.c_str();
          },
          id, system / ""};
}

TEST(StorageSettings, WithoutFilesTheUsualPlaces) {
  const Folder system;
  const auto root = storage_settings(user(system, 0, {{"HOME", "/root"}}));
  ASSERT_TRUE(root);
  EXPECT_THAT(root->roots, ElementsAre(system / "" + "/var/lib/containers/storage"));
  const auto other = storage_settings(user(system, 1000, {{"HOME", "/people/a"}}));
  ASSERT_TRUE(other);
  EXPECT_THAT(other->roots, ElementsAre("/people/a/.local/share/containers/storage"));
  const auto moved =
      storage_settings(user(system, 1000, {{"HOME", "/people/a"}, {"XDG_DATA_HOME", "/data"}}));
  ASSERT_TRUE(moved);
  EXPECT_THAT(moved->roots, ElementsAre("/data/containers/storage"));
}

TEST(StorageSettings, TheSystemsFileSaysWhereRootsStoreIs) {
  const Folder system;
  system.write("etc/containers/storage.conf",
               "[storage]\ndriver = \"overlay\"\ngraphroot = \"/srv/containers\"\n"
               "imagestore = \"/srv/images\"\n"
               "rootless_storage_path = \"$HOME/of-$UID\"\n"
               "[storage.options]\nadditionalimagestores = [ \"/ro/a\", \"/ro/b\" ]\n");
  const auto root = storage_settings(user(system, 0, {{"HOME", "/root"}}));
  ASSERT_TRUE(root) << root.error().text();
  EXPECT_THAT(root->roots, ElementsAre("/srv/containers", "/srv/images", "/ro/a", "/ro/b"));
  const auto other = storage_settings(user(system, 1000, {{"HOME", "/people/a"}}));
  ASSERT_TRUE(other) << other.error().text();
  EXPECT_THAT(other->roots, ElementsAre("/people/a/of-1000", "/ro/a", "/ro/b"));
}

TEST(StorageSettings, AUsersOwnFileCountsMore) {
  const Folder system;
  system.write("etc/containers/storage.conf", "[storage]\ngraphroot = \"/srv/containers\"\n");
  system.write("home/.config/containers/storage.conf", "[storage]\ngraphroot = \"/mine\"\n");
  const auto own = storage_settings(user(system, 1000, {{"HOME", system / "home"}}));
  ASSERT_TRUE(own) << own.error().text();
  EXPECT_THAT(own->roots, ElementsAre("/mine"));
}

TEST(StorageSettings, TheVariableNamesTheOnlyFile) {
  const Folder system;
  system.write("etc/containers/storage.conf", "[storage]\ngraphroot = \"/srv/containers\"\n");
  const std::string file = system.write("my.conf", "[storage]\ngraphroot = \"/mine\"\n");
  const auto own = storage_settings(user(system, 0, {{"CONTAINERS_STORAGE_CONF", file}}));
  ASSERT_TRUE(own);
  EXPECT_THAT(own->roots, ElementsAre("/mine"));
  EXPECT_FALSE(storage_settings(user(system, 0, {{"CONTAINERS_STORAGE_CONF", file + "x"}})));
  system.write("my.conf", "[storage");
  EXPECT_FALSE(storage_settings(user(system, 0, {{"CONTAINERS_STORAGE_CONF", file}})));
}

TEST(StorageSettings, AStoreInBrackets) {
  struct Case {
    std::string_view text;
    std::string_view driver;
    std::string_view root;
    std::string_view rest;
  };
  for (const Case& one : {
           Case{"[vfs@/a+/run]name:1", "vfs", "/a", "name:1"},
           Case{"[overlay@/a+/run:overlay.mount_program=/x]name", "overlay", "/a", "name"},
           Case{"[/a]name", "", "/a", "name"},
           Case{"[/a+/run]", "", "/a", ""},
       }) {
    std::string_view rest = one.text;
    StorageSettings settings;
    ASSERT_TRUE(take_brackets(rest, settings)) << one.text;
    EXPECT_EQ(settings.driver, one.driver);
    EXPECT_THAT(settings.roots, ElementsAre(one.root));
    EXPECT_EQ(rest, one.rest);
  }
  for (std::string_view wrong : {"[/a", "[vfs@a]name", "[]name"}) {
    StorageSettings settings;
    EXPECT_FALSE(take_brackets(wrong, settings)) << wrong;
  }
}

}  // namespace
}  // namespace vigil::source::containers
