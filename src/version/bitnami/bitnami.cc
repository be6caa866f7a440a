// Versions of the applications Bitnami packages: "17.2.0", and with its own revision "17.2.0-3".
//
// Reference: https://github.com/bitnami/go-version (README, "Version revision") and the OSV feed of
// https://github.com/bitnami/vulndb.
//
// The order is Semantic Versioning's, but a number alone after the hyphen is no prerelease: it is
// Bitnami's revision of the package, and a higher one is newer: "1.2.3" = "1.2.3-0" < "1.2.3-1". The
// feed also holds true prereleases ("2.6.0-rc7"), which stay below their release; go-version takes
// these for revisions too, but then a bound at a candidate would spare the release.
//
// Liberties as in semver: leading zeros (the feed writes MinIO's "2020.04.23"), "v", one or two
// numbers.
//
// Key: three numbers, then (0, identifiers) or (1, number revision).
#include <algorithm>

#include "base/text.h"
#include "version/scheme.h"
#include "version/semantic.h"

namespace vigil::version::bitnami {
namespace {

constexpr SemanticRules kRules{
    .minimum_numbers = 1, .leading_zeros = true, .short_with_suffix = true};

bool is_revision(std::string_view prerelease) {
  return std::all_of(prerelease.begin(), prerelease.end(), base::is_digit);
}

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  VIGIL_TRY(const SemanticVersion version,
            parse_semantic(text.starts_with('v') ? text.substr(1) : text, kRules));
  KeyWriter key(text.size());
  write_numbers(key, version);
  if (is_revision(version.prerelease)) {
    key.rank(1).number(version.prerelease);
  } else {
    write_prerelease(key, version.prerelease);
  }
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"Bitnami"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "bitnami",
      .summary = "Bitnami packages: semantic, with a revision above the release (1.2.3-1)",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::bitnami
