#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(CranVersion, NumbersCompareByValue) {
  expect_order("cran", "0 < 0.9 < 0.10 = 0.010 < 1.2-3 = 1.2.3 < 1.2-10 < 1.3 < 1.2147483647");
}

TEST(CranVersion, ShorterIsBelowLonger) {
  expect_order("cran", "1 < 1.0 < 1.0.0 = 1.0-0 < 1.0.1 < 1.1");
}

TEST(CranVersion, DevelopmentVersionsFollowTheRelease) {
  expect_order("cran", "1.2.3 < 1.2.3.9000 < 1.2.3.9001 < 1.2.4");
}

TEST(CranVersion, RefusesWhatRRefuses) {
  expect_invalid("cran",
                 {"", "1..2", "1.2-", ".1", "1.2a", " 1.2", "1.2 ", "1_2", "1.2147483648", "v1"});
}

TEST(CranVersion, RefusesOverlongText) {
  const std::string zeros(kMaximumLength, '0');
  expect_valid("cran", {zeros});
  expect_invalid("cran", {zeros + "1"});
}

TEST(CranVersion, OrdersCranAndBioconductor) {
  EXPECT_EQ(scheme_of_ecosystem("CRAN")->name, "cran");
  EXPECT_EQ(scheme_of_ecosystem("Bioconductor")->name, "cran");
}

constexpr testing::Oracle kR{
    .tool = "compareVersion() of R (r-base-core)", .interpreter = "Rscript --vanilla", .script = R"(
input <- file("stdin")
lines <- readLines(input)
close(input)
a <- sub("\t.*", "", lines)
b <- sub(".*\t", "", lines)
valid <- function(texts) vapply(suppressWarnings(unclass(numeric_version(texts, strict = FALSE))),
                                function(n) length(n) > 0 && !anyNA(n), TRUE)
answer <- ifelse(valid(a) & valid(b), "", "?")
for (i in which(answer == "")) answer[i] <- c("<", "=", ">")[compareVersion(a[i], b[i]) + 2]
writeLines(answer)
)"};

TEST(CranVersion, AgreesWithR) {
  expect_agreement(
      "cran", kR,
      {.versions = {"1.0", "0.4-1", "1.2.3", "1.2.3.9000", "3.98-1.16", "7.3-60", "2023.8-1",
                    "1.0.10", "0.0.0.9000", "4.3.2", "20230101", "1.01-5", "0"},
       .pieces = {".", "-", "0", "00", ".0", "-0", "-1", "9000", "10", "a", " ", "2147483647",
                  "99999999999"},
       .pairs = 3000});
}

}  // namespace
}  // namespace vigil::version
