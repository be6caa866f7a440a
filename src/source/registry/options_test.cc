#include "source/registry/options.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "source/registry/tls_files.h"

namespace vigil::source::registry {
namespace {

using Given = std::map<std::string, std::string, std::less<>>;

Environment environment_of(Given variables) {
  return [variables = std::move(variables)](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

TEST(RegistryOptions, CommandBeforeEnvironment) {
  const auto options = make_options(
      {{"--registry-mirror", "a:1\nquay.io=https://b/proxy/q"}, {"--insecure-registry", "a:1"}},
      environment_of({{"VIGIL_REGISTRY_MIRROR", "c"},
                      {"VIGIL_REGISTRY_CA", "/ca.pem"},
                      {"VIGIL_REGISTRY_USER", "u"},
                      {"VIGIL_REGISTRY_PASSWORD", "p"}}));
  ASSERT_TRUE(options) << options.error().text();
  ASSERT_EQ(options->mirrors.size(), 2U);
  EXPECT_EQ(options->mirrors[0].registry, "docker.io");
  EXPECT_EQ(options->mirrors[0].address, "a:1");
  EXPECT_EQ(options->mirrors[1].registry, "quay.io");
  EXPECT_EQ(options->mirrors[1].address, "https://b");
  EXPECT_EQ(options->mirrors[1].prefix, "proxy/q");
  EXPECT_EQ(options->insecure, std::vector<std::string>{"a:1"});
  EXPECT_EQ(options->ca_file, "/ca.pem");
  EXPECT_EQ(options->user + options->password, "up");
}

TEST(RegistryOptions, RefusesHalves) {
  EXPECT_FALSE(make_options({{"--registry-user", "u"}}, {}));
  EXPECT_FALSE(make_options({}, environment_of({{"VIGIL_REGISTRY_PASSWORD", "p"}})));
  EXPECT_FALSE(make_options({{"--insecure-registry", "http://a"}}, {}));
  for (const std::string_view mirror :
       {"ftp://a", "https://", "=a", "a/..", "https://a b", "x=y=z"}) {
    EXPECT_FALSE(parse_mirror(mirror)) << mirror;
  }
}

TEST(RegistryOptions, CertificatesWhereDockerAndPodmanHaveThem) {
  const std::string top = ::testing::TempDir() + "registry-certs";
  const std::string directory = top + "/host:5000";
  std::filesystem::create_directories(directory);
  for (const char* name : {"ca.crt", "client.cert", "client.key", "lonely.cert", "README"}) {
    ASSERT_TRUE(base::write_file_atomically(directory + "/" + name, "x"));
  }
  const TlsFiles files = find_tls_files("host:5000", {"/nowhere", top});
  EXPECT_EQ(files.ca_file, directory + "/ca.crt");
  EXPECT_EQ(files.client_certificate, directory + "/client.cert");
  EXPECT_EQ(files.client_key, directory + "/client.key");
  EXPECT_EQ(find_tls_files("host", {top}).ca_file, "");
  std::filesystem::remove_all(top);
}

}  // namespace
}  // namespace vigil::source::registry
