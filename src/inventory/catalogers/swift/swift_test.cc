#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

constexpr const char* kFirst = R"({
  "object": {
    "pins": [
      {
        "package": "swift-nio",
        "repositoryURL": "https://github.com/apple/swift-nio.git",
        "state": {"branch": null, "revision": "124119f0bb12384cef35aa041d7c3a686108722d", "version": "2.40.0"}
      },
      {
        "package": "Vapor",
        "repositoryURL": "git@github.com:vapor/vapor.git",
        "state": {"branch": "main", "revision": "c8f1b1d2f1e4c7a96c7c1bb4b32fd4a2a7b3d1a9", "version": null}
      }
    ]
  },
  "version": 1
}
)";

constexpr const char* kSecond = R"({
  "pins" : [
    {
      "identity" : "swift-log",
      "kind" : "remoteSourceControl",
      "location" : "https://github.com/apple/swift-log",
      "state" : {
        "revision" : "6fe203dc33195667ce1759bf0182975e4653ba1c",
        "version" : "1.4.4"
      }
    },
    {
      "identity" : "mona.linkedlist",
      "kind" : "registry",
      "location" : "",
      "state" : {"version" : "1.2.0"}
    },
    {
      "identity" : "own",
      "kind" : "localSourceControl",
      "location" : "/home/user/own",
      "state" : {"revision" : "f00", "version" : "1.0.0"}
    }
  ],
  "version" : 2
}
)";

// As CocoaPods 1.11 writes it.
constexpr const char* kPodfile = R"lock(PODS:
  - Firebase/Auth (8.9.0):
    - Firebase/CoreOnly
    - FirebaseAuth (~> 8.9.0)
  - Firebase/CoreOnly (8.9.0):
    - FirebaseCore (= 8.9.0)
  - FirebaseAuth (8.9.0):
    - FirebaseCore (~> 8.0)
    - "GoogleUtilities/AppDelegateSwizzler (~> 7.4)"
  - FirebaseCore (8.9.0)
  - "GoogleUtilities/AppDelegateSwizzler (7.6.0)"
  - Own (0.1.0):
    - FirebaseCore

DEPENDENCIES:
  - Firebase/Auth (~> 8.0)
  - Own (from `../Own`)

SPEC REPOS:
  trunk:
    - Firebase

EXTERNAL SOURCES:
  Own:
    :path: "../Own"

SPEC CHECKSUMS:
  Firebase: 13d8d96499e2635428d5bf0ec675df21f95d9a95

PODFILE CHECKSUM: 1f2a3b

COCOAPODS: 1.11.2
)lock";

TEST(Swift, ReadsPackageResolvedOfEveryVersion) {
  const Inventory first = scan_file("swift", "/app/Package.resolved", kFirst);
  EXPECT_EQ(lines(first),
            "https://github.com/apple/swift-nio.git 2.40.0 :4\n"
            "https://github.com/vapor/vapor.git c8f1b1d2f1e4c7a96c7c1bb4b32fd4a2a7b3d1a9 :9\n");
  EXPECT_EQ(first.packages[0].package_url, "pkg:swift/github.com/apple/swift-nio@2.40.0");
  EXPECT_EQ(first.packages[0].ecosystem, "SwiftURL");
  const Inventory second = scan_file("swift", "/app/Package.resolved", kSecond);
  EXPECT_EQ(lines(second),
            "https://github.com/apple/swift-log 1.4.4 :3\nmona.linkedlist 1.2.0 :12\n");
  EXPECT_EQ(problems(second), "");
}

TEST(Swift, ReadsPodsOnceWithParentsAndWhatIsAskedFor) {
  const Inventory inventory = scan_file("swift", "/app/Podfile.lock", kPodfile);
  EXPECT_EQ(lines(inventory),
            "Firebase 8.9.0 direct :2\n"
            "FirebaseAuth 8.9.0 transitive :7 <- Firebase@8.9.0\n"
            "FirebaseCore 8.9.0 direct :10 <- Firebase@8.9.0,FirebaseAuth@8.9.0\n"
            "GoogleUtilities 7.6.0 transitive :11 <- FirebaseAuth@8.9.0\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:cocoapods/Firebase@8.9.0");
}

TEST(Swift, ReadsCarthage) {
  const Inventory inventory = scan_file("swift", "/app/Cartfile.resolved",
                                        "binary \"https://example.org/a.json\" \"1.0\"\n"
                                        "git \"ssh://git@example.org/b/c.git\" \"v2.0\"\n"
                                        "github \"Alamofire/Alamofire\" \"5.6.2\"\nnonsense\n");
  EXPECT_EQ(
      lines(inventory),
      "https://example.org/b/c.git v2.0 :2\nhttps://github.com/Alamofire/Alamofire 5.6.2 :3\n");
  EXPECT_EQ(problems(inventory),
            "/app/Cartfile.resolved: line 4: neither a repository with its version nor a binary\n");
}

TEST(Swift, WhatIsWrongIsNamed) {
  EXPECT_EQ(problems(scan_file("swift", "/Package.resolved",
                               R"({"pins": [{"location": "https://x.org/a", "state": {}}, 1]})")),
            "/Package.resolved: line 1: '' is no version of https://x.org/a\n"
            "/Package.resolved: line 1: '' is no package's name\n");
  EXPECT_EQ(problems(scan_file("swift", "/Podfile.lock", "PODS:\n  - A\n  - (1)\n")),
            "/Podfile.lock: line 2: '' is no version of A\n"
            "/Podfile.lock: line 3: '' is no version of (1)\n");
  EXPECT_NE(problems(scan_file("swift", "/Package.resolved", "{")), "");
}

}  // namespace
}  // namespace vigil::inventory
