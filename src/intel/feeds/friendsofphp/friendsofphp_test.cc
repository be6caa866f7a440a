#include "intel/feeds/testing.h"

#include "intel/feeds/advisory_links.h"

namespace vigil::intel::friendsofphp {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kName = "security-advisories-master/symfony/form/2015-08-06.yaml";

std::string advisory(std::string_view branches, std::string_view more = "cve: CVE-2019-11325") {
  return "title: \"CVE-2019-11325: A flaw\"\nlink: https://example.org/a\n" + std::string(more) +
         "\nbranches:\n" + std::string(branches) + "\nreference: composer://symfony/form\n";
}

std::string ranges(std::string_view branches) {
  const Collected read = read_text(feed(), advisory(branches), kName);
  EXPECT_THAT(read.problems, IsEmpty());
  return read.statements.empty() ? "none" : ranges_of(read.statements[0]);
}

TEST(FriendsOfPhp, ABranchIsAnInterval) {
  const Collected read = read_text(
      feed(),
      advisory("  4.2.x:\n    time: 2019-11-13 08:00:00\n    versions: ['>=4.2.0', '<4.2.12']"),
      kName);
  ASSERT_EQ(read.statements.size(), 1U);
  EXPECT_EQ(read.statements[0].ecosystem, "Packagist");
  EXPECT_EQ(read.statements[0].package, "symfony/form");
  EXPECT_EQ(read.statements[0].vulnerability, "CVE-2019-11325");
  EXPECT_EQ(read.statements[0].state, model::FixState::Fixed);
  EXPECT_EQ(ranges_of(read.statements[0]), "[4.2.0-dev,4.2.12)");
  EXPECT_EQ(read.date, 1573632000);
}

TEST(FriendsOfPhp, ABranchWithoutATimeGoesOnInTheNext) {
  EXPECT_EQ(ranges("  6.1.x: {time: ~, versions: ['>=6.1.0', '<6.2.0']}\n"
                   "  6.2.x: {time: 2026-05-20 08:00:00, versions: ['>=6.2.0', '<6.2.9']}\n"
                   "  5.x: {time: ~, versions: ['<5.1']}"),
            "[,<5.1) [6.1.0-dev,6.2.9)");
}

TEST(FriendsOfPhp, OtherBounds) {
  EXPECT_EQ(ranges("  1.x: {time: 2020-01-01, versions: ['<=1.4']}"), "[,1.4]");
  EXPECT_EQ(ranges("  1.x: {time: 2020-01-01, versions: ['>1.4', '<2.0']}"), "(1.4,2.0)");
  EXPECT_EQ(ranges("  1.x: {time: ~, versions: ['>=1.0.0-beta1']}"), "[1.0.0-beta1,)");
}

TEST(FriendsOfPhp, WithoutACveTheLinkOrThePlaceIsTheId) {
  const auto id = [](std::string_view more) {
    const std::string branches = "  1.x: {time: ~, versions: ['<1']}";
    return read_text(feed(), advisory(branches, more), kName).all_facts.at(0).details.id;
  };
  EXPECT_EQ(id("cve: ~"), "FOP-symfony/form/2015-08-06");
  EXPECT_EQ(id("composer-repository: false"), "FOP-symfony/form/2015-08-06");
  const std::string text =
      "title: t\nlink: https://github.com/a/b/security/advisories/GHSA-wh98-p28r-vrc9\n"
      "branches: {}\nreference: composer://a/b\n";
  EXPECT_EQ(read_text(feed(), text, kName).all_facts.at(0).details.id, "GHSA-wh98-p28r-vrc9");
}

TEST(FriendsOfPhp, TheIdIsTheOneThatGithubsLinksGive) {
  EXPECT_EQ(
      feeds::php_advisory_of("https://github.com/FriendsOfPHP/security-advisories/blob/master/"
                             "symfony/form/2015-08-06.yaml"),
      "FOP-symfony/form/2015-08-06");
  EXPECT_EQ(
      feeds::php_advisory_of("https://github.com/FriendsOfPHP/security-advisories/blob/master/"
                             "symfony/form/CVE-2019-11325.yaml"),
      "");
  EXPECT_EQ(feeds::php_advisory_of("https://example.org/a/b/2015-08-06.yaml"), "");
  EXPECT_EQ(feeds::npm_advisory_of("https://www.npmjs.com/advisories/118"), "NSWG-ECO-118");
  EXPECT_EQ(feeds::npm_advisory_of("https://nodesecurity.io/advisories/118/versions"),
            "NSWG-ECO-118");
  EXPECT_EQ(feeds::npm_advisory_of("https://www.npmjs.com/advisories/1184"), "");
  EXPECT_EQ(feeds::npm_advisory_of("https://example.org/advisories/118"), "");
}

TEST(FriendsOfPhp, WhatCannotBeReadIsReported) {
  const Collected wrong =
      read_text(feed(), advisory("  1.x: {time: ~, versions: ['~1.0']}"), kName);
  EXPECT_THAT(wrong.problems, ElementsAre(HasSubstr("CVE-2019-11325 symfony/form")));
  EXPECT_THAT(wrong.statements, IsEmpty());
  EXPECT_THAT(read_text(feed(), "title: t\nreference: pear://a", kName).problems,
              ElementsAre(HasSubstr("Composer")));
}

TEST(FriendsOfPhp, RecognisesItselfOnly) {
  const auto recognises = [](std::string_view head) { return feed().recognises(head, "x.yaml"); };
  EXPECT_TRUE(recognises(advisory("")));
  EXPECT_FALSE(recognises("title: t\nbranches: {}\nreference: other://a\n"));
  EXPECT_FALSE(recognises("{}"));
}

TEST(FriendsOfPhp, RealAdvisories) {
  const std::string path = feeds::real_feed("friendsofphp/security-advisories.zip");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 1'592U);
  EXPECT_EQ(sink.statements, 1'592U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::friendsofphp
