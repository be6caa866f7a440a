#include "source/registry/reference.h"

#include <gtest/gtest.h>

namespace vigil::source::registry {
namespace {

const std::string kDigest =
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(RegistryReference, WhatIsLeftOutIsDockerHubs) {
  const struct {
    std::string text;
    ImageReference reference;
  } cases[] = {
      {"nginx", {"docker.io", "library/nginx", "latest", ""}},
      {"nginx:1.27", {"docker.io", "library/nginx", "1.27", ""}},
      {"grafana/grafana", {"docker.io", "grafana/grafana", "latest", ""}},
      {"docker.io/nginx", {"docker.io", "library/nginx", "latest", ""}},
      {"index.docker.io/library/nginx", {"docker.io", "library/nginx", "latest", ""}},
      {"localhost/a", {"localhost", "a", "latest", ""}},
      {"localhost:5000/a/b:c", {"localhost:5000", "a/b", "c", ""}},
      {"host:5000/name@" + kDigest, {"host:5000", "name", "", kDigest}},
      {"ghcr.io/o/n:t@" + kDigest, {"ghcr.io", "o/n", "t", kDigest}},
      {"[::1]:5000/a", {"[::1]:5000", "a", "latest", ""}},
      {"Upper/a", {"Upper", "a", "latest", ""}},
      {"a__b/c-d.e---f", {"docker.io", "a__b/c-d.e---f", "latest", ""}},
      {"docker://quay.io/x/y:Z_1", {"quay.io", "x/y", "Z_1", ""}},
      {"123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1",
       {"123456789012.dkr.ecr.eu-west-1.amazonaws.com", "team/app", "1", ""}},
  };
  for (const auto& one : cases) {
    const auto reference = parse_reference(one.text);
    ASSERT_TRUE(reference) << one.text << ": " << reference.error().text();
    EXPECT_EQ(*reference, one.reference) << one.text << " -> " << reference->text();
    EXPECT_EQ(*parse_reference(reference->text()), *reference);
  }
}

TEST(RegistryReference, RefusesWhatIsNone) {
  for (const std::string& text : {
           std::string(),
           std::string("Nginx"),
           std::string("a//b"),
           std::string("/a"),
           std::string("a/"),
           std::string("a:"),
           std::string("a:b:c"),
           std::string("a@sha256:1"),
           std::string("a@" + kDigest + "0"),
           std::string("-a"),
           std::string("a..b"),
           std::string("a___b"),
           std::string("a.-b"),
           std::string("host:0/a"),
           std::string("host:65536/a"),
           std::string("host.x/../a"),
           std::string("a b"),
           std::string("host.x/a?b"),
           std::string("host.x/a#b"),
           std::string("user@host.x/a"),
           std::string("a:.b"),
           "host.x/" + std::string(300, 'a'),
           "a:" + std::string(129, 'b'),
           std::string("[::1/a"),
           std::string("a\n"),
           std::string("-x.y/a"),
       }) {
    EXPECT_FALSE(parse_reference(text)) << text;
  }
}

TEST(RegistryReference, AsksForTheDigestRatherThanTheTag) {
  EXPECT_EQ(parse_reference("a:b")->version(), "b");
  EXPECT_EQ(parse_reference("a:b@" + kDigest)->version(), kDigest);
}

TEST(RegistryReference, DockerHubAnswersElsewhere) {
  EXPECT_EQ(registry_host("docker.io"), "index.docker.io");
  EXPECT_EQ(registry_host("quay.io"), "quay.io");
}

}  // namespace
}  // namespace vigil::source::registry
