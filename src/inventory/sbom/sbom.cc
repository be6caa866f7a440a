#include "inventory/sbom/sbom.h"

#include "inventory/sbom/cyclonedx.h"
#include "inventory/sbom/spdx.h"

namespace vigil::inventory {

Result<Sbom> read_sbom(std::string_view document, const SbomLimits& limits) {
  if (document.size() > limits.bytes) {
    return fail("longer than " + std::to_string(limits.bytes) + " bytes", {}, {},
                ErrorCode::TooLarge);
  }
  // Files begin with a byte order mark where a Windows tool wrote them.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (document.starts_with(kByteOrderMark)) document.remove_prefix(kByteOrderMark.size());
  base::JsonParser parser;
  VIGIL_TRY(const base::Json root, parser.parse(document));
  return read_sbom(root, limits);
}

Result<Sbom> read_sbom(const base::Json& document, const SbomLimits& limits) {
  if (document["bomFormat"].text() == "CycloneDX") return read_cyclonedx(document, limits);
  if (document["spdxVersion"].is_string()) return read_spdx(document, limits);
  return fail("neither CycloneDX nor SPDX", {},
              "an object with \"bomFormat\": \"CycloneDX\" or with \"spdxVersion\"",
              ErrorCode::Unsupported);
}

std::string_view why_skipped(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::NoUrl:
      return "no purl provided";
    case ComponentKind::InvalidUrl:
      return "invalid purl";
    case ComponentKind::NoRules:
      return "no rules found";
    case ComponentKind::Package:
      break;
  }
  return {};
}

}  // namespace vigil::inventory
