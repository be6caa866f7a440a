// Comma-separated values: the sizes of the reads must not matter, and rows written out with every
// field quoted must read back the same.
#include "base/csv.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using vigil::Result;
using Rows = std::vector<std::vector<std::string>>;

class TrickleInput final : public vigil::base::Input {
 public:
  TrickleInput(std::string_view bytes, std::size_t step) : rest_(bytes), step_(step) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min({rest_.size(), buffer.size(), step_});
    std::copy_n(rest_.begin(), count, buffer.begin());
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
  std::size_t step_;
};

Result<Rows> read_rows(std::string_view text, std::size_t step) {
  TrickleInput input(text, step);
  Rows rows;
  auto result = vigil::base::for_each_csv_row(input, {}, [&](std::uint64_t, auto fields) {
    rows.emplace_back(fields.begin(), fields.end());
    return vigil::ok();
  });
  if (!result) return vigil::fail(result.error());
  return rows;
}

std::string write(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) {
    for (const std::string& field : row) {
      if (&field != &row.front()) out += ',';
      out += '"';
      for (const char c : field) out.append(c == '"' ? 2 : 1, c);
      out += '"';
    }
    out += '\n';
  }
  return out;
}

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Rows> whole = read_rows(text, size + 1);
  const Result<Rows> pieces = read_rows(text, 1);
  require(pieces.has_value() == whole.has_value());
  if (!whole) return 0;
  require(*pieces == *whole);
  const Result<Rows> again = read_rows(write(*whole), 4096);
  require(again.has_value() && *again == *whole);
  return 0;
}
