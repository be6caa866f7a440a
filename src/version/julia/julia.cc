// Versions of Julia packages, as VersionNumber of Julia orders them.
//
// Reference: https://docs.julialang.org/en/v1/manual/strings/#man-version-number-literals and
// base/version.jl; https://github.com/JuliaLang/SecurityAdvisories.jl for the advisories.
//
// The order is Semantic Versioning's with one difference that matters: build metadata takes part, and
// sorts above its absence. Packages of binaries ("JLL") number their rebuilds so, "3.0.15+2", and an
// advisory may be fixed by one.
//
// Traps.
// - The hyphen may be left out before a letter: "1.0rc1". One or two numbers will do.
// - "1.0-" is below every prerelease of 1.0.0, "1.0+" above every build: literals for bounds.
//
// Key: three numbers; 1 or (0, identifiers) for the prerelease; identifiers of the build, or 3 for the
// build above all.
#include "base/text.h"
#include "version/scheme.h"
#include "version/semantic.h"

namespace vigil::version::julia {
namespace {

constexpr SemanticRules kRules{.minimum_numbers = 1,
                               .leading_zeros = true,
                               .short_with_suffix = true,
                               .unmarked = Unmarked::Always};
constexpr std::uint8_t kAboveEveryBuild = 3;  ///< above the ranks of identifiers

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  std::string_view rest = text;
  if (rest.starts_with('v') || rest.starts_with('V')) rest.remove_prefix(1);
  const bool above_builds = rest.ends_with('+');
  if (above_builds) rest.remove_suffix(1);
  const bool below_prereleases = !above_builds &&
                                 rest.find_first_not_of("0123456789.") == rest.size() - 1 &&
                                 rest.ends_with('-');
  if (below_prereleases) rest.remove_suffix(1);
  VIGIL_TRY(const SemanticVersion version, parse_semantic(rest, kRules));
  if (above_builds && !version.build.empty()) return fail("two builds", std::string(text));

  KeyWriter key(text.size());
  write_numbers(key, version);
  if (below_prereleases) {
    write_first_prerelease(key);
  } else {
    write_prerelease(key, version.prerelease);
  }
  if (above_builds) {
    key.rank(kAboveEveryBuild);
  } else {
    write_identifiers(key, version.build);
  }
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"Julia"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "julia",
      .summary = "Julia packages: semantic, builds take part in the order (3.0.15+2)",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::julia
