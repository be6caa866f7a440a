#include "findings/filter.h"

#include <algorithm>
#include <random>

#include "base/testing/seed.h"
#include "findings/resource.h"

namespace vigil::findings {
namespace {

Attribute text(std::string_view field, std::string value) {
  return {filter_field(field).value(), "", std::move(value), {}, {}};
}
Attribute number(std::string_view field, double value) {
  return {filter_field(field).value(), "", std::to_string(value), value, {}};
}
Attribute tag(std::string key, std::string value) {
  return {filter_field("resourceTags").value(), std::move(key), std::move(value), {}, {}};
}
Attribute ports(double begin, double end) {
  return {filter_field("portRange").value(), "", "", begin, end};
}
PackageFacts package(std::string name, std::string version, int epoch = 0) {
  PackageFacts facts;
  facts.name = std::move(name);
  facts.version = std::move(version);
  facts.epoch = epoch;
  return facts;
}

struct Case {
  std::string_view criteria;
  bool matches;
};

void expect_matches(const FilterSubject& subject, std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    const auto filter = parse_filter(c.criteria);
    ASSERT_TRUE(filter) << c.criteria << ": " << filter.error().text();
    EXPECT_EQ(matches(*filter, subject), c.matches) << c.criteria;
    const auto again = parse_filter(filter_json(*filter));
    ASSERT_TRUE(again) << filter_json(*filter);
    EXPECT_EQ(filter_json(*again), filter_json(*filter));
    EXPECT_EQ(matches(*again, subject), c.matches) << filter_json(*filter);
  }
}

TEST(Filter, NoCriterionMatchesEverything) {
  expect_matches({}, {{"{}", true}, {R"({"severity": null})", true}});
}

TEST(Filter, StringsCompareExactlyInCase) {
  FilterSubject subject;
  subject.attributes = {text("severity", "HIGH"), text("title", "CVE-2024-6119 - openssl")};
  expect_matches(subject, {{R"({"severity":[{"comparison":"EQUALS","value":"HIGH"}]})", true},
                           {R"({"severity":[{"comparison":"EQUALS","value":"high"}]})", false},
                           {R"({"severity":[{"comparison":"EQUALS","value":"HIG"}]})", false},
                           {R"({"severity":[{"comparison":"PREFIX","value":"HIG"}]})", true},
                           {R"({"severity":[{"comparison":"PREFIX","value":"HIGHER"}]})", false},
                           {R"({"severity":[{"comparison":"NOT_EQUALS","value":"HIGH"}]})", false},
                           {R"({"severity":[{"comparison":"NOT_EQUALS","value":"LOW"}]})", true},
                           {R"({"title":[{"comparison":"PREFIX","value":"CVE-2024-"}]})", true},
                           {R"({"title":[{"comparison":"PREFIX","value":"openssl"}]})", false}});
}

TEST(Filter, AnUnknownValueIsAcceptedAndMatchesNothing) {
  FilterSubject subject;
  subject.attributes = {text("resourceType", "AWS_EC2_INSTANCE")};
  expect_matches(
      subject,
      {{R"({"resourceType":[{"comparison":"EQUALS","value":"AWS_ECR_INSTANCE"}]})", false}});
}

TEST(Filter, FieldsAreJoinedByAnd) {
  FilterSubject subject;
  subject.attributes = {text("severity", "HIGH"), text("fixAvailable", "YES")};
  expect_matches(subject, {{R"({"severity":[{"comparison":"EQUALS","value":"HIGH"}],
                                "fixAvailable":[{"comparison":"EQUALS","value":"YES"}]})",
                            true},
                           {R"({"severity":[{"comparison":"EQUALS","value":"HIGH"}],
                                "fixAvailable":[{"comparison":"EQUALS","value":"NO"}]})",
                            false}});
}

