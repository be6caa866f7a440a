#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "inventory/cataloger.h"
#include "inventory/catalogers/dpkg/status.h"
#include "inventory/scan.h"
#include "tree/directory.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

constexpr const char* kBookworm =
    "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n";

tree::Memory& debian(tree::Memory& view, std::string status) {
  return view.file("/etc/os-release", kBookworm).file("/var/lib/dpkg/status", std::move(status));
}

Inventory scan_status(std::string status) {
  tree::Memory view;
  return scan_tree(debian(view, std::move(status)));
}

std::vector<std::string> names(const Inventory& inventory) {
  std::vector<std::string> out;
  for (const model::Package& package : inventory.packages) out.push_back(package.name);
  return out;
}

std::string stanza(const std::string& name, const std::string& more = "") {
  return "Package: " + name +
         "\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0-1\n" + more + "\n";
}

TEST(Dpkg, ReadsAPackageWhole) {
  const Inventory inventory = scan_status(
      "Package: libssl3\nStatus: install ok installed\nPriority: optional\n"
      "Maintainer: Debian OpenSSL Team <pkg-openssl-devel@example.org>\nArchitecture: amd64\n"
      "Multi-Arch: same\nSource: openssl\nVersion: 3.0.15-1~deb12u1\nConffiles:\n"
      " /etc/x 0123456789abcdef0123456789abcdef\nDescription: Secure Sockets Layer toolkit\n"
      " Package: not-a-field\n .\n end\n\n");
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_TRUE(inventory.problems.empty());
  const model::Package& package = inventory.packages[0];
  EXPECT_EQ(package.ecosystem, "Debian:12");
  EXPECT_EQ(package.name, "libssl3");
  EXPECT_EQ(package.version, "3.0.15-1~deb12u1");
  EXPECT_EQ(package.architecture, "amd64");
  EXPECT_EQ(package.source_name, "openssl");
  EXPECT_EQ(package.source_version, "3.0.15-1~deb12u1");
  EXPECT_EQ(package.manager, "OS");
  EXPECT_EQ(package.vendor, "Debian OpenSSL Team <pkg-openssl-devel@example.org>");
  EXPECT_EQ(package.package_url,
            "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl");
  ASSERT_EQ(package.locations.size(), 1U);
  EXPECT_EQ(package.locations[0].path, "/var/lib/dpkg/status");
  EXPECT_EQ(package.locations[0].line, 1U);
}

TEST(Dpkg, SourceVersionAfterARebuildAndOfItsOwn) {
  const Inventory inventory = scan_status(
      "Package: bash\nStatus: install ok installed\nSource: bash (5.2.15-2)\n"
      "Architecture: amd64\nVersion: 5.2.15-2+b7\n\n"
      "Package: libldb2\nStatus: install ok installed\nSource: samba (2:4.17.12+dfsg-0+deb12u1)\n"
      "Architecture: amd64\nVersion: 2:2.6.2+samba4.17.12+dfsg-0+deb12u1\n\n");
  ASSERT_EQ(inventory.packages.size(), 2U);
  EXPECT_EQ(inventory.packages[0].source_name, "bash");
  EXPECT_EQ(inventory.packages[0].source_version, "5.2.15-2");
  EXPECT_EQ(inventory.packages[1].source_name, "samba");
  EXPECT_EQ(inventory.packages[1].source_version, "2:4.17.12+dfsg-0+deb12u1");
  EXPECT_EQ(inventory.packages[1].locations[0].line, 7U);
}

TEST(Dpkg, StatesThatHaveFiles) {
  const std::pair<const char*, bool> cases[] = {
      {"install ok installed", true},        {"hold ok installed", true},
      {"deinstall ok installed", true},      {"install reinstreq half-installed", true},
      {"install ok unpacked", true},         {"install ok half-configured", true},
      {"install ok triggers-awaited", true}, {"install ok triggers-pending", true},
      {"deinstall ok config-files", false},  {"purge ok not-installed", false},
  };
  for (const auto& [status, present] : cases) {
    const Inventory inventory = scan_status(std::string("Package: x\nStatus: ") + status +
                                            "\nArchitecture: amd64\nVersion: 1\n\n");
    EXPECT_EQ(inventory.packages.size(), present ? 1U : 0U) << status;
  }
}

