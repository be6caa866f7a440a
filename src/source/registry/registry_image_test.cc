// Images of the Distribution project's own server, made by umoci and pushed by skopeo.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

#include "base/hash.h"
#include "base/http.h"
#include "source/image/image_source.h"
#include "source/image/manifest.h"
#include "source/registry/testing/registry_server_test.h"

namespace vigil::source {
namespace {

using registry::testing::RegistryServer;

#define NEEDS_REGISTRY(server) \
  if (!(server).running()) GTEST_SKIP() << "docker-registry is not installed (script/setup test)"
#define NEEDS_PUSH(...) \
  if (!(__VA_ARGS__)) GTEST_SKIP() << "umoci or skopeo is not installed (script/setup test)"

/// All bytes, as whoever scans a layer reads them.
std::string read_all(const LayerBlob& blob) {
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t got = ::read(blob.file.get(), buffer.data(), buffer.size());
    if (got <= 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

void check_layers(ImageSource& image) {
  for (std::size_t i = 0; i < image.facts().layers.size(); ++i) {
    auto blob = image.open_layer(i);
    ASSERT_TRUE(blob) << blob.error().text();
    const std::string bytes = read_all(*blob);
    EXPECT_EQ("sha256:" + base::sha256_hex(bytes), image.facts().layers[i].digest);
    EXPECT_EQ(bytes.size(), image.facts().layers[i].size);
    blob->file.reset();
    const auto finished = blob->finish();
    EXPECT_TRUE(finished) << finished.error().text();
  }
}

TEST(RegistryImage, OfBothFormats) {
  RegistryServer server;
  NEEDS_REGISTRY(server);
  for (const std::string format : {"oci", "v2s2"}) {
    NEEDS_PUSH(server.push("team/app", format, "one", format));
    const auto image = open_registry_image(server.host() + "/team/app:" + format, {});
    ASSERT_TRUE(image) << image.error().text();
    const ImageFacts& facts = (*image)->facts();
    EXPECT_EQ(facts.registry, server.host());
    EXPECT_EQ(facts.repository, "team/app");
    EXPECT_EQ(facts.tags, std::vector<std::string>{format});
    EXPECT_TRUE(is_digest(facts.digest));
    EXPECT_EQ(facts.architecture, "amd64");
    EXPECT_EQ(facts.author, "A. U. Thor");
    ASSERT_EQ(facts.layers.size(), 2U);
    EXPECT_EQ(facts.layers[0].command, "COPY root /");
    check_layers(**image);
    // By digest it is the same.
    const auto again = open_registry_image(server.host() + "/team/app@" + facts.digest, {});
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ((*again)->facts().config_digest, facts.config_digest);
    EXPECT_TRUE((*again)->facts().tags.empty());
  }
}

TEST(RegistryImage, AReaderMayStopAtAnyTime) {
  RegistryServer server;
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push("a", "1", "one"));
  const auto image = open_registry_image(server.host() + "/a:1", {});
  ASSERT_TRUE(image) << image.error().text();
  {
    auto blob = (*image)->open_layer(1);
    ASSERT_TRUE(blob);
    char one = 0;
    EXPECT_EQ(::read(blob->file.get(), &one, 1), 1);
    blob->file.reset();
    EXPECT_TRUE(blob->finish());
  }
  auto unread = (*image)->open_layer(1);
  ASSERT_TRUE(unread);
  EXPECT_TRUE(unread->finish());               // with its end still open
  static_cast<void>((*image)->open_layer(0));  // and one that nobody looks at
}

TEST(RegistryImage, NotThere) {
  RegistryServer server;
  NEEDS_REGISTRY(server);
  const auto image = open_registry_image(server.host() + "/none:1", {});
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().code, ErrorCode::NotFound);
  EXPECT_EQ(image.error().what,
            "the registry answers with HTTP status 404, MANIFEST_UNKNOWN: manifest unknown");
}

TEST(RegistryImage, ALayerThatIsGoneIsSaidAtItsEnd) {
  RegistryServer server;
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push("a", "1", "one"));
  const auto image = open_registry_image(server.host() + "/a:1", {});
  ASSERT_TRUE(image) << image.error().text();
  const std::string hash = (*image)->facts().layers[1].digest.substr(7);
  std::filesystem::remove_all(server.directory() + "/data/docker/registry/v2/blobs/sha256/" +
                              hash.substr(0, 2) + "/" + hash);
  auto blob = (*image)->open_layer(1);
  ASSERT_TRUE(blob);
  EXPECT_EQ(read_all(*blob), "");
  blob->file.reset();
  const auto finished = blob->finish();
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, ErrorCode::NotFound);
}

/// Puts a document under a tag, as a build tool that makes an index does.
bool put(const RegistryServer& server, const std::string& path, const std::string& type,
         const std::string& body) {
  base::HttpCall call;
  call.url = "http://" + server.host() + path;
  call.body = body;
  call.headers = [&] { return std::vector<std::string>{"Content-Type: " + type}; };
  base::HttpOptions options;
  options.allow_http = true;
  const auto answer = base::http_send(call, options);
  return answer && answer->status == 201;
}

