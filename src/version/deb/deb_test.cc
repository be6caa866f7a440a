#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(DebVersion, TildeSortsBeforeEnd) {
  expect_order("deb", "1.0~~ < 1.0~~a < 1.0~ < 1.0~rc1 < 1.0~rc2 < 1.0 < 1.0a");
}

TEST(DebVersion, LettersSortBeforeOtherCharacters) {
  expect_order("deb", "1 < 1A < 1Z < 1a < 1z < 1+ < 1--1 < 1.a < 1.+");
}

TEST(DebVersion, NumbersCompareByValue) {
  expect_order("deb", "1.2 < 1.9 < 1.10 = 1.010 < 1.100 < 1.20230101 < 1.18446744073709551616");
}

TEST(DebVersion, EmptyNumberIsZero) {
  expect_order("deb", "1 < 1.0 = 1. < 1.1");
}

TEST(DebVersion, AbsentRevisionEqualsZero) {
  expect_order("deb", "1.0 = 1.0-0 = 1.0-00 = 0:1.0 < 1.0-0+b1 < 1.0-0.1 < 1.0-1");
}

TEST(DebVersion, EpochOutranksEverything) {
  expect_order("deb", "99.9-9 < 1:0 = 01:0 = +1:0 < 1:1.2.13 < 2:0~ < 10:0");
}

TEST(DebVersion, RevisionBeginsAtTheLastHyphen) {
  expect_order("deb", "1.0-2-1 < 1.0-10-1 < 1.0-10-2");
}

TEST(DebVersion, RealUpdatesAreNewer) {
  expect_order("deb", "3.0.11-1~deb12u1 < 3.0.11-1~deb12u2 < 3.0.11-1");
  expect_order("deb", "1:9.2p1-2 < 1:9.2p1-2+deb12u1 < 1:9.2p1-2+deb12u3 < 1:9.2p1-3");
  expect_order("deb", "2.36-9+deb12u4 < 2.36-9+deb12u7 < 2.36-9+deb12u10");
  expect_order("deb", "5.15.0-91.101~20.04.1 < 5.15.0-91.101");
  expect_order("deb", "1.2.3-0ubuntu0.22.04.1 < 1.2.3-0ubuntu0.22.04.1+esm1 < 1.2.3-1");
}

TEST(DebVersion, AcceptsWhatDpkgOnlyWarnsAbout) {
  expect_valid("deb", {"abc", "1.0_1", "1.0-1_2", "v1.0", "\xc3\xa9", " 1.0 "});
  expect_order("deb", "1a < 1\xc3\xa9 < 1_ = 1_0");
}

TEST(DebVersion, RefusesWhatDpkgRefuses) {
  expect_invalid("deb",
                 {"", " ", "1:", ":1", "a:1", "1.0-", "-1", "-1:1", "2147483648:1", "1 2", "1:-1",
                  std::string_view("1\0"
                                   "2",
                                   3)});
}

TEST(DebVersion, RefusesOverlongText) {
  const std::string digits(kMaximumLength, '1');
  expect_valid("deb", {digits});
  expect_invalid("deb", {digits + "1"});
}

TEST(DebVersion, OrdersTheEcosystemsThatUseDpkg) {
  for (const char* ecosystem : {"Debian:12", "Ubuntu:22.04:LTS", "Ubuntu:Pro:16.04:LTS", "Echo"}) {
    const Scheme* scheme = scheme_of_ecosystem(ecosystem);
    ASSERT_NE(scheme, nullptr) << ecosystem;
    EXPECT_EQ(scheme->name, "deb");
  }
}

const testing::Specimens kSpecimens{
    .versions = {"1.0", "0", "1:9.2p1-2+deb12u3", "3.0.11-1~deb12u2", "2.36-9+deb12u4",
                 "5.15.0-91.101~20.04.1", "6.1.0-0.deb11.13-amd64", "1.2.3-0ubuntu0.22.04.1+esm1",
                 "2:2.6.2+samba4.17.12+dfsg-0+deb12u1", "2:8.39-13~deb10u1", "7.88.1-10+deb12u5",
                 "0.0~git20200102.abcdef1-1", "20230311+deb12u1", "1.0.0~rc2-3+b1", "9.0.0731-1",
                 "4:5.27.5-2", "2.0.0+dfsg1-1.1~bpo11+1", "252.17-1~deb12u1", "1:2.39.2-1.1"},
    .pieces = {"~",    "~~", "+",  "-",  ".",  ":",        "0",
               "00",   "a",  "Z",  "_",  "1:", "-0",       "+b1",
               "~rc1", ".0", "10", "-1", "/",  "\xc3\xa9", "99999999999999999999"}};

// One process for all pairs: the comparison dpkg's own tools written in Perl use.
constexpr testing::Oracle kPerl{
    .tool = "Dpkg::Version (libdpkg-perl)", .interpreter = "perl", .script = R"(
use strict;
eval { require Dpkg::Version; 1 } or exit 77;
while (my $line = <STDIN>) {
  chomp $line;
  my ($a, $b) = split /\t/, $line, -1;
  my ($x, $y) = map { Dpkg::Version->new($_, check => 1) } ($a, $b);
  if (!defined $x || !defined $y) { print "?\n"; next; }
  my $order = Dpkg::Version::version_compare($x, $y);
  print $order < 0 ? "<\n" : $order > 0 ? ">\n" : "=\n";
}
)"};

// The program itself, which accepts more than the Perl module. A process per pair and operator. In the
// C locale, because in UTF-8 bash's `read` takes the end of a line for the rest of a cut character.
constexpr testing::Oracle kBinary{
    .tool = "dpkg --compare-versions", .interpreter = "LC_ALL=C bash", .script = R"(
command -v dpkg >/dev/null || exit 77
while IFS= read -r line; do
  a=${line%%$'\t'*} b=${line#*$'\t'}
  if [ -z "$a" ] || [ -z "$b" ]; then echo '?'; continue; fi
  dpkg --compare-versions -- "$a" lt "$b" 2>/dev/null; status=$?
  if [ $status -ge 2 ]; then echo '?'
  elif [ $status = 0 ]; then echo '<'
  elif dpkg --compare-versions -- "$a" eq "$b" 2>/dev/null; then echo '='
  else echo '>'; fi
done
)"};

/// What dpkg only warns about, the Perl module refuses; and a text with a colon but no proper
/// epoch, which dpkg refuses, it takes for an upstream version.
bool outside_policy(std::string_view version) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kAllowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+~:-";
  if (version.find_first_not_of(kAllowed) != std::string_view::npos) return true;
  if (testing::longest_number(version) > 15) return true;
  const std::size_t colon = version.find(':');
  if (colon == std::string_view::npos) return version.find_first_of(kDigits) != 0;
  const std::string_view epoch = version.substr(0, colon);
  return colon > 9 || epoch.find_first_not_of(kDigits) != std::string_view::npos ||
         version.find_first_of(kDigits, colon) != colon + 1;
}

TEST(DebVersion, AgreesWithDpkgOnWhatPolicyAllows) {
  testing::Specimens specimens = kSpecimens;
  specimens.excluded = [](std::string_view a, std::string_view b) {
    return outside_policy(a) || outside_policy(b);
  };
  expect_agreement("deb", kPerl, specimens);
}

TEST(DebVersion, AgreesWithTheDpkgProgram) {
  testing::Specimens specimens = kSpecimens;
  specimens.versions.resize(9);  // a process per pair is slow
  specimens.pairs = 60;
  expect_agreement("deb", kBinary, specimens);
}

}  // namespace
}  // namespace vigil::version
