// A format a software bill of materials is written in, one directory each:
// `deliver/bills/<name>/<name>.cc` defines
//   namespace vigil::deliver::<name> { const Bill& bill(); }
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "findings/resource.h"
#include "inventory/inventory.h"

namespace vigil::deliver {

/// What a bill is about.
struct BillSubject {
  const findings::Resource& resource;
  const inventory::Inventory& inventory;
  std::int64_t time = 0;  ///< when it was looked at
};

struct Bill {
  std::string_view name;   ///< as --format takes it
  std::string_view title;  ///< "SPDX 2.3 (JSON)"
  /// The whole document, ending in a newline. Deterministic for the same subject.
  std::string (*write)(const BillSubject& subject);
};

/// Every format of bills, ordered by name.
std::span<const Bill* const> all_bills();
const Bill* find_bill(std::string_view name);

/// Who requires whom, as far as parents are known, in the inventory's order; null stands for the
/// subject itself. Parents are of the same file: of two installations of one version each has its own.
struct Dependency {
  const model::Package* from = nullptr;
  std::vector<const model::Package*> to;
};
std::vector<Dependency> package_dependencies(const BillSubject& subject);

}  // namespace vigil::deliver
