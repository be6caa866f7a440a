#include "intel/merge_facts.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "intel/identity.h"

namespace vigil::intel {
namespace {

/// Whose prose describes a vulnerability best. Feeds that are not named come last, by name.
constexpr std::array<std::string_view, 3> kBestProse = {"nvd", "cve5", "osv"};

std::size_t prose_rank(std::string_view feed) {
  const auto at = std::find(kBestProse.begin(), kBestProse.end(), feed);
  return static_cast<std::size_t>(at - kBestProse.begin());
}

template <typename T, typename Same>
void unite(std::vector<T>& into, std::vector<T>& from, Same same) {
  for (T& item : from) {
    const bool known =
        std::any_of(into.begin(), into.end(), [&](const T& have) { return same(have, item); });
    if (!known) into.push_back(std::move(item));
  }
}

bool same_text(const std::string& a, const std::string& b) {
  return a == b;
}

void sort_unique(std::vector<std::string>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// "CWE-79" by its number.
bool cwe_before(const std::string& a, const std::string& b) {
  const auto number = [](const std::string& cwe) {
    const std::size_t dash = cwe.find('-');
    return base::parse_unsigned(dash == std::string::npos ? cwe : cwe.substr(dash + 1)).value_or(0);
  };
  return std::pair(number(a), a) < std::pair(number(b), b);
}

void take_known_exploited(model::Vulnerability& into, model::Vulnerability& from,
                          std::string_view feed, bool& from_catalogue) {
  if (!from.known_exploited) return;
  // CISA's catalogue itself knows of ransomware; NVD repeats only its dates.
  const bool is_catalogue = feed == "kev";
  if (!into.known_exploited || (is_catalogue && !from_catalogue)) {
    into.known_exploited = std::move(from.known_exploited);
    from_catalogue = is_catalogue;
  }
}

void take_own(model::Vulnerability& into, model::Vulnerability& from) {
  if (into.title.empty()) into.title = std::move(from.title);
  if (into.description.empty() && !from.description.empty()) {
    into.description = std::move(from.description);
    into.source = std::move(from.source);
    into.source_url = std::move(from.source_url);
  }
  if (into.published == 0) into.published = from.published;
  into.modified = std::max(into.modified, from.modified);
  if (into.ssvc_exploitation.empty()) into.ssvc_exploitation = std::move(from.ssvc_exploitation);
  into.malicious = into.malicious || from.malicious;
  unite(into.cvss, from.cvss, [](const model::CvssRating& a, const model::CvssRating& b) {
    return a.source == b.source && a.version == b.version;
  });
  unite(into.vendor_severities, from.vendor_severities,
        [](const model::VendorSeverity& a, const model::VendorSeverity& b) {
          return a.source == b.source;
        });
  unite(into.cwes, from.cwes, same_text);
  unite(into.exploits, from.exploits, [](const model::Exploit& a, const model::Exploit& b) {
    return a.source == b.source && a.id == b.id;
  });
}

}  // namespace

model::Vulnerability merge_facts(std::string_view id, std::vector<SourceFacts> facts) {
  std::stable_sort(facts.begin(), facts.end(), [](const SourceFacts& a, const SourceFacts& b) {
    return prose_rank(a.feed) < prose_rank(b.feed);
  });
  model::Vulnerability merged;
  bool from_catalogue = false;
  for (SourceFacts& source : facts) {
    model::Vulnerability& details = source.details;
    if (details.id != id) {
      auto& names = source.is_the_vulnerability ? merged.aliases : merged.advisories;
      names.push_back(details.id);
    }
    if (source.is_the_vulnerability) {
      take_known_exploited(merged, details, source.feed, from_catalogue);
      take_own(merged, details);
      for (std::string& alias : details.aliases) {
        // Another CVE named as an alias stays a vulnerability of its own.
        if (alias != id && !is_cve(alias)) merged.aliases.push_back(std::move(alias));
      }
      for (std::string& advisory : details.advisories)
        merged.advisories.push_back(std::move(advisory));
    }
    // A bundle's references are about all it covers: hundreds, of which one or two would be ours.
    if (source.is_the_vulnerability) unite(merged.references, details.references, same_text);
  }
  merged.id = id;
  sort_unique(merged.aliases);
  sort_unique(merged.advisories);
  std::sort(merged.cwes.begin(), merged.cwes.end(), cwe_before);
  return merged;
}

}  // namespace vigil::intel
