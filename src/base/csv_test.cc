#include "base/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vigil::base {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Outcome {
  Rows rows;
  std::vector<std::uint64_t> lines;
  std::string error;
  ErrorCode code = ErrorCode::Invalid;
};

/// One byte per read, so that every boundary is met.
class ByteInput final : public Input {
 public:
  explicit ByteInput(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    if (rest_.empty()) return 0;
    buffer[0] = rest_.front();
    rest_.remove_prefix(1);
    return 1;
  }

 private:
  std::string_view rest_;
};

Outcome rows_of(Input& input, const CsvFormat& format) {
  Outcome outcome;
  const auto result = for_each_csv_row(input, format, [&](std::uint64_t line, auto fields) {
    outcome.lines.push_back(line);
    outcome.rows.emplace_back(fields.begin(), fields.end());
    return ok();
  });
  if (!result) {
    outcome.error = result.error().text();
    outcome.code = result.error().code;
  }
  return outcome;
}

Outcome read(std::string_view text, const CsvFormat& format = {}) {
  StringInput whole(text);
  ByteInput bytes(text);
  Outcome outcome = rows_of(whole, format);
  EXPECT_EQ(rows_of(bytes, format).rows, outcome.rows) << text;
  return outcome;
}

TEST(Csv, SplitsRowsAndFields) {
  EXPECT_EQ(read("cve,epss\r\nCVE-2024-1,0.5\r\n").rows,
            (Rows{{"cve", "epss"}, {"CVE-2024-1", "0.5"}}));
  EXPECT_EQ(read("a,,c\n,\n").rows, (Rows{{"a", "", "c"}, {"", ""}}));
  EXPECT_EQ(read("a;b,c", {.separator = ';'}).rows, (Rows{{"a", "b,c"}}));
}

TEST(Csv, QuotedFieldsHoldAnything) {
  EXPECT_EQ(read("\"a,b\",\"say \"\"hi\"\"\",\"x\ny\"\r\n\"\"\n").rows,
            (Rows{{"a,b", "say \"hi\"", "x\ny"}, {""}}));
  EXPECT_EQ(read("\"a\"\r\n\"b\"").rows, (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(read("\"keeps\r\"").rows, (Rows{{"keeps\r"}}));
}

TEST(Csv, CountsLinesAcrossQuotedLineBreaks) {
  EXPECT_EQ(read("a\n\"1\n2\n\"\nb\n\n\nc").lines, (std::vector<std::uint64_t>{1, 2, 5, 8}));
}

TEST(Csv, AQuoteInsideAPlainFieldIsACharacter) {
  EXPECT_EQ(read("5\" disk,b").rows, (Rows{{"5\" disk", "b"}}));
}

TEST(Csv, TheLastLineNeedsNoEndAndBlankLinesAreNoRows) {
  EXPECT_EQ(read("\n\r\na,b").rows, (Rows{{"a", "b"}}));
  EXPECT_EQ(read("").rows, Rows{});
  EXPECT_EQ(read("a,").rows, (Rows{{"a", ""}}));
}

TEST(Csv, SkipsAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBF\"id\",x").rows, (Rows{{"id", "x"}}));
  EXPECT_EQ(read("\xEF\xBB").rows, (Rows{{"\xEF\xBB"}}));
}

TEST(Csv, SaysWhereTheTextIsWrong) {
  EXPECT_EQ(read("a\n\"b\nc").error, "line 2: a quoted field ends in the middle (fetch it again)");
  EXPECT_EQ(read("\"a\"b").error, "line 1: text behind a closing quote");
  EXPECT_EQ(read("\"a\"\r,b").error, "line 1: text behind a closing quote");
  EXPECT_EQ(read("\"a\"\rb").error, "line 1: text behind a closing quote");
  EXPECT_EQ(read("\"a\"\r\"").error, "line 1: text behind a closing quote");
}

TEST(Csv, StopsAtTheLimits) {
  EXPECT_EQ(read("abc\nabcd\n", {.row_bytes = 4}).error, "");
  EXPECT_EQ(read("abc\nabcd\n", {.row_bytes = 3}).error,
            "line 2: a row larger than the limit of 3 bytes");
  EXPECT_EQ(read("\"" + std::string(1000, '\n'), {.row_bytes = 99}).code, ErrorCode::TooLarge);
  EXPECT_EQ(read("1,2,3\n", {.row_fields = 3}).error, "");
  EXPECT_EQ(read("1,2,3,4\n", {.row_fields = 3}).code, ErrorCode::TooLarge);
}

TEST(Csv, ReturnsTheVisitorsErrorAsItIs) {
  StringInput input("a\nb\n");
  const auto result = for_each_csv_row(input, {}, [](std::uint64_t line, auto) {
    return line == 2 ? Result<void>(fail("enough")) : ok();
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text(), "enough");
}

}  // namespace
}  // namespace vigil::base
