#include "estate/profile.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>

#include "base/hash.h"
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "estate/stored_document.h"
#include "inventory/document_parts.h"
#include "inventory/runtime/kernel.h"
#include "match/subject.h"
#include "version/scheme.h"

namespace vigil::estate {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"host", "image", "function"};

/// `hash` is used again and again: making one costs as much as hashing a package.
std::uint64_t identity(base::Sha256& hash, std::string_view kind, std::string_view content) {
  hash.update(kind);
  hash.update("\n");
  hash.update(content);
  std::uint64_t id = 0;
  const base::Sha256::Digest digest = hash.finish();
  for (std::size_t i = 0; i < 8; ++i) id = id << 8U | digest[i];
  return id;
}

store::PackageVersion package_version(base::Sha256& hash, const model::Package& package,
                                      std::string document) {
  store::PackageVersion stored;
  stored.body = std::move(document);
  stored.id = identity(hash, "package", stored.body);
  match::Subject subject = match::subject_of(package);
  if (const version::Scheme* scheme = version::scheme_of_ecosystem(subject.ecosystem)) {
    if (auto key = scheme->key(subject.version)) stored.version_key = std::move(*key);
  }
  stored.ecosystem = std::move(subject.ecosystem);
  stored.subject = std::move(subject.name);
  return stored;
}

std::uint64_t set_identity(base::Sha256& hash,
                           const std::vector<store::PackageVersion>& ascending) {
  std::string members;
  members.reserve(ascending.size() * 8);
  for (const store::PackageVersion& package : ascending) {
    for (unsigned shift = 64; shift > 0; shift -= 8)
      members += static_cast<char>(package.id >> (shift - 8) & 0xFFU);
  }
  return identity(hash, "package set", members);
}

bool has_kernel(const std::vector<model::Package>& packages) {
  return std::any_of(packages.begin(), packages.end(), [](const model::Package& package) {
    return inventory::is_kernel_package(package) ||
           match::is_kernel_source(match::subject_of(package).name);
  });
}

/// The runtime as a profile keeps it: one process that stands for all, no ports, no names. `place` of
/// each package of the inventory: its position among `packages`.
inventory::Runtime reduced(const inventory::Inventory& inventory,
                           const std::vector<model::Package>& packages,
                           const std::vector<std::size_t>& place) {
  inventory::Runtime reduced;
  if (!inventory.runtime) return reduced;
  const inventory::Runtime& whole = *inventory.runtime;
  reduced.complete = whole.complete;
  if (whole.machine != inventory::Machine::Container && has_kernel(packages))
    reduced.kernel_release = whole.kernel_release;
  std::vector<bool> used(packages.size(), false);
  for (const inventory::Process& process : whole.processes) {
    for (const std::size_t package : process.packages) used[place[package]] = true;
  }
  inventory::Process all;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i]) all.packages.push_back(i);
  }
  if (!all.packages.empty()) reduced.processes.push_back(std::move(all));
  return reduced;
}

/// `place` of each package of the inventory: its position among the ascending ids.
std::string body_of(const Circumstances& of, std::uint64_t set,
                    const std::vector<std::size_t>& place) {
  base::JsonWriter json;
  json.begin_object().member("resourceType", of.resource_type).member("packageSet", set);
  json.optional_member("ecosystem", of.inventory.os.ecosystem);
  if (!of.inventory.os.extended_support.empty()) {
    json.key("extendedSupport").begin_array();
    for (const std::string& word : of.inventory.os.extended_support) json.value(word);
    json.end_array();
  }
  const inventory::Runtime& runtime = *of.inventory.runtime;
  json.optional_member("kernel", runtime.kernel_release).member("complete", runtime.complete);
  std::vector<std::size_t> used;
  for (const inventory::Process& process : runtime.processes) {
    for (const std::size_t package : process.packages) used.push_back(place[package]);
  }
  std::sort(used.begin(), used.end());
  json.key("used").begin_array();
  for (const std::size_t at : used) json.value(std::uint64_t{at});
  json.end_array();
  json.member("exposure", score::exposure_name(of.facts.exposure));
  json.member("reachesSecrets", score::fact_name(of.facts.reaches_secrets));
  json.member("canWrite", score::fact_name(of.facts.can_write));
  json.member("kind", kKinds[static_cast<std::size_t>(of.facts.kind)]);
  json.end_object();
  return json.take();
}

Result<findings::ResourceFacts> facts_of(const base::Json& profile) {
  const auto exposure = score::parse_exposure(profile["exposure"].text());
  const auto reaches_secrets = score::parse_fact(profile["reachesSecrets"].text());
  const auto can_write = score::parse_fact(profile["canWrite"].text());
  const auto kind = score::parse_resource_kind(profile["kind"].text());
  if (!exposure || !reaches_secrets || !can_write || !kind)
    return fail("the stored facts of a resource cannot be read", "profile");
  return findings::ResourceFacts{*exposure, *reaches_secrets, *can_write, *kind};
}

}  // namespace

