#include "api/patterns.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"

namespace vigil::api {
namespace {

/// Reads a value from the left, as a pattern does.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool literal(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  /// Takes as many as there are; true if that is within [least, most].
  template <typename Is>
  bool run(Is is, std::size_t least, std::size_t most = std::string_view::npos) {
    const auto end = std::ranges::find_if_not(rest_, is);
    const auto length = static_cast<std::size_t>(std::distance(rest_.begin(), end));
    rest_.remove_prefix(length);
    return length >= least && length <= most;
  }
  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

bool is_lower_hex(char c) {
  return base::is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_lower_alnum(char c) {
  return base::is_digit(c) || base::is_lower(c);
}

bool is_account(std::string_view value) {
  Reader in(value);
  return in.run(base::is_digit, 12, 12) && in.done();
}

/// [a-z]{2}(-gov)?-[a-z]+-\d{1}
bool take_region(Reader& in) {
  if (!in.run(base::is_lower, 2, 2) || !in.literal("-")) return false;
  // "gov" alone may be the word after the country or the word before the direction.
  if (!in.run(base::is_lower, 1) || !in.literal("-")) return false;
  if (in.run(base::is_digit, 1, 1)) return true;
  return false;
}

bool is_finding_arn(std::string_view value) {
  Reader in(value);
  if (!in.literal("arn:")) return false;
  if (in.literal("aws")) {
    in.run([](char c) { return base::is_alpha(c) || c == '-'; }, 0);
  }
  if (!in.literal(":inspector2:")) return false;
  Reader governmental = in;
  const bool region = take_region(in);
  if (!region) {
    in = governmental;
    if (!in.run(base::is_lower, 2, 2) || !in.literal("-gov-")) return false;
    if (!in.run(base::is_lower, 1) || !in.literal("-")) return false;
    if (!in.run(base::is_digit, 1, 1)) return false;
  }
  return in.literal(":") && in.run(base::is_digit, 12, 12) && in.literal(":finding/") &&
         in.run(is_lower_hex, 32, 32) && in.done();
}

bool is_cve(std::string_view value) {
  Reader in(value);
  return in.literal("CVE-") && (in.literal("1") || in.literal("2")) &&
         in.run(base::is_digit, 3, 3) && in.literal("-") && in.run(base::is_digit, 1, 10) &&
         in.done();
}

/// In the model's text "+-=" is a range, from '+' to '=', which holds digits and ",-./:;<" too.
bool is_tag_key(std::string_view value) {
  if (value.starts_with("aws:")) return false;
  Reader in(value);
  return in.run(
             [](char c) {
               return base::is_alpha(c) || (c >= '+' && c <= '=') || c == '.' || c == '_' ||
                      c == ':' || c == '/';
             },
             1) &&
         in.done();
}

/// [a-z0-9]+(?:[._-][a-z0-9]+)*
bool is_repository_part(std::string_view value) {
  Reader in(value);
  if (!in.run(is_lower_alnum, 1)) return false;
  while (!in.done()) {
    if (!in.literal(".") && !in.literal("_") && !in.literal("-")) return false;
    if (!in.run(is_lower_alnum, 1)) return false;
  }
  return true;
}

bool is_ecr_arn(std::string_view value) {
  if (!value.starts_with("arn:")) return false;
  const std::size_t service = value.find(":ecr:", 3);
  if (service == std::string_view::npos) return false;
  constexpr std::string_view kRepository = ":repository/";
  const std::size_t repository = value.find(kRepository, service);
  if (repository == std::string_view::npos || repository < 13) return false;
  if (value[repository - 13] != ':' || !is_account(value.substr(repository - 12, 12))) return false;
  std::string_view name = value.substr(repository + kRepository.size());
  constexpr std::string_view kDigest = "/sha256:";
  if (const std::size_t digest = name.find(kDigest); digest != std::string_view::npos) {
    Reader in(name.substr(digest + kDigest.size()));
    if (!in.run(is_lower_alnum, 64, 64) || !in.done()) return false;
    name = name.substr(0, digest);
  }
  return std::ranges::all_of(base::split(name, '/'), is_repository_part);
}

constexpr std::array kPatterns = {
    Pattern{"account", R"(\d{12})", is_account},
    Pattern{"finding-arn",
            R"(arn:(aws[a-zA-Z-]*)?:inspector2:[a-z]{2}(-gov)?-[a-z]+-\d{1}:\d{12}:finding/)"
            R"([a-f0-9]{32})",
            is_finding_arn},
    Pattern{"cve", R"(CVE-[12][0-9]{3}-[0-9]{1,10})", is_cve},
    Pattern{"tag-key", R"((?!aws:)[a-zA-Z+-=._:/]+)", is_tag_key},
    Pattern{"ecr-arn",
            R"(arn:.*:ecr:.*:\d{12}:repository\/(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*)"
            R"([a-z0-9]+(?:[._-][a-z0-9]+)*(\/sha256:[a-z0-9]{64})?)",
            is_ecr_arn},
};

}  // namespace

std::span<const Pattern> patterns() {
  return kPatterns;
}

const Pattern* find_pattern(std::string_view name) {
  const auto found = std::ranges::find(kPatterns, name, &Pattern::name);
  return found == kPatterns.end() ? nullptr : &*found;
}

}  // namespace vigil::api
