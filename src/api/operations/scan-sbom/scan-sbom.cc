// ScanSbom (service inspector-scan): an SBOM comes in, what is vulnerable in it goes back. Nothing is
// stored.
//
// Reference: the inspector-scan service model; the formats of the answer are those of recorded answers
// and of the user guide ("Using the Amazon Inspector Scan API"). CYCLONE_DX_1_5, the default, is the
// document with the findings in it; INSPECTOR is a list of them; INSPECTOR_ALT, of which nothing is
// published, is the same list in the spelling of the user guide's example.
// Traps: the counters follow NVD's rating alone, so a CVE that only a distribution has rated is
// "other"; a component that was not looked at is not clean, and says why.
//
// Not handled: Dockerfile checks; SPDX documents, which Inspector refuses too.
#include "api/operation.h"
#include "api/operations/scan-sbom/cyclonedx_answer.h"
#include "api/operations/scan-sbom/inspector_answer.h"
#include "api/operations/scan-sbom/scan.h"
#include "base/json_writer.h"

namespace vigil::api::scan_sbom {
namespace {

/// Inspector's limit.
constexpr std::size_t kMostComponents = 5'000;

/// What is wrong with the document, as an error of the member `sbom`.
ApiError refused(const Error& error, std::string reason) {
  const std::string where = error.where.empty() ? "sbom" : "sbom." + error.where;
  const std::string message =
      error.hint.empty() ? error.what : error.what + " (" + error.hint + ")";
  ApiError out =
      validation_error("The SBOM cannot be scanned: " + where + ": " + message, {{where, message}});
  out.reason = std::move(reason);
  return out;
}

ApiError refused(const Error& error) {
  if (error.code == ErrorCode::Unsupported) return refused(error, "UNSUPPORTED_SBOM_TYPE");
  if (error.code == ErrorCode::TooLarge) return refused(error, "FIELD_VALIDATION_FAILED");
  return refused(error, "CANNOT_PARSE");
}

Outcome<inventory::Sbom> read(const base::Json& document) {
  auto sbom = inventory::read_sbom(document, {.components = kMostComponents});
  if (!sbom) return tl::unexpected(refused(sbom.error()));
  if (sbom->format != inventory::SbomFormat::CycloneDx) {
    return tl::unexpected(refused(Error{"SPDX documents are not scanned", "", "send CycloneDX 1.5"},
                                  "UNSUPPORTED_SBOM_TYPE"));
  }
  return std::move(*sbom);
}

Answer run(const Call& call) {
  const base::Json document = call.input["sbom"];
  auto sbom = read(document);
  if (!sbom) return tl::unexpected(std::move(sbom).error());
  const auto snapshot = call.estate.intelligence();
  if (snapshot == nullptr) {
    ApiError error = internal(Error{"no vulnerability intelligence is loaded"});
    error.message = "No vulnerability intelligence is loaded.";
    error.reason = "OTHER";
    return tl::unexpected(std::move(error));
  }
  auto scanned = or_internal(scan(std::move(*sbom), *snapshot));
  if (!scanned) {
    scanned.error().reason = "FAILED_TO_GENERATE_SBOM";
    return tl::unexpected(std::move(scanned).error());
  }
  const std::string_view format = call.input["outputFormat"].text();
  base::JsonWriter json;
  json.begin_object().key("sbom");
  if (format == "INSPECTOR") {
    json.raw(inspector_answer(*scanned, Spelling::Recorded));
  } else if (format == "INSPECTOR_ALT") {
    json.raw(inspector_answer(*scanned, Spelling::Documented));
  } else {
    json.raw(cyclonedx_answer(document, *scanned, call.now));
  }
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  // `sbom` is a free document, which shapes have no notation for; it is checked above.
  static constexpr Operation kOperation = {
      .name = "ScanSbom",
      .service = "inspector-scan",
      .method = "POST",
      .uri = "/scan/sbom",
      .input = "sbom*:{}, outputFormat:CYCLONE_DX_1_5|INSPECTOR|INSPECTOR_ALT",
      .run = run,
  };
  return kOperation;
}

}  // namespace vigil::api::scan_sbom
