// Asks a snapshot everything it can be asked: for tests and fuzzing of damaged files. The answers may
// be wrong; reading them must stay inside the file.
#pragma once

#include <cstddef>
#include <string_view>

#include "intel/search.h"
#include "intel/snapshot.h"

namespace vigil::intel::testing {

/// So that nothing is optimised away: the number of bytes of all answers.
inline std::size_t walk(const Snapshot& snapshot) {
  // A damaged count may be as large as the file allows; every package may claim all rows.
  constexpr std::size_t kMost = 500;
  std::size_t bytes = snapshot.stamp().size() + snapshot.file_size() + snapshot.epss_count();
  const auto add = [&](std::string_view text) {
    for (const char byte : text) bytes += static_cast<unsigned char>(byte);
  };
  for (const Source& source : snapshot.sources()) {
    add(source.label);
    for (const FeedCount& feed : source.feeds) add(feed.feed);
  }
  for (const auto& ecosystem : snapshot.ecosystems()) {
    add(ecosystem.name);
    bytes += snapshot.covers(ecosystem.name) ? 1 : 0;
  }
  std::size_t rows = 0;
  for (std::size_t i = 0; i < snapshot.package_count() && rows < kMost; ++i) {
    const Snapshot::PackageEntry package = snapshot.package(i);
    add(package.ecosystem);
    add(package.name);
    for (const Advisory advisory : snapshot.advisories(package.ecosystem, package.name)) {
      if (++rows > kMost) break;
      for (const std::string_view text :
           {advisory.low_key(), advisory.high_key(), advisory.fixed_version(),
            advisory.vendor_severity(), advisory.advisory(), advisory.note(), advisory.feed(),
            snapshot.vulnerability_id(advisory.vulnerability())}) {
        add(text);
      }
      bytes += advisory.affects(package.name) || advisory.ends_below(package.name) ? 1 : 0;
      bytes += static_cast<std::size_t>(advisory.state());
      for (const auto& symbol : advisory.qualifier().symbols) add(symbol);
    }
  }
  for (std::uint32_t i = 0; i < snapshot.vulnerability_count() && i < kMost; ++i) {
    const std::string_view id = snapshot.vulnerability_id(i);
    bytes += snapshot.find(id).size();
    bytes += snapshot.epss(id).has_value() ? 1 : 0;
    if (const auto vulnerability = snapshot.vulnerability(i)) {
      add(vulnerability->description);
      for (const auto& alias : vulnerability->aliases) bytes += snapshot.find(alias).size();
    }
  }
  bytes +=
      snapshot.vulnerability(static_cast<std::uint32_t>(snapshot.vulnerability_count())) ? 1 : 0;
  bytes += snapshot.advisories("Debian:12", "no such package").size();
  bytes += snapshot.find("ghsa-none").size();
  bytes += changed_packages(snapshot, snapshot).size();
  if (rows <= kMost && snapshot.package_count() <= kMost) {
    bytes += search(snapshot, "openssl", 10).total + packages_of(snapshot, 0).size();
  }
  return bytes;
}

}  // namespace vigil::intel::testing
