#include "inventory/sbom/purl_package.h"

#include <gtest/gtest.h>

#include "inventory/sbom/release.h"

namespace vigil::inventory {
namespace {

model::Package package_of(std::string_view text, const OperatingSystem& os = {}) {
  const auto purl = model::parse_package_url(text);
  EXPECT_TRUE(purl) << text;
  return package_of_purl(*purl, os).value_or(model::Package{});
}

TEST(PackageOfPurl, ReadsEveryTypeThatHasAdvisories) {
  const struct {
    const char* purl;
    const char* ecosystem;
    const char* name;
    const char* version;
    const char* source;  // name and version
    const char* manager;
  } kCases[] = {
      {"pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl",
       "Debian:12", "libssl3", "3.0.15-1~deb12u1", "openssl 3.0.15-1~deb12u1", "OS"},
      {"pkg:deb/debian/gcc-12-base@12.2.0-14?distro=debian-12&upstream=gcc-12%4012.2.0-13",
       "Debian:12", "gcc-12-base", "12.2.0-14", "gcc-12 12.2.0-13", "OS"},
      {"pkg:deb/debian/bind9@9.18?epoch=1&distro=bookworm", "Debian:12", "bind9", "1:9.18",
       "bind9 1:9.18", "OS"},
      {"pkg:deb/debian/bind9@1%3A9.18?epoch=1&distro=12.5", "Debian:12", "bind9", "1:9.18",
       "bind9 1:9.18", "OS"},
      {"pkg:dpkg/ss2@1.44.5-1?distro=debian-10&epoch=0&upstream=e2-1.44.5-1.src.dpkg", "Debian:10",
       "ss2", "1.44.5-1", "e2 1.44.5-1", "OS"},
      {"pkg:deb/ubuntu/curl@7.81?distro=jammy", "Ubuntu:22.04", "curl", "7.81", "curl 7.81", "OS"},
      {"pkg:apk/alpine/libssl3@3.3.2-r4?distro=alpine-3.21.2&upstream=openssl", "Alpine:v3.21",
       "libssl3", "3.3.2-r4", "openssl 3.3.2-r4", "OS"},
      {"pkg:apk/alpine/busybox@1.37?distro=edge", "Alpine:edge", "busybox", "1.37", "busybox 1.37",
       "OS"},
      {"pkg:apk/wolfi/glibc@2.40-r1", "Wolfi", "glibc", "2.40-r1", "glibc 2.40-r1", "OS"},
      {"pkg:rpm/redhat/bind-libs@9.16.23-1.el9?epoch=32&distro=rhel-9.4"
       "&upstream=bind-9.16.23-1.el9.src.rpm",
       "Red Hat:9", "bind-libs", "32:9.16.23-1.el9", "bind 32:9.16.23-1.el9", "OS"},
      {"pkg:rpm/amzn/bash@5.2.15-1.amzn2023?distro=amazonlinux-2023", "Amazon Linux:2023", "bash",
       "5.2.15-1.amzn2023", "bash 5.2.15-1.amzn2023", "OS"},
      {"pkg:rpm/rocky/bash@5.1.8-9.el9?distro=rocky-9.4", "Rocky Linux:9", "bash", "5.1.8-9.el9",
       "bash 5.1.8-9.el9", "OS"},
      {"pkg:rpm/opensuse/bash@5.2?distro=opensuse-leap-15.5", "openSUSE:Leap 15.5", "bash", "5.2",
       "bash 5.2", "OS"},
      {"pkg:rpm/opensuse/bash@5.2?distro=opensuse-tumbleweed-20240101", "openSUSE:Tumbleweed",
       "bash", "5.2", "bash 5.2", "OS"},
      {"pkg:rpm/centos/bash@4.2?distro=centos-7", "Red Hat:7", "bash", "4.2", "bash 4.2", "OS"},
      {"pkg:pypi/Django@4.2", "PyPI", "Django", "4.2", "Django 4.2", "PYTHONPKG"},
      {"pkg:npm/%40angular/core@17.0.0", "npm", "@angular/core", "17.0.0", "@angular/core 17.0.0",
       "NODEPKG"},
      {"pkg:maven/org.apache.logging.log4j/log4j-core@2.17.0", "Maven",
       "org.apache.logging.log4j:log4j-core", "2.17.0",
       "org.apache.logging.log4j:log4j-core 2.17.0", "JAR"},
      {"pkg:golang/github.com/gin-gonic/gin@v1.7.0", "Go", "github.com/gin-gonic/gin", "v1.7.0",
       "github.com/gin-gonic/gin v1.7.0", "GOBINARY"},
      {"pkg:golang/stdlib@1.19.4", "Go", "stdlib", "1.19.4", "stdlib 1.19.4", "GOBINARY"},
      {"pkg:cargo/time@0.2.0", "crates.io", "time", "0.2.0", "time 0.2.0", "CARGO"},
      {"pkg:gem/rails@7.0.0?path=srv/Gemfile.lock", "RubyGems", "rails", "7.0.0", "rails 7.0.0",
       "BUNDLER"},
      {"pkg:composer/symfony/http-kernel@5.0", "Packagist", "symfony/http-kernel", "5.0",
       "symfony/http-kernel 5.0", "COMPOSER"},
      {"pkg:nuget/Newtonsoft.Json@12.0.1", "NuGet", "Newtonsoft.Json", "12.0.1",
       "Newtonsoft.Json 12.0.1", "NUGET"},
      {"pkg:hex/phoenix@1.7.0", "Hex", "phoenix", "1.7.0", "phoenix 1.7.0", ""},
      {"pkg:swift/github.com/apple/swift-nio@2.0.0", "SwiftURL", "github.com/apple/swift-nio",
       "2.0.0", "github.com/apple/swift-nio 2.0.0", ""},
  };
  for (const auto& expected : kCases) {
    const model::Package package = package_of(expected.purl);
    EXPECT_EQ(package.ecosystem, expected.ecosystem) << expected.purl;
    EXPECT_EQ(package.name, expected.name) << expected.purl;
    EXPECT_EQ(package.version, expected.version) << expected.purl;
    EXPECT_EQ(package.source_name + " " + package.source_version, expected.source);
    EXPECT_EQ(package.manager, expected.manager) << expected.purl;
  }
}

TEST(PackageOfPurl, WithoutAKnownReleaseOrTypeThereAreNoRules) {
  for (const char* purl :
       {"pkg:deb/debian/curl@7.88", "pkg:deb/debian/curl@7.88?distro=debian",
        "pkg:deb/debian/curl@7.88?distro=nonesuch", "pkg:deb/acme/curl@7?distro=acme-1",
        "pkg:generic/openssl@3.0", "pkg:oci/debian@sha256%3Aabc", "pkg:docker/nginx@1"}) {
    EXPECT_EQ(package_of(purl).name, "") << purl;
  }
}

TEST(PackageOfPurl, TakesTheReleaseFromTheSystemWhereItCanBeOfIt) {
  const OperatingSystem debian = system_of_component("debian", "12.5");
  ASSERT_EQ(debian.ecosystem, "Debian:12");
  EXPECT_EQ(package_of("pkg:deb/debian/curl@7.88", debian).ecosystem, "Debian:12");
  EXPECT_EQ(package_of("pkg:deb/curl@7.88", debian).ecosystem, "Debian:12");
  EXPECT_EQ(package_of("pkg:deb/debian/curl@7.88?distro=debian-11", debian).ecosystem, "Debian:11");
  EXPECT_EQ(package_of("pkg:deb/ubuntu/curl@7.88", debian).ecosystem, "");
  EXPECT_EQ(package_of("pkg:rpm/curl@7.88", debian).ecosystem, "");
  const OperatingSystem fedora = system_of_component("fedora", "40");
  EXPECT_EQ(package_of("pkg:rpm/fedora/curl@8.6", fedora).ecosystem, "Fedora:40");
}

TEST(PackageOfPurl, NamesArchitectureModuleAndPlace) {
  const model::Package npm =
      package_of("pkg:rpm/redhat/npm@8?arch=x86_64&distro=rhel-8&rpmmod=nodejs:18:80:f5");
  EXPECT_EQ(npm.architecture, "x86_64");
  EXPECT_EQ(npm.module, "nodejs:18:80:f5");
  const model::Package pip = package_of("pkg:pypi/pip@22?path=usr/lib/METADATA");
  ASSERT_EQ(pip.locations.size(), 1U);
  EXPECT_EQ(pip.locations[0].path, "/usr/lib/METADATA");
}

TEST(ManagerOf, TheFileTellsThoseApartThatShareAType) {
  EXPECT_EQ(manager_of("npm", "/srv/package-lock.json"), "NPM");
  EXPECT_EQ(manager_of("npm", "/srv/yarn.lock"), "YARN");
  EXPECT_EQ(manager_of("npm", "/srv/node_modules/a/package.json"), "NODEPKG");
  EXPECT_EQ(manager_of("pypi", "requirements.txt"), "PIP");
  EXPECT_EQ(manager_of("golang", "/srv/go.mod"), "GOMOD");
  EXPECT_EQ(manager_of("golang", "/usr/bin/caddy"), "GOBINARY");
  EXPECT_EQ(manager_of("nuget", "/app/web.deps.json"), "DOTNET_CORE");
  EXPECT_EQ(manager_of("generic", "/x"), "");
}

TEST(SystemOfComponent, KnowsHowGeneratorsCallDistributions) {
  const struct {
    const char* name;
    const char* version;
    const char* id;
    const char* ecosystem;
  } kCases[] = {
      {"debian", "12", "debian", "Debian:12"},
      {"Debian GNU/Linux", "12 (bookworm)", "debian", "Debian:12"},
      {"debian", "sid", "debian", "Debian:sid"},
      {"ubuntu", "22.04.5", "ubuntu", "Ubuntu:22.04"},
      {"Alpine Linux", "v3.21.2", "alpine", "Alpine:v3.21"},
      {"Red Hat Enterprise Linux", "9.4", "rhel", "Red Hat:9"},
      {"Amazon Linux", "2", "amzn", "Amazon Linux:2"},
      {"opensuse.leap", "15.5", "opensuse-leap", "openSUSE:Leap 15.5"},
      {"CentOS Stream", "9", "centos", ""},
      {"Windows", "10", "windows", ""},
  };
  for (const auto& expected : kCases) {
    const OperatingSystem os = system_of_component(expected.name, expected.version);
    EXPECT_EQ(os.id, expected.id) << expected.name;
    EXPECT_EQ(os.ecosystem, expected.ecosystem) << expected.name;
  }
}

}  // namespace
}  // namespace vigil::inventory
