// ScanSbom: every answer is JSON, in each format, and an answer that is scanned again finds the same.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "api/operations/scan-sbom/cyclonedx_answer.h"
#include "api/operations/scan-sbom/inspector_answer.h"
#include "intel/compile.h"

namespace {

namespace scan_sbom = vigil::api::scan_sbom;
namespace intel = vigil::intel;

void require(bool condition) {
  if (!condition) std::abort();
}

std::string in_memory(const std::string& bytes) {
  const int file = ::memfd_create("intelligence", MFD_CLOEXEC);
  require(file >= 0 &&
          ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  return "/proc/self/fd/" + std::to_string(file);
}

/// One vulnerability of each kind: with a CVE id, without one, of a source package.
intel::Snapshot make_intelligence() {
  const intel::Feed feed{"osv", "", "", {}, 1, nullptr, nullptr, 20};
  intel::SegmentWriter writer("one");
  writer.begin_document(feed);
  for (const auto& [ecosystem, package, id] :
       {std::tuple("npm", "a", "CVE-2024-1000"), std::tuple("npm", "a", "GHSA-aaaa-bbbb-cccc"),
        std::tuple("Debian:12", "openssl", "CVE-2024-1001")}) {
    intel::Statement statement;
    statement.ecosystem = ecosystem;
    statement.package = package;
    statement.vulnerability = id;
    statement.state = vigil::model::FixState::Fixed;
    statement.ranges = {{"", "9", ""}};
    writer.statement(std::move(statement));
  }
  auto segment = intel::Segment::open(in_memory(writer.take()));
  require(segment.has_value());
  const auto bytes = intel::compile({{&*segment, {"a", "a", "directory", 0, false, "", {}}}}, 0);
  require(bytes.has_value());
  auto snapshot = intel::Snapshot::open(in_memory(*bytes));
  require(snapshot.has_value());
  return std::move(*snapshot);
}

std::optional<scan_sbom::Scan> scan(const vigil::base::Json& document) {
  static const intel::Snapshot kIntelligence = make_intelligence();
  auto sbom = vigil::inventory::read_sbom(document, {.components = 1000});
  if (!sbom || sbom->format != vigil::inventory::SbomFormat::CycloneDx) return std::nullopt;
  auto scanned = scan_sbom::scan(std::move(*sbom), kIntelligence);
  require(scanned.has_value());
  return std::move(*scanned);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  vigil::base::JsonParser parser;
  const auto document = parser.parse({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  const auto scanned = scan(*document);
  if (!scanned) return 0;
  require(scanned->verdicts.size() == scanned->sbom.components.size());
  const std::string answer = scan_sbom::cyclonedx_answer(*document, *scanned, 0);
  vigil::base::JsonParser other;
  const auto root = other.parse(answer);
  require(root.has_value());
  const auto again = scan(*root);
  require(again && again->vulnerabilities.size() == scanned->vulnerabilities.size());
  require(again->sbom.components.size() == scanned->sbom.components.size());
  for (const auto spelling : {scan_sbom::Spelling::Recorded, scan_sbom::Spelling::Documented}) {
    require(other.parse(scan_sbom::inspector_answer(*scanned, spelling)).has_value());
  }
  return 0;
}
