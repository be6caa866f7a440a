// apt's files: Packages, Release and sources, whatever the input is taken for.
#include <cstdint>
#include <cstdlib>

#include "source/debian_archive/apt_lists.h"
#include "source/debian_archive/apt_sources.h"
#include "source/debian_archive/deb_package.h"
#include "source/debian_archive/packages.h"

namespace vigil::source::debian_archive {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  vigil::base::StringInput input(text);
  const auto read = for_each_package(input, [](const Listed& listed) {
    if (listed.package.empty() || listed.version.empty()) std::abort();
    const SourceName source = source_name(listed.package, listed.version, listed.source);
    if (source.name.empty() || source.version.empty()) std::abort();
  });
  if (!read && read.error().what.empty()) std::abort();
  static_cast<void>(serves(parse_release(text), "Debian:12", "bookworm"));
  for (const auto& sources : {parse_source_lines(text), parse_source_stanzas(text)}) {
    for (const AptSource& source : sources) {
      if (source.uri.empty() || source.suite.empty()) std::abort();
      if (list_prefix(source).find('/') != std::string::npos) std::abort();
    }
  }
  static_cast<void>(changelog_in_deb(text, "input", "foo"));
  return 0;
}

}  // namespace vigil::source::debian_archive
