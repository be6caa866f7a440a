// Images are made by hand as docker writes them, and turned into every other form by skopeo.
#include "source/image/image_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "base/hash.h"
#include "inventory/document.h"
#include "inventory/layer/layer_format.h"
#include "source/image/layer_cache.h"
#include "source/image/testing/image_maker_test.h"
#include "tree/testing/tar_maker_test.h"

namespace vigil::source {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tree::testing::TarMaker;

using testing::config_of;
using testing::digest;
using testing::docker_archive;
using testing::Folder;
using testing::kExpected;
using testing::lines;
using testing::stanza;
using testing::two_layers;

Result<Scanned> scan(const std::string& path, const std::string& cache = {},
                     const ImageOptions& options = {}) {
  VIGIL_TRY(const auto image, open_local_image(path, options));
  Request request;
  request.cache = cache;
  return scan_image(*image, request);
}

TEST(ScanImage, ADockerArchiveTellsWhatWhichLayerBroughtAndWhichCommandMadeIt) {
  const Folder folder;
  const auto layers = two_layers();
  const auto scanned = scan(folder.write("image.tar", docker_archive(layers)));
  EXPECT_EQ(lines(scanned), kExpected);
  ASSERT_TRUE(scanned);
  EXPECT_EQ(scanned->inventory.os.ecosystem, "Debian:12");
  const ImageFacts& facts = *scanned->image;
  EXPECT_EQ(facts.registry, "example.org");
  EXPECT_EQ(facts.repository, "team/app");
  EXPECT_THAT(facts.tags, ElementsAre("1.2"));
  EXPECT_EQ(facts.digest, digest(config_of(layers)));
  ASSERT_EQ(facts.layers.size(), 2u);
  EXPECT_EQ(facts.layers[0].digest, digest(layers[0]));
  EXPECT_EQ(facts.layers[0].size, layers[0].size());
  EXPECT_EQ(facts.layers[0].command, "ADD file:1 in /");
  EXPECT_TRUE(facts.layers[0].base);
  EXPECT_EQ(facts.layers[1].command, "RUN apt-get install -y curl");
  EXPECT_FALSE(facts.layers[1].base);
}

TEST(ScanImage, EveryFormOfOneImageTellsTheSame) {
  const Folder folder;
  folder.write("image.tar", docker_archive(two_layers()));
  struct Form {
    const char* command;
    const char* result;
  };
  const Form forms[] = {
      {"skopeo --insecure-policy copy docker-archive:image.tar oci:layout:v1", "layout"},
      {"skopeo --insecure-policy copy docker-archive:image.tar oci-archive:oci.tar:v1", "oci.tar"},
      {"skopeo --insecure-policy copy --dest-compress-format zstd docker-archive:image.tar "
       "oci:z:v1",
       "z"},
      {"skopeo --insecure-policy copy oci:layout:v1 docker-archive:again.tar:a/b:c", "again.tar"},
      {"tar -C layout -cf layout.tar .", "layout.tar"},
  };
  for (const Form& form : forms) {
    if (!folder.run(form.command)) GTEST_SKIP() << "cannot be made here: " << form.command;
    EXPECT_EQ(lines(scan(folder / form.result)), kExpected) << form.command;
  }
  const auto scanned = scan(folder / "layout");
  ASSERT_TRUE(scanned);
  EXPECT_THAT(scanned->image->tags, ElementsAre("v1"));
  EXPECT_EQ(scanned->image->layers[0].diff_id, digest(two_layers()[0]));
  EXPECT_NE(scanned->image->layers[0].digest, scanned->image->layers[0].diff_id);
}

TEST(ScanImage, LayersMayBeCompressedInsideADockerArchive) {
  const Folder folder;
  const auto layers = two_layers();
  folder.write("a", layers[0]);
  ASSERT_TRUE(folder.run("gzip a"));
  const std::string stored = *base::read_file(folder / "a.gz", 1U << 20U);
  folder.write("image.tar", docker_archive({stored, layers[1]}, config_of(layers)));
  EXPECT_EQ(lines(scan(folder / "image.tar")), kExpected);
}

/// A layout by hand: blobs by their digests.
class Layout {
 public:
  explicit Layout(const Folder& folder) : folder_(folder) {
    folder.write("l/oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
  }
  std::string blob(const std::string& content) const {
    folder_.write("l/blobs/sha256/" + base::sha256_hex(content), content);
    return R"({"digest":")" + digest(content) + R"(","size":)" + std::to_string(content.size());
  }
  std::string manifest(const std::vector<std::string>& layers) const {
    std::string list;
    for (const std::string& layer : layers) list += (list.empty() ? "" : ",") + blob(layer) + "}";
    return R"({"config":)" + blob(config_of(layers)) + R"(},"layers":[)" + list + "]}";
  }
  void index(const std::string& manifests) const {
    folder_.write("l/index.json", R"({"manifests":[)" + manifests + "]}");
  }

 private:
  const Folder& folder_;
};

TEST(ScanImage, OfSeveralPlatformsOneIsLookedAt) {
  const Folder folder;
  const Layout layout(folder);
  auto other = two_layers();
  other[1] = TarMaker().end();
  layout.index(layout.blob(layout.manifest(two_layers())) +
               R"(,"platform":{"os":"linux","architecture":"arm64"}},)" +
               layout.blob(layout.manifest(other)) +
               R"(,"platform":{"os":"linux","architecture":"riscv64"}})");
  ImageOptions options;
  options.platform = *parse_platform("linux/arm64");
  EXPECT_EQ(lines(scan(folder / "l", {}, options)), kExpected);
  options.platform = *parse_platform("linux/riscv64");
  EXPECT_THAT(lines(scan(folder / "l", {}, options)),
              ElementsAre("bash 5.2-1 @0", "dash 0.5-1 @0"));
  options.platform = *parse_platform("linux/s390x");
  EXPECT_THAT(lines(scan(folder / "l", {}, options))[0],
              HasSubstr("there are linux/arm64, linux/riscv64"));
}

TEST(ScanImage, WhatIsNotWhatItsDigestSaysIsAProblem) {
  const Folder folder;
  const Layout layout(folder);
  const auto layers = two_layers();
  layout.index(layout.blob(layout.manifest(layers)) + "}");
  EXPECT_EQ(lines(scan(folder / "l")), kExpected);
  const std::string forged = TarMaker().file("var/lib/dpkg/status", stanza("evil", "1")).end();
  folder.write("l/blobs/sha256/" + base::sha256_hex(layers[1]), forged);
  const auto scanned = scan(folder / "l", folder / "cache");
  EXPECT_THAT(lines(scanned), ::testing::Contains(HasSubstr("the layer's content is not what")));
  EXPECT_THAT(lines(scanned), ::testing::Contains(HasSubstr("evil")));
  // It did not come to the cache under the digest it lied about.
  folder.write("l/blobs/sha256/" + base::sha256_hex(layers[1]), layers[1]);
  EXPECT_EQ(lines(scan(folder / "l", folder / "cache")), kExpected);
}

TEST(ScanImage, ALayerThatCannotBeReadLeavesTheOthers) {
  const Folder folder;
  const auto layers = two_layers();
  const std::string cut = layers[1].substr(0, 700);
  const auto scanned =
      scan(folder.write("a.tar", docker_archive({layers[0], cut}, config_of(layers))));
  EXPECT_THAT(lines(scanned),
              ElementsAre("bash 5.2-1 @0", "dash 0.5-1 @0", HasSubstr("the layer was not read: ")));
}

TEST(ScanImage, ArchivesThatAreNoImagesSaySo) {
  const Folder folder;
  const std::pair<std::string, const char*> cases[] = {
      {TarMaker().file("x", "y").end(), "neither manifest.json nor index.json"},
      {TarMaker().file("manifest.json", "[]").end(), "no such image"},
      {TarMaker().file("manifest.json", "[{").end(), "error"},
      {TarMaker().file("manifest.json", R"([{"Config":"../../etc/passwd","Layers":[]}])").end(),
       "has no '../../etc/passwd'"},
      {TarMaker().link("manifest.json", "b").link("b", "manifest.json").end(), "neither"},
      {TarMaker().link("manifest.json", "../../../../../etc/passwd").end(), "neither"},
      {std::string(5000, 'x'), "damaged header"},
      {"", "neither"},
      {TarMaker().file("index.json", R"({"manifests":[{"digest":"sha256:../../x"}]})").end(),
       "not a digest"},
  };
  for (const auto& [content, why] : cases) {
    EXPECT_THAT(lines(scan(folder.write("x.tar", content)))[0], HasSubstr(why)) << why;
  }
  EXPECT_THAT(lines(scan(folder / "nothing"))[0], HasSubstr("No such file"));
}

TEST(ScanImage, DockersLinksBetweenEqualLayersAreFollowed) {
  const Folder folder;
  const auto layers = two_layers();
  TarMaker tar;
  tar.file("a/layer.tar", layers[0])
      .file("b/layer.tar", layers[1])
      .link("c/layer.tar", "../b/layer.tar");
  tar.file("config.json", config_of({layers[0], layers[1], layers[1]}));
  tar.file(
      "manifest.json",
      R"([{"Config":"config.json","RepoTags":null,"Layers":["a/layer.tar","b/layer.tar","c/layer.tar"]}])");
  EXPECT_EQ(lines(scan(folder.write("i.tar", tar.end()))), kExpected);
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> out;
  if (!std::filesystem::exists(folder)) return out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().string().find("/locks/") == std::string::npos) {
      out.push_back(entry.path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(LayerCache, ASecondImageCostsItsOwnLayersOnly) {
  const Folder folder;
  const auto layers = two_layers();
  const std::string cache = folder / "cache";
  const std::string image = folder.write("i.tar", docker_archive(layers));
  const auto first = scan(image, cache);
  EXPECT_EQ(lines(first), kExpected);
  ASSERT_EQ(files_of(cache).size(), 2u);
  // Nothing reads the layers any more: what they were before they became zeros is found.
  const auto zeros = std::vector<std::string>{std::string(layers[0].size(), '\0'),
                                              std::string(layers[1].size(), '\0')};
  folder.write("i.tar", docker_archive(zeros, config_of(layers)));
  const auto second = scan(image, cache);
  ASSERT_TRUE(second);
  EXPECT_EQ(inventory::inventory_document(second->inventory),
            inventory::inventory_document(first->inventory));
  EXPECT_THAT(lines(scan(image)), ::testing::Each(HasSubstr("problem"))) << "without the cache";
}

TEST(LayerCache, WhatIsDamagedIsReadAgain) {
  const Folder folder;
  const std::string cache = folder / "cache";
  const std::string image = folder.write("i.tar", docker_archive(two_layers()));
  ASSERT_TRUE(scan(image, cache));
  for (const std::string& file : files_of(cache)) std::filesystem::resize_file(file, 100);
  EXPECT_EQ(lines(scan(image, cache)), kExpected);
  for (const std::string& file : files_of(cache)) EXPECT_GT(std::filesystem::file_size(file), 100u);
}

TEST(LayerCache, SeveralAtOnceShareTheWork) {
  const Folder folder;
  const std::string image = folder.write("i.tar", docker_archive(two_layers()));
  std::vector<std::thread> threads;
  std::vector<std::vector<std::string>> found(6);
  for (auto& each : found)
    threads.emplace_back([&] { each = lines(scan(image, folder / "cache")); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& each : found) EXPECT_EQ(each, kExpected);
  EXPECT_EQ(files_of(folder / "cache").size(), 2u);
}

TEST(LayerCache, TheLeastRecentlyUsedGoesFirst) {
  const Folder folder;
  const std::string bytes(1000, 'x');
  const LayerCache cache(folder / "cache", {}, 3500);
  std::vector<std::string> keys;
  for (char digit = '0'; digit < '6'; ++digit) {
    keys.push_back(cache.key("sha256:" + std::string(64, digit), {}));
    cache.keep(keys.back(), bytes);
  }
  const auto files = files_of(folder / "cache");
  ASSERT_EQ(files.size(), 6u);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto age = std::chrono::hours(files[i].find(keys[1]) != std::string::npos ? 0 : 10 - i);
    std::filesystem::last_write_time(files[i], std::filesystem::file_time_type::clock::now() - age);
  }
  cache.trim();
  const auto left = files_of(folder / "cache");
  ASSERT_EQ(left.size(), 3u);
  EXPECT_THAT(left[0], HasSubstr(keys[1]));
  EXPECT_THAT(left[1], HasSubstr(keys[4]));
  EXPECT_THAT(left[2], HasSubstr(keys[5]));
}

TEST(LayerCache, KeysAreMadeOfDigestsOnly) {
  const LayerCache cache("/nowhere", {});
  EXPECT_EQ(cache.key("sha256:../../../etc/passwd", {}), "");
  EXPECT_EQ(cache.key("", {}), "");
  const std::string good = "sha256:" + std::string(64, 'a');
  const inventory::AlsoLook look{"/a", "/b", "/b"};
  EXPECT_NE(cache.key(good, {}), cache.key(good, {&look, 1}));
  EXPECT_EQ(LayerCache("", {}).key(good, {}), "");
}

}  // namespace
}  // namespace vigil::source
