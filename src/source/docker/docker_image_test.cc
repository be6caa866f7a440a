// A Docker engine is a server on a socket that gives one answer after the other; the archive is made by
// hand or by skopeo.
#include "source/docker/docker_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/file.h"
#include "base/testing/http_server_test.h"
#include "source/docker/engine.h"
#include "source/image/image_scan.h"
#include "source/image/testing/image_maker_test.h"

namespace vigil::source::docker {
namespace {

using base::http_reply;
using base::HttpServer;
using source::testing::config_of;
using source::testing::digest;
using source::testing::docker_archive;
using source::testing::Folder;
using source::testing::kExpected;
using source::testing::lines;
using source::testing::two_layers;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

registry::Environment with(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

std::string about() {
  return R"({"Id":")" + digest(config_of(two_layers())) + R"(","RepoTags":["a:1"]})";
}

Result<Scanned> scan(const std::string& reference, const registry::Environment& environment,
                     const ImageOptions& options = {}) {
  VIGIL_TRY(const auto image, open_docker_image(reference, options, environment, 1000));
  return scan_image(*image, {});
}

TEST(DockerImage, IsAskedForAndReadAsAnArchive) {
  const Folder folder;
  HttpServer engine(
      folder / "docker.sock",
      {http_reply("200 OK", "", about()), http_reply("200 OK", "", docker_archive(two_layers()))});
  const auto environment = with({{"DOCKER_HOST", "unix://" + folder / "docker.sock"},
                                 {"TMPDIR", folder / ""},
                                 {"http_proxy", "http://127.0.0.1:1"}});
  ImageOptions options;
  options.options["--image"] = "another:name";  // of an archive with several, which this is not
  const auto scanned = scan("example.org/team/app:1.2", environment, options);
  EXPECT_EQ(lines(scanned), kExpected);
  ASSERT_TRUE(scanned);
  EXPECT_EQ(scanned->image->repository, "team/app");
  EXPECT_THAT(engine.requests(),
              ElementsAre(StartsWith("GET /images/example.org/team/app:1.2/json HTTP/1.1"),
                          StartsWith("GET /images/example.org/team/app:1.2/get HTTP/1.1")));
  // The file it was in has no name.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / ""), {}), 1);
}

TEST(DockerImage, WhatSkopeoSavesIsReadTheSame) {
  const Folder folder;
  folder.write("image.tar", docker_archive(two_layers()));
  const bool made = folder.run(
      "skopeo --insecure-policy copy docker-archive:image.tar oci:l:1 && "
      "skopeo --insecure-policy copy oci:l:1 docker-archive:saved.tar:example.org/a:1");
  if (!made) GTEST_SKIP() << "skopeo saves nothing here";
  HttpServer engine(folder / "docker.sock",
                    {http_reply("200 OK", "", about()),
                     http_reply("200 OK", "", *base::read_file(folder / "saved.tar", 1U << 24U))});
  const auto environment = with({{"DOCKER_HOST", "unix://" + folder / "docker.sock"}});
  EXPECT_EQ(lines(scan("example.org/a:1", environment)), kExpected);
}

TEST(DockerImage, TheSocketsOfThisUserAreFound) {
  const Folder folder;
  std::filesystem::create_directories(folder / "podman");
  HttpServer engine(
      folder / "podman/podman.sock",
      {http_reply("200 OK", "", about()), http_reply("200 OK", "", docker_archive(two_layers()))});
  EXPECT_EQ(lines(scan("app", with({{"XDG_RUNTIME_DIR", folder / ""}}))), kExpected);
}

TEST(DockerImage, WhatTheEngineHasNotIsNotFound) {
  const Folder folder;
  HttpServer engine(folder / "docker.sock",
                    {http_reply("404 Not Found", "", R"({"message":"No such image: a:1"})"),
                     http_reply("500 Oops", "", R"({"message":"disk on fire"})"),
                     http_reply("200 OK", "", "<html>")});
  const auto environment = with({{"DOCKER_HOST", "unix://" + folder / "docker.sock"}});
  const auto none = scan("a:1", environment);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
  EXPECT_THAT(lines(scan("a:1", environment)), ElementsAre(HasSubstr("500: disk on fire")));
  EXPECT_THAT(lines(scan("a:1", environment)), ElementsAre(HasSubstr("no Docker engine")));
  EXPECT_THAT(lines(scan("a/../../b", environment)), ElementsAre(HasSubstr("not the name")));
}

TEST(DockerImage, AnArchiveThatBreaksOffIsAnError) {
  const Folder folder;
  HttpServer engine(folder / "docker.sock",
                    {http_reply("200 OK", "", about()),
                     http_reply("200 OK", "Content-Length: 100000\r\n",
                                docker_archive(two_layers()).substr(0, 1500))});
  EXPECT_THAT(lines(scan("a", with({{"DOCKER_HOST", "unix://" + folder / "docker.sock"}}))),
              ElementsAre(HasSubstr("the connection was lost")));
}

TEST(DockerImage, OverTcpOnThisMachineOnly) {
  HttpServer engine(
      {http_reply("200 OK", "", about()), http_reply("200 OK", "", docker_archive(two_layers()))});
  const std::string here = engine.url("", "tcp");
  EXPECT_EQ(lines(scan("app", with({{"DOCKER_HOST", here}}))), kExpected);
  // 192.0.2.1 is nobody's (RFC 5737); it is not asked.
  EXPECT_THAT(lines(scan("app", with({{"DOCKER_HOST", "tcp://192.0.2.1:2375"}}))),
              ElementsAre(HasSubstr("not spoken to without TLS")));
}

TEST(DockerEngine, IsWhereTheEnvironmentSays) {
  const auto tcp = endpoints(with({{"DOCKER_HOST", "tcp://build.example"}}), 0, "");
  ASSERT_TRUE(tcp);
  EXPECT_EQ(tcp->at(0).url, "http://build.example:2375");
  EXPECT_TRUE(tcp->at(0).loopback_only);
  const auto named =
      endpoints(with({{"DOCKER_HOST", "tcp://build.example"}}), 0, "other:1\nbuild.example:2375");
  ASSERT_TRUE(named);
  EXPECT_FALSE(named->at(0).loopback_only);
  const auto tls = endpoints(with({{"DOCKER_HOST", "tcp://build.example:2376"},
                                   {"DOCKER_TLS_VERIFY", "1"},
                                   {"DOCKER_CERT_PATH", "/certs"}}),
                             0, "");
  ASSERT_TRUE(tls);
  EXPECT_EQ(tls->at(0).url, "https://build.example:2376");
  EXPECT_EQ(tls->at(0).session.client_key, "/certs/key.pem");
  EXPECT_FALSE(tls->at(0).loopback_only);
  for (const char* const other : {"ssh://host", "npipe:////./pipe/docker_engine", "tcp://", "x"}) {
    EXPECT_FALSE(endpoints(with({{"DOCKER_HOST", other}}), 0, "")) << other;
  }
  const Folder folder;
  const auto none = endpoints(with({{"XDG_RUNTIME_DIR", folder / "run"}}), 1000, "");
  if (none) GTEST_SKIP() << "there is an engine here";
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
  EXPECT_THAT(none.error().where, HasSubstr(folder / "run/podman/podman.sock"));
}

}  // namespace
}  // namespace vigil::source::docker
