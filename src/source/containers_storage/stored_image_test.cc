// Stores are made by skopeo (vfs) and by hand (overlay, whose driver would mount something).
#include "source/containers_storage/stored_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include "base/base64_encode.h"
#include "source/containers_storage/store.h"
#include "source/image/image_scan.h"
#include "source/image/testing/image_maker_test.h"

namespace vigil::source::containers {
namespace {

using source::testing::config_of;
using source::testing::digest;
using source::testing::docker_archive;
using source::testing::Folder;
using source::testing::kExpected;
using source::testing::lines;
using source::testing::stanza;
using source::testing::two_layers;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tree::testing::TarMaker;

StorageUser nobody() {
  return {{}, 1000, {}};
}

Result<Scanned> scan(const std::string& reference, const std::string& cache = {}) {
  VIGIL_TRY(const auto image, open_stored_image(reference, {}, nobody()));
  Request request;
  request.cache = cache;
  return scan_image(*image, request);
}

Result<Scanned> scan_layout(const std::string& path) {
  VIGIL_TRY(const auto image, open_local_image(path, {}));
  return scan_image(*image, {});
}

std::string package_json(const std::string& name) {
  return R"({"name":")" + name + R"(","version":"1.0.0"})";
}

/// What hides and what stays, also where sizes and times of two layers are equal.
std::vector<std::string> hiding_layers() {
  return {TarMaker()
              .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
              .file("var/lib/dpkg/status", stanza("bash", "5.2-1"))
              .file("a/node_modules/gone/package.json", package_json("gone"))
              .file("a/node_modules/kept/package.json", package_json("kept"))
              .file("b/node_modules/hidden/package.json", package_json("hidden"))
              .end(),
          TarMaker()
              .file("var/lib/dpkg/status", stanza("bash", "5.2-2"))
              .file("a/node_modules/.wh.gone", "")
              .directory("b/node_modules")
              .file("b/node_modules/.wh..wh..opq", "")
              .file("b/node_modules/shown/package.json", package_json("shown"))
              .hard_link("c/node_modules/shown/package.json", "b/node_modules/shown/package.json")
              .end()};
}

const std::vector<std::string> kHiding = {"bash 5.2-2 @1", "kept 1.0.0 @0", "shown 1.0.0 @1",
                                          "shown 1.0.0 @1"};

TEST(StoredImage, ASkopeoStoreTellsTheSameAsTheLayout) {
  const Folder folder;
  folder.write("image.tar", docker_archive(hiding_layers()));
  const std::string store = "[vfs@" + folder / "s+" + folder / "run]";
  const bool made = folder.run(
      "skopeo --insecure-policy copy docker-archive:image.tar oci:layout:v1 && "
      "skopeo --insecure-policy copy oci:layout:v1 'containers-storage:" +
      store + "docker.io/team/app:2'");
  if (!made) GTEST_SKIP() << "skopeo makes no store here";
  const auto layout = scan_layout(folder / "layout");
  EXPECT_EQ(lines(layout), kHiding);
  const auto stored = scan(store + "team/app:2", folder / "cache");
  EXPECT_EQ(lines(stored), kHiding);
  ASSERT_TRUE(layout && stored);
  EXPECT_EQ(stored->image->digest, layout->image->digest);
  EXPECT_EQ(stored->image->registry, "docker.io");
  EXPECT_EQ(stored->image->repository, "team/app");
  EXPECT_THAT(stored->image->tags, ElementsAre("2"));
  ASSERT_EQ(stored->image->layers.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(stored->image->layers[i].digest, layout->image->layers[i].digest);
    EXPECT_EQ(stored->image->layers[i].diff_id, layout->image->layers[i].diff_id);
    EXPECT_EQ(stored->image->layers[i].command, layout->image->layers[i].command);
  }
  EXPECT_EQ(lines(scan(store + "team/app@" + layout->image->digest)), kHiding);
  const std::string id = layout->image->config_digest.substr(7);
  EXPECT_EQ(lines(scan(store + id)), kHiding);
  EXPECT_EQ(lines(scan(store + "@" + id.substr(0, 12))), kHiding);

  // From the cache, without the layers.
  std::filesystem::remove_all(folder / "s/vfs/dir");
  EXPECT_EQ(lines(scan(store + "team/app:2", folder / "cache")), kHiding);
}

/// A store of the driver overlay, as Podman leaves it.
class OverlayStore {
 public:
  explicit OverlayStore(const Folder& folder, std::string root = "s")
      : folder_(folder), root_(std::move(root)) {}

