// OpenVEX: {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "...", "timestamp": "...",
//   "statements": [{"vulnerability": {"name": "CVE-...", "aliases": []}, "timestamp": "...",
//     "products": [{"@id": "pkg:oci/...", "identifiers": {"purl": "..."},
//                   "subcomponents": [{"@id": "pkg:deb/..."}]}],
//     "status": "not_affected", "justification": "...", "impact_statement": "..."}]}
//
// Traps: before 0.2.0 vulnerability and products are plain texts, and subcomponents stand in the
// statement. What a statement leaves out (timestamp) is the document's.

#include "base/text.h"
#include "base/time.h"
#include "match/vex/read.h"

namespace vigil::match::vex {
namespace {

using base::Json;

std::optional<Status> parse_status(std::string_view word) {
  if (word == "not_affected") return Status::NotAffected;
  if (word == "affected") return Status::Affected;
  if (word == "fixed") return Status::Fixed;
  if (word == "under_investigation") return Status::UnderInvestigation;
  return std::nullopt;
}

/// An object with "@id" and identifiers, or the id alone.
std::string_view id_of(Json thing) {
  return thing.text().empty() ? thing["@id"].text() : thing.text();
}

void add_package(std::vector<model::PackageUrl>& packages, Json thing) {
  for (const std::string_view text : {thing["identifiers"]["purl"].text(), id_of(thing)}) {
    auto url = model::parse_package_url(text);
    if (!url) continue;
    packages.push_back(std::move(*url));
    return;
  }
}

Product read_product(Json thing, Json common_components) {
  Product product;
  product.id = id_of(thing);
  add_package(product.packages, thing);
  for (const Json components : {thing["subcomponents"], common_components}) {
    for (const Json component : components.items()) add_package(product.components, component);
  }
  return product;
}

std::int64_t time_of(Json statement, Json document) {
  for (const Json holder : {statement, document}) {
    for (const char* key : {"last_updated", "timestamp"}) {
      if (const auto time = base::parse_time(holder[key].text())) return *time;
    }
  }
  return 0;
}

}  // namespace

Result<Document> read_openvex(Json root, std::string_view name) {
  Document document;
  const std::string_view own_id = root["@id"].text();
  std::size_t number = 0;
  std::size_t products = 0;
  for (const Json item : root["statements"].items()) {
    ++number;
    const auto skip = [&](const std::string& why) {
      document.problems.push_back("statement " + std::to_string(number) + ": " + why);
    };
    Statement statement;
    const Json vulnerability = item["vulnerability"];
    statement.vulnerability = base::trim(vulnerability["name"].text());
    if (statement.vulnerability.empty()) statement.vulnerability = base::trim(id_of(vulnerability));
    for (const Json alias : vulnerability["aliases"].items()) {
      if (!alias.text().empty()) statement.aliases.emplace_back(alias.text());
    }
    const auto status = parse_status(item["status"].text());
    if (statement.vulnerability.empty() || !status) {
      skip(status ? "it names no vulnerability"
                  : "'" + base::printable(item["status"].text()) + "' is no status");
      continue;
    }
    statement.status = *status;
    statement.justification = item["justification"].text();
    statement.detail = item["impact_statement"].text();
    if (statement.detail.empty()) statement.detail = item["status_notes"].text();
    statement.document = own_id.empty() ? name : own_id;
    statement.timestamp = time_of(item, root);
    for (const Json thing : item["products"].items()) {
      if (++products > kMost) {
        return fail("too many products", std::string(name), {}, ErrorCode::TooLarge);
      }
      statement.products.push_back(read_product(thing, item["subcomponents"]));
    }
    if (statement.products.empty()) {
      skip("it names no product");
      continue;
    }
    document.statements.push_back(std::move(statement));
  }
  return document;
}

}  // namespace vigil::match::vex