std::string descriptor(const ImageSource& image, std::size_t size, const std::string& platform) {
  return R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" +
         image.facts().digest + R"(","size":)" + std::to_string(size) + R"(,"platform":)" +
         platform + "}";
}

TEST(RegistryImage, AnIndexByPlatform) {
  RegistryServer server;
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push("a", "one", "one", "oci", "amd64") &&
             server.push("a", "two", "two", "oci", "arm64"));
  const auto one = open_registry_image(server.host() + "/a:one", {});
  const auto two = open_registry_image(server.host() + "/a:two", {});
  ASSERT_TRUE(one && two);
  const std::string index =
      R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
      descriptor(**one, 1, R"({"os":"linux","architecture":"amd64"})") + "," +
      descriptor(**two, 1, R"({"os":"linux","architecture":"arm64","variant":"v8"})") + "]}";
  ASSERT_TRUE(put(server, "/v2/a/manifests/all", "application/vnd.oci.image.index.v1+json", index));
  ImageOptions options;
  for (const auto& [architecture, image] : {std::pair{"amd64", &one}, {"arm64", &two}}) {
    options.platform = {"linux", architecture, {}};
    const auto chosen = open_registry_image(server.host() + "/a:all", options);
    ASSERT_TRUE(chosen) << chosen.error().text();
    EXPECT_EQ((*chosen)->facts().digest, (**image)->facts().digest);
    EXPECT_EQ((*chosen)->facts().tags, std::vector<std::string>{"all"});
  }
  options.platform = {"linux", "riscv64", {}};
  const auto none = open_registry_image(server.host() + "/a:all", options);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
  EXPECT_EQ(none.error().hint, "there are linux/amd64, linux/arm64/v8");
}

TEST(RegistryImage, AnArtifactIsNoImage) {
  RegistryServer server;
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push("a", "1", "one"));
  const auto image = open_registry_image(server.host() + "/a:1", {});
  ASSERT_TRUE(image);
  const ImageFacts& facts = (*image)->facts();
  const std::string chart =
      R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{)"
      R"("mediaType":"application/vnd.cncf.helm.config.v1+json","size":1,"digest":")" +
      facts.config_digest + R"("},"layers":[]})";
  ASSERT_TRUE(
      put(server, "/v2/a/manifests/chart", "application/vnd.oci.image.manifest.v1+json", chart));
  const auto refused = open_registry_image(server.host() + "/a:chart", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Unsupported);
  EXPECT_NE(refused.error().what.find("application/vnd.cncf.helm.config.v1+json"),
            std::string::npos);
}

TEST(RegistryImage, WithAPassword) {
  RegistryServer server({.password = true});
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push("a", "1", "one"));
  const auto nobody = open_registry_image(server.host() + "/a:1", {});
  ASSERT_FALSE(nobody);
  EXPECT_NE(nobody.error().hint.find("log in"), std::string::npos) << nobody.error().text();

  ::setenv("VIGIL_REGISTRY_USER", "user", 1);
  ::setenv("VIGIL_REGISTRY_PASSWORD", "secret", 1);
  const auto image = open_registry_image(server.host() + "/a:1", {});
  ::unsetenv("VIGIL_REGISTRY_USER");
  ::unsetenv("VIGIL_REGISTRY_PASSWORD");
  ASSERT_TRUE(image) << image.error().text();
  check_layers(**image);

  // As `docker login` leaves it.
  const std::string directory = server.directory() + "/docker";
  std::filesystem::create_directories(directory);
  ASSERT_TRUE(base::write_file_atomically(
      directory + "/config.json",
      R"({"auths":{")" + server.host() + R"(":{"auth":"dXNlcjpzZWNyZXQ="}}})"));
  ::setenv("DOCKER_CONFIG", directory.c_str(), 1);
  const auto logged_in = open_registry_image(server.host() + "/a:1", {});
  ::unsetenv("DOCKER_CONFIG");
  EXPECT_TRUE(logged_in) << logged_in.error().text();
}

TEST(RegistryImage, WithACertificateOfItsOwn) {
  RegistryServer server({.password = false, .tls = true, .notify = {}});
  NEEDS_REGISTRY(server);
  NEEDS_PUSH(server.push("a", "1", "one"));
  const auto distrusted = open_registry_image(server.host() + "/a:1", {});
  ASSERT_FALSE(distrusted);
  EXPECT_NE(distrusted.error().what.find("certificate is not trusted"), std::string::npos)
      << distrusted.error().text();

  ImageOptions options;
  options.options["--registry-ca"] = server.certificate();
  const auto image = open_registry_image(server.host() + "/a:1", options);
  ASSERT_TRUE(image) << image.error().text();
  check_layers(**image);

  options.options = {{"--insecure-registry", server.host()}};
  EXPECT_TRUE(open_registry_image(server.host() + "/a:1", options));
  options.options = {{"--insecure-registry", "other.example"}};
  EXPECT_FALSE(open_registry_image(server.host() + "/a:1", options));
}

}  // namespace
}  // namespace vigil::source
