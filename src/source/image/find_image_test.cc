// Where an image is taken from, and what is said if it is nowhere.
#include "source/image/find_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/base64_encode.h"
#include "base/testing/http_server_test.h"
#include "source/image/image_scan.h"
#include "source/image/testing/image_maker_test.h"

namespace vigil::source {
namespace {

using base::http_reply;
using base::HttpServer;
using testing::config_of;
using testing::digest;
using testing::docker_archive;
using testing::Folder;
using ::testing::HasSubstr;
using testing::kExpected;
using testing::lines;
using testing::two_layers;

containers::StorageUser user(std::map<std::string, std::string> variables = {}) {
  return {[variables = std::move(variables)](const char* name) -> const char* {
            const auto found = variables.find(name);
            return found == variables.end() ? nullptr : found->second.c_str();
          },
          1000,
          {}};
}

Result<Scanned> scan(const std::string& argument, const containers::StorageUser& who = user()) {
  VIGIL_TRY(const FoundImage found, find_image(argument, {}, who));
  return scan_image(*found.image, {});
}

/// A store with an image of the name and no layers.
void put_into_store(const Folder& folder, const std::string& name) {
  const std::string config =
      R"({"os":"linux","architecture":"s390x","rootfs":{"type":"layers","diff_ids":[]}})";
  const std::string id = digest(config).substr(7);
  const std::string place = "data/containers/storage/overlay-images/";
  folder.write(place + "images.json", R"([{"id":")" + id + R"(","names":[")" + name + R"("]}])");
  folder.write(place + id + "/manifest",
               R"({"config":{"digest":")" + digest(config) + R"(","size":1},"layers":[]})");
  folder.write(place + id + "/=" + base::encode_base64(digest(config)), config);
}

TEST(FindImage, ByATransport) {
  const Folder folder;
  const std::string archive = folder.write("image.tar", docker_archive(two_layers()));
  const bool made = folder.run(
      "skopeo --insecure-policy copy docker-archive:image.tar oci:layout:v1 && "
      "skopeo --insecure-policy copy docker-archive:image.tar oci-archive:oci.tar:v1");
  EXPECT_EQ(lines(scan(archive)), kExpected);
  EXPECT_EQ(lines(scan("docker-archive:" + archive)), kExpected);
  EXPECT_EQ(lines(scan("docker-archive:" + archive + ":example.org/team/app:1.2")), kExpected);
  EXPECT_EQ(lines(scan("docker-archive:" + archive + ":@0")), kExpected);
  EXPECT_FALSE(scan("docker-archive:" + archive + ":@1"));
  EXPECT_FALSE(scan("docker-archive:" + archive + ":example.org/team/app:1.3"));
  EXPECT_FALSE(scan("oci-archive:" + archive));
  EXPECT_FALSE(scan("oci:" + archive));
  EXPECT_FALSE(scan("docker-archive:" + folder / "none.tar"));
  if (!made) GTEST_SKIP() << "skopeo makes no layouts here";
  EXPECT_EQ(lines(scan("oci:" + folder / "layout")), kExpected);
  EXPECT_EQ(lines(scan("oci:" + folder / "layout:v1")), kExpected);
  EXPECT_FALSE(scan("oci:" + folder / "layout:v2"));
  EXPECT_EQ(lines(scan("oci-archive:" + folder / "oci.tar:v1")), kExpected);
  EXPECT_FALSE(scan("docker-archive:" + folder / "oci.tar"));
}

TEST(FindImage, TransportsAreToldFromNames) {
  for (const auto& [text, transport, rest] :
       {std::tuple{"docker://a/b:1", Transport::Registry, "a/b:1"},
        {"docker-daemon:a:1", Transport::Docker, "a:1"},
        {"containers-storage:[/x]a", Transport::Storage, "[/x]a"},
        {"oci-archive:a", Transport::OciArchive, "a"},
        {"oci:a:1", Transport::Layout, "a:1"},
        {"docker:27", Transport::None, "docker:27"},
        {"./oci:a", Transport::None, "./oci:a"}}) {
    std::string_view argument = text;
    EXPECT_EQ(take_transport(argument), transport) << text;
    EXPECT_EQ(argument, rest);
  }
}

TEST(FindImage, ALocalStoreIsAskedBeforeTheEngine) {
  const Folder folder;
  put_into_store(folder, "docker.io/team/app:1");
  HttpServer engine(folder / "docker.sock",
                    {http_reply("200 OK", "", R"({"Id":"sha256:1"})"),
                     http_reply("200 OK", "", docker_archive(two_layers()))});
  const auto who = user(
      {{"XDG_DATA_HOME", folder / "data"}, {"DOCKER_HOST", "unix://" + folder / "docker.sock"}});
  const auto stored = find_image("team/app:1", {}, who);
  ASSERT_TRUE(stored) << stored.error().text();
  EXPECT_EQ(stored->place, "containers-storage");
  EXPECT_TRUE(engine.requests().empty());

  // Another name, another platform: the engine.
  const auto other = find_image("team/app:2", {}, who);
  ASSERT_TRUE(other) << other.error().text();
  EXPECT_EQ(other->place, "the Docker engine");
  EXPECT_EQ(lines(scan_image(*other->image, {})), kExpected);
}

TEST(FindImage, AnImageForAnotherPlatformIsNotTaken) {
  const Folder folder;
  put_into_store(folder, "docker.io/team/app:1");
  HttpServer engine(folder / "docker.sock",
                    {http_reply("200 OK", "", R"({"Id":"sha256:1"})"),
                     http_reply("200 OK", "", docker_archive(two_layers()))});
  const auto who = user(
      {{"XDG_DATA_HOME", folder / "data"}, {"DOCKER_HOST", "unix://" + folder / "docker.sock"}});
  ImageOptions options;
  options.options["--platform"] = "linux/amd64";
  options.platform = {"linux", "amd64", {}};
  const auto found = find_image("team/app:1", options, who);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->place, "the Docker engine");
}

TEST(FindImage, WhereItWasLookedForIsSaid) {
  const Folder folder;
  HttpServer engine(folder / "docker.sock", {http_reply("404 Not Found", "", "{}")});
  HttpServer registry({http_reply("404 Not Found", "", "{}")});
  const std::string name = registry.url("", "").substr(3) + "/team/app:1";
  const auto none = find_image(name, {},
                               user({{"XDG_DATA_HOME", folder / "data"},
                                     {"DOCKER_HOST", "unix://" + folder / "docker.sock"}}));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().where, name);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
  EXPECT_THAT(none.error().what, HasSubstr("containers-storage: " + folder / "data"));
  EXPECT_THAT(none.error().what, HasSubstr("there is no containers-storage; the Docker engine: "));
  EXPECT_THAT(none.error().what, HasSubstr("docker.sock: there is no such image; the registry: "));
}

TEST(FindImage, APathThatIsNotThereIsAskedOfNobody) {
  const Folder folder;
  const auto none = find_image(folder / "none.tar", {}, user());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().what, "there is no such file");
}

}  // namespace
}  // namespace vigil::source
