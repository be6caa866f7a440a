// CycloneDX: "vulnerabilities": [{"id": "CVE-...", "references": [{"id": "GHSA-..."}],
//   "analysis": {"state": "not_affected", "justification": "code_not_reachable", "detail": "..."},
//   "affects": [{"ref": "<bom-ref>", "versions": [{"version": "1.2", "status": "unaffected"},
//                                                 {"range": "vers:...", "status": "affected"}]}]}]
//
// A reference is the bom-ref of a component of the same document, whose purl counts; a BOM-Link,
// "urn:cdx:serial/1#ref", whose last part is one of another document, and often a purl; or a purl.
//
// Traps: a vulnerability without an analysis says nothing. "versions" may turn the analysis round: of
// versions that are "unaffected" it says that they are not affected, whatever the state. "resolved"
// and "resolved_with_pedigree" mean fixed, "false_positive" means not affected, "in_triage" under
// investigation, "exploitable" affected.
//
// Not handled: ranges of versions; `versions` without a purl.

#include <map>

#include "base/text.h"
#include "base/time.h"
#include "match/vex/read.h"

namespace vigil::match::vex {
namespace {

using base::Json;
using Components = std::map<std::string, model::PackageUrl, std::less<>>;

std::optional<Status> parse_state(std::string_view state) {
  if (state == "not_affected" || state == "false_positive") return Status::NotAffected;
  if (state == "resolved" || state == "resolved_with_pedigree") return Status::Fixed;
  if (state == "in_triage") return Status::UnderInvestigation;
  if (state == "exploitable") return Status::Affected;
  return std::nullopt;
}

/// Components hold components: a list instead of a recursion.
Components components_of(Json root) {
  Components known;
  std::vector<Json> waiting = {root["metadata"]["component"]};
  for (const Json component : root["components"].items()) waiting.push_back(component);
  for (std::size_t next = 0; next < waiting.size() && next < kMost; ++next) {
    const Json component = waiting[next];
    for (const Json part : component["components"].items()) waiting.push_back(part);
    const std::string_view reference = component["bom-ref"].text();
    auto url = model::parse_package_url(component["purl"].text());
    if (!reference.empty() && url) known.emplace(reference, std::move(*url));
  }
  return known;
}

Product product_of(std::string_view reference, const Components& components) {
  Product product;
  product.id = reference;
  const std::size_t fragment = reference.find('#');
  const bool is_link = reference.starts_with("urn:cdx:") && fragment != std::string_view::npos;
  std::string_view name = is_link ? reference.substr(fragment + 1) : reference;
  if (const auto at = components.find(name); at != components.end()) {
    product.packages.push_back(at->second);
    return product;
  }
  auto url = model::parse_package_url(name);
  if (!url && is_link) {
    // The fragment is percent-encoded as a whole.
    if (const auto decoded = model::percent_decode(name)) url = model::parse_package_url(*decoded);
  }
  if (url) product.packages.push_back(std::move(*url));
  return product;
}

/// The products of each status: the analysis' own, and what single versions say.
void read_affects(Json affects, const Components& components, Status status,
                  std::map<Status, std::vector<Product>>& products) {
  const Product whole = product_of(affects["ref"].text(), components);
  bool any_version = false;
  for (const Json version : affects["versions"].items()) {
    Product one = whole;
    any_version = true;
    one.range = version["range"].text();
    for (model::PackageUrl& url : one.packages) url.version = version["version"].text();
    const std::string_view said = version["status"].text();
    const Status of_version = said == "unaffected" ? Status::NotAffected
                              : said == "unknown"  ? Status::UnderInvestigation
                              : status == Status::NotAffected && said.empty() ? status
                              : said == "affected" || said.empty()            ? Status::Affected
                                                                              : status;
    products[of_version].push_back(std::move(one));
  }
  if (!any_version) products[status].push_back(whole);
}

}  // namespace

Result<Document> read_cyclonedx(Json root, std::string_view name) {
  Document document;
  const Components components = components_of(root);
  const std::string_view serial = root["serialNumber"].text();
  std::size_t count = 0;
  for (const Json item : root["vulnerabilities"].items()) {
    const Json analysis = item["analysis"];
    const std::string_view state = analysis["state"].text();
    if (state.empty()) continue;
    const std::string id(base::trim(item["id"].text()));
    const auto status = parse_state(state);
    if (id.empty() || !status) {
      document.problems.push_back(
          base::printable(id.empty() ? "a vulnerability" : id) + ": " +
          (status ? "without an id" : "'" + base::printable(state) + "' is no state"));
      continue;
    }
    Statement statement;
    statement.vulnerability = id;
    for (const Json reference : item["references"].items()) {
      if (!reference["id"].text().empty()) statement.aliases.emplace_back(reference["id"].text());
    }
    statement.justification = analysis["justification"].text();
    statement.detail = analysis["detail"].text();
    statement.document = serial.empty() ? name : serial;
    for (const std::string_view time : {analysis["lastUpdated"].text(), item["updated"].text(),
                                        root["metadata"]["timestamp"].text()}) {
      if (statement.timestamp == 0) statement.timestamp = base::parse_time(time).value_or(0);
    }
    std::map<Status, std::vector<Product>> products;
    for (const Json affects : item["affects"].items()) {
      if (++count > kMost) {
        return fail("too many components are named", std::string(name), {}, ErrorCode::TooLarge);
      }
      read_affects(affects, components, *status, products);
    }
    for (auto& [of_these, list] : products) {
      Statement one = statement;
      one.status = of_these;
      one.products = std::move(list);
      document.statements.push_back(std::move(one));
    }
  }
  return document;
}

}  // namespace vigil::match::vex
