#include "match/match.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "inventory/runtime/kernel.h"
#include "match/applies.h"
#include "match/assessable.h"
#include "match/subject.h"
#include "match/third_party.h"
#include "match/vex/verdicts.h"
#include "model/cpe.h"
#include "model/ecosystem.h"
#include "version/scheme.h"

namespace vigil::match {
namespace {

constexpr std::string_view kUbuntu = "Ubuntu:";
/// Products by their CPE names: "openssl:openssl".
constexpr std::string_view kCpe = "CPE";
/// Drupal's own repository, from which Composer gets its modules and themes.
constexpr std::string_view kDrupal = "Packagist:https://packages.drupal.org/8";
constexpr std::string_view kUbuntuPro = "Ubuntu:Pro:";

/// What the rows of one package say about one vulnerability.
struct Verdict {
  std::vector<intel::Advisory> affecting;
  std::optional<intel::Advisory> not_affected;
  std::string spared;  ///< why a row that affects this version does not speak of this package
  std::string_view spared_by;
};

/// Of several ways out the nearest: the lowest fixed version, where one is known.
const intel::Advisory& decisive(const std::vector<intel::Advisory>& affecting) {
  const auto better = [](const intel::Advisory& a, const intel::Advisory& b) {
    const bool a_fixed = !a.fixed_version().empty();
    const bool b_fixed = !b.fixed_version().empty();
    if (a_fixed != b_fixed) return a_fixed;
    return a_fixed && a.high_key() < b.high_key();
  };
  return *std::min_element(affecting.begin(), affecting.end(), better);
}

AffectedPackage affected(std::size_t package, const intel::Advisory& advisory) {
  return {package,
          advisory.state(),
          std::string(advisory.fixed_version()),
          std::string(advisory.vendor_severity()),
          std::string(advisory.advisory()),
          std::string(advisory.note()),
          std::string(advisory.feed())};
}

class Matcher {
 public:
  Matcher(const inventory::Inventory& inventory, const intel::Snapshot& snapshot,
          const Options& options)
      : inventory_(inventory),
        snapshot_(snapshot),
        options_(options),
        statements_(options.statements, options.resource) {}

  Matches run() {
    for (std::size_t i = 0; i < inventory_.packages.size(); ++i) assess(i);
    for (auto& [vulnerability, packages] : found_) {
      result_.matches.push_back({vulnerability, std::move(packages)});
    }
    for (auto& [why, packages] : unassessed_) {
      result_.unassessed.push_back({why, std::move(packages)});
    }
    return std::move(result_);
  }

 private:
  void assess(std::size_t index) {
    const model::Package& package = inventory_.packages[index];
    if (!package.cpe.empty() && is_known_by_cpe_only(package)) return assess_by_cpe(index);
    if (const std::string why = not_assessable(package); !why.empty()) return leave(index, why);
    if (!covered(package.ecosystem)) {
      return leave(index, "the intelligence holds nothing about " + package.ecosystem);
    }
    if (is_third_party(package)) return leave(index, "not built by the distribution");
    const version::Scheme* scheme = version::scheme_of_ecosystem(package.ecosystem);
    const Subject subject = subject_of(package);
    const auto key = scheme->key(subject.version);
    if (!key) return leave(index, unordered_version(package, key.error().what));
    judge(index, subject, *key);
  }

  /// Software that no package manager knows, and of which no database of its own kind speaks.
  bool is_known_by_cpe_only(const model::Package& package) {
    if (package.ecosystem == "Bitnami") {
      return snapshot_.advisories(package.ecosystem, subject_of(package).name).empty();
    }
    return package.ecosystem.empty() || version::scheme_of_ecosystem(package.ecosystem) == nullptr;
  }

  void assess_by_cpe(std::size_t index) {
    const std::string ecosystem(kCpe);
    if (!covered(ecosystem)) {
      return leave(index, "no advisories are known for this kind of package");
    }
    const auto cpe = model::parse_cpe(inventory_.packages[index].cpe);
    if (!cpe || cpe->part != 'a') return leave(index, "its CPE names no application");
    const std::string version = cpe->whole_version();
    if (version.empty()) return leave(index, "its version is not known");
    const auto key = version::scheme_of_ecosystem(ecosystem)->key(version);
    if (!key) return leave(index, "its version cannot be ordered: " + key.error().what);
    judge(index, {ecosystem, cpe->product_name(), version}, *key);
  }

  bool covered(const std::string& ecosystem) {
    const auto [at, added] = covered_.try_emplace(ecosystem, false);
    if (added) at->second = snapshot_.covers(ecosystem);
    return at->second;
  }

  void leave(std::size_t index, const std::string& why) { unassessed_[why].push_back(index); }

