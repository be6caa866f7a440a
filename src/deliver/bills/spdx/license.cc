#include "deliver/bills/spdx/license.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace vigil::deliver::spdx {
namespace {

/// The identifiers of most packages, ascending (spdx.org/licenses).
constexpr std::string_view kKnown[] = {
    "0BSD",
    "AFL-2.1",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-1.1",
    "Apache-2.0",
    "Artistic-1.0-Perl",
    "Artistic-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-4-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDDL-1.0",
    "CDDL-1.1",
    "EPL-1.0",
    "EPL-2.0",
    "EUPL-1.2",
    "GPL-1.0-or-later",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "HPND",
    "ISC",
    "LGPL-2.0-or-later",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-1.1",
    "MPL-2.0",
    "MulanPSL-2.0",
    "NCSA",
    "OFL-1.1",
    "OpenSSL",
    "PHP-3.01",
    "PSF-2.0",
    "PostgreSQL",
    "Python-2.0",
    "Ruby",
    "TCL",
    "UPL-1.0",
    "Unicode-3.0",
    "Unlicense",
    "Vim",
    "W3C",
    "WTFPL",
    "X11",
    "ZPL-2.1",
    "Zlib",
    "curl",
};

bool is_known(std::string_view id) {
  return std::find(std::begin(kKnown), std::end(kKnown), id) != std::end(kKnown);
}

}  // namespace

bool is_license_expression(std::string_view text) {
  // SPDX 2.3, annex D: identifiers with AND and OR between them, in parentheses or not.
  std::string spaced;
  for (const char c : text) {
    const bool parenthesis = c == '(' || c == ')';
    spaced += parenthesis ? std::string{' ', c, ' '} : std::string(1, c);
  }
  int depth = 0;
  bool wants_operand = true;
  for (const std::string_view word : base::words(spaced)) {
    if (word == "(") {
      if (!wants_operand) return false;
      ++depth;
    } else if (word == ")") {
      if (wants_operand || --depth < 0) return false;
    } else if (word == "AND" || word == "OR") {
      if (wants_operand) return false;
      wants_operand = true;
    } else {
      if (!wants_operand || !is_known(word)) return false;
      wants_operand = false;
    }
  }
  return depth == 0 && !wants_operand;
}

std::string license_reference(std::string_view text) {
  return "LicenseRef-vigil-" + base::sha256_hex(text).substr(0, 16);
}

}  // namespace vigil::deliver::spdx
