// The statements of all VEX documents, asked about one package and one vulnerability.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "match/vex/statement.h"
#include "model/package.h"

namespace vigil::match::vex {

/// Does the purl of a statement speak of this package? Type, namespace and name are equal in the
/// type's own spelling; version and subpath where the statement gives one; and every qualifier the
/// statement gives. A statement with arch=source speaks of all packages built from that source.
bool speaks_of(const model::PackageUrl& stated, const model::Package& package);

class Verdicts {
 public:
  Verdicts() = default;
  /// `resource` are purls by which the thing that was looked at is known (pkg:oci/...). If there is
  /// none, a statement about components of something is taken to be about them in this thing: the user
  /// gave the document for it.
  Verdicts(const std::vector<Statement>& statements, const std::vector<std::string>& resource);

  [[nodiscard]] bool empty() const { return by_id_.empty(); }
  /// The latest statement about the package and a vulnerability of these ids; null if there is none.
  /// It lives as long as this.
  [[nodiscard]] const Statement* about(const std::vector<std::string>& ids,
                                       const model::Package& package) const;

 private:
  [[nodiscard]] bool is_about(const Product& product, const model::Package& package) const;
  [[nodiscard]] bool is_resource(const std::vector<model::PackageUrl>& stated) const;

  std::vector<Statement> statements_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_id_;  ///< in upper case
  std::vector<model::PackageUrl> resource_;
};

/// "not affected: vulnerable_code_not_present (the library is built without it)"
std::string reason_of(const Statement& statement);

}  // namespace vigil::match::vex
