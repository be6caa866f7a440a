// Versions of Go modules, of the standard library and of the toolchain.
//
// Reference: https://go.dev/ref/mod#versions, golang.org/x/mod/semver (modules);
// https://go.dev/doc/toolchain and go/version (toolchains);
// https://go.dev/doc/security/vuln/database for how the advisories write.
//
// The order is Semantic Versioning's.
// - Modules: "v1.2.3"; the Go vulnerability database and OSV leave out the "v", so it is optional.
// "v1"
//   and "v1.2" stand for "v1.0.0" and "v1.2.0". Build metadata, "+incompatible" included, takes no
//   part. Pseudo-versions ("v0.0.0-20191109021931-daa7c04131f5") are prereleases and order by time.
// - Toolchains: "go1.21rc2" is 1.21.0 with prerelease rc.2, as the database writes its bounds; up
// to
//   1.20 the first release of a line is "go1.20", from 1.21 on "go1.21.0", and "go1.21" is the
//   language version, below every prerelease, below even the database's "1.21.0-0". What follows a
//   hyphen or a blank ("go1.21.3-custom", "go1.22.1 X:boringcrypto") is no part of it. Without "go"
//   in front, "1.21rc2" is accepted, and "1.21" is read as a module's, 1.21.0.
//
// Traps.
// - "(devel)" is what the build information of a locally built module says: no version at all. The
//   matcher must report it as not comparable rather than as safe; here it is an error that says so.
// - A module's own retracted or "+incompatible" status is no matter of the order.
//
// Key: as in semver: three numbers, 1 or (0, identifiers).
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "version/scheme.h"
#include "version/semantic.h"

namespace vigil::version::go {
namespace {

constexpr SemanticRules kRules{.minimum_numbers = 1};

/// From this minor version on, "go1.N" is a language version and no release.
constexpr std::uint64_t kFirstMinorWithLanguageVersion = 21;

/// The parts of "1.21rc2", as views.
struct Toolchain {
  std::string_view major;
  std::string_view minor;
  std::string_view patch;
  std::string_view kind;  ///< "beta", "rc": lower-case letters
  std::string_view pre;   ///< the number after the kind; may be missing
};

template <typename Predicate>
std::string_view take_while(std::string_view& rest, Predicate belongs) {
  std::size_t length = 0;
  while (length < rest.size() && belongs(rest[length])) ++length;
  const std::string_view run = rest.substr(0, length);
  rest.remove_prefix(length);
  return run;
}

/// Digits without a leading zero; empty if there are none.
std::string_view take_number(std::string_view& rest) {
  const std::string_view digits = take_while(rest, base::is_digit);
  return digits.size() > 1 && digits.front() == '0' ? std::string_view{} : digits;
}

bool take_dot(std::string_view& rest) {
  if (!rest.starts_with('.')) return false;
  rest.remove_prefix(1);
  return true;
}

std::optional<Toolchain> parse_toolchain(std::string_view rest) {
  Toolchain parts;
  parts.major = take_number(rest);
  if (parts.major.empty()) return std::nullopt;
  if (rest.empty()) return parts;
  if (!take_dot(rest)) return std::nullopt;
  parts.minor = take_number(rest);
  if (parts.minor.empty()) return std::nullopt;
  if (take_dot(rest)) {
    parts.patch = take_number(rest);
    if (parts.patch.empty() || !rest.empty()) return std::nullopt;
    return parts;
  }
  parts.kind = take_while(rest, base::is_lower);
  if (rest.empty()) return parts;
  if (parts.kind.empty()) return std::nullopt;
  parts.pre = take_number(rest);
  if (parts.pre.empty() || !rest.empty()) return std::nullopt;
  return parts;
}

bool is_language_version(const Toolchain& parts) {
  if (parts.minor.empty() || !parts.patch.empty() || !parts.kind.empty()) return false;
  const std::optional<std::uint64_t> minor = base::parse_unsigned(parts.minor);
  return !minor || *minor >= kFirstMinorWithLanguageVersion;
}

Key toolchain_key(const Toolchain& parts) {
  KeyWriter key;
  key.number(parts.major).number(parts.minor).number(parts.patch);
  if (is_language_version(parts)) {
    write_first_prerelease(key);
  } else {
    std::string prerelease(parts.kind);
    if (!parts.pre.empty()) prerelease.append(1, '.').append(parts.pre);
    write_prerelease(key, prerelease);
  }
  return key.take();
}

bool is_toolchain_name(std::string_view text) {
  return text.size() > 2 && text.starts_with("go") && base::is_digit(text[2]);
}

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  if (text == "(devel)" || text.starts_with("devel")) {
    return fail("a development build carries no version", std::string(text),
                "build from a tagged version to have one");
  }
  if (is_toolchain_name(text)) {
    const std::string_view name = text.substr(2, text.find_first_of("- \t") - 2);
    const std::optional<Toolchain> parts = parse_toolchain(name);
    if (!parts) return fail("no Go toolchain is named so", std::string(text));
    return toolchain_key(*parts);
  }
  const std::string_view module = text.starts_with('v') ? text.substr(1) : text;
  Result<SemanticVersion> version = parse_semantic(module, kRules);
  if (!version) {
    const std::optional<Toolchain> parts = parse_toolchain(text);
    if (parts && !parts->kind.empty()) return toolchain_key(*parts);
    return fail(std::move(version).error());
  }
  KeyWriter key(text.size());
  write_numbers(key, *version);
  write_prerelease(key, version->prerelease);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"Go"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "go",
      .summary = "Go modules (v1.2.3, pseudo-versions, +incompatible) and toolchains (go1.21rc2)",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::go
