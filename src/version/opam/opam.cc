// Versions of OCaml packages, as opam orders them.
//
// Reference: https://opam.ocaml.org/doc/Manual.html#version-ordering and src/core/opamVersionCompare.ml
// of opam, which was made from Debian's order.
//
// The order is Debian's without epochs: what stands before the last hyphen, then what follows it, each
// as alternating runs of non-digits (`~` below the end) and numbers. "4.14.0~rc1" < "4.14.0" <
// "4.14.0+options". An absent part after the hyphen equals "0", and so does an empty one: "1.0-".
//
// Only the characters opam allows in a version are accepted: letters, digits and `+ - . _ ~`. A colon
// would be no epoch but a letter-like character, and opam refuses it.
#include <algorithm>

#include "base/text.h"
#include "version/dpkg_order.h"
#include "version/scheme.h"

namespace vigil::version::opam {
namespace {

bool is_allowed(char c) {
  return base::is_alnum(c) || c == '+' || c == '-' || c == '.' || c == '_' || c == '~';
}

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  if (text.empty()) return fail("empty version");
  if (!std::all_of(text.begin(), text.end(), is_allowed)) {
    return fail("a character other than letters, digits and +-._~", std::string(text));
  }
  const std::size_t hyphen = std::min(text.rfind('-'), text.size());
  KeyWriter key(text.size());
  write_dpkg_part(key, text.substr(0, hyphen));
  write_dpkg_part(key, text.substr(std::min(hyphen + 1, text.size())));
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"opam"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "opam",
      .summary = "OCaml package versions: Debian's order without epochs",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::opam
