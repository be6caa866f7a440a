#include "intel/feeds/testing.h"

namespace vigil::intel::rubysec {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string advisory(std::string_view versions, std::string_view subject = "gem: rails",
                     std::string_view ids = "cve: 2022-23633\nghsa: wh98-p28r-vrc9") {
  return "---\n" + std::string(subject) + "\n" + std::string(ids) +
         "\nurl: https://example.org/a\ntitle: A flaw\ndate: 2022-02-11\ndescription: |\n  Prose.\n"
         "cvss_v3: 7.4\n" +
         std::string(versions) + "\n";
}

std::string ranges(std::string_view versions) {
  const Collected read = read_text(feed(), advisory(versions));
  EXPECT_THAT(read.problems, IsEmpty());
  return read.statements.empty() ? "none" : ranges_of(read.statements[0]);
}

TEST(RubySec, WhatIsNeitherPatchedNorUnaffectedIsAffected) {
  EXPECT_EQ(ranges("patched_versions: ['>= 1.2.6']"), "[,1.2.6)");
  EXPECT_EQ(ranges("unaffected_versions: ['< 1.1.0']\npatched_versions: ['>= 1.1.6']"),
            "[1.1.0,1.1.6)");
  EXPECT_EQ(ranges("unaffected_versions: ['<= 1.1.0']\npatched_versions: ['> 1.1.6']"),
            "(1.1.0,1.1.6]");
  // A later line that never had the flaw is the end of the affected one, but no fix.
  EXPECT_EQ(ranges("unaffected_versions: ['>= 2.0']"), "[,<2.0)");
  EXPECT_EQ(ranges("notes: nothing is safe"), "[,)");
  EXPECT_EQ(ranges("patched_versions: ['= 1.2', '>= 2']"), "[,1.2) (1.2,2)");
}

TEST(RubySec, AFixInALineSparesThatLine) {
  EXPECT_EQ(ranges("patched_versions:\n- ~> 5.2.6, >= 5.2.6.2\n- ~> 6.0.4.6\n- '>= 7.0.2.2'"),
            "[,5.2.6.2) [5.3.A,6.0.4.6) [6.0.5.A,7.0.2.2)");
  EXPECT_EQ(ranges("patched_versions: ['~> 2.3']\nunaffected_versions: ['>= 4']"),
            "[,2.3) [3.A,<4)");
  EXPECT_EQ(ranges("patched_versions: ['~> 1.0.rc1']"), "[,1.0.rc1) [2.A,)");
}

TEST(RubySec, StateSaysWhetherThereIsAFix) {
  const auto state = [](std::string_view versions) {
    return read_text(feed(), advisory(versions)).statements.at(0).state;
  };
  EXPECT_EQ(state("patched_versions: ['>= 1']"), model::FixState::Fixed);
  EXPECT_EQ(state("unaffected_versions: ['>= 1']"), model::FixState::Affected);
}

TEST(RubySec, Facts) {
  const Collected read = read_text(feed(), advisory("patched_versions: ['>= 1']\nrelated:\n  url:\n"
                                                    "  - https://example.org/b\n  - no address"));
  ASSERT_EQ(read.all_facts.size(), 1U);
  const model::Vulnerability& details = read.all_facts[0].details;
  EXPECT_EQ(details.id, "CVE-2022-23633");
  EXPECT_THAT(details.aliases, ElementsAre("GHSA-wh98-p28r-vrc9"));
  EXPECT_EQ(details.title, "A flaw");
  EXPECT_EQ(details.description, "Prose.\n");
  EXPECT_THAT(details.references, ElementsAre("https://example.org/a", "https://example.org/b"));
  EXPECT_EQ(details.vendor_severities.at(0).word, "high");
  EXPECT_EQ(read.date, 1644537600);
}

TEST(RubySec, TheBestKnownIdIsTaken) {
  const auto id = [](std::string_view ids) {
    const Collected read = read_text(feed(), advisory("", "gem: a", ids));
    return read.all_facts.empty() ? "none" : read.all_facts[0].details.id;
  };
  EXPECT_EQ(id("ghsa: wh98-p28r-vrc9\nosvdb: 78116"), "GHSA-wh98-p28r-vrc9");
  EXPECT_EQ(id("osvdb: 78116"), "OSVDB-78116");
  EXPECT_EQ(id("other: 1"), "none");
}

TEST(RubySec, RubyItselfIsSoftwareThatNoPackageManagerKnows) {
  const Collected read = read_text(
      feed(),
      advisory("patched_versions: ['~> 1.9.3.392', '~> 3.0.4', '>= 3.1.2']", "engine: ruby"));
  ASSERT_EQ(read.statements.size(), 1U);
  EXPECT_EQ(read.statements[0].ecosystem, "Bitnami");
  EXPECT_EQ(read.statements[0].package, "ruby");
  EXPECT_EQ(ranges_of(read.statements[0]), "[,1.9.3-392) [1.9.4,3.0.4) [3.1,3.1.2)");
  const Collected other =
      read_text(feed(), advisory("patched_versions: ['>= 9.3.8.0']", "engine: jruby"));
  EXPECT_THAT(other.statements, IsEmpty());
  EXPECT_EQ(other.all_facts.size(), 1U);
}

TEST(RubySec, APlatformIsTold) {
  const Collected read = read_text(feed(), advisory("patched_versions: ['>= 1']\nplatform: jruby"));
  EXPECT_EQ(read.statements.at(0).note, "only on jruby");
}

TEST(RubySec, WhatCannotBeReadIsReported) {
  const Collected read = read_text(feed(), advisory("patched_versions: ['>= one']"));
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("CVE-2022-23633 rails")));
  EXPECT_THAT(read.statements, IsEmpty());
  EXPECT_NE(feeds::error_of(feed(), "gem: [a"), "no error");
}

TEST(RubySec, RecognisesItselfOnly) {
  const auto recognises = [](std::string_view head) { return feed().recognises(head, "x.yml"); };
  EXPECT_TRUE(recognises(advisory("")));
  EXPECT_TRUE(recognises(advisory("", "engine: ruby")));
  EXPECT_FALSE(recognises("name: test\non: push\n"));
  EXPECT_FALSE(recognises(R"({"gem":"a","url":"","title":"","date":"","description":""})"));
}

TEST(RubySec, RealAdvisories) {
  const std::string path = feeds::real_feed("rubysec/ruby-advisory-db.zip");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 1'381U);
  EXPECT_EQ(sink.facts_count, 1'381U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::rubysec
