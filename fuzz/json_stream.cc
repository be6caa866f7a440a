// Splitting a JSON document into its children. Whatever simdjson takes as a whole must be split
// into the same children; the sizes of the reads must not matter.
#include "base/json_stream.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

using vigil::ErrorCode;
using vigil::Result;
using Pairs = std::vector<std::pair<std::string, std::string>>;

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

Result<Pairs> split(std::string_view json, std::string_view member, std::size_t step) {
  TrickleInput input(json, step);
  Pairs pairs;
  const vigil::base::JsonLimits limits{.value_bytes = 1 << 16, .depth = 64};
  auto result = vigil::base::for_each_json_child(
      input, member, limits,
      [&](std::string_view key, std::string_view value) {
        pairs.emplace_back(key, value);
        return vigil::ok();
      },
      [&](std::string_view key, std::string_view value) { pairs.emplace_back(key, value); });
  if (!result) return vigil::fail(result.error());
  return pairs;
}

void require(bool condition) {
  if (!condition) std::abort();
}

void check_against_simdjson(std::string_view json, const Result<Pairs>& ours) {
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (parser.parse(json.data(), json.size()).get(document) != simdjson::SUCCESS) return;
  if (!ours && ours.error().code == ErrorCode::TooLarge) return;
  simdjson::dom::array array;
  simdjson::dom::object object;
  std::vector<std::pair<std::string, simdjson::dom::element>> theirs;
  if (document.get(array) == simdjson::SUCCESS) {
    for (const auto element : array) theirs.emplace_back("", element);
  } else if (document.get(object) == simdjson::SUCCESS) {
    for (const auto field : object) theirs.emplace_back(field.key, field.value);
  } else {
    require(!ours);
    return;
  }
  require(ours.has_value() && ours->size() == theirs.size());
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    require((*ours)[i].first == theirs[i].first);
    simdjson::dom::parser child_parser;
    simdjson::dom::element child;
    require(child_parser.parse((*ours)[i].second).get(child) == simdjson::SUCCESS);
    require(simdjson::minify(child) == simdjson::minify(theirs[i].second));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  for (const std::string_view member : {"", "list"}) {
    const Result<Pairs> whole = split(json, member, size + 1);
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}}) {
      const Result<Pairs> pieces = split(json, member, step);
      require(pieces.has_value() == whole.has_value());
      if (whole) require(*pieces == *whole);
    }
    if (member.empty()) check_against_simdjson(json, whole);
  }
  return 0;
}
