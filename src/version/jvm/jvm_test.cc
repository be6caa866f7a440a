#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(JvmVersion, NumbersCompareByValueAndTrailingZerosDoNotCount) {
  expect_order("jvm",
               "8 < 9 = 9.0 = 9.0.0 < 9.0.0.1 < 9.0.4 < 11.0.9 < 11.0.21 < 17 < 17.0.9.1 < 21");
}

TEST(JvmVersion, PreReleaseBuildAndOptionalPart) {
  expect_order("jvm",
               "21-1 < 21-10 < 21-ea < 21-ea+1 < 21-ea+35 < 21-ea+35-x < 21-internal < 21 < "
               "21+-opt < 21+0 < 21+9 < 21+35 < 21+35-2513 < 21+35-LTS");
}

TEST(JvmVersion, OldFormsStandWhereTheNewWould) {
  expect_order("jvm",
               "1.8.0 = 8 = 8.0.0 < 1.8.0_40-ea < 1.8.0_40-ea-b05 = 8.0.40-ea+5 < 1.8.0_40 = 8u40 "
               "< 8u392 = 1.8.0_392 = 8.0.392 < 8u392-b08 = 1.8.0_392-b08 = 8.0.392+8");
  expect_order("jvm",
               "1.4.2_19 < 1.5.0 < 1.5.0_22 < 1.6.0_45-b06 < 1.7.0_80 < 1.8.0_5 < 1.8.0_11 < 9");
}

TEST(JvmVersion, CpeSpellingOfUpdates) {
  expect_order("jvm", "1.8.0:update391 = 1.8.0_update391 = 1.8.0:update_391 = 1.8.0_391 = 8u391");
}

TEST(JvmVersion, VendorsMarksInTheOldForm) {
  expect_order("jvm",
               "1.8.0_392 < 1.8.0_392-heroku < 1.8.0_392-b08 < "
               "1.8.0_392-8u392-ga-1~deb11u1-b08");
}

TEST(JvmVersion, ReleaseTags) {
  expect_order("jvm",
               "jdk8u392-b08 = 8u392-b08 < jdk-17.0.9+9 = 17.0.9+9 < 17.0.9+9-Ubuntu-122.04");
}

TEST(JvmVersion, RefusesWhatIsNoJavaVersion) {
  expect_invalid("jvm", {"",         "0",          "09",
                         "17.",      "17..1",      "17.01",
                         "17+",      "17-ea+",     "17-opt.1",
                         "17-ea+-x", "17+05",      "17+9_openj9-0.41.0",
                         "17.0.9 ",  "2147483648", "17+2147483648",
                         "8u",       "1.8.0_",     "1.8.0_392-",
                         "openjdk",  "1.",         "8u392-b08-"});
  expect_valid("jvm", {"17+-opt", "17-ea-opt", "9-Debian+0-9b181-4", "2147483647+2147483647"});
}

TEST(JvmVersion, RefusesOverlongText) {
  expect_valid("jvm", {"9-" + std::string(kMaximumLength - 2, 'a')});
  expect_invalid("jvm", {"9-" + std::string(kMaximumLength - 1, 'a')});
}

/// What the scheme accepts beyond Runtime.Version.
bool beyond_the_grammar(std::string_view version) {
  const std::string_view numbers = version.substr(0, version.find_first_of("-+"));
  return numbers.starts_with("1.") || numbers.starts_with("jdk") || numbers.ends_with(".0") ||
         numbers.find('u') != std::string_view::npos;
}

constexpr testing::Oracle kRuntimeVersion{.tool = "java.lang.Runtime.Version",
                                          .interpreter = "java -XX:TieredStopAtLevel=1 --source 11",
                                          .script = R"(
import java.io.*;
public class Oracle {
  public static void main(String[] arguments) throws Exception {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
    PrintStream output = new PrintStream(new BufferedOutputStream(System.out));
    for (String line; (line = input.readLine()) != null;) {
      String[] pair = line.split("\t", -1);
      try {
        int order = Runtime.Version.parse(pair[0]).compareTo(Runtime.Version.parse(pair[1]));
        output.println(order < 0 ? "<" : order > 0 ? ">" : "=");
      } catch (IllegalArgumentException invalid) {
        output.println("?");
      }
    }
    output.flush();
  }
}
)"};

TEST(JvmVersion, AgreesWithRuntimeVersion) {
  expect_agreement(
      "jvm", kRuntimeVersion,
      {.versions = {"9", "11.0.21+9", "17.0.9+9-LTS", "21-ea+35", "17.0.9+9-Ubuntu-122.04",
                    "9-internal", "9-Debian+0-9b181-4", "17.0.0.1", "21+35-2513", "9.0.4",
                    "11.0.16.1+1-post-Debian-1", "9+-foo", "20-1-x", "10.0.2-ea-opt.1"},
       .pieces = {".", "-", "+", "0", "1", ".0", ".1", "ea", "-ea", "+1", "-LTS", "10", "a", "Z",
                  "-1.x", "+0", "_", "4294967296"},
       .excluded = [](std::string_view a, std::string_view b) {
         return beyond_the_grammar(a) || beyond_the_grammar(b);
       }});
}

}  // namespace
}  // namespace vigil::version
