#include "deliver/bill.h"

#include <map>
#include <utility>

namespace vigil::deliver {

const Bill* find_bill(std::string_view name) {
  for (const Bill* bill : all_bills()) {
    if (bill->name == name) return bill;
  }
  return nullptr;
}

std::vector<Dependency> package_dependencies(const BillSubject& subject) {
  const std::vector<model::Package>& packages = subject.inventory.packages;
  const auto where = [](const model::Package& package) {
    return package.locations.empty() ? std::string_view{}
                                     : std::string_view(package.locations.front().path);
  };
  std::map<std::pair<std::string_view, std::string>, std::size_t> by_name;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    by_name.emplace(std::pair(where(packages[i]), packages[i].name + "@" + packages[i].version), i);
  }
  std::vector<Dependency> out(packages.size() + 1);
  for (std::size_t i = 0; i < packages.size(); ++i) out[i + 1].from = &packages[i];
  for (const model::Package& package : packages) {
    if (package.relation == model::Relation::Direct) out[0].to.push_back(&package);
    for (const std::string& parent : package.parents) {
      const auto found = by_name.find({where(package), parent});
      if (found != by_name.end()) out[found->second + 1].to.push_back(&package);
    }
  }
  std::erase_if(out, [](const Dependency& one) { return one.to.empty(); });
  return out;
}

}  // namespace vigil::deliver