TEST(Filter, EqualsAndPrefixAreJoinedByOrNotEqualsByAndBothGroupsByAnd) {
  FilterSubject subject;
  subject.attributes = {text("severity", "HIGH")};
  expect_matches(subject, {{R"({"severity":[{"comparison":"EQUALS","value":"LOW"},
                                            {"comparison":"EQUALS","value":"HIGH"}]})",
                            true},
                           {R"({"severity":[{"comparison":"EQUALS","value":"LOW"},
                                            {"comparison":"PREFIX","value":"HI"}]})",
                            true},
                           {R"({"severity":[{"comparison":"EQUALS","value":"LOW"},
                                            {"comparison":"PREFIX","value":"M"}]})",
                            false},
                           {R"({"severity":[{"comparison":"NOT_EQUALS","value":"LOW"},
                                            {"comparison":"NOT_EQUALS","value":"MEDIUM"}]})",
                            true},
                           {R"({"severity":[{"comparison":"NOT_EQUALS","value":"LOW"},
                                            {"comparison":"NOT_EQUALS","value":"HIGH"}]})",
                            false},
                           {R"({"severity":[{"comparison":"PREFIX","value":"H"},
                                            {"comparison":"NOT_EQUALS","value":"LOW"}]})",
                            true},
                           {R"({"severity":[{"comparison":"PREFIX","value":"H"},
                                            {"comparison":"NOT_EQUALS","value":"HIGH"}]})",
                            false},
                           {R"({"severity":[{"comparison":"EQUALS","value":"LOW"},
                                            {"comparison":"NOT_EQUALS","value":"MEDIUM"}]})",
                            false}});
}

TEST(Filter, AFieldOfSeveralValuesEqualsOneOfThemAndNotEqualsNone) {
  FilterSubject subject;
  subject.attributes = {text("ecrImageTags", "latest"), text("ecrImageTags", "v1.2")};
  expect_matches(subject,
                 {{R"({"ecrImageTags":[{"comparison":"EQUALS","value":"v1.2"}]})", true},
                  {R"({"ecrImageTags":[{"comparison":"PREFIX","value":"v1"}]})", true},
                  {R"({"ecrImageTags":[{"comparison":"EQUALS","value":"v2"}]})", false},
                  {R"({"ecrImageTags":[{"comparison":"NOT_EQUALS","value":"v1.2"}]})", false},
                  {R"({"ecrImageTags":[{"comparison":"NOT_EQUALS","value":"v2"}]})", true}});
}

TEST(Filter, AFieldWithoutValueFulfilsNotEqualsOnly) {
  FilterSubject subject;
  subject.attributes = {text("severity", "HIGH")};
  expect_matches(subject,
                 {{R"({"ec2InstanceVpcId":[{"comparison":"EQUALS","value":"vpc-1"}]})", false},
                  {R"({"ec2InstanceVpcId":[{"comparison":"PREFIX","value":"v"}]})", false},
                  {R"({"ec2InstanceVpcId":[{"comparison":"NOT_EQUALS","value":"vpc-1"}]})", true},
                  {R"({"inspectorScore":[{"lowerInclusive":0}]})", false},
                  {R"({"inspectorScore":[{}]})", false},
                  {R"({"ecrImagePushedAt":[{"endInclusive":4000000000}]})", false},
                  {R"({"resourceTags":[{"comparison":"EQUALS","key":"team"}]})", false},
                  {R"({"portRange":[{}]})", false},
                  {R"({"vulnerablePackages":[{}]})", false}});
}

TEST(Filter, BoundsOfNumbersAreInclusive) {
  FilterSubject subject;
  subject.attributes = {number("inspectorScore", 7.5)};
  expect_matches(subject,
                 {{R"({"inspectorScore":[{"lowerInclusive":7.5}]})", true},
                  {R"({"inspectorScore":[{"upperInclusive":7.5}]})", true},
                  {R"({"inspectorScore":[{"lowerInclusive":7.6}]})", false},
                  {R"({"inspectorScore":[{"upperInclusive":7.4}]})", false},
                  {R"({"inspectorScore":[{"lowerInclusive":7,"upperInclusive":8}]})", true},
                  {R"({"inspectorScore":[{"lowerInclusive":8,"upperInclusive":7}]})", false},
                  {R"({"inspectorScore":[{"upperInclusive":4},{"lowerInclusive":7}]})", true},
                  {R"({"inspectorScore":[{}]})", true}});
}

