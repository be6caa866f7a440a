#include "base/json_reader.h"

#include "base/text.h"

namespace vigil::base {
namespace {

/// Enough of a foreign key to recognise it.
constexpr std::size_t kShownKey = 64;

}  // namespace

std::string JsonReader::place() const {
  std::string out;
  for (const Step& step : path_) {
    if (step.key.data() == nullptr) {
      out += "[" + std::to_string(step.index) + "]";
    } else {
      if (!out.empty()) out += '.';
      out += printable(step.key.substr(0, kShownKey));
    }
  }
  return out;
}

void JsonReader::fail(std::string what, ErrorCode code, std::string hint) {
  if (failed_) return;
  failed_ = true;
  error_ = Error{std::move(what), place(), std::move(hint), code};
}

void JsonReader::fail_at(std::string_view member, std::string what, ErrorCode code,
                         std::string hint) {
  path_.push_back({member, 0});
  fail(std::move(what), code, std::move(hint));
  path_.pop_back();
}

Result<void> JsonReader::result() const {
  if (failed_) return vigil::fail(error_);
  return ok();
}

void JsonReader::text(const Json& value, std::string& out) {
  if (failed_) return;
  if (!value.is_string()) return fail("not a text");
  const std::string_view text = value.text();
  if (text.size() > longest_text_) {
    return fail("longer than " + std::to_string(longest_text_) + " bytes", ErrorCode::TooLarge);
  }
  out = text;
}

void JsonReader::truth(const Json& value, bool& out) {
  if (failed_) return;
  const auto truth = value.truth();
  if (!truth) return fail("neither true nor false");
  out = *truth;
}

std::uint64_t JsonReader::whole_up_to(const Json& value, std::uint64_t largest) {
  if (failed_) return 0;
  const auto number = value.integer();
  if (!number || *number < 0) {
    fail("not a whole number of 0 or more");
    return 0;
  }
  const auto unsigned_number = static_cast<std::uint64_t>(*number);
  if (unsigned_number > largest) {
    fail("above " + std::to_string(largest));
    return 0;
  }
  return unsigned_number;
}

}  // namespace vigil::base
