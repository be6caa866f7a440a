#include "inventory/npm_names.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::inventory {

NpmDescriptor split_npm_descriptor(std::string_view text) {
  if (text.starts_with("npm:")) text.remove_prefix(4);
  const std::size_t at = text.find('@', 1);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::string npm_name_of_tarball(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t middle = url.rfind("/-/");
  if (middle == std::string_view::npos || !url.starts_with("http")) return {};
  const std::string_view file = url.substr(middle + 3);
  const std::string_view path = url.substr(0, middle);
  std::size_t begin = path.rfind('/') + 1;
  std::string name(path.substr(begin));
  for (const std::string_view slash : {"%2f", "%2F"}) name = base::replace_all(name, slash, "/");
  if (!name.starts_with('@') && begin > 1) {
    const std::size_t scope = path.rfind('/', begin - 2) + 1;
    if (path.substr(scope).starts_with('@')) name = path.substr(scope);
  }
  const std::string plain = name.substr(name.rfind('/') + 1) + "-";
  return file.starts_with(plain) && file.ends_with(".tgz") ? name : std::string();
}

std::string_view npm_version(std::string_view text) {
  text = base::trim(text);
  while (text.starts_with('=') || text.starts_with('v') || text.starts_with(' ')) {
    text.remove_prefix(1);
  }
  return text;
}

bool is_exact_npm_version(std::string_view range) {
  const std::string_view version = npm_version(range);
  const std::string_view core = version.substr(0, version.find_first_of("-+"));
  if (std::count(core.begin(), core.end(), '.') != 2) return false;
  for (const std::string_view number : base::split(core, '.')) {
    if (!base::parse_unsigned(number)) return false;
  }
  return std::all_of(version.begin(), version.end(),
                     [](char c) { return base::is_alnum(c) || c == '.' || c == '-' || c == '+'; });
}

std::string npm_license(const base::Json& package) {
  const base::Json license = package["license"];
  if (license.is_string()) return base::printable(license.text());
  if (license.is_object()) return base::printable(license["type"].text());
  std::string out;
  for (const base::Json& one : package["licenses"].items()) {
    const std::string_view type = one.is_string() ? one.text() : one["type"].text();
    if (!type.empty()) out += (out.empty() ? "" : " OR ") + base::printable(type);
  }
  return out;
}

}  // namespace vigil::inventory
