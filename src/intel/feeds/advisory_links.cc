#include "intel/feeds/advisory_links.h"

#include <algorithm>

#include "base/text.h"
#include "intel/feeds/record.h"

namespace vigil::intel::feeds {

std::string npm_advisory_of(std::string_view url) {
  constexpr std::string_view kPath = "/advisories/";
  // The working group numbered on by itself from here; npm's numbers are others' then.
  constexpr std::uint64_t kLastCommon = 535;
  const std::size_t at = url.find(kPath);
  if (at == std::string_view::npos) return {};
  const std::string_view site = url.substr(0, at);
  if (!site.ends_with("nodesecurity.io") && !site.ends_with("npmjs.com")) return {};
  std::string_view number = url.substr(at + kPath.size());
  const auto digits = std::ranges::find_if_not(number, base::is_digit) - number.begin();
  number = number.substr(0, static_cast<std::size_t>(digits));
  const auto value = base::parse_unsigned(number);
  if (!value || *value == 0 || *value > kLastCommon) return {};
  return "NSWG-ECO-" + std::to_string(*value);
}

std::string php_advisory_id(std::string_view path) {
  if (path.size() > 512 || !path.ends_with(".yaml")) return {};
  path.remove_suffix(5);
  const auto parts = base::split(path, '/');
  if (parts.size() < 3) return {};
  const std::string_view file = parts.back();
  if (file.empty() || is_cve(file)) return {};
  std::string id = "FOP-";
  for (std::size_t i = parts.size() - 3; i < parts.size(); ++i) {
    if (i != parts.size() - 3) id += '/';
    id += base::lower(parts[i]);
  }
  return id;
}

std::string php_advisory_of(std::string_view url) {
  constexpr std::string_view kRepository = "/FriendsOfPHP/security-advisories/";
  if (!url.starts_with("https://github.com/")) return {};
  if (url.find(kRepository) == std::string_view::npos) return {};
  return php_advisory_id(url);
}

std::string github_advisory_of(std::string_view url) {
  if (!url.starts_with("https://github.com/")) return {};
  const std::size_t at = url.find("/GHSA-");
  constexpr std::size_t kLength = std::string_view("GHSA-xxxx-xxxx-xxxx").size();
  if (at == std::string_view::npos || url.size() - at - 1 < kLength) return {};
  const std::string_view id = url.substr(at + 1, kLength);
  const bool clean = std::ranges::all_of(id, [](char c) { return base::is_alnum(c) || c == '-'; });
  return clean ? std::string(id) : std::string();
}

}  // namespace vigil::intel::feeds