  void judge(std::size_t index, const Subject& subject, const version::Key& key) {
    const model::Package& package = inventory_.packages[index];
    std::map<std::uint32_t, Verdict> verdicts;
    collect(subject.ecosystem, subject.name, key, package, verdicts);
    if (subject.ecosystem == "Packagist" && subject.name.starts_with("drupal/")) {
      collect(kDrupal, subject.name, key, package, verdicts);
    }
    if (verdicts.empty()) return;
    const bool idle_kernel = !options_.all_kernels && is_idle_kernel(package, subject);
    for (const auto& [vulnerability, verdict] : verdicts) {
      if (verdict.not_affected) {
        suppress(index, vulnerability, "not affected", verdict.not_affected->feed());
        continue;
      }
      if (verdict.affecting.empty()) {
        suppress(index, vulnerability, verdict.spared, verdict.spared_by);
        continue;
      }
      const intel::Advisory& advisory = decisive(verdict.affecting);
      if (idle_kernel) {
        suppress(index, vulnerability, "not the running kernel", advisory.feed());
      } else if (!options_.unimportant && advisory.vendor_severity() == "unimportant") {
        suppress(index, vulnerability, "unimportant", advisory.feed());
      } else if (const vex::Statement* said = stated(vulnerability, package)) {
        suppress(index, vulnerability, vex::reason_of(*said), said->document);
      } else if (auto decided = decide(index, subject, key, vulnerability, advisory)) {
        found_[vulnerability].push_back(std::move(*decided));
      }
    }
  }

  void collect(std::string_view ecosystem, std::string_view name, const version::Key& key,
               const model::Package& package, std::map<std::uint32_t, Verdict>& verdicts) const {
    snapshot_.advisories(ecosystem, name).for_each_affecting(key, [&](const intel::Advisory& row) {
      Verdict& verdict = verdicts[row.vulnerability()];
      if (row.qualified()) {
        std::string why = why_not(row.qualifier(), package, inventory_.os.id);
        if (!why.empty()) {
          verdict.spared = std::move(why);
          verdict.spared_by = row.feed();
          return;
        }
      }
      if (row.state() == model::FixState::NotAffected) {
        verdict.not_affected = row;
      } else {
        verdict.affecting.push_back(row);
      }
    });
  }

  /// The statement of a VEX document that this package is not affected or fixed; null if none is.
  const vex::Statement* stated(std::uint32_t vulnerability, const model::Package& package) {
    if (statements_.empty()) return nullptr;
    const auto [at, added] = names_.try_emplace(vulnerability);
    if (added) {
      if (auto details = snapshot_.vulnerability(vulnerability)) at->second = details->aliases;
      at->second.emplace_back(snapshot_.vulnerability_id(vulnerability));
    }
    const vex::Statement* said = statements_.about(at->second, package);
    const bool spares = said != nullptr && (said->status == vex::Status::NotAffected ||
                                            said->status == vex::Status::Fixed);
    return spares ? said : nullptr;
  }

  /// A kernel that does not run, or headers and tools that only share its source.
  bool is_idle_kernel(const model::Package& package, const Subject& subject) const {
    if (!is_distribution(subject.ecosystem)) return false;
    if (!inventory::is_kernel_package(package) && !is_kernel_source(subject.name)) return false;
    return !inventory_.runtime ||
           !inventory::is_running_kernel_package(package, *inventory_.runtime);
  }

  /// What remains of an affected package after Ubuntu Pro has had its say; nothing if it is fixed.
  std::optional<AffectedPackage> decide(std::size_t index, const Subject& subject,
                                        const version::Key& key, std::uint32_t vulnerability,
                                        const intel::Advisory& advisory) const {
    AffectedPackage result = affected(index, advisory);
    const bool fixed = advisory.state() == model::FixState::Fixed;
    if (fixed || !subject.ecosystem.starts_with(kUbuntu) ||
        subject.ecosystem.starts_with(kUbuntuPro)) {
      return result;
    }
    const std::string pro = std::string(kUbuntuPro) + subject.ecosystem.substr(kUbuntu.size());
    for (const intel::Advisory fix : snapshot_.advisories(pro, subject.name)) {
      if (fix.vulnerability() != vulnerability || fix.state() != model::FixState::Fixed) continue;
      if (fix.ends_below(key)) return std::nullopt;
      result.fixed_version = fix.fixed_version();
      result.advisory = fix.advisory();
      if (inventory_.os.extended_support.empty()) {
        result.note = "the fix " + result.fixed_version + " needs Ubuntu Pro";
        result.fixed_version.clear();
      } else {
        result.state = model::FixState::Fixed;
      }
      break;
    }
    return result;
  }

  void suppress(std::size_t package, std::uint32_t vulnerability, std::string why,
                std::string_view feed) {
    result_.suppressed.push_back({package, vulnerability, std::move(why), std::string(feed)});
  }

  const inventory::Inventory& inventory_;
  const intel::Snapshot& snapshot_;
  const Options& options_;
  vex::Verdicts statements_;
  std::unordered_map<std::uint32_t, std::vector<std::string>> names_;  ///< ids of vulnerabilities
  std::map<std::uint32_t, std::vector<AffectedPackage>> found_;
  std::map<std::string, std::vector<std::size_t>> unassessed_;
  std::unordered_map<std::string, bool> covered_;
  Matches result_;
};

}  // namespace

Matches match(const inventory::Inventory& inventory, const intel::Snapshot& snapshot,
              const Options& options) {
  Matcher matcher(inventory, snapshot, options);
  return matcher.run();
}

}  // namespace vigil::match
