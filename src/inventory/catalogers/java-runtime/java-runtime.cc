// Java itself: the file `release` in every JDK and JRE since 7.
//
// What: lines of NAME="value": JAVA_VERSION, IMPLEMENTOR ("Eclipse Adoptium", "Debian", "Amazon.com
// Inc."), JAVA_RUNTIME_VERSION, MODULES.
//
// References: openjdk.org/jeps/223 (version strings), openjdk.org/jeps/322; the feed of Bitnami
// (github.com/bitnami/vulndb), component "java".
//
// Traps:
//   - Until Java 8 the version is "1.8.0_392"; Bitnami's advisories call that 8.0.392, and so does
//     the package here. The CPE keeps what Oracle and NVD write: 1.8.0, update 392.
//   - Other software has files of that name: only one with JAVA_VERSION is Java's.
//   - Oracle's own builds, OpenJ9 and GraalVM have the same file; IMPLEMENTOR tells them apart.
//
// Not handled: Java 6 and before; jlinked images whose release file was left out.

#include <string>
#include <string_view>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/java_version.h"

namespace vigil::inventory::java_runtime {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{1} << 20;

struct Release {
  std::string_view version;
  std::string_view implementor;
  std::uint32_t line = 0;
};

Release parse_release(std::string_view text) {
  Release release;
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    const std::size_t equals = line->find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = base::trim(line->substr(0, equals));
    std::string_view value = base::trim(line->substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    if (key == "IMPLEMENTOR") release.implementor = value;
    if (key == "JAVA_VERSION") {
      release.version = value;
      release.line = number;
    }
  }
  return release;
}

bool is_version(std::string_view text) {
  return !text.empty() && base::is_digit(text[0]) &&
         text.find_first_not_of("0123456789._") == std::string_view::npos;
}

void catalog(const File& file, Context& context) {
  const Release release = parse_release(file.content);
  if (release.version.empty()) return;
  FilePackages packages(file, context, "Bitnami", model::Evidence::Installed);
  // "21-ea": what comes behind a dash is no release.
  const std::string_view version = release.version.substr(0, release.version.find('-'));
  if (!is_version(version)) {
    packages.problem(release.line, "this is no version of Java");
  } else {
    const std::size_t number = packages.add("java", plain_java_version(version), release.line);
    if (number != FilePackages::kNone) {
      packages[number].vendor = base::printable(release.implementor);
      const bool oracle = release.implementor.starts_with("Oracle");
      packages[number].cpe = java_cpe(oracle ? "oracle:jdk" : "oracle:openjdk", version);
    }
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("release")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "java-runtime",
                                       .title = "Java runtimes (release)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::java_runtime
