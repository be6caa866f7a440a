#include "deliver/bill.h"

#include <map>
#include <utility>

#include "base/hash.h"

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

std::string uuid_of(std::string_view text) {
  std::string hex = base::sha256_hex(text);
  hex[12] = '5';
  hex[16] = "89ab"[static_cast<std::size_t>(hex[16]) % 4];
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20, 12);
}

}  // namespace vigil::deliver