TEST(Dpkg, OneBadStanzaCostsOnlyItself) {
  const Inventory inventory =
      scan_status(stanza("good1") + "Package: no-version\nStatus: install ok installed\n\n" +
                  "Version: 1\nStatus: install ok installed\n\n" +
                  "Package: bad status\nStatus: yes\nVersion: 1\n\n" +
                  "Package: half\nStatus: whatever\nVersion: 1\n\n" +
                  " continuation of nothing\n\n" + stanza("good2"));
  EXPECT_EQ(names(inventory), (std::vector<std::string>{"good1", "good2"}));
  EXPECT_EQ(inventory.problems.size(), 6U);
  EXPECT_EQ(inventory.problems[0].why, "package no-version has no version");
}

TEST(Dpkg, AFieldOfAHundredMegabytesIsRefusedByName) {
  const std::string huge(100'000'000, 'x');
  Inventory inventory = scan_status(
      stanza("before") + stanza("victim", "Description: " + huge + "\n") + stanza("after"));
  EXPECT_EQ(names(inventory), (std::vector<std::string>{"before", "victim", "after"}));
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_EQ(inventory.problems[0].why,
            "package victim: its field Description is longer than 1 MiB");
  inventory = scan_status("Package: victim\nStatus: install ok installed\nVersion: " + huge +
                          "\n\n" + stanza("after"));
  EXPECT_EQ(names(inventory), std::vector<std::string>{"after"});
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_EQ(inventory.problems[0].why, "package victim: its field Version is longer than 1 MiB");
}

TEST(Dpkg, InvalidUtf8AndControlCharacters) {
  const Inventory inventory = scan_status(stanza("latin", "Maintainer: Ren\xE9 <r@example.org>\n") +
                                          "Package: b\xFF"
                                          "d\nStatus: install ok installed\nVersion: 1\n\n" +
                                          stanza("escape", "Maintainer: \x1B[31mred\n"));
  EXPECT_EQ(names(inventory), (std::vector<std::string>{"latin", "escape"}));
  EXPECT_EQ(inventory.packages[0].vendor, "Ren\xEF\xBF\xBD <r@example.org>");
  EXPECT_EQ(inventory.packages[1].vendor, " [31mred");
  EXPECT_EQ(inventory.problems.size(), 1U);
}

