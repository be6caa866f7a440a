#include "findings/ignore.h"

#include <algorithm>

#include "base/text.h"
#include "base/time.h"

namespace vigil::findings {
namespace {

constexpr std::int64_t kDay = 86400;

tl::unexpected<Error> wrong(std::string_view where, std::size_t line, std::string what) {
  return fail(std::move(what), std::string(where) + ":" + std::to_string(line),
              "a line is: ID [package=NAME] [until=YYYY-MM-DD] -- reason");
}

bool matches(std::string_view pattern, std::string_view id) {
  if (pattern.ends_with('*')) return id.starts_with(pattern.substr(0, pattern.size() - 1));
  return base::equals_ignoring_case(pattern, id);
}

bool names(const IgnoreRule& rule, const Finding& finding) {
  if (matches(rule.id, finding.vulnerability.id)) return true;
  const auto& aliases = finding.vulnerability.aliases;
  return std::any_of(aliases.begin(), aliases.end(),
                     [&](const std::string& alias) { return matches(rule.id, alias); });
}

}  // namespace

Result<std::vector<IgnoreRule>> parse_ignore_file(std::string_view text, std::string_view where) {
  std::vector<IgnoreRule> rules;
  std::size_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    const std::string_view content = base::trim(*line);
    if (content.empty() || content.front() == '#') continue;
    const std::size_t dashes = content.find(" -- ");
    if (dashes == std::string_view::npos) return wrong(where, number, "no reason is given");
    IgnoreRule rule;
    rule.line = number;
    rule.reason = base::trim(content.substr(dashes + 4));
    if (rule.reason.empty()) return wrong(where, number, "no reason is given");
    for (const std::string_view word : base::words(content.substr(0, dashes))) {
      if (word.starts_with("package=")) {
        rule.package = word.substr(8);
      } else if (word.starts_with("until=")) {
        const auto day = word.size() == 16 ? base::parse_time(word.substr(6)) : std::nullopt;
        if (!day) return wrong(where, number, "'" + std::string(word) + "' is no date");
        rule.until = std::max<std::int64_t>(*day + kDay, 1);  // 0 would mean no end
      } else if (rule.id.empty()) {
        rule.id = word;
      } else {
        return wrong(where, number, "'" + std::string(word) + "' is not understood");
      }
    }
    if (rule.id.empty() || rule.id == "*") return wrong(where, number, "no vulnerability is named");
    rules.push_back(std::move(rule));
  }
  return rules;
}

const IgnoreRule* ignored_by(const std::vector<IgnoreRule>& rules, const Finding& finding,
                             std::int64_t now) {
  for (const IgnoreRule& rule : rules) {
    if (rule.until != 0 && now >= rule.until) continue;
    if (!names(rule, finding)) continue;
    const bool all_named = std::all_of(
        finding.packages.begin(), finding.packages.end(),
        [&](const AffectedPackage& package) { return package.package.name == rule.package; });
    if (rule.package.empty() || all_named) return &rule;
  }
  return nullptr;
}

}  // namespace vigil::findings
