// A made-up fleet, the same on every machine: hosts of which many share their set of packages, with
// findings as feeds would give them. What is measured on a store is measured on this.
//
// 1,000 sets of 500 packages each, in 20 families that share most packages; each set is seen on hosts,
// on images (one resource in ten) and on functions (one in fifty), some reachable from the internet and
// some not, so that one vulnerability has several assessments. A set has about 50 findings. One finding
// in ten is suppressed, one in twenty closed. First observations spread over 90 days.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "findings/assessment.h"
#include "findings/document.h"
#include "findings/identity.h"
#include "findings/reconcile.h"
#include "inventory/document.h"
#include "store/filters.h"
#include "store/findings.h"
#include "store/inventory.h"
#include "store/store.h"
#include "version/scheme.h"

namespace vigil::bench {

inline constexpr std::int64_t kAccount = 123456789012;
inline constexpr std::string_view kAccountDigits = "123456789012";
inline constexpr std::int64_t kNow = 1'795'000'000;  // November 2026
inline constexpr std::int64_t kDay = 86400;
inline constexpr std::string_view kEcosystem = "Debian:12";

/// A number out of [0, limit) that the other numbers decide: no state, so any part of the fleet can
/// be made alone.
inline std::uint64_t pick(std::uint64_t limit, std::uint64_t what, std::uint64_t a,
                          std::uint64_t b = 0) {
  const std::uint64_t words[] = {what, a, b};
  const auto hash =
      base::xxh3_64(std::string_view(reinterpret_cast<const char*>(words), sizeof words), 20261123);
  return hash % limit;
}
inline double fraction(std::uint64_t what, std::uint64_t a, std::uint64_t b = 0) {
  return static_cast<double>(pick(1'000'000, what, a, b)) / 1e6;
}

struct FleetSize {
  std::size_t hosts = 1000;
  std::size_t sets = 1000;
  std::size_t packages_in_set = 500;
};

class Fleet {
 public:
  explicit Fleet(FleetSize size) : size_(size) { make_sets(); }

  /// All resources of one profile have the same findings.
  struct Profile {
    std::uint64_t id = 0;
    std::size_t set = 0;
    std::string type;
    bool reachable = false;
    std::vector<findings::Seen> seen;  ///< ascending by vulnerability, each once
  };
  struct Set {
    std::uint64_t id = 0;
    std::vector<std::uint32_t> packages;  ///< numbers of package versions
  };

  [[nodiscard]] const FleetSize& size() const { return size_; }
  [[nodiscard]] const std::vector<Set>& sets() const { return sets_; }

  /// A number is a package and its version: 4 versions each, the last is current.
  static constexpr std::uint32_t kPackages = 6000;
  static constexpr std::uint32_t kVersions = 4;

  [[nodiscard]] static std::string name_of(std::uint32_t number) {
    static constexpr const char* kStems[] = {"lib", "python3-", "node-", "golang-", "", "ruby-"};
    const std::uint32_t package = number / kVersions;
    return kStems[pick(6, 1, package)] + std::string("part") + std::to_string(package);
  }
  [[nodiscard]] static std::string version_of(std::uint32_t number) {
    return std::to_string(1 + pick(9, 2, number / kVersions)) + "." +
           std::to_string(pick(30, 3, number / kVersions)) + "-" +
           std::to_string(1 + number % kVersions) + "+deb12u1";
  }
  [[nodiscard]] static std::string key_of(std::uint32_t number) {
    static const version::Scheme* const kScheme = version::find_scheme("deb");
    return kScheme->key(version_of(number)).value();
  }
  [[nodiscard]] static model::Package package_of(std::uint32_t number) {
    model::Package package;
    package.ecosystem = kEcosystem;
    package.name = name_of(number);
    package.version = version_of(number);
    package.architecture = "amd64";
    package.source_name = package.name;
    package.source_version = package.version;
    package.manager = "OS";
    package.package_url =
        "pkg:deb/debian/" + package.name + "@" + package.version + "?arch=amd64&distro=debian-12";
    package.vendor = "Debian Maintainers <maintainers@lists.example.org>";
    return package;
  }
  [[nodiscard]] static store::PackageVersion stored(std::uint32_t number) {
    store::PackageVersion out;
    out.id = base::xxh3_64("package " + std::to_string(number));
    out.ecosystem = kEcosystem;
    out.subject = name_of(number);
    out.version_key = key_of(number);
    out.body = inventory::package_document(package_of(number));
    return out;
  }
  [[nodiscard]] std::vector<store::PackageVersion> stored(const Set& set) const {
    std::vector<store::PackageVersion> out;
    out.reserve(set.packages.size());
    for (const std::uint32_t number : set.packages) out.push_back(stored(number));
    return out;
  }