TEST(Filter, DatesAreSecondsWithFractionOrText) {
  FilterSubject subject;
  subject.attributes = {number("firstObservedAt", 1700000000)};  // 2023-11-14T22:13:20Z
  expect_matches(
      subject,
      {{R"({"firstObservedAt":[{"startInclusive":1700000000}]})", true},
       {R"({"firstObservedAt":[{"startInclusive":1.7e9,"endInclusive":1700000000.0}]})", true},
       {R"({"firstObservedAt":[{"startInclusive":1700000000.25}]})", false},
       {R"({"firstObservedAt":[{"endInclusive":1699999999.999}]})", false},
       {R"({"firstObservedAt":[{"startInclusive":"2023-11-14T22:13:20Z"}]})", true},
       {R"({"firstObservedAt":[{"startInclusive":"2023-11-14T22:13:21Z"}]})", false},
       {R"({"firstObservedAt":[{"endInclusive":"2023-11-14T23:13:20+01:00"}]})", true},
       {R"({"firstObservedAt":[{"startInclusive":"2023-11-15"}]})", false}});
}

TEST(Filter, TagsAreFoundByKeyAndPerhapsValue) {
  FilterSubject subject;
  subject.attributes = {tag("team", "blue"), tag("stage", "")};
  expect_matches(
      subject,
      {{R"({"resourceTags":[{"comparison":"EQUALS","key":"team","value":"blue"}]})", true},
       {R"({"resourceTags":[{"comparison":"EQUALS","key":"team"}]})", true},
       {R"({"resourceTags":[{"comparison":"EQUALS","key":"team","value":"red"}]})", false},
       {R"({"resourceTags":[{"comparison":"EQUALS","key":"stage","value":""}]})", true},
       {R"({"resourceTags":[{"comparison":"EQUALS","key":"team","value":""}]})", false},
       {R"({"resourceTags":[{"comparison":"EQUALS","key":"stage","value":"blue"}]})", false},
       {R"({"resourceTags":[{"comparison":"EQUALS","key":"none"},
                            {"comparison":"EQUALS","key":"team"}]})",
        true}});
}

TEST(Filter, APortRangeLiesWithinTheBounds) {
  FilterSubject subject;
  subject.attributes = {ports(20, 22)};
  expect_matches(subject, {{R"({"portRange":[{"beginInclusive":20,"endInclusive":22}]})", true},
                           {R"({"portRange":[{"beginInclusive":0,"endInclusive":65535}]})", true},
                           {R"({"portRange":[{"beginInclusive":21,"endInclusive":22}]})", false},
                           {R"({"portRange":[{"beginInclusive":20,"endInclusive":21}]})", false},
                           {R"({"portRange":[{"beginInclusive":20}]})", true},
                           {R"({"portRange":[{"endInclusive":22}]})", true},
                           {R"({"portRange":[{"endInclusive":21},{"beginInclusive":20}]})", true}});
}

TEST(Filter, AllTestsOfAPackageHoldForTheSamePackage) {
  FilterSubject subject;
  subject.packages = {package("openssl", "3.0.15", 1), package("curl", "7.88.1")};
  subject.packages[0].path = "/var/lib/dpkg/status";
  expect_matches(
      subject,
      {{R"({"vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"curl"}}]})", true},
       {R"({"vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"curl"},
                                   "version":{"comparison":"PREFIX","value":"7."}}]})",
        true},
       {R"({"vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"curl"},
                                   "version":{"comparison":"EQUALS","value":"3.0.15"}}]})",
        false},
       {R"({"vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"none"}},
                                  {"name":{"comparison":"EQUALS","value":"openssl"}}]})",
        true},
       {R"({"vulnerablePackages":[{"epoch":{"lowerInclusive":1}}]})", true},
       {R"({"vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"curl"},
                                   "epoch":{"lowerInclusive":1}}]})",
        false},
       {R"({"vulnerablePackages":[{"name":{"comparison":"NOT_EQUALS","value":"openssl"},
                                   "version":{"comparison":"NOT_EQUALS","value":"7.88.1"}}]})",
        false},
       {R"({"vulnerablePackages":[{"filePath":{"comparison":"PREFIX","value":"/var/"}}]})", true},
       {R"({"vulnerablePackages":[{"sourceLayerHash":{"comparison":"PREFIX","value":"sha256:"}}]})",
        false},
       {R"({"vulnerablePackages":[{"sourceLayerHash":{"comparison":"NOT_EQUALS","value":"x"}}]})",
        true},
       {R"({"vulnerablePackages":[{}]})", true}});
}