Profiled profile_of(const inventory::Inventory& inventory, const findings::ResourceFacts& facts,
                    std::string_view resource_type) {
  return profile_of(inventory, inventory::order_packages(inventory.packages), facts, resource_type);
}

Profiled profile_of(const inventory::Inventory& inventory, const inventory::PackageOrder& order,
                    const findings::ResourceFacts& facts, std::string_view resource_type) {
  base::Sha256 hash;
  Profiled out;
  Circumstances& of = out.circumstances;
  of.resource_type = resource_type;
  of.facts = facts;
  of.inventory.os = inventory.os;
  std::vector<store::PackageVersion> versions;
  versions.reserve(order.from.size());
  of.inventory.packages.reserve(order.from.size());
  for (std::size_t i = 0; i < order.from.size(); ++i) {
    const model::Package& package = inventory.packages[order.from[i]];
    versions.push_back(package_version(hash, package, order.documents[i]));
    of.package_ids.push_back(versions.back().id);
    of.inventory.packages.push_back(package);
  }
  of.inventory.runtime = reduced(inventory, of.inventory.packages, order.to);

  std::vector<std::size_t> by_id(versions.size());
  std::iota(by_id.begin(), by_id.end(), 0);
  std::sort(by_id.begin(), by_id.end(),
            [&](std::size_t a, std::size_t b) { return versions[a].id < versions[b].id; });
  std::vector<std::size_t> place(by_id.size());
  out.profile.packages.reserve(by_id.size());
  for (std::size_t i = 0; i < by_id.size(); ++i) {
    place[by_id[i]] = i;
    out.profile.packages.push_back(std::move(versions[by_id[i]]));
  }
  out.profile.package_set = set_identity(hash, out.profile.packages);
  out.profile.body = body_of(of, out.profile.package_set, place);
  out.profile.id = identity(hash, "profile", out.profile.body);
  return out;
}

Result<Circumstances> circumstances_of(std::string_view profile_body,
                                       std::span<const store::PackageVersion> packages) {
  std::vector<std::string_view> documents;
  documents.reserve(packages.size());
  for (const store::PackageVersion& package : packages) documents.push_back(package.body);
  VIGIL_TRY(inventory::Inventory inventory, assemble_inventory(documents, {}));
  std::unordered_map<std::uint64_t, StoredPackage> stored;
  std::vector<std::uint64_t> members;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    members.push_back(packages[i].id);
    stored.try_emplace(packages[i].id, StoredPackage{packages[i].id, packages[i].body,
                                                     std::move(inventory.packages[i])});
  }
  std::sort(members.begin(), members.end());
  return circumstances_of(profile_body, members, [&](std::uint64_t id) {
    const auto at = stored.find(id);
    return at == stored.end() ? nullptr : &at->second;
  });
}

Result<Circumstances> circumstances_of(std::string_view profile_body,
                                       std::span<const std::uint64_t> members,
                                       const PackageLookup& lookup) {
  base::JsonParser parser;
  VIGIL_TRY(const base::Json profile, parser.parse(profile_body));
  Circumstances out;
  out.resource_type = profile["resourceType"].text();
  VIGIL_TRY(out.facts, facts_of(profile));

  // `used` counts the members; the inventory is in canonical order, which is that of the documents.
  std::vector<bool> used(members.size(), false);
  for (const base::Json& item : profile["used"].items()) {
    const auto at = item.integer();
    if (!at || *at < 0 || static_cast<std::size_t>(*at) >= used.size())
      return fail("a package in use that is not installed", "profile");
    used[static_cast<std::size_t>(*at)] = true;
  }
  struct Chosen {
    const StoredPackage* package;
    bool used;
  };
  std::vector<Chosen> chosen;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (const StoredPackage* package = lookup(members[i])) chosen.push_back({package, used[i]});
  }
  std::sort(chosen.begin(), chosen.end(), [](const Chosen& a, const Chosen& b) {
    return a.package->document < b.package->document;
  });
  inventory::Process all;
  for (const Chosen& one : chosen) {
    if (one.used) all.packages.push_back(out.package_ids.size());
    out.inventory.packages.push_back(one.package->package);
    out.package_ids.push_back(one.package->id);
  }

  out.inventory.os.ecosystem = profile["ecosystem"].text();
  for (const base::Json& word : profile["extendedSupport"].items())
    out.inventory.os.extended_support.emplace(word.text());
  inventory::Runtime& runtime = out.inventory.runtime.emplace();
  runtime.kernel_release = profile["kernel"].text();
  runtime.complete = profile["complete"].truth().value_or(false);
  if (!all.packages.empty()) runtime.processes.push_back(std::move(all));
  return out;
}

}  // namespace vigil::estate
