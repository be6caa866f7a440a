#include "inventory/operating_system.h"

#include <gtest/gtest.h>

#include "inventory/os_release.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

OperatingSystem detect(const tree::View& view) {
  std::vector<Problem> problems;
  OperatingSystem os = detect_operating_system(view, problems);
  EXPECT_TRUE(problems.empty()) << problems.front().where << ": " << problems.front().why;
  return os;
}

TEST(OsRelease, ShellQuoting) {
  const auto values = parse_os_release(
      "# comment\n"
      "PLAIN=value # comment\n"
      "DOUBLE=\"a \\\"b\\\" \\$c \\`d\\` \\\\ \\n\"\n"
      "SINGLE='it is $HOME \\'\n"
      "JOINED=a'b c'\"d e\"f\n"
      "ESCAPED=a\\ b\n"
      "TWICE=1\n"
      "TWICE=2\n"
      "  INDENTED=yes\r\n"
      "1BAD=x\n"
      "NO EQUALS\n"
      "OPEN=\"never closed\n"
      "EMPTY=\n"
      "LATIN=\"caf\xE9\"");
  const std::map<std::string, std::string, std::less<>> expected = {
      {"PLAIN", "value"},
      {"DOUBLE", "a \"b\" $c `d` \\ \\n"},
      {"SINGLE", "it is $HOME \\"},
      {"JOINED", "ab cd ef"},
      {"ESCAPED", "a b"},
      {"TWICE", "2"},
      {"INDENTED", "yes"},
      {"OPEN", "never closed"},
      {"EMPTY", ""},
      {"LATIN", "caf\xEF\xBF\xBD"},
  };
  EXPECT_EQ(values, expected);
}

struct ReleaseCase {
  const char* os_release;
  const char* id;
  const char* version;
  const char* ecosystem;
  bool rolling;
};

TEST(OperatingSystem, FromOsRelease) {
  const ReleaseCase cases[] = {
      {"PRETTY_NAME=\"Debian GNU/Linux 12 "
       "(bookworm)\"\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n"
       "ID=debian\n",
       "debian", "12", "Debian:12", false},
      {"PRETTY_NAME=\"Debian GNU/Linux forky/sid\"\nNAME=\"Debian "
       "GNU/Linux\"\nVERSION_CODENAME=forky\n"
       "ID=debian\n",
       "debian", "", "Debian:sid", true},
      {"ID=raspbian\nID_LIKE=debian\nVERSION_ID=\"12\"\n", "raspbian", "12", "Debian:12", false},
      {"ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"22.04\"\nUBUNTU_CODENAME=jammy\n", "ubuntu",
       "22.04", "Ubuntu:22.04", false},
      {"ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=\"21.3\"\nUBUNTU_CODENAME=jammy\n",
       "linuxmint", "21.3", "Ubuntu:22.04", false},
      {"ID=linuxmint\nID_LIKE=debian\nVERSION_ID=\"6\"\nDEBIAN_CODENAME=bookworm\n", "linuxmint",
       "6", "Debian:12", false},
      {"ID=pop\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=\"24.04\"\nUBUNTU_CODENAME=noble\n", "pop",
       "24.04", "Ubuntu:24.04", false},
      {"ID=kali\nVERSION_ID=\"2024.4\"\nVERSION_CODENAME=kali-rolling\nID_LIKE=debian\n", "kali",
       "2024.4", "Debian:sid", true},
      {"ID=devuan\nID_LIKE=debian\nVERSION_ID=\"5\"\nVERSION_CODENAME=daedalus\n", "devuan", "5",
       "Debian:12", false},
      {"ID=alpine\nVERSION_ID=3.21.2\n", "alpine", "3.21.2", "Alpine:v3.21", false},
      {"ID=alpine\nVERSION_ID=3.22_alpha20250108\n", "alpine", "3.22_alpha20250108", "Alpine:edge",
       true},
      {"ID=postmarketos\nID_LIKE=alpine\nVERSION_ID=\"v24.06\"\n", "postmarketos", "v24.06", "",
       false},
      {"ID=wolfi\nVERSION_ID=\"20230201\"\n", "wolfi", "20230201", "Wolfi", true},
      {"ID=chainguard\nVERSION_ID=\"20230214\"\n", "chainguard", "20230214", "Chainguard", true},
      {"ID=\"almalinux\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.5\"\n", "almalinux", "9.5",
       "AlmaLinux:9", false},
      {"ID=\"rocky\"\nVERSION_ID=\"9.5\"\n", "rocky", "9.5", "Rocky Linux:9", false},
      {"ID=\"rhel\"\nVERSION_ID=\"8.10\"\n", "rhel", "8.10", "Red Hat:8", false},
      {"NAME=\"CentOS Stream\"\nID=\"centos\"\nVERSION_ID=\"9\"\n", "centos", "9", "", false},
      {"ID=\"amzn\"\nVERSION_ID=\"2023\"\n", "amzn", "2023", "Amazon Linux:2023", false},
      {"ID=\"ol\"\nVERSION_ID=\"9.4\"\n", "ol", "9.4", "Oracle Linux:9", false},
      {"ID=\"sles\"\nVERSION_ID=\"15.5\"\n", "sles", "15.5", "SUSE:Linux Enterprise Server 15 SP5",
       false},
      {"ID=\"opensuse-leap\"\nVERSION_ID=\"15.6\"\n", "opensuse-leap", "15.6", "openSUSE:Leap 15.6",
       false},
      {"ID=\"opensuse-tumbleweed\"\nVERSION_ID=\"20250101\"\n", "opensuse-tumbleweed", "20250101",
       "openSUSE:Tumbleweed", true},
      {"ID=arch\nBUILD_ID=rolling\n", "arch", "", "Arch Linux", true},
      {"ID=nixos\nVERSION_ID=\"24.05\"\n", "nixos", "24.05", "", false},
  };
  for (const ReleaseCase& test : cases) {
    tree::Memory view;
    view.file("/usr/lib/os-release", test.os_release)
        .link("/etc/os-release", "../usr/lib/os-release");
    const OperatingSystem os = detect(view);
    EXPECT_EQ(os.id, test.id) << test.os_release;
    EXPECT_EQ(os.version, test.version) << test.os_release;
    EXPECT_EQ(os.ecosystem, test.ecosystem) << test.os_release;
    EXPECT_EQ(os.rolling, test.rolling) << test.os_release;
  }
}