// Laws ----------------------------------------------------------------------------------------

/// Filters and findings from few words, so that they meet.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  std::string word() { return std::string(1 + below(3), static_cast<char>('a' + below(2))); }
  StringTest string_test() { return {static_cast<Comparison>(below(3)), word()}; }
  RangeTest range() {
    RangeTest test;
    if (below(3) != 0) test.lower = static_cast<double>(below(6));
    if (below(3) != 0) test.upper = static_cast<double>(below(6));
    return test;
  }
  Criterion criterion() {
    const std::string_view names[] = {"severity",          "ecrImageTags", "updatedAt",
                                      "epssScore",         "resourceTags", "portRange",
                                      "vulnerablePackages"};
    const std::string_view name = names[below(std::size(names))];
    Criterion out;
    out.field = filter_field(name).value();
    for (std::uint64_t count = 1 + below(3); count > 0; --count) {
      const FieldKind kind = filter_fields()[out.field].kind;
      if (kind == FieldKind::String) out.strings.push_back(string_test());
      if (kind == FieldKind::Date || kind == FieldKind::Number) out.ranges.push_back(range());
      if (kind == FieldKind::Map) {
        out.maps.push_back({word(), {}});
        if (below(2) == 0) out.maps.back().value = word();
      }
      if (kind == FieldKind::PortRange)
        out.ports.push_back({static_cast<int>(below(4)), static_cast<int>(below(8))});
      if (kind == FieldKind::Package) {
        PackageTest test;
        if (below(2) == 0) test.name = string_test();
        if (below(2) == 0) test.version = string_test();
        if (below(2) == 0) test.epoch = range();
        out.packages.push_back(test);
      }
    }
    return out;
  }
  Filter filter() {
    Filter out;
    for (std::uint64_t count = below(4); count > 0; --count) out.criteria.push_back(criterion());
    return out;
  }
  FilterSubject subject() {
    FilterSubject out;
    if (below(4) != 0) out.attributes.push_back(text("severity", word()));
    for (std::uint64_t count = below(3); count > 0; --count)
      out.attributes.push_back(text("ecrImageTags", word()));
    if (below(2) == 0) out.attributes.push_back(number("updatedAt", static_cast<double>(below(6))));
    if (below(2) == 0) out.attributes.push_back(number("epssScore", static_cast<double>(below(6))));
    if (below(2) == 0) out.attributes.push_back(tag(word(), word()));
    if (below(2) == 0) {
      const auto begin = static_cast<double>(below(6));
      out.attributes.push_back(ports(begin, begin + static_cast<double>(below(3))));
    }
    for (std::uint64_t count = below(3); count > 0; --count)
      out.packages.push_back(package(word(), word(), static_cast<int>(below(6))));
    return out;
  }
  template <typename T>
  void shuffle(std::vector<T>& list) {
    std::shuffle(list.begin(), list.end(), random_);
  }

 private:
  std::mt19937_64 random_;
};

class FilterLaws : public testing::Test {
 protected:
  const std::uint64_t seed_ = base::testing::seed();
  testing::ScopedTrace trace_{__FILE__, __LINE__, base::testing::repeat_with(seed_)};
  Dice dice_{seed_};
};

TEST_F(FilterLaws, CriteriaAreJoinedByAnd) {
  int both = 0;
  for (int i = 0; i < 20000; ++i) {
    const FilterSubject subject = dice_.subject();
    const Filter one = dice_.filter();
    const Filter other = dice_.filter();
    Filter joined = one;
    joined.criteria.insert(joined.criteria.end(), other.criteria.begin(), other.criteria.end());
    EXPECT_EQ(matches(joined, subject), matches(one, subject) && matches(other, subject))
        << filter_json(joined);
    both += matches(joined, subject) ? 1 : 0;
  }
  EXPECT_GT(both, 1000) << "the dice hardly ever match";
}

TEST_F(FilterLaws, NotEqualsIsTheContraryOfEquals) {
  for (int i = 0; i < 20000; ++i) {
    const FilterSubject subject = dice_.subject();
    Criterion criterion;
    criterion.field = filter_field(dice_.below(2) == 0 ? "severity" : "ecrImageTags").value();
    criterion.strings = {{Comparison::Equals, dice_.word()}};
    const bool equals = matches({{criterion}}, subject);
    criterion.strings[0].comparison = Comparison::NotEquals;
    EXPECT_EQ(matches({{criterion}}, subject), !equals) << filter_json({{criterion}});
  }
}

