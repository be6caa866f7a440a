#include "source/registry/pull.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/testing/web_server_test.h"
#include "source/registry/testing/quick_options_test.h"

namespace vigil::source::registry {
namespace {

using base::WebReply;
using base::WebRequest;
using base::WebServer;
using std::chrono::milliseconds;
using testing::quick_options;

std::string digest_of(std::string_view bytes) {
  return "sha256:" + base::sha256_hex(bytes);
}

ImageReference reference_to(const std::string& host) {
  return {host, "team/app", "1", ""};
}

BlobReference blob_of(std::string_view bytes) {
  BlobReference blob;
  blob.digest = digest_of(bytes);
  blob.size = bytes.size();
  return blob;
}

std::string made_up_layer() {
  std::string bytes;
  for (int i = 0; bytes.size() < 1'000'000; ++i) bytes += std::to_string(i);
  return bytes;
}

/// What came, and the error.
struct Taken {
  std::string bytes;
  Result<void> result;
};
Taken take(Pull& pull, const BlobReference& blob) {
  Taken taken;
  taken.result = pull.blob(blob,
                           [&](std::string_view bytes) {
                             taken.bytes += bytes;
                             return ok();
                           },
                           {});
  return taken;
}

std::size_t range_of(const WebRequest& request) {
  const std::size_t at = request.head.find("Range: bytes=");
  return at == std::string::npos ? 0 : std::stoul(request.head.substr(at + 13));
}

WebReply part(const std::string& bytes, std::size_t from) {
  if (from == 0) return {.body = bytes};
  return {.status = "206 Partial Content",
          .headers = "Content-Range: bytes " + std::to_string(from) + "-" +
                     std::to_string(bytes.size() - 1) + "/" + std::to_string(bytes.size()) + "\r\n",
          .body = bytes.substr(from)};
}

TEST(RegistryPull, AManifestIsCheckedAgainstItsDigest) {
  const std::string manifest = R"({"schemaVersion":2})";
  std::string stated = digest_of(manifest);
  WebServer server([&](const WebRequest& request) {
    EXPECT_TRUE(request.has("Accept: application/vnd.oci.image.index.v1+json\r\n"));
    return WebReply{.headers = "Docker-Content-Digest: " + stated + "\r\n", .body = manifest};
  });
  Pull pull(reference_to(server.url("")), quick_options());
  EXPECT_EQ(pull.manifest("1")->digest, digest_of(manifest));
  EXPECT_EQ(pull.manifest(digest_of(manifest))->bytes, manifest);
  EXPECT_FALSE(pull.manifest(digest_of("other")));
  stated = digest_of("other");
  const auto lied = pull.manifest("1");
  ASSERT_FALSE(lied);
  EXPECT_NE(lied.error().what.find("sent something else"), std::string::npos);
}

TEST(RegistryPull, AConfigurationToo) {
  WebServer server([](const WebRequest&) { return WebReply{.body = "{}"}; });
  Pull pull(reference_to(server.url("")), quick_options());
  EXPECT_EQ(pull.small_blob(blob_of("{}"))->bytes, "{}");
  EXPECT_FALSE(pull.small_blob(blob_of("{ }")));
  BlobReference huge = blob_of("{}");
  huge.size = std::uint64_t{1} << 40;
  EXPECT_EQ(pull.small_blob(huge).error().code, ErrorCode::TooLarge);
}

TEST(RegistryPull, ABrokenDownloadGoesOnWhereItBroke) {
  const std::string layer = made_up_layer();
  std::vector<std::size_t> ranges;
  WebServer server([&](const WebRequest& request) {
    ranges.push_back(range_of(request));
    WebReply reply = part(layer, ranges.back());
    if (ranges.size() < 4) reply.cut_after = 200'000;
    return reply;
  });
  Pull pull(reference_to(server.url("")), quick_options());
  const Taken taken = take(pull, blob_of(layer));
  EXPECT_TRUE(taken.result) << taken.result.error().text();
  EXPECT_TRUE(taken.bytes == layer);
  EXPECT_EQ(ranges, (std::vector<std::size_t>{0, 200'000, 400'000, 600'000}));
}

TEST(RegistryPull, AlsoWhereTheRegistryDoesNotDoRanges) {
  const std::string layer = made_up_layer();
  std::atomic<int> count = 0;
  WebServer server([&](const WebRequest&) {
    return WebReply{
        .body = layer,
        .cut_after = ++count < 3 ? 300'000U * static_cast<std::size_t>(count) : std::string::npos};
  });
  Pull pull(reference_to(server.url("")), quick_options());
  const Taken taken = take(pull, blob_of(layer));
  EXPECT_TRUE(taken.result) << taken.result.error().text();
  EXPECT_TRUE(taken.bytes == layer);
  EXPECT_EQ(count, 3);
}

TEST(RegistryPull, ADownloadThatNeverGoesOnIsGivenUp) {
  const std::string layer = made_up_layer();
  WebServer server([&](const WebRequest& request) {
    WebReply reply = part(layer, range_of(request));
    reply.cut_after = range_of(request) == 0 ? 1000 : 0;
    return reply;
  });
  Pull pull(reference_to(server.url("")), quick_options());
  const Taken taken = take(pull, blob_of(layer));
  EXPECT_FALSE(taken.result);
  EXPECT_EQ(taken.bytes.size(), 1000U);
  EXPECT_LT(server.requests().size(), 20U);
}

TEST(RegistryPull, LengthsThatContradictTheManifest) {
  const std::string layer = made_up_layer();
  const struct {
    WebReply reply;
    std::string_view what;
  } cases[] = {
      {{.body = layer + "more"}, "the registry says the blob has 1,000,004 bytes"},
      {{.headers = "Content-Length: 99\r\n", .body = layer}, "the registry says the blob has 99"},
      {{.body = layer + layer, .no_length = true}, "the blob goes on after"},
      {{.body = layer.substr(0, 10), .no_length = true}, "the registry's answer ends after 10 of"},
  };
  for (const auto& one : cases) {
    WebServer server([&](const WebRequest&) { return one.reply; });
    Pull pull(reference_to(server.url("")), quick_options());
    const Taken taken = take(pull, blob_of(layer));
    ASSERT_FALSE(taken.result) << one.what;
    EXPECT_TRUE(taken.result.error().what.starts_with(one.what)) << taken.result.error().text();
    EXPECT_LE(taken.bytes.size(), layer.size());
  }
}

TEST(RegistryPull, APartThatWasNotAskedForIsRefused) {
  const std::string layer = made_up_layer();
  std::atomic<int> count = 0;
  WebServer server([&](const WebRequest& request) {
    if (++count == 1) return WebReply{.body = layer, .cut_after = 1000};
    return part(layer, range_of(request) + 1);
  });
  Pull pull(reference_to(server.url("")), quick_options());
  const Taken taken = take(pull, blob_of(layer));
  ASSERT_FALSE(taken.result);
  EXPECT_EQ(taken.result.error().what, "the registry sent a part that was not asked for");
}

TEST(RegistryPull, LayersBeyondTheLimitAreNotBegun) {
  WebServer server([](const WebRequest&) { return WebReply{}; });
  Options options = quick_options();
  options.largest_layer = 1000;
  Pull pull(reference_to(server.url("")), options);
  EXPECT_EQ(take(pull, blob_of(std::string(1001, 'x'))).result.error().code, ErrorCode::TooLarge);
  EXPECT_TRUE(server.requests().empty());
}

TEST(RegistryPull, MirrorsAreAskedFirstAndTheRegistryLast) {
  const std::string layer = made_up_layer();
  const std::string manifest = R"({"schemaVersion":2})";
  std::atomic<bool> broken = false;
  WebServer mirror([&](const WebRequest& request) {
    if (broken) return WebReply{.status = "404 Not Found"};
    return WebReply{.body =
                        request.target.find("manifests") != std::string::npos ? manifest : layer};
  });
  WebServer registry([&](const WebRequest& request) {
    return WebReply{.body =
                        request.target.find("manifests") != std::string::npos ? manifest : layer};
  });
  Options options = quick_options();
  options.mirrors = {{registry.url(""), "http://" + mirror.host(), "proxy/hub"},
                     {"other.example", "http://127.0.0.1:1", ""}};
  Pull pull(reference_to(registry.url("")), options);
  EXPECT_TRUE(pull.manifest("1"));
  EXPECT_TRUE(take(pull, blob_of(layer)).bytes == layer);
  EXPECT_TRUE(registry.requests().empty());
  EXPECT_EQ(mirror.requests()[0].target, "/v2/proxy/hub/team/app/manifests/1");
  broken = true;
  EXPECT_TRUE(pull.manifest("1"));
  EXPECT_TRUE(take(pull, blob_of(layer)).bytes == layer);
  EXPECT_EQ(registry.requests().size(), 2U);
}

TEST(RegistryPull, AMirrorThatLiesIsPassedOver) {
  const std::string manifest = R"({"schemaVersion":2})";
  WebServer mirror([](const WebRequest&) { return WebReply{.body = "something else"}; });
  WebServer registry([&](const WebRequest&) { return WebReply{.body = manifest}; });
  Options options = quick_options();
  options.mirrors = {{registry.url(""), "http://" + mirror.host(), ""}};
  Pull pull(reference_to(registry.url("")), options);
  EXPECT_EQ(pull.manifest(digest_of(manifest))->bytes, manifest);
}

TEST(RegistryPull, AForeignLayerComesFromItsAddressWithoutCredentials) {
  const std::string layer = made_up_layer();
  WebServer elsewhere([&](const WebRequest& request) { return part(layer, range_of(request)); });
  WebServer registry([](const WebRequest& request) {
    if (!request.has("Authorization")) {
      return WebReply{.status = "401 Unauthorized", .headers = "WWW-Authenticate: Basic\r\n"};
    }
    return WebReply{.status = "404 Not Found"};
  });
  Options options = quick_options();
  options.user = "user";
  options.password = "pass";
  Pull pull(reference_to(registry.url("")), options);
  BlobReference blob = blob_of(layer);
  blob.urls = {"http://169.254.169.254/layer", elsewhere.url("/layer")};
  const Taken taken = take(pull, blob);
  EXPECT_TRUE(taken.result) << taken.result.error().text();
  EXPECT_TRUE(taken.bytes == layer);
  ASSERT_EQ(elsewhere.requests().size(), 1U);
  EXPECT_FALSE(elsewhere.requests()[0].has("Authorization"));
}

}  // namespace
}  // namespace vigil::source::registry
