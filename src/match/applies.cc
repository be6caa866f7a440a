#include "match/applies.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "model/package_url.h"
#include "model/symbol_set.h"

namespace vigil::match {
namespace {

/// uname's word as Go's.
std::string processor_name(std::string_view architecture) {
  if (architecture == "x86_64") return "amd64";
  if (architecture == "aarch64") return "arm64";
  if (architecture == "all" || architecture == "noarch") return {};
  return std::string(architecture);
}

std::string system_name(std::string_view os_id) {
  for (const std::string_view other : {"freebsd", "openbsd", "netbsd", "windows", "darwin"}) {
    if (os_id == other) return std::string(other);
  }
  return os_id.empty() ? std::string() : "linux";
}

bool is_on(std::string_view platform, const Platform& here) {
  const std::size_t slash = platform.find('/');
  const std::string_view system = platform.substr(0, slash);
  const bool same_system = system.empty() || here.system.empty() || system == here.system;
  if (slash == std::string_view::npos || here.processor.empty()) return same_system;
  return same_system && platform.substr(slash + 1) == here.processor;
}

std::string joined(const std::vector<std::string>& words) {
  constexpr std::size_t kShown = 4;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + words[i];
  }
  return text + (words.size() > kShown ? " ..." : "");
}

/// May the program hold one of the functions? Of a whole package ("net/http.*") nobody can tell.
bool may_hold(const std::string& program, const std::vector<std::string>& functions) {
  const auto set = model::SymbolSet::parse(program);
  if (!set || set->empty()) return true;
  return std::ranges::any_of(functions, [&](const std::string& function) {
    return function.ends_with(".*") || set->contains(function);
  });
}

}  // namespace

Platform platform_of(const model::Package& package, const std::string& os_id) {
  Platform platform;
  if (package.package_url.find('?') != std::string::npos) {
    if (const auto url = model::parse_package_url(package.package_url)) {
      platform.system = url->qualifier("goos");
      platform.processor = url->qualifier("goarch");
    }
  }
  if (platform.system.empty()) platform.system = system_name(os_id);
  if (platform.processor.empty()) platform.processor = processor_name(package.architecture);
  return platform;
}

std::string why_not(const intel::Qualifier& qualifier, const model::Package& package,
                    const std::string& os_id) {
  const auto& architectures = qualifier.architectures;
  if (!architectures.empty() && !package.architecture.empty() &&
      std::ranges::find(architectures, package.architecture) == architectures.end()) {
    return "only on " + joined(architectures);
  }
  const auto& platforms = qualifier.platforms;
  if (!platforms.empty()) {
    const Platform here = platform_of(package, os_id);
    const auto is_here = [&](const std::string& platform) { return is_on(platform, here); };
    if (std::ranges::none_of(platforms, is_here)) return "only on " + joined(platforms);
  }
  if (!qualifier.symbols.empty() && !package.symbols.empty() &&
      !may_hold(package.symbols, qualifier.symbols)) {
    return "the binary does not contain the vulnerable functions";
  }
  return {};
}

}  // namespace vigil::match