TEST_F(FilterLaws, ValuesAreJoinedByOrButNotEqualsByAnd) {
  for (int i = 0; i < 20000; ++i) {
    const FilterSubject subject = dice_.subject();
    const Criterion criterion = dice_.criterion();
    const auto alone = [&](auto member, const auto& value) {
      Criterion one;
      one.field = criterion.field;
      (one.*member).push_back(value);
      return matches({{one}}, subject);
    };
    bool any = false;
    bool any_asked = false;
    bool all = true;
    for (const StringTest& test : criterion.strings) {
      const bool is_true = alone(&Criterion::strings, test);
      if (test.comparison == Comparison::NotEquals) {
        all = all && is_true;
      } else {
        any_asked = true;
        any = any || is_true;
      }
    }
    const auto add = [&](auto member) {
      for (const auto& value : criterion.*member) {
        any_asked = true;
        any = any || alone(member, value);
      }
    };
    add(&Criterion::ranges);
    add(&Criterion::maps);
    add(&Criterion::ports);
    add(&Criterion::packages);
    EXPECT_EQ(matches({{criterion}}, subject), all && (any || !any_asked))
        << filter_json({{criterion}});
  }
}

TEST_F(FilterLaws, OrderDoesNotMatter) {
  for (int i = 0; i < 5000; ++i) {
    FilterSubject subject = dice_.subject();
    Filter filter = dice_.filter();
    const bool before = matches(filter, subject);
    dice_.shuffle(subject.attributes);
    dice_.shuffle(subject.packages);
    dice_.shuffle(filter.criteria);
    for (Criterion& criterion : filter.criteria) dice_.shuffle(criterion.strings);
    EXPECT_EQ(matches(filter, subject), before) << filter_json(filter);
  }
}

TEST_F(FilterLaws, WhatIsWrittenReadsTheSame) {
  for (int i = 0; i < 2000; ++i) {
    Filter filter = dice_.filter();
    // A field stands once in JSON.
    std::ranges::sort(filter.criteria, {}, &Criterion::field);
    const auto rest = std::ranges::unique(filter.criteria, {}, &Criterion::field);
    filter.criteria.erase(rest.begin(), rest.end());
    const auto again = parse_filter(filter_json(filter));
    ASSERT_TRUE(again) << filter_json(filter);
    EXPECT_EQ(filter_json(*again), filter_json(filter));
    const FilterSubject subject = dice_.subject();
    EXPECT_EQ(matches(*again, subject), matches(filter, subject)) << filter_json(filter);
  }
}

TEST(FilterJson, WritesEveryKindAsTheApiDoes) {
  constexpr std::string_view kWhole =
      R"({"severity":[{"comparison":"EQUALS","value":"HIGH"}],)"
      R"("firstObservedAt":[{"startInclusive":1700000000,"endInclusive":1700000000.5}],)"
      R"("inspectorScore":[{"lowerInclusive":7.5,"upperInclusive":10}],)"
      R"("resourceTags":[{"comparison":"EQUALS","key":"team","value":"blue"}],)"
      R"("portRange":[{"beginInclusive":1,"endInclusive":2}],)"
      R"("vulnerablePackages":[{"name":{"comparison":"PREFIX","value":"lib"},)"
      R"("version":{"comparison":"EQUALS","value":"1"},)"
      R"("release":{"comparison":"EQUALS","value":"2"},)"
      R"("architecture":{"comparison":"EQUALS","value":"AMD64"},)"
      R"("sourceLayerHash":{"comparison":"EQUALS","value":"sha256:0"},)"
      R"("sourceLambdaLayerArn":{"comparison":"EQUALS","value":"arn:aws:lambda:r:1:layer:l:1"},)"
      R"("filePath":{"comparison":"NOT_EQUALS","value":"/a \"b\""},)"
      R"("epoch":{"lowerInclusive":0}}]})";
  const auto filter = parse_filter(kWhole);
  ASSERT_TRUE(filter) << filter.error().text();
  EXPECT_EQ(filter_json(*filter), kWhole);
}

