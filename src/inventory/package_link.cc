#include "inventory/package_link.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::inventory {
namespace {

/// All but letters, digits and . - _ ~ : is percent-encoded.
void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    if (base::is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '~' || c == ':') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0x0FU];
  }
}

}  // namespace

std::string package_link(std::string_view type, const OperatingSystem& os, std::string_view name,
                         std::string_view version,
                         std::vector<std::pair<std::string_view, std::string>> qualifiers) {
  std::string out = "pkg:" + std::string(type) + "/";
  if (!os.id.empty()) {
    append_encoded(out, base::lower(os.id));
    out += '/';
    const std::string release = !os.version.empty() ? os.version : os.codename;
    qualifiers.emplace_back("distro", release.empty() ? os.id : os.id + "-" + release);
  }
  append_encoded(out, type == "rpm" ? std::string(name) : base::lower(name));
  if (!version.empty()) {
    out += '@';
    append_encoded(out, version);
  }
  std::sort(qualifiers.begin(), qualifiers.end());
  char separator = '?';
  for (const auto& [key, value] : qualifiers) {
    if (value.empty()) continue;
    out += separator;
    out += key;
    out += '=';
    append_encoded(out, value);
    separator = '&';
  }
  return out;
}

std::string upstream_of(const model::Package& package) {
  if (package.source_name == package.name && package.source_version == package.version) return {};
  if (package.source_version == package.version) return package.source_name;
  return package.source_name + "@" + package.source_version;
}

}  // namespace vigil::inventory
