#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "inventory/catalogers/binary/text_search.h"
#include "inventory/runtime/owners.h"
#include "inventory/scan.h"
#include "tree/directory.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

namespace fs = std::filesystem;

const Cataloger& binary_cataloger() {
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->name == "binary") return *cataloger;
  }
  std::abort();
}

Inventory scan(const tree::View& view) {
  const Cataloger* const one[] = {&binary_cataloger()};
  ScanOptions options;
  options.catalogers = one;
  return scan_tree(view, options);
}

TEST(Binary, ACompiledProgramIsAPackageWithItsEvidence) {
  std::string name = fs::temp_directory_path() / "vigil-binary-test-XXXXXX";
  const std::string root = ::mkdtemp(name.data());
  const auto compile = [&](const std::string& file, const std::string& text, const char* options) {
    std::ofstream(root + "/main.c") << "#include <stdio.h>\nconst char banner[] = \"" << text
                                    << "\";\nint main(void) { puts(banner); return 0; }\n";
    return std::system(
               ("cc " + std::string(options) + " -o " + root + "/" + file + " " + root + "/main.c")
                   .c_str()) == 0;
  };
  ASSERT_TRUE(compile("nginx", "nginx version: nginx/1.25.3", ""));
  ASSERT_TRUE(compile("sshd", "OpenSSH_9.6p1", ""));
  ASSERT_TRUE(compile("libssl.so.1.1", "OpenSSL 1.1.1w  11 Sep 2023", "-shared -fPIC"));
  fs::permissions(root + "/libssl.so.1.1", fs::perms::owner_read);
  ASSERT_TRUE(compile("other", "nginx version: nginx/1.25.3", ""));
  const auto view = tree::Directory::open(root);
  const Inventory inventory = scan(**view);
  fs::remove_all(root);
  ASSERT_EQ(inventory.packages.size(), 3U);

  const model::Package& openssl = inventory.packages[0];
  EXPECT_EQ(openssl.ecosystem, "generic");
  EXPECT_EQ(openssl.name, "openssl");
  EXPECT_EQ(openssl.version, "1.1.1w");
  EXPECT_EQ(openssl.package_url, "pkg:generic/openssl@1.1.1w");
  EXPECT_EQ(openssl.cpe, "cpe:2.3:a:openssl:openssl:1.1.1w:*:*:*:*:*:*:*");

  const model::Package& nginx = inventory.packages[1];
  EXPECT_EQ(nginx.ecosystem, "Bitnami");
  EXPECT_EQ(nginx.name, "nginx");
  EXPECT_EQ(nginx.version, "1.25.3");
  EXPECT_EQ(nginx.package_url, "pkg:bitnami/nginx@1.25.3");
  EXPECT_EQ(nginx.cpe, "cpe:2.3:a:f5:nginx:1.25.3:*:*:*:*:*:*:*");
  EXPECT_EQ(nginx.evidence, model::Evidence::Binary);
  ASSERT_EQ(nginx.locations.size(), 1U);
  EXPECT_EQ(nginx.locations[0].path, "/nginx");
  EXPECT_GT(nginx.locations[0].offset, 0U);

  EXPECT_EQ(inventory.packages[2].cpe, "cpe:2.3:a:openbsd:openssh:9.6:p1:*:*:*:*:*:*");
}

TEST(Binary, OnlyProgramsAreRead) {
  tree::Memory view;
  view.file("/usr/sbin/nginx", "#!/bin/sh\nnginx version: nginx/1.25.3\n", 0755);
  EXPECT_TRUE(scan(view).packages.empty());
}

TEST(Binary, JavaIsCalledAsAdvisoriesCallItAndIsOneWithItsRelease) {
  const std::string machine =
      "\x7f"
      "ELF OpenJDK 64-Bit Server VM (25.392-b08) for linux-amd64 JRE (1.8.0_392-b08), built on";
  tree::Memory alone;
  alone.file("/jdk/jre/lib/amd64/server/libjvm.so", machine, 0755);
  const Inventory found = scan(alone);
  ASSERT_EQ(found.packages.size(), 1U);
  EXPECT_EQ(found.packages[0].package_url, "pkg:bitnami/java@8.0.392");
  EXPECT_EQ(found.packages[0].cpe, "cpe:2.3:a:oracle:openjdk:1.8.0:update392:*:*:*:*:*:*");

  tree::Memory both;
  both.file("/jdk/jre/lib/amd64/server/libjvm.so", machine, 0755);
  both.file("/jdk/release", "JAVA_VERSION=\"1.8.0_392\"\n");
  const Inventory one = scan_tree(both, {});
  ASSERT_EQ(one.packages.size(), 1U);
  EXPECT_EQ(one.packages[0].version, "8.0.392");
  EXPECT_EQ(one.packages[0].evidence, model::Evidence::Installed);
  ASSERT_EQ(one.packages[0].locations.size(), 2U);
  EXPECT_EQ(one.packages[0].locations[1].path, "/jdk/jre/lib/amd64/server/libjvm.so");
}

