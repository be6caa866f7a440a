#include "source/image/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/image/base_image.h"

namespace vigil::source {
namespace {

std::string digest(char digit) {
  return "sha256:" + std::string(64, digit);
}

TEST(Platform, IsWrittenAsGoNamesIt) {
  EXPECT_EQ(*parse_platform("linux/arm/v7"), (Platform{"linux", "arm", "v7"}));
  EXPECT_EQ(*parse_platform("linux/x86_64"), (Platform{"linux", "amd64", ""}));
  EXPECT_EQ(*parse_platform("aarch64"), (Platform{"linux", "arm64", ""}));
  EXPECT_FALSE(parse_platform("linux/"));
  EXPECT_FALSE(parse_platform("a/b/c/d"));
  EXPECT_FALSE(parse_platform("linux/am d64"));
}

TEST(Platform, Arm64MeansItsEighthVersion) {
  EXPECT_TRUE(fits({"linux", "arm64", ""}, {"linux", "arm64", "v8"}));
  EXPECT_TRUE(fits({"linux", "arm64", "v8"}, {"linux", "arm64", ""}));
  EXPECT_FALSE(fits({"linux", "arm", "v6"}, {"linux", "arm", "v7"}));
  EXPECT_FALSE(fits({"linux", "amd64", ""}, {"windows", "amd64", ""}));
}

TEST(Manifest, OfAnIndexOneIsChosenByPlatform) {
  const auto index =
      parse_manifest(R"({"schemaVersion":2,"manifests":[)"
                     R"({"digest":")" +
                     digest('1') +
                     R"(","platform":{"os":"unknown","architecture":"unknown"}},)"
                     R"({"digest":")" +
                     digest('2') +
                     R"(","platform":{"os":"linux","architecture":"arm64","variant":"v8"}},)"
                     R"({"digest":")" +
                     digest('3') + R"(","platform":{"os":"linux","architecture":"amd64"}}]})");
  ASSERT_TRUE(index) << index.error().text();
  EXPECT_EQ(choose_manifest(*index, {"linux", "arm64", ""})->digest, digest('2'));
  EXPECT_EQ(choose_manifest(*index, {"linux", "amd64", ""})->digest, digest('3'));
  const auto none = choose_manifest(*index, {"linux", "s390x", ""});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
  EXPECT_EQ(none.error().hint, "there are linux/arm64/v8, linux/amd64");
}

TEST(Manifest, DigestsThatCouldLeadElsewhereAreRefused) {
  for (const char* bad :
       {"sha256:../../etc/passwd", "sha256:", "md5:d41d8cd98f00b204e9800998ecf8427e", ""}) {
    EXPECT_FALSE(
        parse_manifest(std::string(R"({"config":{"digest":")") + bad + R"("},"layers":[]})"))
        << bad;
  }
}

TEST(Manifest, SchemaOneIsNotRead) {
  const auto manifest = parse_manifest(R"({"schemaVersion":1,"fsLayers":[],"history":[]})");
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().code, ErrorCode::Unsupported);
}

TEST(ImageConfig, TellsEachLayersCommandAndTheBase) {
  Manifest manifest;
  manifest.config.digest = digest('c');
  manifest.layers = {{.digest = digest('1'), .size = 10}, {.digest = digest('2'), .size = 20}};
  const auto facts = image_facts(
      manifest, digest('e'),
      R"({"os":"linux","architecture":"arm64","variant":"v8","created":"2026-01-02T03:04:05Z",)"
      R"("rootfs":{"diff_ids":[")" +
          digest('a') + R"(",")" + digest('b') +
          R"("]},"history":[)"
          R"({"created_by":"/bin/sh -c #(nop) ADD file:1 in / "},)"
          R"({"created_by":"/bin/sh -c #(nop)  CMD [\"bash\"]","empty_layer":true},)"
          R"({"created_by":"ENV A=b","empty_layer":true},)"
          R"({"created_by":"RUN /bin/sh -c apt-get update # buildkit"},)"
          R"({"created_by":"ENTRYPOINT [\"/x\"]","empty_layer":true}]})");
  ASSERT_TRUE(facts) << facts.error().text();
  EXPECT_EQ(facts->architecture, "arm64/v8");
  EXPECT_EQ(facts->created, 1767323045);
  ASSERT_EQ(facts->layers.size(), 2u);
  EXPECT_EQ(facts->layers[0].command, "ADD file:1 in /");
  EXPECT_TRUE(facts->layers[0].base);
  EXPECT_EQ(facts->layers[1].command, "RUN apt-get update");
  EXPECT_FALSE(facts->layers[1].base);
  EXPECT_EQ(facts->layers[1].diff_id, digest('b'));
  EXPECT_EQ(facts->base_image, digest('a'));
}

TEST(ImageConfig, AHistoryOfOtherLayersIsNobodys) {
  ImageFacts facts;
  ASSERT_TRUE(read_config(
      R"({"rootfs":{"diff_ids":[")" + digest('a') +
          R"("]},"history":[{"created_by":"x"},{"created_by":"CMD","empty_layer":true},{"created_by":"y"}]})",
      facts));
  ASSERT_EQ(facts.layers.size(), 1u);
  EXPECT_EQ(facts.layers[0].command, "");
  EXPECT_FALSE(facts.layers[0].base);
}

TEST(ImageConfig, ManifestAndConfigurationMustAgree) {
  ImageFacts facts;
  facts.layers.resize(2);
  EXPECT_FALSE(read_config(R"({"rootfs":{"diff_ids":[")" + digest('a') + R"("]}})", facts));
}

TEST(ImageConfig, WithoutABorderNothingIsBase) {
  ImageFacts facts;
  facts.layers.resize(2);
  guess_base_image({{"ADD x", false}, {"RUN y", false}, {"CMD z", true}}, "", facts);
  EXPECT_FALSE(facts.layers[0].base);
  EXPECT_EQ(facts.base_image, "");
}

}  // namespace
}  // namespace vigil::source