  /// Adds the layer's record; its files are put into `diff`.
  void layer(const std::string& id, const std::string& parent, const std::string& diff_id) {
    layers_ += (layers_.empty() ? "" : ",") + (R"({"id":")" + id) + R"(","parent":")" + parent +
               R"(","diff-digest":")" + diff_id + R"("})";
    folder_.write(root_ + "/overlay-layers/layers.json", "[" + layers_ + "]");
    std::filesystem::create_directories(folder_ / diff(id, ""));
  }
  [[nodiscard]] std::string diff(const std::string& id, const std::string& name) const {
    return root_ + "/overlay/" + id + "/diff/" + name;
  }
  void image(const std::string& name, const std::string& top, const std::string& manifest,
             const std::string& config) {
    const std::string id = digest(config).substr(7);
    images_ += (images_.empty() ? "" : ",") + (R"({"id":")" + id) + R"(","digest":")" +
               digest(manifest) + R"(","names":[")" + name + R"("],"layer":")" + top +
               R"(","big-data-names":["manifest",")" + digest(config) + R"("]})";
    const std::string place = root_ + "/overlay-images/";
    folder_.write(place + "images.json", "[" + images_ + "]");
    folder_.write(place + id + "/manifest", manifest);
    folder_.write(place + id + "/=" + base::encode_base64(digest(config)), config);
  }
  [[nodiscard]] std::string reference(const std::string& name) const {
    return "[overlay@" + folder_ / root_ + "]" + name;
  }

 private:
  const Folder& folder_;
  std::string root_;
  std::string layers_;
  std::string images_;
};

std::string manifest_of(const std::vector<std::string>& layers) {
  const auto blob = [](const std::string& content) {
    return R"({"digest":")" + digest(content) + R"(","size":)" + std::to_string(content.size()) +
           "}";
  };
  std::string list;
  for (const std::string& layer : layers) list += (list.empty() ? "" : ",") + blob(layer);
  return R"({"config":)" + blob(config_of(layers)) + R"(,"layers":[)" + list + "]}";
}

/// The two layers of hiding_layers as the kernel keeps them. False where that cannot be made.
bool fill(const Folder& folder, const OverlayStore& store) {
  const auto put = [&](const std::string& id, const std::string& name, const std::string& content) {
    folder.write(store.diff(id, name), content);
  };
  put("l0", "etc/os-release", "ID=debian\nVERSION_ID=12\n");
  put("l0", "var/lib/dpkg/status", stanza("bash", "5.2-1"));
  put("l0", "a/node_modules/gone/package.json", package_json("gone"));
  put("l0", "a/node_modules/kept/package.json", package_json("kept"));
  put("l0", "b/node_modules/hidden/package.json", package_json("hidden"));
  put("l1", "var/lib/dpkg/status", stanza("bash", "5.2-2"));
  put("l1", "b/node_modules/shown/package.json", package_json("shown"));
  std::filesystem::create_directories(folder / store.diff("l1", "a/node_modules"));
  std::filesystem::create_directories(folder / store.diff("l1", "c/node_modules/shown"));
  std::filesystem::create_hard_link(folder / store.diff("l1", "b/node_modules/shown/package.json"),
                                    folder / store.diff("l1", "c/node_modules/shown/package.json"));
  const std::string gone = folder / store.diff("l1", "a/node_modules/gone");
  const std::string opaque = folder / store.diff("l1", "b/node_modules");
  return ::mknod(gone.c_str(), S_IFCHR, ::makedev(0, 0)) == 0 &&
         ::setxattr(opaque.c_str(), "user.overlay.opaque", "y", 1, 0) == 0;
}

TEST(StoredImage, AnOverlayStoreTellsTheSameAsTheLayout) {
  const Folder folder;
  OverlayStore store(folder);
  const auto layers = hiding_layers();
  store.layer("l0", "", digest(layers[0]));
  store.layer("l1", "l0", digest(layers[1]));
  store.image("localhost/app:latest", "l1", manifest_of(layers), config_of(layers));
  if (!fill(folder, store)) GTEST_SKIP() << "no devices or attributes can be made here";
  const auto stored = scan(store.reference("app"));
  EXPECT_EQ(lines(stored), kHiding);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->image->digest, digest(manifest_of(layers)));
  EXPECT_EQ(stored->image->layers[1].command, "RUN apt-get install -y curl");
  EXPECT_TRUE(stored->image->layers[0].base);
}

TEST(StoredImage, LayersMayBeInAnotherStoreThanTheImage) {
  const Folder folder;
  OverlayStore lower(folder, "lower");
  OverlayStore upper(folder, "upper");
  const auto layers = hiding_layers();
  lower.layer("l0", "", digest(layers[0]));
  folder.write(lower.diff("l0", "var/lib/dpkg/status"), stanza("bash", "5.2-1"));
  upper.layer("l1", "l0", digest(layers[1]));
  folder.write(upper.diff("l1", "a/node_modules/x/package.json"), package_json("x"));
  upper.image("example.org/app:1", "l1", manifest_of(layers), config_of(layers));
  folder.write("conf", "[storage]\ngraphroot = \"" + folder / "upper" +
                           "\"\n[storage.options]\nadditionalimagestores = [\"" + folder / "lower" +
                           "\"]\n");
  const std::string conf = folder / "conf";
  const StorageUser user{[&](const char* name) {
                           return std::string_view(name) == "CONTAINERS_STORAGE_CONF" ? conf.c_str()
                                                                                      : nullptr;
                         },
                         1000,
                         {}};
  const auto image = open_stored_image("example.org/app:1", {}, user);
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_EQ(lines(scan_image(**image, {})),
            (std::vector<std::string>{"bash 5.2-1 @0", "x 1.0.0 @1"}));
}

