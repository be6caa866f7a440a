#include "intel/identity.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace vigil::intel {
namespace {

/// Of two ids, the one a reader knows better.
std::string_view better(std::string_view a, std::string_view b) {
  const bool a_is_ghsa = a.starts_with("GHSA-");
  const bool b_is_ghsa = b.starts_with("GHSA-");
  if (a_is_ghsa != b_is_ghsa) return a_is_ghsa ? a : b;
  return std::min(a, b);
}

void sort_unique(std::vector<std::string_view>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

bool is_cve(std::string_view id) {
  if (id.size() < 13 || !id.starts_with("CVE-") || id[8] != '-') return false;
  const auto digits = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), base::is_digit);
  };
  return digits(id.substr(4, 4)) && digits(id.substr(9));
}

Identities::Index Identities::node_of(std::string_view id) {
  const Index index = ids_.add(id);
  if (index == nodes_.size()) {
    const std::string_view own = ids_.at(index);
    nodes_.push_back(Node{own, index, {}, {}, {}, own});
  }
  return index;
}

Identities::Index Identities::root_of(Index index) const {
  while (nodes_[index].parent != index) index = nodes_[index].parent;
  return index;
}

void Identities::unite(Index a, Index b) {
  a = root_of(a);
  b = root_of(b);
  if (a == b) return;
  // The smaller group joins the larger, so that no chain is longer than the logarithm of its group:
  // a thousand records that name each other in a row are no thousand steps each.
  if (nodes_[a].members < nodes_[b].members) std::swap(a, b);
  Node& keep = nodes_[a];
  Node& join = nodes_[b];
  join.parent = a;
  keep.members += join.members;
  keep.primary = better(keep.primary, join.primary);
  keep.group_cves.insert(keep.group_cves.end(), join.group_cves.begin(), join.group_cves.end());
  join.group_cves.clear();
}

void Identities::add(std::string_view id, const std::vector<std::string_view>& aliases,
                     const std::vector<std::string_view>& covers) {
  if (is_cve(id)) {
    // A CVE record may name its GHSA: then the GHSA is about this CVE.
    for (const std::string_view alias : aliases) {
      if (is_cve(alias)) continue;
      const Index other = node_of(alias);
      nodes_[root_of(other)].group_cves.push_back(own_text(id));
    }
    return;
  }
  const Index self = node_of(id);
  for (const std::string_view alias : aliases) {
    if (is_cve(alias)) {
      const std::string_view cve = own_text(alias);
      nodes_[self].cves.push_back(cve);
      nodes_[root_of(self)].group_cves.push_back(cve);
    } else if (alias != id) {
      unite(self, node_of(alias));
    }
  }
  for (const std::string_view covered : covers) {
    if (covered == id) continue;
    // A covered id has no node of its own before its record comes.
    nodes_[self].covers.push_back(own_text(covered));
  }
}

void Identities::collect(std::string_view id, std::vector<std::string_view>& into,
                         int depth) const {
  if (is_cve(id)) {
    into.push_back(id);
    return;
  }
  const auto at = ids_.find(id);
  if (!at) {
    into.push_back(id);
    return;
  }
  const Node& node = nodes_[*at];
  const std::size_t before = into.size();
  into.insert(into.end(), node.cves.begin(), node.cves.end());
  // An advisory of an advisory of ... : real data has two steps (DSA -> DEBIAN-CVE -> CVE).
  if (depth < 4) {
    for (const std::string_view covered : node.covers) collect(covered, into, depth + 1);
  }
  if (into.size() != before) return;
  const Node& root = nodes_[root_of(*at)];
  if (root.group_cves.empty()) {
    into.push_back(root.primary);
  } else {
    into.insert(into.end(), root.group_cves.begin(), root.group_cves.end());
  }
}

std::vector<std::string_view> Identities::subjects(std::string_view id) const {
  std::vector<std::string_view> ids;
  collect(id, ids, 0);
  sort_unique(ids);
  return ids;
}

bool Identities::is_alias(std::string_view id) const {
  if (is_cve(id)) return true;
  const auto at = ids_.find(id);
  if (!at) return true;
  const Node& node = nodes_[*at];
  // DEBIAN-CVE-2024-1234 covers just CVE-2024-1234: one distribution's view of it.
  const bool covers_others =
      std::any_of(node.covers.begin(), node.covers.end(),
                  [&](std::string_view other) { return !id.ends_with(other); });
  return !covers_others && subjects(id).size() == 1;
}

}  // namespace vigil::intel
