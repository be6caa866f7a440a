#include "model/package_url.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/package_name.h"

namespace vigil::model {
namespace {

/// Longer ones are no package's; SBOMs hold some hundred bytes.
constexpr std::size_t kMaximumLength = 8192;

std::string_view strip_slashes(std::string_view text) {
  while (text.starts_with('/')) text.remove_prefix(1);
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

/// Letters, digits, '.' and '-', and what else the component allows; the first is a letter.
bool is_identifier(std::string_view text, std::string_view also) {
  if (text.empty() || !base::is_alpha(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [also](char c) {
    return base::is_alnum(c) || c == '.' || c == '-' || also.find(c) != std::string_view::npos;
  });
}

int hex_value(char c) {
  if (base::is_digit(c)) return c - '0';
  const char lower = base::to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// "." and "..", which a subpath must not hold.
bool is_dots(std::string_view segment) {
  return segment == "." || segment == "..";
}

/// Decodes the segments of a path, leaving out empty ones. `is_subpath`: also "." and "..".
Result<std::string> decode_segments(std::string_view path, std::string_view component,
                                    bool is_subpath) {
  std::string out;
  for (const std::string_view raw : base::split(path, '/')) {
    VIGIL_TRY(const std::string segment, percent_decode(raw));
    if (segment.empty() || (is_subpath && is_dots(segment))) continue;
    if (segment.find('/') != std::string::npos) {
      return fail("a segment of the " + std::string(component) + " holds an encoded slash");
    }
    if (!out.empty()) out += '/';
    out += segment;
  }
  return out;
}

std::string encode_segments(std::string_view path, bool is_subpath) {
  std::string out;
  for (const std::string_view segment : base::split(path, '/')) {
    if (segment.empty() || (is_subpath && is_dots(segment))) continue;
    if (!out.empty()) out += '/';
    out += percent_encode(segment);
  }
  return out;
}

Result<void> read_qualifiers(std::string_view text, PackageUrl& out) {
  for (const std::string_view pair : base::split(text, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) {
      return fail("the qualifier '" + base::printable(pair) + "' has no '='");
    }
    const std::string key = base::lower(pair.substr(0, equals));
    if (!is_identifier(key, "_")) {
      return fail("'" + base::printable(key) + "' is not a qualifier's key", {},
                  "letters, digits, '.', '-' and '_', a letter first");
    }
    VIGIL_TRY(std::string value, percent_decode(pair.substr(equals + 1)));
    if (value.empty()) continue;
    out.qualifiers.emplace_back(key, std::move(value));
  }
  std::sort(out.qualifiers.begin(), out.qualifiers.end());
  for (std::size_t i = 1; i < out.qualifiers.size(); ++i) {
    if (out.qualifiers[i - 1].first == out.qualifiers[i].first) {
      return fail("the qualifier '" + out.qualifiers[i].first + "' is given twice");
    }
  }
  return ok();
}

Result<PackageUrl> parse(std::string_view rest) {
  PackageUrl out;
  if (const std::size_t at = rest.rfind('#'); at != std::string_view::npos) {
    VIGIL_TRY(out.subpath, decode_segments(rest.substr(at + 1), "subpath", true));
    rest = rest.substr(0, at);
  }
  if (const std::size_t at = rest.rfind('?'); at != std::string_view::npos) {
    VIGIL_CHECK(read_qualifiers(rest.substr(at + 1), out));
    rest = rest.substr(0, at);
  }
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos ||
      !base::equals_ignoring_case(rest.substr(0, colon), "pkg")) {
    return fail("does not start with 'pkg:'");
  }
  rest = strip_slashes(rest.substr(colon + 1));
  const std::size_t slash = rest.find('/');
  out.type = base::lower(rest.substr(0, slash));
  if (!is_identifier(out.type, "+")) {
    return fail("'" + base::printable(out.type) + "' is not a package type", {},
                "letters, digits, '.', '+' and '-', a letter first");
  }
  if (slash == std::string_view::npos) return fail("there is no name after the type");
  rest = rest.substr(slash + 1);
  // A name is never empty, so an '@' at the front of a segment that another follows is the scope of
  // an npm package, not encoded as it should be.
  const std::size_t at = rest.rfind('@');
  const bool is_scope = at != std::string_view::npos && (at == 0 || rest[at - 1] == '/') &&
                        rest.find('/', at) != std::string_view::npos;
  if (at != std::string_view::npos && at > 0 && !is_scope) {
    VIGIL_TRY(out.version, percent_decode(rest.substr(at + 1)));
    rest = rest.substr(0, at);
  }
  rest = strip_slashes(rest);
  const std::size_t last = rest.rfind('/');
  if (last != std::string_view::npos) {
    VIGIL_TRY(out.name_space, decode_segments(rest.substr(0, last), "namespace", false));
    rest = rest.substr(last + 1);
  }
  VIGIL_TRY(out.name, percent_decode(rest));
  out.name = std::string(strip_slashes(out.name));
  if (out.name.empty()) return fail("the name is empty");
  return out;
}

enum class Folding : std::uint8_t { None, Lower };
struct TypeRule {
  std::string_view type;
  Folding name_space;
  Folding name;
};
/// Types whose definition folds case; pypi and pub have more to do and are below.
constexpr TypeRule kTypeRules[] = {
    {"alpm", Folding::Lower, Folding::Lower},      {"apk", Folding::Lower, Folding::Lower},
    {"bitbucket", Folding::Lower, Folding::Lower}, {"bitnami", Folding::None, Folding::Lower},
    {"composer", Folding::Lower, Folding::Lower},  {"deb", Folding::Lower, Folding::Lower},
    {"github", Folding::Lower, Folding::Lower},    {"golang", Folding::Lower, Folding::Lower},
    {"hex", Folding::Lower, Folding::Lower},       {"luarocks", Folding::Lower, Folding::Lower},
    {"npm", Folding::Lower, Folding::Lower},       {"oci", Folding::None, Folding::Lower},
    {"qpkg", Folding::Lower, Folding::None},       {"rpm", Folding::Lower, Folding::None},
};

std::string fold(std::string_view text, Folding folding) {
  return folding == Folding::Lower ? base::lower(text) : std::string(text);
}

/// Namespace and name as the type's definition wants them.
std::pair<std::string, std::string> normalised(const PackageUrl& purl) {
  if (purl.type == "pypi") return {purl.name_space, pep503_name(purl.name)};
  if (purl.type == "pub") {
    return {purl.name_space, base::replace_all(base::lower(purl.name), "-", "_")};
  }
  if (purl.type == "cpan") return {base::upper(purl.name_space), purl.name};
  for (const TypeRule& rule : kTypeRules) {
    if (rule.type == purl.type) {
      return {fold(purl.name_space, rule.name_space), fold(purl.name, rule.name)};
    }
  }
  return {purl.name_space, purl.name};
}

}  // namespace

std::string percent_encode(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain = ".-_~:";
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) {
    if (base::is_alnum(c) || kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 0xF];
  }
  return out;
}

Result<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return fail("'" + base::printable(text.substr(i, 3)) + "' is not a percent-encoded byte");
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string_view PackageUrl::qualifier(std::string_view key) const {
  for (const auto& [name_of, value] : qualifiers) {
    if (name_of == key) return value;
  }
  return {};
}

std::string PackageUrl::text() const {
  const auto [space, plain_name] = normalised(*this);
  std::string out = "pkg:" + base::lower(type) + "/";
  if (const std::string encoded = encode_segments(space, false); !encoded.empty()) {
    out += encoded + "/";
  }
  out += percent_encode(strip_slashes(plain_name));
  if (!version.empty()) out += "@" + percent_encode(version);

  std::vector<std::string> pairs;
  for (const auto& [key, value] : qualifiers) {
    if (!value.empty()) pairs.push_back(base::lower(key) + "=" + percent_encode(value));
  }
  std::sort(pairs.begin(), pairs.end());
  if (!pairs.empty()) out += "?" + base::join(pairs, "&");

  if (const std::string encoded = encode_segments(subpath, true); !encoded.empty()) {
    out += "#" + encoded;
  }
  return out;
}

Result<PackageUrl> parse_package_url(std::string_view text) {
  text = base::trim(text);
  if (text.size() > kMaximumLength) {
    return fail("the package URL is longer than 8192 bytes", {}, {}, ErrorCode::TooLarge);
  }
  Result<PackageUrl> purl = parse(text);
  if (!purl) purl.error().where = base::printable(text);
  return purl;
}

}  // namespace vigil::model
