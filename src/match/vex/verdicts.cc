#include "match/vex/verdicts.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace vigil::match::vex {
namespace {

/// In the type's own spelling, without what a statement may leave open.
std::string identity(model::PackageUrl url) {
  url.version.clear();
  url.qualifiers.clear();
  url.subpath.clear();
  return url.text();
}

bool agrees(const model::PackageUrl& stated, const model::PackageUrl& found,
            std::string_view left_out = {}) {
  if (identity(stated) != identity(found)) return false;
  if (!stated.version.empty() && stated.version != found.version) return false;
  if (!stated.subpath.empty() && stated.subpath != found.subpath) return false;
  return std::ranges::all_of(stated.qualifiers, [&](const auto& qualifier) {
    return qualifier.first == left_out || found.qualifier(qualifier.first) == qualifier.second;
  });
}

bool is_later(const Statement& a, const Statement& b) {
  return a.timestamp > b.timestamp;
}

}  // namespace

bool speaks_of(const model::PackageUrl& stated, const model::Package& package) {
  auto found = model::parse_package_url(package.package_url);
  if (!found) return false;
  if (agrees(stated, *found)) return true;
  const std::string_view architecture = stated.qualifier("arch");
  if ((architecture != "source" && architecture != "src") || package.source_name.empty()) {
    return false;
  }
  found->name = package.source_name;
  found->version = package.source_version.empty() ? package.version : package.source_version;
  return agrees(stated, *found, "arch");
}

Verdicts::Verdicts(const std::vector<Statement>& statements,
                   const std::vector<std::string>& resource)
    : statements_(statements) {
  for (std::size_t i = 0; i < statements_.size(); ++i) {
    by_id_[base::upper(statements_[i].vulnerability)].push_back(i);
    for (const std::string& alias : statements_[i].aliases) {
      auto& list = by_id_[base::upper(alias)];
      if (list.empty() || list.back() != i) list.push_back(i);
    }
  }
  for (const std::string& text : resource) {
    if (auto url = model::parse_package_url(text)) resource_.push_back(std::move(*url));
  }
}

const Statement* Verdicts::about(const std::vector<std::string>& ids,
                                 const model::Package& package) const {
  const Statement* latest = nullptr;
  for (const std::string& id : ids) {
    const auto at = by_id_.find(base::upper(id));
    if (at == by_id_.end()) continue;
    for (const std::size_t index : at->second) {
      const Statement& statement = statements_[index];
      // Of statements of the same time the later one counts.
      if (latest != nullptr && is_later(*latest, statement)) continue;
      const bool relevant = std::ranges::any_of(
          statement.products, [&](const Product& product) { return is_about(product, package); });
      if (relevant) latest = &statement;
    }
  }
  return latest;
}

bool Verdicts::is_resource(const std::vector<model::PackageUrl>& stated) const {
  return std::ranges::any_of(stated, [&](const model::PackageUrl& one) {
    return std::ranges::any_of(resource_, [&](const auto& known) { return agrees(one, known); });
  });
}

bool Verdicts::is_about(const Product& product, const model::Package& package) const {
  if (!product.range.empty()) return false;
  const auto speaks = [&](const model::PackageUrl& one) { return speaks_of(one, package); };
  if (product.components.empty()) {
    return std::ranges::any_of(product.packages, speaks) || is_resource(product.packages);
  }
  return std::ranges::any_of(product.components, speaks) &&
         (resource_.empty() || product.packages.empty() || is_resource(product.packages));
}

std::string reason_of(const Statement& statement) {
  constexpr std::size_t kShown = 512;
  std::string text(status_name(statement.status));
  if (!statement.justification.empty()) text += ": " + base::printable(statement.justification);
  if (statement.detail.empty()) return text;
  std::string detail = base::printable(statement.detail.substr(0, kShown));
  return text + " (" + detail + (statement.detail.size() > kShown ? " ..." : "") + ")";
}

}  // namespace vigil::match::vex
