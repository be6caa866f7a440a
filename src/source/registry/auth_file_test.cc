#include "source/registry/auth_file.h"

#include <gtest/gtest.h>

#include <map>

namespace vigil::source::registry {
namespace {

// "alice:secret", "bob:pa:ss", "hub:h"
constexpr std::string_view kFile = R"({
  "auths": {
    "https://index.docker.io/v1/": {"auth": "aHViOmg="},
    "registry.example:5000": {"auth": "YWxpY2U6c2VjcmV0"},
    "quay.io": {"auth": "YWxpY2U6c2VjcmV0"},
    "quay.io/team/app": {"auth": "Ym9iOnBhOnNz"},
    "azure.example": {"auth": "MDAwOg==", "identitytoken": "refresh"},
    "stored.example": {},
    "broken.example": {"auth": "%%%"}
  },
  "credHelpers": {"gcr.io": "gcloud"},
  "credsStore": "secretservice"
})";

std::string found(std::string_view registry, std::string_view repository) {
  const auto entry = find_auth(kFile, registry, repository);
  if (!entry) return entry.error().text();
  if (!*entry) return "nothing";
  if (!(*entry)->helper.empty()) return (*entry)->helper + " " + (*entry)->server;
  const Credentials& credentials = (*entry)->credentials;
  return credentials.user + "|" + credentials.password + "|" + credentials.identity_token;
}

TEST(RegistryAuthFile, FindsWhatBelongsToARegistry) {
  EXPECT_EQ(found("docker.io", "library/nginx"), "hub|h|");
  EXPECT_EQ(found("registry.example:5000", "a"), "alice|secret|");
  EXPECT_EQ(found("quay.io", "other/app"), "alice|secret|");
  EXPECT_EQ(found("quay.io", "team/app"), "bob|pa:ss|");
  EXPECT_EQ(found("quay.io", "team/app/deeper"), "bob|pa:ss|");
  EXPECT_EQ(found("quay.io", "team/application"), "alice|secret|");
  EXPECT_EQ(found("azure.example", "a"), "000||refresh");
  EXPECT_EQ(found("gcr.io", "a"), "gcloud gcr.io");
}

TEST(RegistryAuthFile, TheStoreHasWhatTheFileHasNot) {
  EXPECT_EQ(found("stored.example", "a"), "secretservice stored.example");
  EXPECT_EQ(found("broken.example", "a"), "secretservice broken.example");
  EXPECT_EQ(found("registry.example", "a"), "secretservice registry.example");
}

TEST(RegistryAuthFile, CredentialsOfAnotherHostAreNobodys) {
  constexpr std::string_view kOne = R"({"auths": {"a.example": {"auth": "YWxpY2U6c2VjcmV0"}}})";
  for (const std::string_view registry :
       {"a.example.org", "b.a.example", "a.example:5000", "A.example", "a"}) {
    EXPECT_FALSE(*find_auth(kOne, registry, "x")) << registry;
  }
  EXPECT_FALSE(find_auth("[]", "a", "b"));
  EXPECT_FALSE(find_auth("", "a", "b"));
}

TEST(RegistryAuthFile, FilesInTheOrderOfTheirTools) {
  const std::map<std::string, std::string> variables = {
      {"HOME", "/h"}, {"XDG_RUNTIME_DIR", "/run/u"}, {"DOCKER_CONFIG", "/d"}};
  const auto files = auth_files([&](const char* name) -> const char* {
    const auto value = variables.find(name);
    return value == variables.end() ? nullptr : value->second.c_str();
  });
  EXPECT_EQ(files, (std::vector<std::string>{"/run/u/containers/auth.json",
                                             "/h/.config/containers/auth.json", "/d/config.json"}));
}

}  // namespace
}  // namespace vigil::source::registry