TEST(StoredImage, AResultFromADirectoryIsNotWhatAPulledLayerGets) {
  const Folder folder;
  OverlayStore store(folder);
  const auto layers = two_layers();
  store.layer("l0", "", digest(layers[0]));
  store.layer("l1", "l0", digest(layers[1]));
  store.image("example.org/app:1", "l1", manifest_of(layers), config_of(layers));
  folder.write(store.diff("l0", "var/lib/dpkg/status"), stanza("forged", "1"));
  EXPECT_EQ(lines(scan(store.reference("example.org/app:1"), folder / "cache")),
            (std::vector<std::string>{"forged 1 @0"}));
  folder.write("image.tar", docker_archive(layers));
  const auto image = open_local_image(folder / "image.tar", {});
  ASSERT_TRUE(image);
  Request request;
  request.cache = folder / "cache";
  EXPECT_EQ(lines(scan_image(**image, request)), kExpected);
  // What was checked counts more.
  EXPECT_EQ(lines(scan(store.reference("example.org/app:1"), folder / "cache")), kExpected);
}

TEST(StoredImage, ALayerThatCannotBeReadIsAProblem) {
  const Folder folder;
  OverlayStore store(folder);
  const auto layers = two_layers();
  store.layer("l0", "", digest(layers[0]));
  store.layer("l1", "l0", digest(layers[1]));
  store.image("example.org/app:1", "l1", manifest_of(layers), config_of(layers));
  std::filesystem::remove_all(folder / store.diff("l0", ""));
  folder.write(store.diff("l1", "var/lib/dpkg/status"), stanza("bash", "1"));
  std::filesystem::create_directories(folder / "s/overlay/l0/composefs-data");
  EXPECT_THAT(lines(scan(store.reference("example.org/app:1"))),
              ElementsAre("bash 1 @1", HasSubstr("composefs is not read")));
}

TEST(StoredImage, OtherLayersThanTheImagesAreAnError) {
  const Folder folder;
  OverlayStore store(folder);
  const auto layers = two_layers();
  store.layer("l0", "", digest(layers[0]));
  store.layer("other", "l0", digest("other"));
  store.image("example.org/app:1", "other", manifest_of(layers), config_of(layers));
  store.image("example.org/short:1", "l0", manifest_of(layers), config_of(layers));
  store.image("example.org/lost:1", "nowhere", manifest_of(layers), config_of(layers));
  for (const auto& [name, why] : {std::pair{"app", "is not the one the image names"},
                                  {"short", "2 layers, the store 1"},
                                  {"lost", "is not in the store"}}) {
    EXPECT_THAT(lines(scan(store.reference(std::string("example.org/") + name + ":1"))),
                ElementsAre(HasSubstr(why)));
  }
}

TEST(StoredImage, NoStoreAndNoImageAreNotFound) {
  const Folder folder;
  const auto no_store = open_stored_image("[" + folder / "s" + "]app", {}, nobody());
  ASSERT_FALSE(no_store);
  EXPECT_EQ(no_store.error().code, ErrorCode::NotFound);
  folder.write("s/overlay-images/images.json", "[]");
  const auto no_image = open_stored_image("[" + folder / "s" + "]app", {}, nobody());
  ASSERT_FALSE(no_image);
  EXPECT_EQ(no_image.error().code, ErrorCode::NotFound);
  std::filesystem::create_directories(folder / "b/btrfs-images");
  const auto btrfs = open_stored_image("[" + folder / "b" + "]app", {}, nobody());
  ASSERT_FALSE(btrfs);
  EXPECT_EQ(btrfs.error().code, ErrorCode::Unsupported);
}

TEST(StoredImage, DocumentsThatAreNoneAreErrors) {
  for (const char* const json : {"", "{}", "[{}]", R"([{"id":"../etc"}])", R"([{"id":"a/b"}])"}) {
    EXPECT_FALSE(parse_images(json)) << json;
    EXPECT_FALSE(parse_layers(json)) << json;
  }
}

TEST(StoredImage, ADocumentsFileIsNamedByItsKey) {
  EXPECT_EQ(document_name("manifest"), "manifest");
  EXPECT_EQ(document_name("sha256:ab"), "=c2hhMjU2OmFi");
  EXPECT_EQ(document_name(".."), "=Li4=");
  EXPECT_EQ(document_name("a/b"), "=YS9i");
}

}  // namespace
}  // namespace vigil::source::containers
