#include "findings/clean_version.h"

#include "findings/fixes.h"
#include "version/scheme.h"

namespace vigil::findings {
namespace {

/// Each step goes up; real packages need one or two.
constexpr int kMostSteps = 32;

}  // namespace

std::string clean_version(const intel::Snapshot& intelligence, const std::string& ecosystem,
                          const std::string& name, const std::string& from) {
  const version::Scheme* scheme = version::scheme_of_ecosystem(ecosystem);
  if (scheme == nullptr) return from;
  const intel::Advisories advisories = intelligence.advisories(ecosystem, name);
  std::string version = from;
  for (int step = 0; step < kMostSteps; ++step) {
    const auto key = scheme->key(version);
    if (!key) return version;
    std::string next = version;
    advisories.for_each_affecting(*key, [&](const intel::Advisory& advisory) {
      if (advisory.state() != model::FixState::Fixed || advisory.fixed_version().empty()) return;
      next = later_version(ecosystem, next, std::string(advisory.fixed_version()));
    });
    if (next == version) return version;
    version = std::move(next);
  }
  return version;
}

}  // namespace vigil::findings
