#include "intel/feeds/alpine-secdb/identifiers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/feeds/record.h"

namespace vigil::intel::alpine_secdb {
namespace {

/// Databases that the list names besides CVE.
constexpr std::array<std::string_view, 17> kPrefixes = {
    "XSA-", "GHSA-", "RUSTSEC-", "ZDI-", "TALOS-", "GNUTLS-SA-", "wnpa-sec-", "GHSL-", "TS-",
    "VSV0", "ZBX-",  "YSA-",     "DW20", "GO-",    "PYSEC-",     "CGA-",      "MAL-"};

/// The CVE in a text that begins with "CVE"; empty if none can be made out.
std::string mended_cve(std::string_view text) {
  std::string cve(text);
  std::ranges::replace(cve, '_', '-');
  std::size_t end = std::min<std::size_t>(cve.size(), 9);
  while (end < cve.size() && base::is_digit(cve[end])) ++end;
  // What follows the number must not be a part of it.
  if (end < cve.size() && (base::is_alpha(cve[end]) || cve[end] == '?')) return {};
  cve.resize(end);
  return feeds::is_cve(cve) ? cve : std::string();
}

bool has_known_shape(std::string_view word) {
  const bool known = std::ranges::any_of(
      kPrefixes, [&](std::string_view prefix) { return word.starts_with(prefix); });
  return known && feeds::is_plausible_id(word);
}

}  // namespace

Identifiers read_identifiers(std::string_view entry) {
  Identifiers result;
  std::vector<std::string> others;
  entry = entry.substr(0, entry.find('('));
  for (std::string_view word : base::words(entry)) {
    while (word.ends_with(',') || word.ends_with(';') || word.ends_with(':')) word.remove_suffix(1);
    if (word.starts_with("CVE-") || word.starts_with("CVE_")) {
      std::string cve = mended_cve(word);
      if (cve.empty()) {
        result.bad.emplace_back(word.substr(0, 64));
      } else {
        feeds::add_once(result.ids, cve);
      }
    } else if (has_known_shape(word)) {
      feeds::add_once(others, word);
    }
  }
  if (result.ids.empty() && result.bad.empty()) result.ids = std::move(others);
  return result;
}

}  // namespace vigil::intel::alpine_secdb
