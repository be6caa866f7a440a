#include "match/vex/read.h"

namespace vigil::match::vex {
namespace {

bool is_openvex(base::Json root) {
  const base::Json context = root["@context"];
  return context.text().find("openvex.dev") != std::string_view::npos ||
         (context.exists() && root["statements"].is_array());
}

}  // namespace

std::string_view status_name(Status status) {
  switch (status) {
    case Status::NotAffected:
      return "not affected";
    case Status::Affected:
      return "affected";
    case Status::Fixed:
      return "fixed";
    case Status::UnderInvestigation:
      return "under investigation";
  }
  return "affected";
}

Result<Document> read(std::string_view json, std::string_view name) {
  base::JsonParser parser;
  Result<base::Json> root = parser.parse(json);
  if (!root) {
    Error error = std::move(root).error();
    error.where = name;
    return fail(std::move(error));
  }
  if (is_openvex(*root)) return read_openvex(*root, name);
  if ((*root)["bomFormat"].text() == "CycloneDX") return read_cyclonedx(*root, name);
  if (!(*root)["document"]["csaf_version"].text().empty()) return read_csaf(*root, name);
  return fail("not a VEX document", std::string(name), "OpenVEX, CycloneDX and CSAF are read",
              ErrorCode::Unsupported);
}

}  // namespace vigil::match::vex
