#include "intel/feeds/testing.h"

namespace vigil::intel::debian_oval {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using model::FixState;
using testing::ElementsAre;
using testing::HasSubstr;

std::string document(std::string_view definitions) {
  return R"(<?xml version='1.0'?>
<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5"
 xmlns:oval="http://oval.mitre.org/XMLSchema/oval-common-5">
<generator><oval:product_name>Debian</oval:product_name>
<oval:timestamp>2023-07-14T03:39:10.188-04:00</oval:timestamp></generator>
<definitions>)" +
         std::string(definitions) + R"(</definitions>
<tests><uname_test id="t:2"><object object_ref="o:2"/></uname_test>
<dpkginfo_test id="t:3"><object object_ref="o:3"/><state state_ref="s:3"/></dpkginfo_test>
<dpkginfo_test id="t:4"><object object_ref="o:3"/><state state_ref="s:4"/></dpkginfo_test></tests>
<objects><uname_object id="o:2"/><dpkginfo_object id="o:3"><name>glibc</name></dpkginfo_object></objects>
<states><dpkginfo_state id="s:3"><evr datatype="debian_evr_string" operation="less than">0:2.2-1</evr></dpkginfo_state>
<dpkginfo_state id="s:4"><evr datatype="debian_evr_string" operation="less than">0:0</evr></dpkginfo_state></states>
</oval_definitions>)";
}

std::string definition(std::string_view test, std::string_view platform = "Debian GNU/Linux 12") {
  return R"(<definition id="oval:org.debian:def:1" class="vulnerability"><metadata>
<title>CVE-2023-0001 glibc</title><affected family="unix"><platform>)" +
         std::string(platform) + R"(</platform><product>glibc</product></affected>
<reference source="CVE" ref_id="CVE-2023-0001" ref_url="https://example.org/1"/>
<description>A &lt;flaw&gt;.</description><debian><dsa>DSA-5435</dsa></debian></metadata>
<criteria><criterion test_ref="t:2" comment="all"/><criterion test_ref=")" +
         std::string(test) + R"("/></criteria></definition>)";
}

TEST(DebianOval, FollowsTheReferencesToPackageAndVersion) {
  const Collected read = read_text(feed(), document(definition("t:3")));
  ASSERT_EQ(read.statements.size(), 1U);
  const Statement& statement = read.statements[0];
  EXPECT_EQ(statement.ecosystem, "Debian:12");
  EXPECT_EQ(statement.package, "glibc");
  EXPECT_EQ(statement.vulnerability, "CVE-2023-0001");
  EXPECT_EQ(statement.advisory, "DSA-5435");
  EXPECT_EQ(statement.state, FixState::Fixed);
  EXPECT_EQ(ranges_of(statement), "[,2.2-1)");
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_EQ(read.all_facts[0].details.description, "A <flaw>.");
  EXPECT_THAT(read.all_facts[0].details.references, ElementsAre("https://example.org/1"));
  EXPECT_EQ(read.date, 1689320350);
}

TEST(DebianOval, EarlierThanZeroIsNotAffected) {
  const Collected read = read_text(feed(), document(definition("t:4")));
  ASSERT_EQ(read.statements.size(), 1U);
  EXPECT_EQ(read.statements[0].state, FixState::NotAffected);
  EXPECT_EQ(ranges_of(read.statements[0]), "");
}

TEST(DebianOval, WhatLeadsNowhereIsAProblem) {
  EXPECT_THAT(read_text(feed(), document(definition("t:9"))).problems,
              ElementsAre(HasSubstr("no test")));
  EXPECT_THAT(read_text(feed(), document(definition("t:3", "Debian GNU/Hurd"))).problems,
              ElementsAre(HasSubstr("no release")));
}

TEST(DebianOval, ForeignCutAndHostileFilesAreErrors) {
  const std::string whole = document(definition("t:3"));
  EXPECT_THAT(feeds::error_of(feed(), whole.substr(0, whole.size() - 20)), HasSubstr("cut short"));
  EXPECT_THAT(feeds::error_of(feed(), "<html/>"), HasSubstr("no OVAL definitions"));
  EXPECT_THAT(feeds::error_of(feed(), "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
              HasSubstr("document type"));
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  EXPECT_THAT(feeds::error_of(feed(), deep), HasSubstr("too deep"));
}

TEST(DebianOval, RecognisesDebiansOnly) {
  EXPECT_TRUE(feed().recognises(document(definition("t:3")), ""));
  EXPECT_FALSE(
      feed().recognises("<oval_definitions><definition id=\"oval:com.ubuntu:def:1\"/>", ""));
}

TEST(DebianOval, RealDefinitions) {
  const std::string path = feeds::real_feed("debian/oval/oval-definitions-bookworm.xml.bz2");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(sink.facts_count, 25'932U);
  EXPECT_EQ(sink.statements, 25'932U);
  EXPECT_EQ(sink.not_affected, 1'533U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::debian_oval
