#include "estate/assessor.h"

#include <algorithm>
#include <unordered_map>

#include "findings/compose.h"
#include "inventory/runtime/kernel.h"

namespace vigil::estate {
namespace {

/// Bytes of what decides something, one after the other, each with its end marked.
class Identifying {
 public:
  Identifying& add(std::uint64_t number) {
    for (int i = 0; i < 8; ++i, number >>= 8U) bytes_ += static_cast<char>(number & 0xFFU);
    return *this;
  }
  Identifying& add(std::string_view text) {
    add(text.size());
    bytes_ += text;
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] base::Hash128 hash() const { return base::xxh3_128(bytes_); }

 private:
  std::string bytes_;
};

void add_intelligence(Identifying& to, const intel::Snapshot& snapshot) {
  to.add(snapshot.content_id()).add(static_cast<std::uint64_t>(snapshot.created()));
}

base::Hash128 profile_key(std::uint64_t profile, const intel::Snapshot& snapshot) {
  Identifying key;
  add_intelligence(key, snapshot);
  return key.add(profile).hash();
}

/// What all matches of one profile have in common.
std::string shared_part(const Circumstances& of, const intel::Snapshot& snapshot) {
  Identifying key;
  add_intelligence(key, snapshot);
  key.add(of.resource_type);
  key.add(static_cast<std::uint64_t>(of.facts.exposure));
  key.add(static_cast<std::uint64_t>(of.facts.reaches_secrets));
  key.add(static_cast<std::uint64_t>(of.facts.can_write));
  key.add(static_cast<std::uint64_t>(of.facts.kind));
  return key.bytes();
}

/// Of each package: 0 unknown, 1 idle, 2 in use; as composing will see it.
std::vector<std::uint8_t> uses_of(const inventory::Inventory& inventory) {
  const inventory::Runtime& runtime = *inventory.runtime;
  std::vector<std::uint8_t> uses(inventory.packages.size(), runtime.complete ? 1 : 0);
  for (const inventory::Process& process : runtime.processes) {
    for (const std::size_t package : process.packages) uses[package] = 2;
  }
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (inventory::is_running_kernel_package(inventory.packages[i], runtime)) uses[i] = 2;
  }
  return uses;
}

std::size_t bytes_of(const findings::Assessed& assessed) {
  constexpr std::size_t kOverhead = 600;
  return kOverhead + assessed.vulnerability.body.size() + assessed.assessment.body.size() +
         assessed.assessment.packages.size() * 300 + assessed.assessment.attributes.size() * 120;
}

}  // namespace

const findings::Assessed* find_assessed(const Assessments& assessments,
                                        std::uint64_t vulnerability) {
  const auto at = std::lower_bound(
      assessments.begin(), assessments.end(), vulnerability,
      [](const auto& entry, std::uint64_t key) { return entry->assessment.vulnerability < key; });
  if (at == assessments.end() || (*at)->assessment.vulnerability != vulnerability) return nullptr;
  return at->get();
}

Assessor::Assessor(Limits limits)
    : by_match_(limits.assessment_bytes), by_profile_(limits.profile_entries) {}

void Assessor::age() {
  by_profile_.age();
  by_match_.age();
}

Result<std::shared_ptr<const Assessments>> Assessor::of_profile(std::uint64_t profile,
                                                                const Circumstances& circumstances,
                                                                const intel::Snapshot& snapshot,
                                                                const score::Policy& policy) {
  const base::Hash128 key = profile_key(profile, snapshot);
  if (auto known = by_profile_.find(key)) return *known;
  VIGIL_TRY(
      Assessments found,
      assess(circumstances, match::match(circumstances.inventory, snapshot, {}), snapshot, policy));
  auto shared = std::make_shared<const Assessments>(std::move(found));
  by_profile_.put(key, shared, shared->size() + 1);
  return std::shared_ptr<const Assessments>(std::move(shared));
}

Result<Assessments> Assessor::of_some(const Circumstances& circumstances,
                                      const intel::Snapshot& snapshot, const score::Policy& policy,
                                      const std::function<bool(std::uint32_t)>& wanted) {
  match::Matches matches = match::match(circumstances.inventory, snapshot, {});
  std::erase_if(matches.matches,
                [&](const match::Match& match) { return !wanted(match.vulnerability); });
  return assess(circumstances, std::move(matches), snapshot, policy);
}

Result<Assessments> Assessor::assess(const Circumstances& circumstances, match::Matches matches,
                                     const intel::Snapshot& snapshot, const score::Policy& policy) {
  const std::string shared = shared_part(circumstances, snapshot);
  const std::vector<std::uint8_t> uses = uses_of(circumstances.inventory);
  Assessments out;
  out.reserve(matches.matches.size());
  std::unordered_map<std::string_view, base::Hash128> missing;
  std::erase_if(matches.matches, [&](const match::Match& match) {
    Identifying key;
    key.add(shared).add(match.vulnerability);
    for (const match::AffectedPackage& affected : match.packages) {
      key.add(circumstances.package_ids[affected.package]).add(uses[affected.package]);
      key.add(static_cast<std::uint64_t>(affected.state)).add(affected.fixed_version);
      key.add(affected.vendor_severity).add(affected.advisory).add(affected.note);
      key.add(affected.feed);
    }
    const base::Hash128 hash = key.hash();
    if (auto known = by_match_.find(hash)) {
      out.push_back(std::move(*known));
      return true;
    }
    missing.emplace(snapshot.vulnerability_id(match.vulnerability), hash);
    return false;
  });
  if (!matches.matches.empty()) {
    findings::Resource resource;
    resource.type = circumstances.resource_type;
    VIGIL_TRY(const std::vector<findings::Finding> findings,
              findings::compose(resource, circumstances.inventory, matches, snapshot, policy,
                                circumstances.facts, 0));
    for (const findings::Finding& finding : findings) {
      auto assessed =
          std::make_shared<const findings::Assessed>(findings::assess(finding, resource));
      if (const auto at = missing.find(finding.vulnerability.id); at != missing.end())
        by_match_.put(at->second, assessed, bytes_of(*assessed));
      out.push_back(std::move(assessed));
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a->assessment.vulnerability < b->assessment.vulnerability;
  });
  return out;
}

}  // namespace vigil::estate
