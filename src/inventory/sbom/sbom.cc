#include "inventory/sbom/sbom.h"

#include "base/text.h"
#include "inventory/sbom/cyclonedx.h"
#include "inventory/sbom/cyclonedx_xml.h"
#include "inventory/sbom/spdx.h"
#include "inventory/sbom/spdx_tags.h"
#include "inventory/sbom/syft.h"

namespace vigil::inventory {
namespace {

/// Enough to tell the formats apart.
constexpr std::size_t kFirstBytes = 4096;

}  // namespace

Result<Sbom> read_sbom(std::string_view document, const SbomLimits& limits) {
  if (document.size() > limits.bytes) {
    return fail("longer than " + std::to_string(limits.bytes) + " bytes", {}, {},
                ErrorCode::TooLarge);
  }
  // Files begin with a byte order mark where a Windows tool wrote them.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (document.starts_with(kByteOrderMark)) document.remove_prefix(kByteOrderMark.size());
  std::string translated;
  if (base::trim(document.substr(0, kFirstBytes)).starts_with('<')) {
    VIGIL_TRY(translated, cyclonedx_json_of_xml(document));
    document = translated;
  } else if (is_spdx_tags(document.substr(0, kFirstBytes))) {
    VIGIL_TRY(translated, spdx_json_of_tags(document));
    document = translated;
  }
  base::JsonParser parser;
  VIGIL_TRY(const base::Json root, parser.parse(document));
  return read_sbom(root, limits);
}

Result<Sbom> read_sbom(const base::Json& document, const SbomLimits& limits) {
  if (document["bomFormat"].text() == "CycloneDX") return read_cyclonedx(document, limits);
  if (document["spdxVersion"].is_string()) return read_spdx(document, limits);
  if (is_syft(document)) return read_syft(document, limits);
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