TEST(FilterJson, PassesOverUnknownMembers) {
  const auto filter = parse_filter(
      R"({"newerField":[{"comparison":"EQUALS","value":"x"}],
          "severity":[{"comparison":"EQUALS","value":"HIGH","newer":1}]})");
  ASSERT_TRUE(filter);
  EXPECT_EQ(filter_json(*filter), R"({"severity":[{"comparison":"EQUALS","value":"HIGH"}]})");
}

TEST(FilterJson, NamesTheMemberThatIsWrong) {
  struct Wrong {
    std::string json;
    std::string_view where;
  };
  const std::string one = R"({"comparison":"EQUALS","value":"x"})";
  std::string eleven = one;
  for (int i = 0; i < 10; ++i) eleven += "," + one;
  const Wrong cases[] = {
      {"[]", "filterCriteria"},
      {R"({"severity":{}})", "filterCriteria.severity"},
      {R"({"severity":[]})", "filterCriteria.severity"},
      {R"({"severity":[)" + eleven + "]}", "filterCriteria.severity"},
      {R"({"severity":["HIGH"]})", "filterCriteria.severity[0]"},
      {R"({"severity":[)" + one + R"(,{"value":"x"}]})", "filterCriteria.severity[1].comparison"},
      {R"({"severity":[{"comparison":"LIKE","value":"x"}]})",
       "filterCriteria.severity[0].comparison"},
      {R"({"severity":[{"comparison":"EQUALS"}]})", "filterCriteria.severity[0].value"},
      {R"({"severity":[{"comparison":"EQUALS","value":7}]})", "filterCriteria.severity[0].value"},
      {R"({"severity":[{"comparison":"PREFIX","value":""}]})", "filterCriteria.severity[0].value"},
      {R"({"severity":[{"comparison":"EQUALS","value":")" + std::string(1025, 'x') + R"("}]})",
       "filterCriteria.severity[0].value"},
      {R"({"updatedAt":[{"startInclusive":"yesterday"}]})",
       "filterCriteria.updatedAt[0].startInclusive"},
      {R"({"updatedAt":[{"endInclusive":true}]})", "filterCriteria.updatedAt[0].endInclusive"},
      {R"({"updatedAt":[1]})", "filterCriteria.updatedAt[0]"},
      {R"({"epssScore":[{"lowerInclusive":"0.5"}]})", "filterCriteria.epssScore[0].lowerInclusive"},
      {R"({"resourceTags":[{"comparison":"PREFIX","key":"a"}]})",
       "filterCriteria.resourceTags[0].comparison"},
      {R"({"resourceTags":[{"comparison":"EQUALS"}]})", "filterCriteria.resourceTags[0].key"},
      {R"({"resourceTags":[{"comparison":"EQUALS","key":"a","value":1}]})",
       "filterCriteria.resourceTags[0].value"},
      {R"({"portRange":[{"beginInclusive":65536}]})", "filterCriteria.portRange[0].beginInclusive"},
      {R"({"portRange":[{"endInclusive":1.5}]})", "filterCriteria.portRange[0].endInclusive"},
      {R"({"vulnerablePackages":[{"name":"curl"}]})", "filterCriteria.vulnerablePackages[0].name"},
      {R"({"vulnerablePackages":[{"epoch":1}]})", "filterCriteria.vulnerablePackages[0].epoch"},
  };
  for (const Wrong& wrong : cases) {
    const auto filter = parse_filter(wrong.json);
    ASSERT_FALSE(filter) << wrong.json;
    EXPECT_EQ(filter.error().where, wrong.where) << wrong.json;
  }
}

TEST(FilterJson, ALongValueIsCountedInCharacters) {
  std::string value;
  for (int i = 0; i < 1024; ++i) value += "é";
  EXPECT_TRUE(parse_filter(R"({"title":[{"comparison":"EQUALS","value":")" + value + R"("}]})"));
}

TEST(FilterJson, ControlCharactersAreBlanksAsInWhatIsCompared) {
  FilterSubject subject;
  subject.attributes = {text("title", attribute_text("a\x01é"))};
  expect_matches(subject, {{R"({"title":[{"comparison":"EQUALS","value":"a\u0001é"}]})", true}});
}

}  // namespace
}  // namespace vigil::findings
