// R package versions: numbers separated by `.` or `-`, as R's compareVersion() orders them.
//
// Reference: "Writing R Extensions", the Version field of DESCRIPTION; ?numeric_version and
// ?compareVersion of R.
//
// The order. Number by number; a version that another one continues is below it: 1.0 < 1.0.0.
//
// Traps.
// - `.` and `-` mean the same: 1.0-1 = 1.0.1. There are no pre-releases; development versions are
// by
//   habit N.N.N.9000.
// - R's own operators (<, ==) on numeric_version hold 1.0 and 1.0.0 equal in R 4.2, where
//   compareVersion() says -1. We follow compareVersion(), which is what installing and updating
//   packages documents.
// - A number above 2147483647 becomes NA in R, which orders nothing; it is refused.
// - A package needs two numbers at least; one alone is accepted, as numeric_version() does, because
//   feeds write "0" for the beginning.
//
// Key: parts, end.
#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::cran {
namespace {

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  Cursor in(text);
  KeyWriter key;
  do {
    const std::string_view number = in.digits();
    if (number.empty()) return fail("not numbers separated by '.' or '-'", std::string(text));
    if (exceeds(number, kInt32Maximum)) return fail("number above 2147483647", std::string(text));
    key.part(number);
  } while (in.skip_one_of(".-"));
  if (!in.done()) return fail("not numbers separated by '.' or '-'", std::string(text));
  return key.rank(0).take();
}

constexpr std::string_view kEcosystems[] = {"CRAN", "Bioconductor"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "cran",
                                  .summary = "R package versions, as compareVersion() does",
                                  .ecosystems = kEcosystems,
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::cran
