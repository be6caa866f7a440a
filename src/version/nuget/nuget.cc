// .NET package versions: N[.N[.N[.N]]][-labels][+metadata], as NuGet orders them.
//
// Reference: "Package versioning" of the NuGet documentation, and NuGet.Versioning of NuGet.Client
// (NuGetVersion.TryParse, VersionComparer.Default). SemVer 2.0.0 with three differences: one to
// four numbers, missing ones being 0; labels compare without regard to case; leading zeros in the
// numbers.
//
// The order. The four numbers; a version with labels below the one without; label by label numbers
// by value, numbers below texts, fewer labels first. Metadata after `+` does not count.
//
// Traps.
// - A label is a number only if it fits 32 bits with sign: "20231005123456" is a text and compares
//   as one, character by character, above every number.
// - And it may have a sign: in "1.0.0--5" the label "-5" is the number minus five, below "0".
// - In texts `-` is below digits, digits below letters: "beta-1" < "beta1" < "betaa".
// - "1.0.0-01" is refused, a number among the labels has no leading zeros; "1.0.0-0a" is a text.
//
// Not handled. Clients since 6.x read an empty number as 0 ("1..2", "1.") and let a number beyond
// 2147483647 wrap around; those before refuse both, no gallery accepts such versions, and so they
// are refused here. Floating versions and ranges ("1.*", "[1.0,2.0)") are not versions.
//
// Key: four numbers; a byte for "has labels" or "has none"; per label a rank and its number or
// lower case text; an end. A negative number stands as its distance from -2^31.
#include <cstdint>

#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::nuget {
namespace {

enum Labels : std::uint8_t { Some = 1, None };
enum Label : std::uint8_t { End = 1, Negative, Number, Text };

constexpr std::string_view kLargestDistance = "2147483648";  // of a negative label from zero

bool is_label(char c) {
  return base::is_alnum(c) || c == '-';
}
bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool write_numbers(Cursor& in, KeyWriter& key) {
  int count = 0;
  do {
    const std::string_view number = in.digits();
    if (number.empty() || exceeds(number, kInt32Maximum) || ++count > 4) return false;
    key.number(number);
  } while (in.skip('.'));
  for (; count < 4; ++count) key.number({});
  return true;
}

bool write_label(std::string_view label, KeyWriter& key) {
  if (label.empty()) return false;
  if (all_digits(label) && label.size() > 1 && label.front() == '0') return false;
  if (all_digits(label) && !exceeds(label, kInt32Maximum)) {
    key.rank(Number).number(label);
    return true;
  }
  if (const std::string_view distance = label.substr(1);
      label.front() == '-' && all_digits(distance) && !exceeds(distance, kLargestDistance)) {
    const std::uint64_t value = base::parse_unsigned(distance).value_or(0);
    if (value == 0) {
      key.rank(Number).number({});
    } else {
      key.rank(Negative).number((std::uint64_t{1} << 31) - value);
    }
    return true;
  }
  key.rank(Text).text(base::lower(label));
  return true;
}

bool write_labels(Cursor& in, KeyWriter& key) {
  key.rank(Some);
  do {
    if (!write_label(in.take_while(is_label), key)) return false;
  } while (in.skip('.'));
  key.rank(End);
  return true;
}

bool skip_metadata(Cursor& in) {
  do {
    if (in.take_while(is_label).empty()) return false;
  } while (in.skip('.'));
  return true;
}

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  Cursor in(base::trim(text));
  KeyWriter key;
  if (!write_numbers(in, key)) {
    return fail("not one to four numbers up to 2147483647", std::string(text));
  }
  if (in.skip('-')) {
    if (!write_labels(in, key)) {
      return fail("a pre-release label is empty or a number with leading zeros", std::string(text));
    }
  } else {
    key.rank(None);
  }
  if (in.skip('+') && !skip_metadata(in)) return fail("empty metadata", std::string(text));
  if (!in.done()) {
    return fail("'" + std::string(in.rest()) + "' is neither -label nor +metadata",
                std::string(text));
  }
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"NuGet"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "nuget",
      .summary = ".NET package versions: up to four numbers, SemVer 2 labels in any case",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::nuget
