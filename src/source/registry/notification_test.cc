#include "source/registry/notification.h"

#include <gtest/gtest.h>

namespace vigil::source::registry {
namespace {

const std::string kDigest =
    "sha256:fea8895f450959fa676bcc1df0611ea93823a735a01205fd8622846041d0c7cf";

std::string event(const std::string& action, const std::string& type, const std::string& more) {
  return R"({"id":"asdf","timestamp":"2006-01-02T15:04:05Z","action":")" + action +
         R"(","target":{"mediaType":")" + type + R"(","size":708,"digest":")" + kDigest +
         R"(","length":708,"repository":"team/app","url":"http://evil.example/v2/team/app")" +
         more + R"(},"request":{"id":"x","addr":"192.0.2.7","host":"registry.example:5000"}})";
}

TEST(RegistryNotification, OfTheDistributionRegistry) {
  const std::string manifest = "application/vnd.docker.distribution.manifest.v2+json";
  const std::string json =
      R"({"events":[)" + event("push", "application/octet-stream", "") + "," +
      event("push", manifest, R"(,"tag":"v1")") + "," + event("push", manifest, R"(,"tag":"v1")") +
      "," + event("pull", manifest, R"(,"tag":"v1")") + "," + event("delete", manifest, "") + "," +
      event("push", "application/vnd.oci.image.index.v1+json", "") + "]}";
  const auto pushed = parse_notification(json);
  ASSERT_TRUE(pushed) << pushed.error().text();
  EXPECT_EQ(*pushed,
            (std::vector<PushedImage>{{"team/app", "v1", kDigest}, {"team/app", "", kDigest}}));
}

TEST(RegistryNotification, OfHarbor) {
  const std::string data =
      R"({"resources":[{"digest":")" + kDigest +
      R"(","tag":"latest","resource_url":"harbor.example/library/debian:latest"},)"
      R"({"digest":")" +
      kDigest + R"(","tag":")" + kDigest +
      R"("}],"repository":{"date_created":1586922308,"name":"debian","namespace":"library",)"
      R"("repo_full_name":"library/debian","repo_type":"public"}})";
  const std::vector<PushedImage> expected = {{"library/debian", "latest", kDigest},
                                             {"library/debian", "", kDigest}};
  EXPECT_EQ(*parse_notification(R"({"type":"PUSH_ARTIFACT","occur_at":1586922308,)"
                                R"("operator":"admin","event_data":)" +
                                data + "}"),
            expected);
  EXPECT_EQ(*parse_notification(R"({"specversion":"1.0","id":"1","source":"/projects/1",)"
                                R"("type":"harbor.artifact.pushed","data":)" +
                                data + "}"),
            expected);
  EXPECT_TRUE(parse_notification(R"({"type":"PULL_ARTIFACT","event_data":)" + data + "}")->empty());
}

TEST(RegistryNotification, OfAmazonsEventBridge) {
  const std::string json =
      R"({"version":"0","detail-type":"ECR Image Action","source":"aws.ecr","detail":{)"
      R"("result":"SUCCESS","repository-name":"my-repository-name","image-digest":")" +
      kDigest + R"(","action-type":"PUSH","image-tag":"latest"}})";
  EXPECT_EQ(*parse_notification(json),
            (std::vector<PushedImage>{{"my-repository-name", "latest", kDigest}}));
}

TEST(RegistryNotification, NamesThatAreNoneArePassedOver) {
  const std::string json =
      R"({"specversion":"1.0","type":"harbor.artifact.pushed","data":{"resources":[)"
      R"({"digest":"sha256:1","tag":"a"},{"digest":")" +
      kDigest + R"(","tag":"../a"}],"repository":{"repo_full_name":"a/b"}}})";
  EXPECT_EQ(*parse_notification(json), (std::vector<PushedImage>{{"a/b", "", kDigest}}));
  EXPECT_TRUE(
      parse_notification(R"({"type":"PUSH_ARTIFACT","event_data":{"resources":[{"digest":")" +
                         kDigest + R"("}],"repository":{"repo_full_name":"../x"}}})")
          ->empty());
}

TEST(RegistryNotification, WhatIsNoNotification) {
  for (const std::string_view json : {"", "[]", "{}", R"({"hello":"world"})", "null"}) {
    EXPECT_FALSE(parse_notification(json)) << json;
  }
  std::string many = R"({"events":[{})";
  for (int i = 0; i < 10'000; ++i) many += ",{}";
  EXPECT_EQ(parse_notification(many + "]}").error().code, ErrorCode::TooLarge);
}

}  // namespace
}  // namespace vigil::source::registry
