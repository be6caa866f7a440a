#include "base/csv.h"

#include <algorithm>
#include <string>
#include <vector>

namespace vigil::base {
namespace {

constexpr std::size_t kBlock = std::size_t{128} << 10;

class Reader {
 public:
  Reader(const CsvFormat& format, const CsvVisitor& visit) : format_(format), visit_(&visit) {}

  Result<void> run(Input& input) {
    VIGIL_TRY(const std::string start, read_prefix(input, 3));
    if (start != "\xEF\xBB\xBF") VIGIL_CHECK(take(start));
    std::vector<char> block(kBlock);
    for (;;) {
      VIGIL_TRY(const std::size_t got, input.read(block));
      if (got == 0) break;
      VIGIL_CHECK(take({block.data(), got}));
    }
    if (state_ == State::Quoted) {
      return fail("a quoted field ends in the middle", place(), "fetch it again");
    }
    return end_row();
  }

 private:
  enum class State : std::uint8_t {
    FieldStart,  ///< nothing of the field is read yet
    Plain,       ///< inside a field without quotes
    Quoted,      ///< inside quotes
    AfterQuote,  ///< behind a quote inside quotes: its end, or the first of two
  };

  Result<void> take(std::string_view bytes) {
    while (!bytes.empty()) {
      if (state_ == State::Quoted) {
        const std::size_t quote = std::min(bytes.find('"'), bytes.size());
        VIGIL_CHECK(append(bytes.substr(0, quote)));
        line_ += static_cast<std::uint64_t>(
            std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(quote), '\n'));
        bytes.remove_prefix(quote);
        if (bytes.empty()) return ok();
        state_ = State::AfterQuote;
        bytes.remove_prefix(1);
        continue;
      }
      if (state_ == State::Plain) {
        std::size_t plain = 0;
        while (plain < bytes.size() && bytes[plain] != format_.separator && bytes[plain] != '\n') {
          ++plain;
        }
        VIGIL_CHECK(append(bytes.substr(0, plain)));
        bytes.remove_prefix(plain);
        if (bytes.empty()) return ok();
      }
      VIGIL_CHECK(step(bytes.front()));
      bytes.remove_prefix(1);
    }
    return ok();
  }

  /// One character that is not inside quotes.
  Result<void> step(char c) {
    if (c == '\n') {
      VIGIL_CHECK(end_row());
      row_line_ = ++line_;
      return ok();
    }
    if (c == format_.separator) return end_field();
    if (c == '"' && state_ == State::AfterQuote && !after_return_) {
      state_ = State::Quoted;
      return append("\"");
    }
    if (c == '"' && state_ == State::FieldStart) {
      state_ = State::Quoted;
      was_quoted_ = true;
      return ok();
    }
    if (state_ == State::AfterQuote) {
      if (c == '\r' && !after_return_) {
        after_return_ = true;
        return ok();
      }
      return fail("text behind a closing quote", place());
    }
    state_ = State::Plain;
    return append({&c, 1});
  }

  Result<void> append(std::string_view bytes) {
    if (row_.size() + bytes.size() > format_.row_bytes) {
      return fail("a row larger than the limit of " + std::to_string(format_.row_bytes) + " bytes",
                  place(), {}, ErrorCode::TooLarge);
    }
    row_ += bytes;
    return ok();
  }

  Result<void> end_field() {
    if (after_return_) return fail("text behind a closing quote", place());
    if (ends_.size() >= format_.row_fields) {
      return fail("more than the limit of " + std::to_string(format_.row_fields) + " fields",
                  place(), {}, ErrorCode::TooLarge);
    }
    ends_.push_back(row_.size());
    state_ = State::FieldStart;
    was_quoted_ = false;
    return ok();
  }

  Result<void> end_row() {
    // The carriage return of CRLF belongs to the line's end.
    if (state_ == State::Plain && row_.ends_with('\r')) row_.pop_back();
    after_return_ = false;
    const bool blank = ends_.empty() && row_.empty() && !was_quoted_;
    if (!blank) {
      VIGIL_CHECK(end_field());
      fields_.clear();
      std::size_t from = 0;
      for (const std::size_t end : ends_) {
        fields_.emplace_back(row_.data() + from, end - from);
        from = end;
      }
      VIGIL_CHECK((*visit_)(row_line_, fields_));
    }
    row_.clear();
    ends_.clear();
    state_ = State::FieldStart;
    was_quoted_ = false;
    return ok();
  }

  [[nodiscard]] std::string place() const { return "line " + std::to_string(row_line_); }

  CsvFormat format_;
  const CsvVisitor* visit_;
  State state_ = State::FieldStart;
  bool was_quoted_ = false;
  bool after_return_ = false;
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 1;
  std::string row_;
  std::vector<std::size_t> ends_;
  std::vector<std::string_view> fields_;
};

}  // namespace

Result<void> for_each_csv_row(Input& input, const CsvFormat& format, const CsvVisitor& visit) {
  return Reader(format, visit).run(input);
}

}  // namespace vigil::base
