#include "findings/texts.h"

namespace vigil::findings {
namespace {

model::Package package(std::string_view url, std::string version, std::string architecture = "") {
  model::Package package;
  package.name = "openssl";
  package.package_url = url;
  package.version = std::move(version);
  package.architecture = std::move(architecture);
  package.manager = "OS";
  return package;
}

TEST(Title, NamesAtMostTwoPackages) {
  EXPECT_EQ(title("CVE-1", {"a"}), "CVE-1 - a");
  EXPECT_EQ(title("CVE-1", {"a", "b"}), "CVE-1 - a, b");
  EXPECT_EQ(title("CVE-1", {"a", "b", "c", "d"}), "CVE-1 - a, b and 2 more");
}

TEST(Description, IsCutAt1024CharactersNotBytes) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "é";
  const std::string cut = description(text);
  EXPECT_EQ(cut.size(), 2048U);
  EXPECT_TRUE(cut.ends_with("é"));
}

TEST(Description, NothingIsSaidToBeNothing) {
  EXPECT_EQ(description(""), "None Provided");
  EXPECT_EQ(description(" \n\t"), "None Provided");
}

TEST(Description, ControlCharactersDoNotReachATerminal) {
  EXPECT_EQ(description("red \x1b[31m text").find('\x1b'), std::string::npos);
}

TEST(Platform, AsInspectorWritesIt) {
  struct Case {
    std::string_view id, version, expected;
  };
  for (const Case& c :
       {Case{"debian", "12", "DEBIAN_12"}, Case{"ubuntu", "22.04", "UBUNTU_22_04"},
        Case{"alpine", "3.21.2", "ALPINE_LINUX_3_21"}, Case{"rhel", "9.3", "REDHAT_9"},
        Case{"amzn", "2", "AMAZON_LINUX_2"}, Case{"debian", "", "DEBIAN"}, Case{"", "", "OTHER"},
        Case{"opensuse-leap", "15.6", "OPENSUSE_LEAP_15_6"}}) {
    EXPECT_EQ(platform(c.id, c.version), c.expected);
  }
}

TEST(FixedInVersion, HasAnEpochForDpkgAndAnArchitectureForRpm) {
  EXPECT_EQ(fixed_in_version(package("pkg:deb/debian/x", "1"), "3.0.15-1"), "0:3.0.15-1");
  EXPECT_EQ(fixed_in_version(package("pkg:deb/debian/x", "1"), "1:3-1"), "1:3-1");
  EXPECT_EQ(fixed_in_version(package("pkg:rpm/redhat/x", "1", "x86_64"), "4.9-1"),
            "0:4.9-1.X86_64");
  EXPECT_EQ(fixed_in_version(package("pkg:apk/alpine/x", "1"), "3.1.4-r0"), "3.1.4-r0");
  EXPECT_EQ(fixed_in_version(package("pkg:deb/debian/x", "1"), ""), "NotAvailable");
}

TEST(SplitVersion, EpochVersionRelease) {
  struct Case {
    std::string_view url, version;
    int epoch;
    std::string_view upstream, release;
  };
  for (const Case& c : {Case{"pkg:deb/debian/x", "1:2.3-4-5", 1, "2.3-4", "5"},
                        Case{"pkg:deb/debian/x", "2.3", 0, "2.3", ""},
                        Case{"pkg:apk/alpine/x", "1.2-rc3-r4", 0, "1.2-rc3", "r4"},
                        Case{"pkg:rpm/redhat/x", "2:1.0-3.el9", 2, "1.0", "3.el9"},
                        Case{"pkg:deb/debian/x", "9999999:1-1", 0, "9999999:1", "1"}}) {
    const VersionParts parts = split_version(package(c.url, std::string(c.version)));
    EXPECT_EQ(parts.epoch, c.epoch) << c.version;
    EXPECT_EQ(parts.version, c.upstream) << c.version;
    EXPECT_EQ(parts.release, c.release) << c.version;
  }
}

TEST(Remediation, NamesThePackageManagersCommand) {
  EXPECT_EQ(remediation(package("pkg:deb/debian/x", "1")),
            "apt-get update && apt-get install --only-upgrade openssl");
  EXPECT_EQ(remediation(package("pkg:apk/alpine/x", "1")), "apk update && apk upgrade openssl");
  EXPECT_EQ(remediation(package("pkg:rpm/redhat/x", "1")), "dnf upgrade openssl");
  model::Package other = package("pkg:npm/x", "1");
  other.manager = "NPM";
  EXPECT_EQ(remediation(other), "");
}

TEST(Remediation, NoNameBecomesAnotherCommandOrAnOption) {
  for (const char* name : {"x; rm -rf /", "$(id)", "`id`", "--assume-yes", "a b", "a\nb", "x|y", "",
                           "\x1b[31m", "libstdc++\xC2\xA0"}) {
    model::Package strange = package("pkg:deb/debian/x", "1");
    strange.name = name;
    EXPECT_EQ(remediation(strange), "") << name;
  }
  model::Package plain = package("pkg:deb/debian/x", "1");
  for (const char* name : {"libstdc++6", "g++-12", "0ad", "python3.11", "libc6:i386"}) {
    plain.name = name;
    EXPECT_THAT(remediation(plain), testing::EndsWith(name));
  }
}

TEST(SourceOf, TheDistributionSpeaksForItsPackages) {
  EXPECT_EQ(source_of("Debian:12", "CVE-2024-1").name, "DEBIAN_CVE");
  EXPECT_EQ(source_of("Debian:12", "CVE-2024-1").url,
            "https://security-tracker.debian.org/tracker/CVE-2024-1");
  EXPECT_EQ(source_of("npm", "GHSA-1").name, "GITHUB");
  EXPECT_EQ(source_of("npm", "CVE-2024-1").name, "NVD");
  EXPECT_EQ(source_of("npm", "MAL-2024-1").name, "OSV");
}

}  // namespace
}  // namespace vigil::findings