  /// Profiles are made when they are asked for, and kept without their texts.
  const Profile& profile_of(std::size_t host) {
    const std::size_t set = pick(size_.sets, 4, host);
    const std::uint64_t kind = host % 50 == 7 ? 2 : host % 10 == 3 ? 1 : 0;
    const bool reachable = pick(2, 5, host) == 0;
    const std::size_t number = (set * 3 + kind) * 2 + (reachable ? 1 : 0);
    Profile& profile = profiles_[number];
    if (profile.id != 0) return profile;
    static constexpr const char* kTypes[] = {"AWS_EC2_INSTANCE", "AWS_ECR_CONTAINER_IMAGE",
                                             "AWS_LAMBDA_FUNCTION"};
    profile.id = base::xxh3_64("profile " + std::to_string(number));
    profile.set = set;
    profile.type = kTypes[kind];
    profile.reachable = reachable;
    for (const findings::Assessed& each : assessed_of(profile)) {
      profile.seen.push_back({each.vulnerability.key, each.assessment.key});
    }
    return profile;
  }

  /// Ascending by vulnerability, each once.
  [[nodiscard]] std::vector<findings::Assessed> assessed_of(const Profile& profile) const {
    findings::Resource resource;
    resource.type = profile.type;
    std::vector<findings::Assessed> all;
    for (const std::uint32_t package : sets_[profile.set].packages) {
      for (std::uint64_t ordinal = 0; ordinal < vulnerabilities_of(package); ++ordinal) {
        all.push_back(findings::assess(finding_of(package, ordinal, profile.reachable), resource));
      }
    }
    const auto key = [](const findings::Assessed& each) { return each.vulnerability.key; };
    std::ranges::stable_sort(all, {}, key);
    const auto rest = std::ranges::unique(all, {}, key);
    all.erase(rest.begin(), rest.end());
    return all;
  }

