// Package URLs: the canonical text of what is read is a fixed point, and its components survive.
#include "model/package_url.h"

#include <cstdlib>

#include "model/ecosystem.h"
#include "model/package_name.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string ecosystem = vigil::model::normal_ecosystem(text);
  require(vigil::model::normal_ecosystem(ecosystem) == ecosystem);

  const auto purl = vigil::model::parse_package_url(text);
  if (!purl) return 0;
  const std::string canonical = purl->text();
  // Encoding can make it longer than what is read, at most three times.
  const auto again = vigil::model::parse_package_url(canonical);
  if (!again) {
    require(again.error().code == vigil::ErrorCode::TooLarge);
    return 0;
  }
  require(again->text() == canonical);
  require(again->type == purl->type && again->version == purl->version);
  require(again->qualifiers == purl->qualifiers && again->subpath == purl->subpath);

  const std::string_view family = vigil::model::ecosystem_of_purl(*purl);
  const std::string name = vigil::model::normal_name(family, vigil::model::name_of_purl(*purl));
  require(vigil::model::normal_name(family, name) == name);
  return 0;
}
