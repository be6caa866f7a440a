// Ingest documents: what is read is written and read again as the same bytes.
#include "findings/ingest_document.h"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace findings = vigil::findings;
  const vigil::inventory::DocumentLimits limits = {.packages = 1000};
  const auto read =
      findings::parse_ingest_document({reinterpret_cast<const char*>(data), size}, limits);
  if (!read) return 0;
  require(read->inventory.has_value() != read->delta.has_value());
  require(!read->resource.id.empty() && !read->resource.type.empty());
  if (!read->inventory) return 0;
  const std::string inventory = vigil::inventory::inventory_document(*read->inventory);
  const std::string document = findings::ingest_document(read->resource, read->facts, inventory);
  const auto again = findings::parse_ingest_document(document, limits);
  require(again && again->inventory);
  require(findings::ingest_document(again->resource, again->facts, inventory) == document);
  return 0;
}