  [[nodiscard]] findings::Resource resource_of(std::size_t host, const Profile& profile) const {
    findings::Resource out;
    out.type = profile.type;
    out.account = kAccountDigits;
    out.region = "eu-central-1";
    out.platform = "DEBIAN_12";
    out.os_name = "Debian GNU/Linux 12 (bookworm)";
    out.name = "host-" + std::to_string(host);
    const std::string number = std::to_string(host);
    out.tags = {{"vigil:kind", "host"},
                {"vigil:name", out.name},
                {"team", "team-" + std::to_string(pick(200, 6, host))},
                {"environment", pick(3, 7, host) == 0 ? "production" : "staging"}};
    if (profile.type == "AWS_ECR_CONTAINER_IMAGE") {
      findings::ImageDetails image;
      image.repository = "shop/service-" + std::to_string(pick(500, 8, host));
      image.registry = kAccountDigits;
      image.digest = "sha256:" + base::sha256_hex("image " + number);
      image.architecture = "amd64";
      image.tags = {"v" + std::to_string(pick(90, 9, host)), "latest"};
      image.pushed = kNow - static_cast<std::int64_t>(pick(90 * kDay, 10, host));
      image.last_in_use = image.pushed + kDay;
      image.in_use_count = static_cast<std::int64_t>(pick(20, 11, host));
      out.id = "arn:aws:ecr:eu-central-1:123456789012:repository/" + image.repository + "/" +
               image.digest;
      out.image = image;
    } else if (profile.type == "AWS_LAMBDA_FUNCTION") {
      findings::FunctionDetails function;
      function.name = "function-" + number;
      function.runtime = "PYTHON_3_11";
      function.last_modified = kNow - static_cast<std::int64_t>(pick(90 * kDay, 10, host));
      out.id = "arn:aws:lambda:eu-central-1:123456789012:function:" + function.name + ":$LATEST";
      out.function = function;
    } else {
      findings::InstanceDetails instance;
      instance.type = "m6i.large";
      instance.image_id =
          "ami-" + base::sha256_hex("ami " + std::to_string(profile.set)).substr(0, 17);
      instance.vpc_id = "vpc-" + std::to_string(pick(40, 12, host));
      instance.subnet_id = "subnet-" + std::to_string(pick(400, 13, host));
      instance.launched = first_seen(host) - kDay;
      out.id = findings::instance_id(out.name);
      out.ipv4 = {"10." + std::to_string(host >> 16U & 255U) + "." +
                  std::to_string(host >> 8U & 255U) + "." + std::to_string(host & 255U)};
      out.instance = instance;
    }
    return out;
  }
  [[nodiscard]] std::int64_t first_seen(std::size_t host) const {
    return kNow - 90 * kDay +
           static_cast<std::int64_t>(80.0 * kDay * static_cast<double>(host) /
                                     static_cast<double>(size_.hosts));
  }
  static constexpr std::uint64_t kRules[] = {0x5a11, 0x8000'0000'0000'5a12};

  /// What the first scan and what followed left of a host.
  [[nodiscard]] std::vector<findings::Change> opened(std::size_t host,
                                                     const Profile& profile) const {
    std::vector<findings::Change> changes;
    const std::int64_t seen = first_seen(host);
    std::uint64_t position = 0;
    for (const findings::Seen& seen_now : profile.seen) {
      findings::Known known;
      known.vulnerability = seen_now.vulnerability;
      known.assessment = seen_now.assessment;
      known.first_observed = seen;
      // One in five came later, with its advisory.
      const std::uint64_t lot = pick(1000, 14, host, position++);
      if (lot < 200) known.first_observed += static_cast<std::int64_t>(lot) * kDay / 20;
      known.updated = known.first_observed;
      if (lot % 10 == 9) {
        known.status = findings::Status::Suppressed;
        known.rule = kRules[lot % 2];
      } else if (lot % 20 == 8) {
        known.status = findings::Status::Closed;
        known.closed = known.updated = known.last_observed =
            kNow - static_cast<std::int64_t>(lot) * kDay / 40;
        known.delete_after = known.closed + 30 * kDay;
      }
      changes.push_back({findings::ChangeKind::Open, {}, known});
    }
    return changes;
  }

  /// What a host's first ingest hands to the store.
  struct Made {
    store::ResourceRow row;
    std::string body;
    std::vector<findings::Attribute> attributes;
    store::Profile profile;
    std::vector<findings::Assessed> assessed;
    std::vector<findings::Change> changes;
    /// Empty if the host has what others had before it.
    std::vector<store::PackageVersion> packages;
  };
  /// `whole`: with packages and assessments even if another host had them.
  [[nodiscard]] Made make(std::size_t host, bool whole = false) {
    const Profile& profile = profile_of(host);
    const Set& set = sets_[profile.set];
    const findings::Resource resource = resource_of(host, profile);
    Made out;
    out.row.account = kAccount;
    out.row.id = findings::resource_key(kAccountDigits, resource.id);
    out.row.type = resource.type;
    out.row.resource_id = resource.id;
    out.row.name = resource.name;
    out.row.region = resource.region;
    out.row.platform = resource.platform;
    out.row.profile = profile.id;
    out.row.inventory = base::sha256_hex("inventory " + std::to_string(profile.set));
    out.row.scan_mode = profile.type == "AWS_EC2_INSTANCE" ? "EC2_AGENTLESS" : "";
    out.row.first_seen = first_seen(host);
    out.row.last_scanned = kNow - static_cast<std::int64_t>(pick(kDay, 15, host));
    out.body = findings::resource_document(resource);
    out.attributes = findings::attributes_of(resource);
    out.profile = {
        .id = profile.id,
        .package_set = set.id,
        .body = R"({"system":"debian 12","kernel":"6.1.0-26-amd64","exposure":"unknown"})"};
    out.changes = opened(host, profile);
    if (whole || made_.insert(profile.id).second) out.assessed = assessed_of(profile);
    if (whole || made_.insert(set.id).second) out.packages = stored(set);
    return out;
  }

  /// Stores it, and everything if this is the first host of its kind.
  static Result<void> put(store::Connection& to, const Made& made, std::uint64_t similar = 0) {
    const store::Profile& profile = made.profile;
    VIGIL_TRY(const bool known, store::has_package_set(to, kAccount, profile.package_set));
    if (!known) {
      VIGIL_CHECK(
          store::put_package_set(to, kAccount, profile.package_set, made.packages, similar));
    }
    VIGIL_CHECK(store::put_profile(to, kAccount, profile));
    VIGIL_CHECK(store::put_resource(to, made.row, made.body, kRuntime, made.attributes));
    std::vector<const findings::Assessed*> assessed;
    for (const findings::Assessed& each : made.assessed) assessed.push_back(&each);
    VIGIL_CHECK(store::put_assessments(to, kAccount, assessed));
    return store::apply_changes(to, kAccount, made.row.id, made.changes, kNow);
  }

  static Result<void> put_rules(store::Connection& to) {
    for (const std::uint64_t id : kRules) {
      store::FilterRow rule;
      rule.account = kAccount;
      rule.id = id;
      rule.name = "rule-" + std::to_string(id % 16);
      rule.action = "SUPPRESS";
      rule.criteria = "{}";
      VIGIL_CHECK(store::put_filter(to, rule, true));
    }
    return ok();
  }

  static constexpr std::string_view kRuntime =
      R"({"processes":[{"pid":1,"name":"systemd"},{"pid":412,"name":"sshd"},{"pid":900,"name":"nginx"}],)"
      R"("ports":[{"port":22,"protocol":"TCP"},{"port":443,"protocol":"TCP"}]})";

  /// Most package versions have none, a few have many, as kernels do.
  static std::uint64_t vulnerabilities_of(std::uint32_t number) {
    const std::uint64_t lot = pick(1000, 16, number);
    if (lot < 30) return 1 + lot % 3;
    if (lot < 34) return 1 + pick(20, 17, number);
    return 0;
  }

  static findings::Finding finding_of(std::uint32_t number, std::uint64_t ordinal, bool reachable) {
    const std::uint64_t id = pick(1ULL << 40U, 18, number, ordinal);
    findings::Finding out;
    out.vulnerability.id = "CVE-" + std::to_string(2015 + id % 12) + "-" +
                           std::to_string(10000 + number * 4 + ordinal);
    out.title = out.vulnerability.id + " - " + name_of(number);
    out.description =
        "In " + name_of(number) +
        ", a bound is not checked before the length that a peer names is used, so that a request "
        "made "
        "for it reads or writes past the end of a buffer. Whoever can send such a request may stop "
        "the "
        "service, read memory of other requests, or run code as the user of the service. All "
        "releases "
        "before the one named are affected; there is no other remedy than to upgrade.";
    out.vulnerability.description = out.description;
    out.vulnerability.source = "NVD";
    out.vulnerability.source_url = "https://nvd.nist.gov/vuln/detail/" + out.vulnerability.id;
    for (std::uint64_t i = 0; i < 2 + id % 6; ++i) {
      out.vulnerability.references.push_back("https://lists.example.org/announce/" +
                                             std::to_string(id) + "/" + std::to_string(i));
    }
    out.vulnerability.cwes = {"CWE-787"};
    out.vulnerability.published = kNow - static_cast<std::int64_t>(id % 3000) * kDay;
    out.vulnerability.modified = out.vulnerability.published + kDay;
    out.vulnerability.epss = model::Epss{
        .score = fraction(19, id) * fraction(20, id), .percentile = 0.5, .date = "2026-11-20"};
    const double base = 2.0 + 0.1 * static_cast<double>(pick(81, 21, id));
    const double score = reachable ? base : std::max(0.1, base - 2.0);
    out.score.base_score = base;
    out.score.score = score;
    out.score.base_vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    out.score.adjusted_vector = out.score.base_vector + (reachable ? "" : "/MAV:P");
    out.score.base_source = "NVD";
    out.score.base_version = "3.1";
    if (!reachable) {
      out.score.adjustments = {{.metric = "MAV", .from = "N", .to = "P", .reason = "no open port"}};
    }
    out.severity = id % 50 == 0 ? model::Severity::Untriaged : model::severity_of_score(score);
    out.score.severity = out.severity;
    out.vulnerability.cvss = {{.version = "3.1",
                               .vector = out.score.base_vector,
                               .score = base,
                               .source = "NVD",
                               .origin = model::CvssOrigin::Nvd}};
    out.source = "DEBIAN_CVE";
    out.source_url = "https://security-tracker.debian.org/tracker/" + out.vulnerability.id;
    out.vendor_severity = id % 3 == 0 ? "high" : "medium";
    findings::AffectedPackage affected;
    affected.package = package_of(number);
    if (number % kVersions + 1 < kVersions) {
      affected.fixed_version = version_of(number + 1);
      affected.state = model::FixState::Fixed;
      affected.remediation = "apt-get update && apt-get upgrade";
      out.fix = findings::FixAvailable::Yes;
    }
    out.packages.push_back(affected);
    out.exploit_available = id % 9 == 0;
    if (id % 60 == 1) {
      const auto day = [&](std::uint64_t days) {
        return "2026-" + std::string(days / 28 + 1 < 10 ? "0" : "") +
               std::to_string(days / 28 + 1) + "-" + std::to_string(10 + days % 18);
      };
      out.vulnerability.known_exploited =
          model::KnownExploited{day(id % 300), day(id % 300 + 21), "Upgrade.", false};
    }
    return out;
  }

 private:
  void make_sets() {
    constexpr std::uint64_t kFamilies = 20;
    sets_.resize(size_.sets);
    for (std::size_t number = 0; number < size_.sets; ++number) {
      Set& set = sets_[number];
      const std::uint64_t family = number % kFamilies;
      std::map<std::uint32_t, std::uint32_t> versions;  // one version of each package
      for (std::uint64_t i = 0; versions.size() < size_.packages_in_set; ++i) {
        const bool shared = i < size_.packages_in_set * 7 / 10;
        const std::uint64_t whose = shared ? family : kFamilies + number;
        const double popular = fraction(22, whose, i);
        const auto package = static_cast<std::uint32_t>(popular * popular * kPackages);
        // Most are up to date; the rest says how old the image is.
        const std::uint64_t lot = pick(10, 23, whose, package);
        const auto version = static_cast<std::uint32_t>(lot < 7 ? kVersions - 1 : lot % kVersions);
        versions.try_emplace(package, package * kVersions + version);
      }
      for (const auto& [package, version] : versions) set.packages.push_back(version);
      set.id = base::xxh3_64("set " + std::to_string(number));
    }
  }

  FleetSize size_;
  std::vector<Set> sets_;
  std::map<std::size_t, Profile> profiles_;
  std::set<std::uint64_t> made_;
};

}  // namespace vigil::bench
