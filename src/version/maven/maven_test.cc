#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(MavenVersion, QualifiersInOrder) {
  expect_order("maven",
               "1-alpha < 1-beta < 1-milestone < 1-rc = 1-cr < 1-snapshot < 1 = 1-ga = "
               "1-final = 1-release < 1-sp < 1-abc < 1-xyz < 1-1 < 1.0.1");
}

TEST(MavenVersion, QualifiersAreCaseInsensitive) {
  expect_order("maven", "1.0-ALPHA = 1.0-alpha < 1.0-SNAPSHOT = 1.0-snapshot < 1.0.Final = 1.0");
}

TEST(MavenVersion, SingleLettersAreAliasesOnlyBeforeADigit) {
  expect_order("maven",
               "1-a1 = 1-alpha-1 < 1b2 = 1-beta-2 < 1m3 = 1-milestone-3 < 1 < 1a < 1b < 1m");
}

TEST(MavenVersion, TrailingNothingIsDropped) {
  expect_order("maven", "1 = 1.0 = 1.0.0 = 1-0 = 1.0-0 = 1. = 1- = 1.0.0-ga = 1-final-0");
  expect_order("maven", "1-ga-1 < 1.0-1 = 1-1 = 1.0.0-1 = 1.ga-1 < 1.0.1");
  expect_order("maven", "1-rc = 1.0-rc = 1.0.0-rc = 1.0.rc");
}

TEST(MavenVersion, NumbersCompareByValue) {
  expect_order("maven",
               "1.2 < 1.9 < 1.10 = 1.010 < 1.2147483648 < 1.9223372036854775808 < "
               "1.99999999999999999999 < 2");
}

TEST(MavenVersion, HyphenOpensAListBelowTheDot) {
  expect_order("maven", "1 < 1-1 < 1-2 < 1.0.1 < 1.1 < 1.1-1 < 1.1.1");
}

TEST(MavenVersion, RealReleasesInOrder) {
  expect_order("maven",
               "2.0-alpha1 < 2.0-beta9 < 2.0-rc2 < 2.0 < 2.0.1 < 2.14.1 < 2.15.0 < 2.17.1");
  expect_order("maven",
               "9.4.0.M0 < 9.4.0.RC3 < 9.4.0.v20161208 < 9.4.0.v20180619 < 9.4.1.v20170120");
  expect_order("maven", "4.1.0.Beta1 < 4.1.0.CR7 < 4.1.0.Final = 4.1.0 < 4.1.1.Final");
  expect_order("maven", "31.0.1-android < 31.0.1-jre < 31.1-android < 31.1-jre");
  expect_order("maven", "2.9.10 < 2.9.10.redhat-1 < 2.9.10.1 < 2.9.10.8 < 2.10.0.pr1 < 2.10.0.pr3");
  expect_order("maven", "5.0.0.M5 < 5.0.0.RC1 < 5.0.0.RELEASE < 5.3.18");
  expect_order("maven", "10.0.0-M1 < 10.0.0-M27 < 10.0.0");
}

TEST(MavenVersion, EmptyPartsAreZero) {
  expect_order("maven", "0 < --1 < -1 < .1 = 0.1 < 1..2 = 1.0.2 < 1.1");
}

TEST(MavenVersion, OtherCharactersAreLetters) {
  expect_order("maven", "1.0 < 1.0+2 < 1.0_2 < 1.0_3 < 1.0-2");
}

// The circles of ComparableVersion, see maven.cc: the tool orders the last above the first of each.
TEST(MavenVersion, WhatIsBelowTheReleaseStaysBelowWhatIsAboveIt) {
  expect_order("maven", "1-rc < 1 < 1.sp.1");
  expect_order("maven", "1.0.rc.1 < 1 < 1-1");
  expect_order("maven", "1.0.rc.1 < 1 < 1.sp.1");
  expect_order("maven", "1-rc < 1 < 1.final.2");
}

TEST(MavenVersion, RefusesWhatNoRepositoryHolds) {
  expect_invalid("maven", {"", "1.0\n", "1.\xc3\xa9", std::string_view("1\0", 2)});
  expect_valid("maven", {"foo", "1.0 beta", "${project.version}", "[1,2)"});
}

