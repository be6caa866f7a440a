// A software bill of materials: what a CycloneDX, SPDX or Syft document lists (inventory/sbom/sbom.h).

#include "inventory/sbom/sbom.h"
#include "base/file.h"
#include "inventory/document.h"
#include "source/target.h"

namespace vigil::source::sbom {
namespace {

Result<Scanned> scan(const Request& request) {
  const inventory::SbomLimits limits;
  VIGIL_TRY(const std::string text, base::read_file(request.argument, limits.bytes));
  auto sbom = inventory::read_sbom(text, limits);
  if (!sbom) {
    Error error = std::move(sbom).error();
    error.where = error.where.empty() ? request.argument : request.argument + ": " + error.where;
    return fail(std::move(error));
  }
  Scanned out;
  out.name = request.argument;
  out.inventory = std::move(sbom->inventory);
  return out;
}

std::vector<std::string> reads(const Request& request) {
  return {request.argument};
}

}  // namespace

const Target& target() {
  static const Target kTarget = {"sbom", "FILE", "What a CycloneDX or SPDX document lists",
                                 {},     scan,   reads};
  return kTarget;
}

}  // namespace vigil::source::sbom