TEST(Dpkg, CarriageReturnsAreLineEndsToo) {
  std::string text = stanza("one") + stanza("two");
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
    text.insert(at, "\r");
  const Inventory inventory = scan_status(text);
  EXPECT_EQ(names(inventory), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(inventory.packages[1].version, "1.0-1");
}

TEST(Dpkg, HalfAStatusFileKeepsWhatIsWhole) {
  const std::string text =
      stanza("one") + "Package: two\nStatus: install ok installed\nVersion: 3.0.1";
  const Inventory inventory = scan_status(text);
  EXPECT_EQ(names(inventory), std::vector<std::string>{"one"});
  ASSERT_EQ(inventory.problems.size(), 2U);
  EXPECT_EQ(inventory.problems[0].why, "the file was cut short: its last line has no end");
  EXPECT_EQ(inventory.problems[1].why, "package two has no version");
}

TEST(Dpkg, AnEmptyStatusOfAnInstalledDpkgIsAProblem) {
  tree::Memory view;
  debian(view, "").file("/var/lib/dpkg/info/dpkg.list", "/usr/bin/dpkg\n");
  EXPECT_EQ(scan_tree(view).problems.size(), 1U);
}

TEST(Dpkg, TheJournalOfAnInterruptedRunCounts) {
  tree::Memory view;
  debian(view, stanza("kept") + stanza("upgraded") + stanza("removed"))
      .file(
          "/var/lib/dpkg/updates/0000",
          "Package: upgraded\nStatus: install ok unpacked\nArchitecture: amd64\nVersion: 2.0-1\n\n")
      .file("/var/lib/dpkg/updates/0001",
            "Package: removed\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: "
            "1.0-1\n\n")
      .file("/var/lib/dpkg/updates/0002", stanza("new"))
      .file("/var/lib/dpkg/updates/tmp.i", "Package: half");
  const Inventory inventory = scan_tree(view);
  EXPECT_EQ(names(inventory), (std::vector<std::string>{"kept", "upgraded", "new"}));
  EXPECT_EQ(inventory.packages[1].version, "2.0-1");
  EXPECT_TRUE(inventory.problems.empty());
}

TEST(Dpkg, DistrolessControlFiles) {
  tree::Memory view;
  view.file("/etc/os-release", kBookworm)
      .file("/var/lib/dpkg/status.d/base",
            "Package: base-files\nVersion: 12.4+deb12u8\nArchitecture: amd64")
      .file("/var/lib/dpkg/status.d/libc6",
            "Package: libc6\nSource: glibc\nVersion: 2.36-9+deb12u9\nArchitecture: amd64\n")
      .file("/var/lib/dpkg/status.d/libc6.md5sums",
            "0123456789abcdef0123456789abcdef  lib/x86_64-linux-gnu/libc.so.6\n");
  const Inventory inventory = scan_tree(view);
  EXPECT_EQ(names(inventory), (std::vector<std::string>{"base-files", "libc6"}));
  EXPECT_EQ(inventory.packages[1].source_name, "glibc");
  EXPECT_TRUE(inventory.problems.empty());
  std::set<std::string> paths;
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->files == nullptr) continue;
    cataloger->files(view, inventory.packages, [&](std::size_t index, std::string_view path) {
      paths.insert(std::to_string(index) + " " + std::string(path));
    });
  }
  EXPECT_EQ(paths, std::set<std::string>{"1 /lib/x86_64-linux-gnu/libc.so.6"});
}

TEST(Dpkg, SeveralArchitecturesOfOnePackage) {
  tree::Memory view;
  debian(view,
         "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nMulti-Arch: "
         "same\nVersion: 1\n\n"
         "Package: libc6\nStatus: install ok installed\nArchitecture: i386\nMulti-Arch: "
         "same\nVersion: 1\n\n")
      .file("/var/lib/dpkg/info/libc6:amd64.list", "/lib/x86_64-linux-gnu/libc.so.6\n")
      .file("/var/lib/dpkg/info/libc6:i386.list", "/lib/i386-linux-gnu/libc.so.6\n");
  const Inventory inventory = scan_tree(view);
  ASSERT_EQ(inventory.packages.size(), 2U);
  std::vector<std::string> paths(2);
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->files == nullptr) continue;
    cataloger->files(view, inventory.packages,
                     [&](std::size_t index, std::string_view path) { paths.at(index) = path; });
  }
  EXPECT_EQ(paths, (std::vector<std::string>{"/lib/x86_64-linux-gnu/libc.so.6",
                                             "/lib/i386-linux-gnu/libc.so.6"}));
}

TEST(Dpkg, DivertedFilesHaveTheirNewNames) {
  tree::Memory view;
  debian(view, stanza("dash") + stanza("bash"))
      .file("/var/lib/dpkg/info/dash.list", "/bin/sh\n/bin/dash\n")
      .file("/var/lib/dpkg/info/bash.list", "/bin/sh\n")
      .file("/var/lib/dpkg/diversions", "/bin/sh\n/bin/sh.distrib\ndash\n");
  const Inventory inventory = scan_tree(view);
  std::set<std::string> paths;
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->files == nullptr) continue;
    cataloger->files(view, inventory.packages, [&](std::size_t index, std::string_view path) {
      paths.insert(inventory.packages[index].name + " " + std::string(path));
    });
  }
  EXPECT_EQ(paths,
            (std::set<std::string>{"dash /bin/sh", "dash /bin/dash", "bash /bin/sh.distrib"}));
}

std::set<std::string> lines_of(const std::string& command) {
  std::set<std::string> lines;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) lines.insert(buffer.data());
  ::pclose(pipe);
  return lines;
}