/// "1:9.2p1-2+deb12u6" -> "9.2p1", "7.2+dfsg-7" -> "7.2".
std::string upstream(std::string version) {
  if (const auto colon = version.find(':'); colon != std::string::npos) version.erase(0, colon + 1);
  if (const auto dash = version.rfind('-'); dash != std::string::npos) version.erase(dash);
  return version.substr(0, version.find_first_of("+~"));
}

/// Debian writes ImageMagick's "6.9.11-60" as "6.9.11.60" and Ghostscript's "10.00.0" as "10.0.0".
std::string plain(std::string_view version) {
  std::string out;
  for (const char character : version) {
    const bool leads = out.empty() || out.back() == '.';
    if (leads && character == '0') continue;
    out += character == '-' ? '.' : character;
  }
  return out;
}

TEST(Binary, AgreesWithDpkgAboutWhatIsInstalledHere) {
  if (!fs::exists("/var/lib/dpkg/info")) GTEST_SKIP() << "this is no Debian";
  std::vector<const Cataloger*> dpkg;
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->name == "dpkg") dpkg.push_back(cataloger);
  }
  const auto whole = tree::Directory::open("/");
  ScanOptions options;
  options.catalogers = dpkg;
  const Inventory installed = scan_tree(**whole, options);

  std::vector<model::Package> found;
  Owners owners;
  for (const std::string folder : {"/usr/bin", "/usr/sbin", "/usr/lib/x86_64-linux-gnu"}) {
    const auto view = tree::Directory::open(folder);
    if (!view) continue;
    for (model::Package& package : scan(**view).packages) {
      owners.add(folder + package.locations[0].path);
      found.push_back(std::move(package));
    }
  }
  const auto owned = owners.find(**whole, installed.packages, dpkg);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < found.size() && i < owned.size(); ++i) {
    if (owned[i].empty()) continue;
    const std::string expected = plain(upstream(installed.packages[owned[i][0]].version));
    const std::string seen = plain(found[i].version);
    EXPECT_TRUE(seen.starts_with(expected) || expected.starts_with(seen))
        << found[i].locations[0].path << " is " << seen << ", dpkg says " << expected;
    ++compared;
  }
  EXPECT_GE(compared, 3U) << "bash, tar and glibc at least";
}

TEST(TextSearch, EveryOccurrenceOfBothEngines) {
  using binary::TextSearch;
  const std::string texts[] = {"aba", "ab", std::string("\0b", 2)};
  for (const auto engine : {TextSearch::Engine::Plain, TextSearch::Engine::Vectorscan}) {
    std::set<std::pair<std::size_t, std::size_t>> found;
    const auto search = TextSearch::make(texts, engine);
    if (TextSearch::best_engine() == TextSearch::Engine::Vectorscan) {
      EXPECT_EQ(search->engine(), engine);
    }
    search->find(std::string_view("xababa\0b", 8), [&](std::size_t text, std::size_t offset) {
      found.emplace(text, offset);
      return true;
    });
    EXPECT_EQ(found, (std::set<std::pair<std::size_t, std::size_t>>{
                         {0, 1}, {0, 3}, {1, 1}, {1, 3}, {2, 6}}));
  }
}

TEST(TextSearch, AVisitorMayStop) {
  using binary::TextSearch;
  const std::string texts[] = {"a"};
  for (const auto engine : {TextSearch::Engine::Plain, TextSearch::Engine::Vectorscan}) {
    int calls = 0;
    const auto search = TextSearch::make(texts, engine);
    for (int i = 0; i < 2; ++i) {
      search->find("aaaa", [&](std::size_t, std::size_t) { return ++calls % 2 != 0; });
    }
    EXPECT_EQ(calls, 4) << "the working memory of a stopped search can be used again";
  }
}

}  // namespace
}  // namespace vigil::inventory