TEST(MavenVersion, RefusesOverlongText) {
  const std::string digits(kMaximumLength, '1');
  expect_valid("maven", {digits, std::string(kMaximumLength, '-')});
  expect_invalid("maven", {digits + "1"});
}

TEST(MavenVersion, OrdersMaven) {
  EXPECT_EQ(scheme_of_ecosystem("Maven")->name, "maven");
}

// Where the tool runs in a circle through a version that one of the two begins with, that version
// decides; everything else is the tool's own answer.
constexpr testing::Oracle kComparableVersion{
    .tool = "ComparableVersion (libmaven3-core-java)",
    .interpreter =
        "java -XX:TieredStopAtLevel=1 --source 11 --class-path "
        "/usr/share/java/maven3-artifact.jar:/usr/share/java/commons-lang3.jar",
    .script = R"(
import java.io.*;
import java.lang.reflect.Constructor;
public class Oracle {
  static Constructor<?> maker;
  @SuppressWarnings("unchecked")
  static int compare(String a, String b) throws Exception {
    return Integer.signum(((Comparable<Object>) maker.newInstance(a)).compareTo(maker.newInstance(b)));
  }
  static boolean ends(String text, int at) {
    if (at == 0) return true;
    char next = text.charAt(at);
    char last = text.charAt(at - 1);
    return ".-".indexOf(next) >= 0 || ".-".indexOf(last) >= 0
        || Character.isDigit(next) != Character.isDigit(last);
  }
  static int settled(String a, String b) throws Exception {
    int order = compare(a, b);
    for (String whole : new String[] {a, b}) {
      for (int length = 0; length < whole.length(); ++length) {
        if (!ends(whole, length)) continue;
        String middle = whole.substring(0, length);
        int left = compare(a, middle);
        if (left != 0 && left == -order && compare(middle, b) == left) return left;
      }
    }
    return order;
  }
  public static void main(String[] arguments) throws Exception {
    try {
      maker = Class.forName("org.apache.maven.artifact.versioning.ComparableVersion")
          .getConstructor(String.class);
    } catch (ClassNotFoundException absent) {
      System.exit(77);
    }
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
    PrintStream output = new PrintStream(new BufferedOutputStream(System.out));
    for (String line; (line = input.readLine()) != null;) {
      String[] pair = line.split("\t", -1);
      output.println(pair[0].isEmpty() || pair[1].isEmpty() ? "?"
          : "<=>".substring(settled(pair[0], pair[1]) + 1).substring(0, 1));
    }
    output.flush();
  }
}
)"};

TEST(MavenVersion, AgreesWithComparableVersion) {
  expect_agreement("maven", kComparableVersion,
                   {.versions = {"1",
                                 "1.0",
                                 "2.14.1",
                                 "9.4.0.v20180619",
                                 "4.1.0.Beta1",
                                 "4.1.108.Final",
                                 "31.1-jre",
                                 "2.9.10.redhat-1",
                                 "5.0.0.RC1",
                                 "5.3.18.RELEASE",
                                 "10.0.0-M27",
                                 "1.0-SNAPSHOT",
                                 "2.0-beta9",
                                 "1.0-alpha-2",
                                 "3.0.1-20230101.101010-5",
                                 "1.2.3.GA-redhat-1",
                                 "1.1.1.sp1",
                                 "2.3.20-atlassian-1",
                                 "1.0.0-beta.5",
                                 "r938",
                                 "20040616",
                                 "2.2.0-b21",
                                 "1.5.0-b01",
                                 "4.0.0a",
                                 "1.68.0+1",
                                 "6.0.0-cr2"},
                    .pieces = {".",     "-",        "0",
                               "00",    ".0",       "-0",
                               "alpha", "beta",     "rc",
                               "cr",    "sp",       "ga",
                               "final", "snapshot", "a",
                               "b",     "m",        "x",
                               "Foo",   ".rc",      "-rc",
                               ".sp.",  ".foo.",    ".final",
                               "_",     "+",        "99999999999999999999",
                               "-1",    ".1",       "release."}});
}

}  // namespace
}  // namespace vigil::version