TEST(OperatingSystem, WithoutOsRelease) {
  struct Case {
    const char* path;
    const char* content;
    const char* id;
    const char* ecosystem;
  };
  const Case cases[] = {
      {"/etc/debian_version", "6.0.10\n", "debian", "Debian:6"},
      {"/etc/debian_version", "bookworm/sid\n", "debian", "Debian:sid"},
      {"/etc/alpine-release", "3.1.4\n", "alpine", "Alpine:v3.1"},
      {"/etc/redhat-release", "CentOS release 6.10 (Final)\n", "centos", "Red Hat:6"},
      {"/etc/redhat-release", "Red Hat Enterprise Linux Server release 7.9 (Maipo)\n", "rhel",
       "Red Hat:7"},
      {"/etc/system-release", "Amazon Linux release 2 (Karoo)\n", "amzn", "Amazon Linux:2"},
      {"/etc/lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_CODENAME=lucid\n",
       "ubuntu", "Ubuntu:10.04"},
  };
  for (const Case& test : cases) {
    tree::Memory view;
    view.file(test.path, test.content);
    const OperatingSystem os = detect(view);
    EXPECT_EQ(os.id, test.id) << test.content;
    EXPECT_EQ(os.ecosystem, test.ecosystem) << test.content;
  }
  EXPECT_EQ(detect(tree::Memory()).id, "");
}

TEST(OperatingSystem, AlpineRepositoriesDecideOverTheVersion) {
  const char* release = "ID=alpine\nVERSION_ID=3.21.2\n";
  tree::Memory edge;
  edge.file("/etc/os-release", release)
      .file("/etc/apk/repositories",
            "#https://mirror/alpine/v3.21/main\nhttps://mirror/alpine/edge/main\n");
  EXPECT_EQ(detect(edge).ecosystem, "Alpine:edge");
  tree::Memory tagged;
  tagged.file("/etc/os-release", release)
      .file("/etc/apk/repositories",
            "https://mirror/alpine/v3.21/main\n@edge https://mirror/alpine/edge/main\n");
  EXPECT_EQ(detect(tagged).ecosystem, "Alpine:v3.21");
}

TEST(OperatingSystem, UbuntuProServicesThatAreEnabled) {
  EXPECT_EQ(parse_ubuntu_pro_status(
                R"({"attached": true, "services": [{"name": "esm-infra", "status": "enabled"},
                {"name": "esm-apps", "status": "disabled"}, {"name": "livepatch", "status": "enabled"}]})"),
            std::set<std::string>{"esm-infra"});
  EXPECT_TRUE(
      parse_ubuntu_pro_status(
          R"({"attached": false, "services": [{"name": "esm-infra", "status": "enabled"}]})")
          .empty());
  EXPECT_TRUE(parse_ubuntu_pro_status("{").empty());
  tree::Memory view;
  view.file("/etc/os-release", "ID=ubuntu\nVERSION_ID=20.04\n")
      .file("/var/lib/ubuntu-advantage/status.json",
            R"({"attached": true, "services": [{"name": "esm-apps", "status": "enabled"}]})");
  EXPECT_EQ(detect(view).extended_support, std::set<std::string>{"esm-apps"});
}

TEST(OperatingSystem, AnUnreadableFileIsNamed) {
  tree::Memory view;
  view.unreadable("/etc/os-release").file("/etc/debian_version", "12.8\n");
  std::vector<Problem> problems;
  EXPECT_EQ(detect_operating_system(view, problems).ecosystem, "Debian:12");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].where, "/etc/os-release");
}

}  // namespace
}  // namespace vigil::inventory
