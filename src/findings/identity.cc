#include "findings/identity.h"

#include "base/hash.h"
#include "base/text.h"

namespace vigil::findings {
namespace {

constexpr std::string_view kPrefix = "arn:aws:inspector2:";
constexpr std::string_view kMiddle = ":finding/";

std::optional<std::uint64_t> parse_hex(std::string_view digits) {
  if (digits.size() != 16) return std::nullopt;
  std::uint64_t number = 0;
  for (const char digit : digits) {
    const bool decimal = digit >= '0' && digit <= '9';
    if (!decimal && (digit < 'a' || digit > 'f')) return std::nullopt;
    number = number << 4U | static_cast<std::uint64_t>(decimal ? digit - '0' : digit - 'a' + 10);
  }
  return number;
}

/// The first eight bytes of SHA-256 over the parts, a line each.
std::uint64_t key_of(std::string_view kind, std::string_view first, std::string_view second) {
  std::string identifying(kind);
  for (const std::string_view part : {first, second}) {
    identifying += '\n';
    identifying += part;
  }
  return *parse_hex(std::string_view(base::sha256_hex(identifying)).substr(0, 16));
}

std::string hex(std::uint64_t number) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4U) digits[i] = kDigits[number & 15U];
  return digits;
}

}  // namespace

std::string instance_id(std::string_view identifying) {
  return "i-" + base::sha256_hex("instance\n" + std::string(identifying)).substr(0, 17);
}

std::uint64_t resource_key(std::string_view account, std::string_view resource) {
  return key_of("resource", account, resource);
}

std::uint64_t vulnerability_key(std::string_view type, std::string_view vulnerability) {
  return key_of("vulnerability", type, vulnerability);
}

std::string finding_arn(std::string_view region, std::string_view account, FindingId id) {
  std::string arn(kPrefix);
  arn += region;
  arn += ':';
  arn += account;
  arn += kMiddle;
  return arn + hex(id.resource) + hex(id.vulnerability);
}

std::string finding_arn(std::string_view region, std::string_view account,
                        std::string_view resource, std::string_view type,
                        std::string_view vulnerability) {
  return finding_arn(region, account,
                     {resource_key(account, resource), vulnerability_key(type, vulnerability)});
}

std::optional<FindingArn> parse_finding_arn(std::string_view arn) {
  if (!arn.starts_with(kPrefix)) return std::nullopt;
  arn.remove_prefix(kPrefix.size());
  const std::size_t colon = arn.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  FindingArn parts;
  parts.region = arn.substr(0, colon);
  arn.remove_prefix(colon + 1);
  const std::size_t middle = arn.find(kMiddle);
  if (middle != 12) return std::nullopt;
  parts.account = arn.substr(0, middle);
  if (!base::parse_unsigned(parts.account)) return std::nullopt;
  const std::string_view digits = arn.substr(middle + kMiddle.size());
  if (digits.size() != 32) return std::nullopt;
  const auto resource = parse_hex(digits.substr(0, 16));
  const auto vulnerability = parse_hex(digits.substr(16));
  if (!resource || !vulnerability) return std::nullopt;
  parts.id = {*resource, *vulnerability};
  return parts;
}

}  // namespace vigil::findings
