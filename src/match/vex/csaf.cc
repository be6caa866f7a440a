// CSAF 2.0: what a vendor says of its products, profile "csaf_vex" or "csaf_security_advisory".
//   "product_tree": {"branches": [{"name", "category", "branches": [...], "product": {"product_id",
//       "product_identification_helper": {"purl": "..."}}}],
//     "full_product_names": [...],
//     "relationships": [{"category": "default_component_of", "product_reference": "<component>",
//       "relates_to_product_reference": "<product>", "full_product_name": {"product_id": "..."}}]},
//   "vulnerabilities": [{"cve": "...", "ids": [{"text": "..."}],
//     "product_status": {"known_not_affected": ["<id>"], "fixed": [], "known_affected": [],
//                        "under_investigation": [], "first_fixed": [], "last_affected": []},
//     "flags": [{"label": "vulnerable_code_not_present", "product_ids": ["<id>"]}],
//     "threats": [{"category": "impact", "details": "...", "product_ids": ["<id>"]}]}]
//
// Traps: an id is resolved to the purl of the product, or, if it is a relationship, to the product and
// its component. A product id in two lists of a status is a mistake of the document; the more severe
// word counts. `known_affected` also holds what will not be fixed.
//
// Not handled: product groups, which gather ids for remediations; CPE and other helpers; the
// signatures of documents.

#include <map>

#include "base/text.h"
#include "base/time.h"
#include "match/vex/read.h"

namespace vigil::match::vex {
namespace {

using base::Json;
using Products = std::map<std::string, Product, std::less<>>;

void add_full_name(Json full_name, Products& products) {
  const std::string_view id = full_name["product_id"].text();
  if (id.empty()) return;
  Product product;
  product.id = id;
  const Json helper = full_name["product_identification_helper"];
  if (auto url = model::parse_package_url(helper["purl"].text())) {
    product.packages.push_back(std::move(*url));
  }
  for (const Json text : helper["purls"].items()) {  // CSAF 2.1
    if (auto url = model::parse_package_url(text.text()))
      product.packages.push_back(std::move(*url));
  }
  products.insert_or_assign(std::string(id), std::move(product));
}

Products products_of(Json tree) {
  Products products;
  for (const Json name : tree["full_product_names"].items()) add_full_name(name, products);
  // Branches hold branches: a list instead of a recursion.
  std::vector<Json> waiting;
  for (const Json branch : tree["branches"].items()) waiting.push_back(branch);
  for (std::size_t next = 0; next < waiting.size() && next < kMost; ++next) {
    const Json branch = waiting[next];
    add_full_name(branch["product"], products);
    for (const Json below : branch["branches"].items()) waiting.push_back(below);
  }
  for (const Json relationship : tree["relationships"].items()) {
    const Json name = relationship["full_product_name"];
    add_full_name(name, products);
    const auto self = products.find(name["product_id"].text());
    const auto part = products.find(relationship["product_reference"].text());
    const auto whole = products.find(relationship["relates_to_product_reference"].text());
    if (self == products.end() || part == products.end()) continue;
    // A name with a purl of its own needs no help; else the component of whatever it is part of.
    if (!self->second.packages.empty()) continue;
    self->second.components =
        part->second.packages.empty() ? part->second.components : part->second.packages;
    if (whole != products.end()) self->second.packages = whole->second.packages;
  }
  return products;
}

struct Word {
  std::string_view list;
  Status status;
};
/// Later ones are more severe.
constexpr Word kWords[] = {{"known_not_affected", Status::NotAffected},
                           {"recommended", Status::Fixed},
                           {"first_fixed", Status::Fixed},
                           {"fixed", Status::Fixed},
                           {"under_investigation", Status::UnderInvestigation},
                           {"first_affected", Status::Affected},
                           {"last_affected", Status::Affected},
                           {"known_affected", Status::Affected}};

/// The text that `list` gives for each product id.
std::map<std::string, std::string, std::less<>> said_of(Json list, const char* text,
                                                        std::string_view category) {
  std::map<std::string, std::string, std::less<>> said;
  for (const Json item : list.items()) {
    if (!category.empty() && item["category"].text() != category) continue;
    for (const Json id : item["product_ids"].items()) {
      said.emplace(id.text(), item[text].text());
    }
  }
  return said;
}

}  // namespace

Result<Document> read_csaf(Json root, std::string_view name) {
  Document document;
  const Json tracking = root["document"]["tracking"];
  const std::string_view own_id = tracking["id"].text();
  const std::int64_t time = base::parse_time(tracking["current_release_date"].text()).value_or(0);
  const Products products = products_of(root["product_tree"]);
  std::size_t count = 0;
  for (const Json item : root["vulnerabilities"].items()) {
    Statement common;
    common.vulnerability = base::trim(item["cve"].text());
    for (const Json id : item["ids"].items()) {
      const std::string_view text = base::trim(id["text"].text());
      if (common.vulnerability.empty()) {
        common.vulnerability = text;
      } else if (!text.empty()) {
        common.aliases.emplace_back(text);
      }
    }
    if (common.vulnerability.empty()) {
      document.problems.emplace_back("a vulnerability without an id");
      continue;
    }
    common.document = own_id.empty() ? name : own_id;
    common.timestamp = time;
    std::map<std::string, Status, std::less<>> statuses;
    for (const Word& word : kWords) {
      for (const Json id : item["product_status"][word.list].items()) {
        if (++count > kMost) {
          return fail("too many products", std::string(name), {}, ErrorCode::TooLarge);
        }
        statuses.insert_or_assign(std::string(id.text()), word.status);
      }
    }
    const auto flags = said_of(item["flags"], "label", {});
    const auto impacts = said_of(item["threats"], "details", "impact");
    for (const auto& [id, status] : statuses) {
      const auto product = products.find(id);
      if (product == products.end()) continue;
      Statement statement = common;
      statement.status = status;
      if (const auto flag = flags.find(id); flag != flags.end()) {
        statement.justification = flag->second;
      }
      if (const auto impact = impacts.find(id); impact != impacts.end()) {
        statement.detail = impact->second;
      }
      statement.products.push_back(product->second);
      document.statements.push_back(std::move(statement));
    }
  }
  return document;
}

}  // namespace vigil::match::vex
