// Semantic Versioning, as npm, crates.io and the other registries built on it order their versions.
//
// Reference: https://semver.org/spec/v2.0.0.html section 11, and node-semver in its loose mode
// (https://github.com/npm/node-semver), with which npm reads what its registry holds.
//
// The order. Three numbers by value; then a prerelease sorts below its release, its identifiers one
// by one: digits by value and below letters, letters by byte, fewer identifiers first. Build
// metadata takes no part: "1.0.0+1" = "1.0.0+2".
//
// Liberties, each because a tool or a feed takes it.
// - Any run of `v`, `=` and blanks in front (node-semver), since repositories tag "v1.2.3".
// - Leading zeros, read by value (node-semver's loose mode; Bitnami's "2020.04.23").
// - A prerelease without its hyphen after three numbers: "1.0.0beta1" (node-semver's loose mode;
// old
//   packages of npm's registry).
// - One or two numbers, the others being 0: bounds of crates.io advisories such as "0.1", and tags
// of
//   GitHub Actions such as "v4". node-semver refuses these.
//
// Refused although node-semver's loose mode accepts it by backtracking: "1.2.34.5", which it reads
// as 1.2.3 with prerelease "4.5". Four numbers are no semantic version. A commit id ("8f4b7f8") is
// none. Numbers of any size are accepted; node-semver stops at 2^53, Cargo at 2^64.
#include "version/semantic.h"

#include "base/text.h"
#include "version/scheme.h"

namespace vigil::version::semver {
namespace {

constexpr SemanticRules kRules{.minimum_numbers = 1,
                               .leading_zeros = true,
                               .short_with_suffix = true,
                               .unmarked = Unmarked::AfterThreeNumbers};

bool may_lead(char c) {
  return c == 'v' || c == '=' || base::is_space(c);
}

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  std::string_view rest = base::trim(text);
  while (!rest.empty() && may_lead(rest.front())) rest.remove_prefix(1);
  VIGIL_TRY(const SemanticVersion version, parse_semantic(rest, kRules));
  KeyWriter key(text.size());
  write_numbers(key, version);
  write_prerelease(key, version.prerelease);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {
    "npm",        "crates.io",      "Hex",
    "SwiftURL",   "GitHub Actions", "VSCode",
    "Kubernetes", "kubernetes",     "Docker Hardened Images"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "semver",
      .summary = "Semantic Versioning 2.0.0 with the liberties npm and crates.io take",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::semver
