#include "source/registry/discovery.h"

#include <gtest/gtest.h>

#include "base/testing/web_server_test.h"
#include "source/registry/testing/registry_server_test.h"

namespace vigil::source::registry {
namespace {

using base::WebReply;
using base::WebRequest;
using base::WebServer;
using Names = std::vector<std::string>;

const std::string kOne = "sha256:" + std::string(64, '1');
const std::string kTwo = "sha256:" + std::string(64, '2');

DiscoverySettings settings_for(std::string registry, std::string_view repositories,
                               std::string_view tags) {
  return {.registry = std::move(registry),
          .repositories = *Patterns::parse(repositories),
          .tags = *Patterns::parse(tags)};
}

Options quick() {
  Options options;
  options.first_wait = std::chrono::milliseconds(5);
  options.attempts = 2;
  return options;
}

TEST(RegistryDiscovery, NextPages) {
  EXPECT_EQ(next_page("</v2/_catalog?last=b&n=2>; rel=\"next\""), "/v2/_catalog?last=b&n=2");
  EXPECT_EQ(next_page("</a?page=1>; rel=\"prev\" , </a?page=3>; rel=\"next\""), "/a?page=3");
  EXPECT_EQ(next_page("<x>; rel=next"), "x");
  for (const std::string_view link : {"", "x", "<x", ">x<; rel=\"next\"", "<x>; rel=\"prev\""}) {
    EXPECT_EQ(next_page(link), "") << link;
  }
}

TEST(RegistryDiscovery, CatalogueWithPages) {
  WebServer server([](const WebRequest& request) {
    if (request.target == "/v2/_catalog?n=1000") {
      return WebReply{.headers = "Link: </v2/_catalog?last=team%2Fb&n=2>; rel=\"next\"\r\n",
                      .body = R"({"repositories":["team/a","team/b"]})"};
    }
    return WebReply{.body = R"({"repositories":["team/c","other","Bad Name","../x"]})"};
  });
  EXPECT_EQ(*discover_repositories(settings_for(server.url(""), "", ""), quick()),
            (Names{"other", "team/a", "team/b", "team/c"}));
  EXPECT_EQ(*discover_repositories(settings_for(server.url(""), "team/* !team/b", ""), quick()),
            (Names{"team/a", "team/c"}));
}

TEST(RegistryDiscovery, PlainNamesAreNotListed) {
  WebServer server([](const WebRequest&) { return WebReply{.status = "404 Not Found"}; });
  EXPECT_EQ(*discover_repositories(settings_for(server.url(""), "b a", ""), quick()),
            (Names{"a", "b"}));
  EXPECT_TRUE(server.requests().empty());
}

TEST(RegistryDiscovery, HarborWhereTheCatalogueIsClosed) {
  WebServer server([](const WebRequest& request) {
    if (request.target.starts_with("/v2/_catalog")) return WebReply{.status = "403 Forbidden"};
    if (request.target == "/api/v2.0/repositories?page=1&page_size=100") {
      return WebReply{
          .headers = "Link: </api/v2.0/repositories?page=2&page_size=100>; rel=\"next\"\r\n",
          .body = R"([{"id":1,"name":"library/debian","artifact_count":2}])"};
    }
    return WebReply{.body = R"([{"name":"team/a"}])"};
  });
  EXPECT_EQ(*discover_repositories(settings_for(server.url(""), "", ""), quick()),
            (Names{"library/debian", "team/a"}));
}

TEST(RegistryDiscovery, WithoutACatalogueItSaysWhatToDo) {
  WebServer server([](const WebRequest&) { return WebReply{.status = "404 Not Found"}; });
  const auto names = discover_repositories(settings_for(server.url(""), "a*", ""), quick());
  ASSERT_FALSE(names);
  EXPECT_NE(names.error().hint.find("plain names"), std::string::npos);
}

TEST(RegistryDiscovery, APageThatLeadsToItselfEnds) {
  WebServer server([](const WebRequest&) {
    return WebReply{.headers = "Link: </v2/_catalog?n=1000>; rel=\"next\"\r\n",
                    .body = R"({"repositories":["a"]})"};
  });
  EXPECT_EQ(*discover_repositories(settings_for(server.url(""), "", ""), quick()), Names{"a"});
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST(RegistryDiscovery, APageElsewhereIsNotAsked) {
  WebServer server([](const WebRequest&) {
    return WebReply{.headers = "Link: <http://127.0.0.1:9/v2/_catalog>; rel=\"next\"\r\n",
                    .body = R"({"repositories":["a"]})"};
  });
  EXPECT_FALSE(discover_repositories(settings_for(server.url(""), "", ""), quick()));
}

TEST(RegistryDiscovery, MoreThanTheLimit) {
  WebServer server([](const WebRequest& request) {
    const std::string number = std::to_string(request.target.size());
    return WebReply{.headers = "Link: <" + request.target + "x>; rel=\"next\"\r\n",
                    .body = R"({"repositories":["a)" + number + R"("]})"};
  });
  DiscoverySettings settings = settings_for(server.url(""), "", "");
  settings.most_repositories = 10;
  EXPECT_EQ(discover_repositories(settings, quick()).error().code, ErrorCode::TooLarge);
}

TEST(RegistryDiscovery, TagsOfOneImageAreTogether) {
  WebServer server([](const WebRequest& request) {
    if (request.target == "/v2/team/app/tags/list?n=1000") {
      return WebReply{.body =
                          R"({"name":"team/app","tags":["latest","v1","v2","gone","x-debug"]})"};
    }
    if (request.target.ends_with("/gone")) return WebReply{.status = "404 Not Found"};
    EXPECT_EQ(request.method, "HEAD");
    return WebReply{.headers = "Docker-Content-Digest: " +
                               (request.target.ends_with("/v1") ? kOne : kTwo) + "\r\n"};
  });
  const auto images =
      discover_images(settings_for(server.url(""), "", "!*-debug"), "team/app", quick());
  ASSERT_TRUE(images) << images.error().text();
  ASSERT_EQ(images->size(), 2U);
  EXPECT_EQ((*images)[0].digest, kOne);
  EXPECT_EQ((*images)[0].tags, Names{"v1"});
  EXPECT_EQ((*images)[1].digest, kTwo);
  EXPECT_EQ((*images)[1].tags, (Names{"latest", "v2"}));
  EXPECT_EQ(server.count("/v2/team/app/manifests/x-debug"), 0U);
}

TEST(RegistryDiscovery, ARepositoryWithoutTags) {
  WebServer server(
      [](const WebRequest&) { return WebReply{.body = R"({"name":"a","tags":null})"}; });
  EXPECT_TRUE(discover_images(settings_for(server.url(""), "", ""), "a", quick())->empty());
}

TEST(RegistryDiscovery, TheDistributionRegistry) {
  testing::RegistryServer server;
  if (!server.running()) GTEST_SKIP() << "docker-registry is not installed (script/setup test)";
  if (!server.push("team/a", "1", "one") || !server.push("team/b", "x", "two")) {
    GTEST_SKIP() << "umoci or skopeo is not installed (script/setup test)";
  }
  const DiscoverySettings settings = settings_for(server.host(), "", "");
  EXPECT_EQ(*discover_repositories(settings, quick()), (Names{"team/a", "team/b"}));
  const auto images = discover_images(settings, "team/a", quick());
  ASSERT_TRUE(images) << images.error().text();
  ASSERT_EQ(images->size(), 1U);
  EXPECT_EQ((*images)[0].tags, Names{"1"});
}

}  // namespace
}  // namespace vigil::source::registry