TEST(Dpkg, EqualToDpkgQueryOnThisMachine) {
  if (!std::filesystem::exists("/var/lib/dpkg/status")) GTEST_SKIP() << "this machine has no dpkg";
  const auto expected = lines_of(
      "dpkg-query -W -f '${Package} ${Version} ${Architecture} ${source:Package} ${source:Version} "
      "${db:Status-Abbrev}\\n' | sed -n 's/ [a-z][^nc] *$//p'");
  ASSERT_FALSE(expected.empty());
  const auto view = tree::Directory::open("/");
  ASSERT_TRUE(view);
  ScanOptions options;
  options.walk = false;
  const Inventory inventory = scan_tree(**view, options);
  std::set<std::string> found;
  for (const model::Package& package : inventory.packages) {
    if (!package.package_url.starts_with("pkg:deb/")) continue;
    found.insert(package.name + " " + package.version + " " + package.architecture + " " +
                 package.source_name + " " + package.source_version + "\n");
  }
  EXPECT_EQ(found, expected);
}

/// The status file of a root that dpkg itself brought into every state that lasts.
TEST(Dpkg, EqualToDpkgQueryAfterInstallingHoldingAndRemoving) {
  namespace fs = std::filesystem;
  if (std::system("command -v dpkg dpkg-deb >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "dpkg is not installed";
  std::string name = fs::temp_directory_path() / "vigil-dpkg-XXXXXX";
  const std::string root = ::mkdtemp(name.data());
  const std::string script = R"(
    set -e; cd "$1"; mkdir -p r/var/lib/dpkg/info r/var/lib/dpkg/updates; : > r/var/lib/dpkg/status
    make() {  # name version source postinst
      mkdir -p $1/DEBIAN $1/opt/$1; echo x > $1/opt/$1/file; echo /opt/$1/file > $1/DEBIAN/conffiles
      printf 'Package: %s\nVersion: %s\nArchitecture: amd64\n%sMaintainer: M <m@example.org>\nDescription: d\n d\n' \
        $1 "$2" "${3:+Source: $3
}" > $1/DEBIAN/control
      if [ -n "$4" ]; then printf '#!/bin/sh\nexit 1\n' > $1/DEBIAN/postinst; chmod 755 $1/DEBIAN/postinst; fi
      dpkg-deb --root-owner-group -b $1 $1.deb
    }
    make plain 1.0-1; make rebuilt '1.0-1+b2' 'source (1.0-1)'; make other 2:1.0~rc1-1 'source2'
    make removed 1.0-1; make held 1.0-1; make purged 1.0-1; make broken 1.0-1 '' fail
    d="dpkg --root=$1/r --force-not-root --force-script-chrootless --force-bad-path --force-architecture --log=/dev/null"
    $d -i plain.deb rebuilt.deb other.deb removed.deb held.deb purged.deb
    $d -i broken.deb || true
    $d -r removed; $d -P purged
    echo 'held hold' | $d --set-selections)";
  const std::string run = "sh -c '" +
                          [&] {
                            std::string quoted;
                            for (const char c : script)
                              quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
                            return quoted;
                          }() +
                          "' sh " + root + " >" + root + "/log 2>&1";
  if (std::system(run.c_str()) != 0) {
    fs::remove_all(root);
    GTEST_SKIP() << "dpkg cannot install into a folder here";
  }
  const auto expected =
      lines_of("dpkg-query --admindir=" + root +
               "/r/var/lib/dpkg -W -f '${Package} ${Version} ${Architecture} ${source:Package} "
               "${source:Version} ${db:Status-Abbrev}\\n' | sed -n 's/ [a-z][^nc] *$//p'");
  const auto view = tree::Directory::open(root + "/r");
  const Inventory inventory = scan_tree(**view);
  std::set<std::string> found;
  for (const model::Package& package : inventory.packages) {
    found.insert(package.name + " " + package.version + " " + package.architecture + " " +
                 package.source_name + " " + package.source_version + "\n");
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(found.size(), 5U)
      << "plain, rebuilt, other, held, and broken, which is half-configured";
  EXPECT_TRUE(inventory.problems.empty());
  fs::remove_all(root);
}

}  // namespace
}  // namespace vigil::inventory
