#include "inventory/ownership.h"

#include <gtest/gtest.h>

#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

constexpr const char* kDebian = "ID=debian\nVERSION_ID=12\n";

/// A Debian with one package and its list of files, and programs at three places.
void fill(tree::Memory& view, const char* os_release, const std::string& list) {
  const std::string nginx = std::string(
      "\x7f"
      "ELF nginx version: nginx/1.22.1\n");
  view.file("/etc/os-release", os_release)
      .link("/sbin", "usr/sbin")
      .file(
          "/var/lib/dpkg/status",
          "Package: nginx\nStatus: install ok installed\nVersion: 1.22.1-9\nArchitecture: amd64\n")
      .file("/var/lib/dpkg/info/nginx.list", list)
      .file("/usr/sbin/nginx", nginx, 0755)
      .file("/opt/nginx/sbin/nginx", nginx, 0755);
}

Inventory scan(const char* os_release, const std::string& list) {
  tree::Memory view;
  fill(view, os_release, list);
  return scan_tree(view);
}

std::vector<std::string> found(const Inventory& inventory) {
  std::vector<std::string> out;
  for (const model::Package& package : inventory.packages) {
    std::string line = package.name + " " + package.version;
    for (const model::Location& location : package.locations) line += " " + location.path;
    out.push_back(line);
  }
  return out;
}

TEST(Ownership, WhatAPackageOwnsIsLeftToItWithItsPlace) {
  const Inventory inventory = scan(kDebian, "/.\n/usr/sbin\n/usr/sbin/nginx\n");
  EXPECT_EQ(found(inventory),
            (std::vector<std::string>{"nginx 1.22.1-9 /var/lib/dpkg/status /usr/sbin/nginx",
                                      "nginx 1.22.1 /opt/nginx/sbin/nginx"}));
  EXPECT_GT(inventory.packages[0].locations[1].offset, 0U);
}

TEST(Ownership, ListsFromBeforeUsrWasMergedCount) {
  EXPECT_EQ(scan(kDebian, "/sbin/nginx\n").packages.size(), 2U);
}

TEST(Ownership, NobodysAndUncoveredFilesStay) {
  EXPECT_EQ(scan(kDebian, "/usr/sbin\n").packages.size(), 3U);
  EXPECT_EQ(scan("ID=strange\n", "/usr/sbin/nginx\n").packages.size(), 3U)
      << "no advisories speak of its packages";
}

TEST(Ownership, DistributionsSpeakForTheirOwnPackages) {
  EXPECT_TRUE(speaks_for("Debian:12", "Debian Nginx Maintainers"));
  EXPECT_TRUE(speaks_for("Ubuntu:22.04", ""));
  EXPECT_TRUE(speaks_for("Red Hat:9", "Red Hat, Inc."));
  EXPECT_FALSE(speaks_for("Red Hat:9", "Fedora Project")) << "EPEL";
  EXPECT_TRUE(speaks_for("AlmaLinux:9", "AlmaLinux"));
  EXPECT_TRUE(speaks_for("Rocky Linux:9", "Rocky Enterprise Software Foundation"));
  EXPECT_TRUE(speaks_for("Alpine:v3.21", "somebody"));
  EXPECT_TRUE(speaks_for("Azure Linux:3", "Microsoft Corporation"));
  EXPECT_FALSE(speaks_for("Amazon Linux:2023", "Amazon Linux"));
  EXPECT_FALSE(speaks_for("", ""));
}

/// A made-up cataloguer of Java archives, as places inside of archives come from there.
void archive(const File& file, Context& context) {
  model::Package package;
  package.ecosystem = "Maven";
  package.name = "g:a";
  package.version = "1";
  package.locations = {{file.path + "/lib/inner.jar"}, {file.path}};
  context.packages.push_back(package);
  package.locations.push_back({"/srv/other.jar"});
  context.packages.push_back(package);
}

TEST(Ownership, APlaceInsideOfAnArchiveIsTheArchives) {
  static constexpr Pattern kJar[] = {at("/usr/share/java/a.jar")};
  const Cataloger jar = {"jar", "Jar", kJar, archive};
  std::vector<const Cataloger*> all = {&jar};
  for (const Cataloger* cataloger : all_catalogers()) all.push_back(cataloger);
  tree::Memory view;
  fill(view, kDebian, "/usr/share/java/a.jar\n/usr/sbin/nginx\n");
  view.file("/usr/share/java/a.jar", "PK");
  ScanOptions options;
  options.catalogers = all;
  options.walk = false;
  EXPECT_EQ(found(scan_tree(view, options)),
            (std::vector<std::string>{
                "g:a 1 /usr/share/java/a.jar/lib/inner.jar /usr/share/java/a.jar /srv/other.jar",
                "nginx 1.22.1-9 /var/lib/dpkg/status /usr/share/java/a.jar/lib/inner.jar "
                "/usr/share/java/a.jar"}));
}

}  // namespace
}  // namespace vigil::inventory
