#include "api/filter_arn.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::api {
namespace {

std::string hex16(std::uint64_t number) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4U) digits[i] = kDigits[number & 15U];
  return digits;
}

bool is_hex(char c) {
  return base::is_digit(c) || (c >= 'a' && c <= 'f');
}

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t number = 0;
  for (const char c : digits) {
    number = number << 4U | static_cast<std::uint64_t>(base::is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return number;
}

struct Parts {
  std::string_view region, account, owner, id;
};

std::optional<Parts> parts_of(std::string_view arn) {
  const auto parts = base::split(arn, ':');
  if (parts.size() != 6 || parts[0] != "arn" || !parts[1].starts_with("aws") ||
      parts[2] != "inspector2") {
    return std::nullopt;
  }
  const auto resource = base::split(parts[5], '/');
  if (resource.size() != 4 || resource[0] != "owner" || resource[2] != "filter" ||
      resource[3].size() < 16 || resource[3].size() > 20 ||
      !std::ranges::all_of(resource[3], is_hex)) {
    return std::nullopt;
  }
  return Parts{parts[3], parts[4], resource[1], resource[3]};
}

}  // namespace

std::string filter_arn(const Call& call, std::uint64_t id) {
  return "arn:aws:inspector2:" + call.estate.settings().region + ":" + call.caller.account +
         ":owner/" + call.caller.account + "/filter/" + hex16(id);
}

Outcome<std::uint64_t> filter_id(const Call& call, std::string_view arn, std::string_view member) {
  const auto parts = parts_of(arn);
  if (!parts) {
    return tl::unexpected(
        field_error(member, "Value at '" + std::string(member) + "' is not the ARN of a filter"));
  }
  if (parts->account != call.caller.account || parts->owner != call.caller.account) {
    return tl::unexpected(access_denied("The account of the caller may not use this filter."));
  }
  if (parts->region != call.estate.settings().region || parts->id.size() != 16) {
    return tl::unexpected(no_such_resource(arn));
  }
  return number_of(parts->id);
}

ApiError no_such_resource(std::string_view arn) {
  return not_found("There is no resource of the ARN " + std::string(arn.substr(0, 256)));
}

}  // namespace vigil::api
