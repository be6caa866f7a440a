// docs/formats/intelligence.md against src/intel/layout.h: every section, size, field and offset.
#include "intel/layout.h"

#include <fmt/format.h>
#include <cstddef>

#include "base/file.h"
#include "base/source_directory_test.h"

namespace vigil::intel::layout {
namespace {

const std::string& page() {
  static const std::string kPage =
      base::read_file(base::source_directory() + "/docs/formats/intelligence.md", 1U << 20U)
          .value_or("");
  return kPage;
}

/// The part of the page under a heading.
std::string chapter(const std::string& heading) {
  const std::size_t start = page().find("\n### " + heading + "\n");
  if (start == std::string::npos) return {};
  return page().substr(start, page().find("\n#", start + 5) - start);
}

struct Field {
  std::string_view name;
  std::size_t offset;
  std::size_t size;
};

void expect_described(std::string_view record, std::size_t size, const std::vector<Field>& fields) {
  const std::string text = chapter(fmt::format("{}, {} bytes", record, size));
  ASSERT_FALSE(text.empty()) << "no chapter '" << record << ", " << size << " bytes'";
  for (const Field& field : fields) {
    const std::string row = fmt::format("| {} | {} | `{}`", field.offset, field.size, field.name);
    EXPECT_NE(text.find(row), std::string::npos) << record << ": no row " << row;
  }
}

TEST(FormatPage, NamesEverySectionWithItsNumber) {
  const std::vector<std::string_view> sections = {
      "kTexts",           "kEcosystems", "kPackages", "kPackageHash", "kRows",
      "kVulnerabilities", "kAliases",    "kRecords",  "kEpss",        "kSources"};
  ASSERT_EQ(sections.size(), std::size_t{kSectionCount});
  EXPECT_EQ(kTexts, 0);
  EXPECT_EQ(kSources, kSectionCount - 1);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const std::string row = fmt::format("| {} | `{}` |", i, sections[i]);
    EXPECT_NE(page().find(row), std::string::npos) << row;
  }
}

TEST(FormatPage, NamesTheFormatAndTheMagic) {
  const std::string header = chapter(fmt::format("Header, {} bytes", sizeof(Header)));
  ASSERT_FALSE(header.empty());
  EXPECT_THAT(header, testing::HasSubstr(std::string(kMagic.data(), kMagic.size())));
  EXPECT_THAT(header, testing::HasSubstr(fmt::format("| format, {} |", kSnapshotFormat)));
  EXPECT_THAT(header, testing::HasSubstr(
                          fmt::format("| number of sections, {} |", std::size_t{kSectionCount})));
}

TEST(FormatPage, HasEveryFieldOfEveryRecord) {
#define VIGIL_FIELD(record, field)                         \
  Field {                                                  \
    #field, offsetof(record, field), sizeof(record::field) \
  }
  expect_described("Ecosystem", sizeof(Ecosystem),
                   {VIGIL_FIELD(Ecosystem, name), VIGIL_FIELD(Ecosystem, package_count),
                    VIGIL_FIELD(Ecosystem, first_package), VIGIL_FIELD(Ecosystem, row_count)});
  expect_described(
      "Package", sizeof(Package),
      {VIGIL_FIELD(Package, ecosystem), VIGIL_FIELD(Package, name), VIGIL_FIELD(Package, first_row),
       VIGIL_FIELD(Package, row_count), VIGIL_FIELD(Package, content)});
  expect_described(
      "Row", sizeof(Row),
      {VIGIL_FIELD(Row, vulnerability), VIGIL_FIELD(Row, low_key), VIGIL_FIELD(Row, high_key),
       VIGIL_FIELD(Row, fixed_version), VIGIL_FIELD(Row, vendor_severity),
       VIGIL_FIELD(Row, advisory), VIGIL_FIELD(Row, note), VIGIL_FIELD(Row, qualifier),
       VIGIL_FIELD(Row, source), VIGIL_FIELD(Row, state), VIGIL_FIELD(Row, flags)});
  expect_described("Vulnerability", sizeof(Vulnerability),
                   {VIGIL_FIELD(Vulnerability, record), VIGIL_FIELD(Vulnerability, record_size),
                    VIGIL_FIELD(Vulnerability, id), VIGIL_FIELD(Vulnerability, content)});
  expect_described("Alias", sizeof(Alias),
                   {VIGIL_FIELD(Alias, alias), VIGIL_FIELD(Alias, vulnerability)});
  expect_described(
      "Epss", sizeof(Epss),
      {VIGIL_FIELD(Epss, cve), VIGIL_FIELD(Epss, score), VIGIL_FIELD(Epss, percentile)});
#undef VIGIL_FIELD
}

}  // namespace
}  // namespace vigil::intel::layout
