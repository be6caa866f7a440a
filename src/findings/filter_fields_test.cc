#include "findings/filter_fields.h"

#include <set>

#include "base/file.h"
#include "base/source_directory_test.h"
#include "findings/assessment.h"

namespace vigil::findings {
namespace {

TEST(FilterFields, AreTheSixtyFiveOfFilterCriteria) {
  std::map<FieldKind, int> kinds;
  std::set<std::string_view> names;
  for (const FilterField& field : filter_fields()) {
    ++kinds[field.kind];
    names.insert(field.name);
  }
  EXPECT_EQ(names.size(), 65U);
  EXPECT_EQ(kinds, (std::map<FieldKind, int>{{FieldKind::String, 49},
                                             {FieldKind::Date, 9},
                                             {FieldKind::Number, 4},
                                             {FieldKind::Map, 1},
                                             {FieldKind::PortRange, 1},
                                             {FieldKind::Package, 1}}));
}

TEST(FilterFields, AreFoundByName) {
  for (std::size_t i = 0; i < filter_fields().size(); ++i)
    EXPECT_EQ(filter_field(filter_fields()[i].name), i);
  EXPECT_EQ(filter_field("Severity"), std::nullopt);
  EXPECT_EQ(filter_field(""), std::nullopt);
}

// The number is stored in rows of attributes.
TEST(FilterFields, KeepTheirNumbers) {
  EXPECT_EQ(filter_field("findingArn"), 0);
  EXPECT_EQ(filter_field("ecrImageTags"), 14);
  EXPECT_EQ(filter_field("cloudProvider"), 34);
  EXPECT_EQ(filter_field("resourceTags"), 62);
  EXPECT_EQ(filter_field("vulnerablePackages"), 64);
}

TEST(FilterFields, ColumnsExistInTheTableOfTheirScope) {
  const auto schema = base::read_file(base::source_directory() + "/src/store/schema.sql", 1 << 20);
  ASSERT_TRUE(schema);
  const std::map<FieldScope, std::string> tables = {{FieldScope::Finding, "finding"},
                                                    {FieldScope::Assessment, "assessment"},
                                                    {FieldScope::Vulnerability, "vulnerability"},
                                                    {FieldScope::Resource, "resource"}};
  for (const FilterField& field : filter_fields()) {
    if (field.column.empty()) continue;
    const std::string begin = "CREATE TABLE " + tables.at(field.scope) + " (\n";
    const std::size_t from = schema->find(begin);
    ASSERT_NE(from, std::string::npos) << begin;
    const std::string table = schema->substr(from, schema->find("\n)", from) - from);
    EXPECT_NE(table.find("\n  " + std::string(field.column) + " "), std::string::npos)
        << field.name << " in " << table;
  }
}

TEST(FilterFields, WithoutColumnHaveATableOfAttributes) {
  for (const FilterField& field : filter_fields()) {
    if (!field.column.empty() || field.name == "findingArn") continue;
    EXPECT_TRUE(field.scope == FieldScope::Assessment || field.scope == FieldScope::Resource)
        << field.name;
  }
}

TEST(FilterFields, WordsStandWhereTheirNumberSays) {
  const auto words = [](std::string_view name) {
    return filter_fields()[filter_field(name).value()].words;
  };
  const auto severities = words("severity");
  ASSERT_EQ(severities.size(), 6U);
  for (std::size_t i = 0; i < severities.size(); ++i)
    EXPECT_EQ(severities[i], model::severity_name(static_cast<model::Severity>(i)));
  const auto statuses = words("findingStatus");
  ASSERT_EQ(statuses.size(), 3U);
  for (std::size_t i = 0; i < statuses.size(); ++i)
    EXPECT_EQ(statuses[i], status_name(static_cast<Status>(i)));
  const auto fixes = words("fixAvailable");
  ASSERT_EQ(fixes.size(), 3U);
  for (std::size_t i = 0; i < fixes.size(); ++i)
    EXPECT_EQ(fixes[i], fix_available_name(static_cast<FixAvailable>(i)));
  const auto exploits = words("exploitAvailable");
  ASSERT_EQ(exploits.size(), 2U);
  EXPECT_EQ(exploits[0], "NO");
  EXPECT_EQ(exploits[1], "YES");
}

}  // namespace
}  // namespace vigil::findings
