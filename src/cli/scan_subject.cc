#include "cli/scan_subject.h"

#include <algorithm>
#include <mutex>

#include "base/text.h"
#include "cli/facts_file.h"
#include "cli/paths.h"
#include "cli/progress.h"
#include "estate/scanned_resource.h"
#include "inventory/scan.h"

namespace vigil::cli {
namespace {

Result<std::vector<const inventory::Cataloger*>> chosen_catalogers(
    const std::vector<std::string>& names) {
  std::vector<const inventory::Cataloger*> chosen;
  for (const std::string& name : names) {
    const auto all = inventory::all_catalogers();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->name == name; });
    if (found == all.end()) {
      std::vector<std::string> known;
      for (const inventory::Cataloger* one : all) known.emplace_back(one->name);
      return fail("unknown cataloguer '" + name + "'", "--catalogers",
                  "one of " + base::join(known, ", "));
    }
    chosen.push_back(*found);
  }
  return chosen;
}

score::ResourceKind kind_of(const source::Scanned& scanned) {
  if (scanned.image) return score::ResourceKind::Image;
  if (scanned.function) return score::ResourceKind::Function;
  return score::ResourceKind::Host;
}

}  // namespace

Result<source::Scanned> take(const SubjectOptions& options) {
  const source::Target* target = source::find_target(options.target);
  if (target == nullptr) return fail("nothing of that kind can be scanned", options.target);
  source::Request request;
  request.argument = options.argument;
  request.options = options.options;
  VIGIL_TRY(const auto catalogers, chosen_catalogers(options.catalogers));
  request.scan.catalogers = catalogers;
  request.scan.limits.excluded = options.excluded;
  if (!options.no_cache) request.cache = data_directory() + "/layers";
  Progress progress;
  std::mutex drawing;  // layers are looked at side by side
  request.progress = [&](std::string_view what, std::uint64_t done, std::uint64_t of) {
    const std::lock_guard<std::mutex> lock(drawing);
    progress.show("Looking", done, of, what);
  };
  return source::scan_target(*target, request);
}

findings::Resource describe_resource(const ScanOptions& options, const source::Scanned& scanned) {
  return estate::scanned_resource(options.subject.target, scanned, options.account, options.region);
}

Result<findings::ResourceFacts> know_facts(const ScanOptions& options,
                                           const source::Scanned& scanned) {
  findings::ResourceFacts facts;
  if (!options.facts_file.empty()) {
    VIGIL_TRY(facts, read_facts_file(options.facts_file));
  } else {
    facts.exposure = findings::observed_exposure(scanned.inventory);
    facts.kind = kind_of(scanned);
  }
  if (const auto given = score::parse_exposure(options.exposure)) facts.exposure = *given;
  return facts;
}

}  // namespace vigil::cli
