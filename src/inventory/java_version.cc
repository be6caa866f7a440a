#include "inventory/java_version.h"

namespace vigil::inventory {

std::string plain_java_version(std::string_view version) {
  if (!version.starts_with("1.") || version.size() < 3) return std::string(version);
  const std::size_t update = version.find('_');
  return std::string(version.substr(2, 1)) + ".0." +
         (update == std::string_view::npos ? "0" : std::string(version.substr(update + 1)));
}

std::string java_cpe(std::string_view product, std::string_view version) {
  const std::size_t update = version.find('_');
  const std::string last =
      update == std::string_view::npos ? "*" : "update" + std::string(version.substr(update + 1));
  return "cpe:2.3:a:" + std::string(product) + ":" + std::string(version.substr(0, update)) + ":" +
         last + ":*:*:*:*:*:*";
}

}  // namespace vigil::inventory
