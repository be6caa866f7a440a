// Random findings with random values in every field that filters ask, and random filters, from small
// pools so that they meet: texts that continue each other, that look like SQL or like patterns, in
// several scripts. The same findings are in a store and in memory.
#pragma once

#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "findings/assessment.h"
#include "findings/filter.h"
#include "findings/identity.h"
#include "store/engine.h"
#include "store/findings.h"
#include "store/inventory.h"
#include "store/store.h"

namespace vigil::store::testing {

/// A finding as the test knows it.
struct KnownFinding {
  std::int64_t account = 0;
  findings::FindingId id;
  findings::FilterSubject subject;
  findings::Status status = findings::Status::Active;
  std::size_t resource = 0;  ///< in RandomFindings::resources
};
struct KnownResource {
  ResourceRow row;
  findings::FilterSubject subject;  ///< of the resource's own fields only
};

class RandomFindings {
 public:
  explicit RandomFindings(std::uint64_t seed) : random_(seed) {}

  static constexpr std::int64_t kAccounts[] = {7, 123456789012, 999999999999};
  static constexpr std::string_view kResourceTypes[] = {
      "AWS_EC2_INSTANCE", "AWS_ECR_CONTAINER_IMAGE", "AWS_LAMBDA_FUNCTION"};
  static constexpr std::string_view kPlatforms[] = {"DEBIAN_12", "UBUNTU_24_04", ""};

  /// Makes findings and stores them.
  Result<void> store(Connection& to, std::size_t resources, std::size_t assessments) {
    for (const std::int64_t account : kAccounts) {
      std::vector<findings::Assessed> assessed;
      for (std::size_t i = 0; i < assessments; ++i) assessed.push_back(make_assessed(i));
      std::vector<const findings::Assessed*> pointers;
      for (const findings::Assessed& each : assessed) pointers.push_back(&each);
      VIGIL_CHECK(put_assessments(to, account, pointers));
      for (std::size_t i = 0; i < resources; ++i) {
        VIGIL_CHECK(store_resource(to, account, i, assessed));
      }
    }
    return ok();
  }
  [[nodiscard]] const std::vector<KnownFinding>& all() const { return all_; }
  [[nodiscard]] const std::vector<KnownResource>& resources() const { return resources_; }

  /// A filter of up to three criteria.
  findings::Filter filter() {
    findings::Filter out;
    const std::size_t criteria = below(4);
    std::set<std::uint16_t> fields;
    while (fields.size() < criteria) {
      fields.insert(static_cast<std::uint16_t>(below(findings::filter_fields().size())));
    }
    for (const std::uint16_t field : fields) out.criteria.push_back(criterion(field));
    return out;
  }

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

  /// A criterion of one field whose values often are some finding's.
  findings::Criterion criterion(std::uint16_t field) {
    findings::Criterion out;
    out.field = field;
    for (std::size_t count = 1 + below(3); count > 0; --count) {
      switch (findings::filter_fields()[field].kind) {
        case findings::FieldKind::String:
          out.strings.push_back(string_test(value_of(field)));
          break;
        case findings::FieldKind::Date:
        case findings::FieldKind::Number:
          out.ranges.push_back(range_test(field));
          break;
        case findings::FieldKind::Map:
          out.maps.push_back({text(), chance(3) ? std::nullopt : std::optional(text())});
          break;
        case findings::FieldKind::PortRange:
          out.ports.push_back({chance(3) ? std::nullopt : std::optional(port()),
                               chance(3) ? std::nullopt : std::optional(port() + 50)});
          break;
        case findings::FieldKind::Package:
          out.packages.push_back(package_test());
          break;
      }
    }
    return out;
  }

 private:
  bool chance(std::size_t one_in) { return below(one_in) == 0; }
  template <typename T, std::size_t N>
  const T& one_of(const T (&pool)[N]) {
    return pool[below(N)];
  }

  std::string text() {
    static const std::string kTexts[] = {"a",      "ab",      "abc",        "A",
                                         "100%",   "100_",    "100%_x",     "o'brien",
                                         "'; --",  "\\",      "é",          "é中",
                                         "\uD7FF", "\uD7FFx", "\uE000",     "~",
                                         "~~",     "中文",    "\U0010FFFF", "\U0010FFFF\U0010FFFF",
                                         " ",      "zz"};
    return one_of(kTexts);
  }
  int port() { return static_cast<int>(below(100)); }
  double number() { return static_cast<double>(below(41)) / 4; }
  std::int64_t time() { return 1'700'000'000 + static_cast<std::int64_t>(below(50)); }

  findings::StringTest string_test(std::string value) {
    findings::StringTest test;
    test.comparison = static_cast<findings::Comparison>(below(3));
    test.value = std::move(value);
    if (test.comparison == findings::Comparison::Prefix && !chance(3)) {
      std::size_t end = below(test.value.size()) + 1;
      while (end < test.value.size() &&
             (static_cast<unsigned char>(test.value[end]) & 0xC0U) == 0x80U) {
        ++end;
      }
      test.value.resize(end);
    }
    return test;
  }

  /// A text that some finding has in this field, or any.
  std::string value_of(std::uint16_t field) {
    if (all_.empty() || chance(4)) return text();
    const findings::FilterSubject& subject = all_[below(all_.size())].subject;
    for (const findings::Attribute& attribute : subject.attributes) {
      if (attribute.field == field && !attribute.text.empty() && !chance(3)) return attribute.text;
    }
    return text();
  }

  findings::RangeTest range_test(std::uint16_t field) {
    const bool is_date = findings::filter_fields()[field].kind == findings::FieldKind::Date;
    const auto bound = [&]() -> std::optional<double> {
      if (chance(3)) return std::nullopt;
      if (chance(12)) return chance(2) ? 1e300 : -1e300;
      return is_date ? static_cast<double>(time()) + number() - 5 : number();
    };
    return {bound(), bound()};
  }

  findings::PackageTest package_test() {
    findings::PackageTest test;
    const auto perhaps = [&](std::optional<findings::StringTest>& part) {
      if (chance(4)) part = string_test(text());
    };
    perhaps(test.name);
    if (chance(2)) test.name = string_test(text());
    perhaps(test.version);
    perhaps(test.release);
    perhaps(test.architecture);
    perhaps(test.layer);
    perhaps(test.lambda_layer);
    perhaps(test.path);
    if (chance(4)) test.epoch = findings::RangeTest{number(), std::nullopt};
    return test;
  }

  /// Values of fields that are rows of attributes.
  std::vector<findings::Attribute> attributes(findings::FieldScope scope) {
    std::vector<findings::Attribute> out;
    std::set<std::tuple<std::uint16_t, std::string, std::string>> known;
    const auto fields = findings::filter_fields();
    for (std::uint16_t i = 0; i < fields.size(); ++i) {
      if (fields[i].scope != scope || !fields[i].column.empty()) continue;
      for (std::size_t count = below(3); count > 0; --count) {
        findings::Attribute attribute;
        attribute.field = i;
        switch (fields[i].kind) {
          case findings::FieldKind::String:
            attribute.text = text();
            break;
          case findings::FieldKind::Date:
            attribute.number = static_cast<double>(time());
            break;
          case findings::FieldKind::Number:
            attribute.number = number();
            break;
          case findings::FieldKind::Map:
            attribute.key = text();
            attribute.text = chance(3) ? "" : text();
            break;
          case findings::FieldKind::PortRange:
            attribute.number = port();
            attribute.number_end = *attribute.number + port();
            attribute.text = std::to_string(below(1000));
            break;
          case findings::FieldKind::Package:
            continue;
        }
        if (attribute.number && attribute.text.empty()) {
          attribute.text = std::to_string(*attribute.number);
        }
        if (fields[i].kind == findings::FieldKind::Map &&
            std::ranges::any_of(out, [&](const auto& other) {
              return other.field == i && other.key == attribute.key;
            })) {
          continue;
        }
        if (known.emplace(i, attribute.key, attribute.text).second) out.push_back(attribute);
      }
    }
    return out;
  }

  findings::Assessed make_assessed(std::size_t index) {
    static const std::string kTypes[] = {"PACKAGE_VULNERABILITY", "NETWORK_REACHABILITY",
                                         "CODE_VULNERABILITY"};
    findings::Assessed out;
    // Several assessments of one vulnerability.
    const std::size_t vulnerability = index / 2;
    std::mt19937_64 same(vulnerability);
    out.vulnerability.type = kTypes[vulnerability % 3];
    out.vulnerability.name =
        (same() % 3 == 0 ? "CVE-2024-" : "CVE-2025-") + std::to_string(same() % 50);
    out.vulnerability.name += "-" + std::to_string(vulnerability);
    if (same() % 3 != 0) out.vulnerability.epss = static_cast<double>(same() % 8) / 4;
    out.vulnerability.key =
        findings::vulnerability_key(out.vulnerability.type, out.vulnerability.name);
    out.vulnerability.body = "vulnerability " + std::to_string(vulnerability);
    out.vulnerability.digest = "1";
    out.assessment.key = random_();
    out.assessment.vulnerability = out.vulnerability.key;
    out.assessment.resource_type = one_of(kResourceTypes);
    out.assessment.type = out.vulnerability.type;
    out.assessment.severity = static_cast<model::Severity>(below(6));
    if (!chance(3)) out.assessment.score = number();
    out.assessment.fix = static_cast<findings::FixAvailable>(below(3));
    out.assessment.exploit = chance(2);
    out.assessment.title = chance(5) ? "" : text();
    out.assessment.source = chance(5) ? "" : text();
    out.assessment.vendor_severity = chance(2) ? "" : text();
    out.assessment.attributes = attributes(findings::FieldScope::Assessment);
    for (std::size_t count = below(4); count > 0; --count) {
      findings::PackageFacts package;
      package.name = text();
      package.version = chance(4) ? "" : text();
      package.release = chance(2) ? "" : text();
      package.architecture = text();
      package.layer = chance(2) ? "" : text();
      package.lambda_layer = chance(2) ? "" : text();
      package.path = chance(2) ? "" : text();
      package.epoch = static_cast<int>(below(11));
      out.assessment.packages.push_back(package);
    }
    out.assessment.body = "assessment " + std::to_string(index);
    return out;
  }

  Result<void> store_resource(Connection& to, std::int64_t account, std::size_t index,
                              const std::vector<findings::Assessed>& assessed) {
    static const std::string kRegions[] = {"us-east-1", "us-west-2", "eu-central-1"};
    ResourceRow row;
    row.account = account;
    row.resource_id = text() + "-" + std::to_string(index);
    row.id = findings::resource_key(account_digits(account), row.resource_id);
    row.type = one_of(kResourceTypes);
    row.platform = one_of(kPlatforms);
    row.status_code = chance(3) ? "INACTIVE" : "ACTIVE";
    row.status_reason = chance(3) ? "NO_INVENTORY" : "SUCCESSFUL";
    row.scan_mode = chance(2) ? "" : "EC2_AGENTLESS";
    row.region = one_of(kRegions);
    row.last_scanned = time();
    const auto own = attributes(findings::FieldScope::Resource);
    VIGIL_CHECK(put_resource(to, row, "resource " + std::to_string(index), "", own));

    KnownResource known_resource{row, {}};
    known_resource.subject.attributes = own;
    const auto add_text = [&](std::string_view field, std::string_view value) {
      known_resource.subject.attributes.push_back(
          {*findings::filter_field(field), {}, std::string(value), {}, {}});
    };
    add_text("resourceId", row.resource_id);
    add_text("cloudProviderRegion", row.region);
    resources_.push_back(std::move(known_resource));

    std::vector<findings::Change> opened, closed;
    std::set<std::uint64_t> vulnerabilities;
    for (const findings::Assessed& each : assessed) {
      if (!chance(3) || !vulnerabilities.insert(each.vulnerability.key).second) continue;
      findings::Change open;
      open.kind = findings::ChangeKind::Open;
      open.after.vulnerability = each.vulnerability.key;
      open.after.assessment = each.assessment.key;
      open.after.status = chance(3) ? findings::Status::Suppressed : findings::Status::Active;
      if (open.after.status == findings::Status::Suppressed) open.after.rule = 5;
      open.after.first_observed = time();
      open.after.updated = time();
      opened.push_back(open);
      findings::Known known = open.after;
      if (chance(3)) {
        findings::Change close;
        close.kind = findings::ChangeKind::Close;
        close.before = known;
        known.status = findings::Status::Closed;
        known.rule = 0;
        known.last_observed = time();
        known.closed = known.last_observed;
        known.delete_after = known.last_observed + 100;
        close.after = known;
        closed.push_back(close);
      }
      all_.push_back({account,
                      {row.id, each.vulnerability.key},
                      subject(row, own, each, known),
                      known.status,
                      resources_.size() - 1});
    }
    const auto by_vulnerability = [](const auto& a, const auto& b) {
      return a.after.vulnerability < b.after.vulnerability;
    };
    std::ranges::sort(opened, by_vulnerability);
    std::ranges::sort(closed, by_vulnerability);
    VIGIL_CHECK(apply_changes(to, account, row.id, opened, time()));
    return apply_changes(to, account, row.id, closed, time());
  }

  /// The values of all fields, those of columns by their columns.
  static findings::FilterSubject subject(const ResourceRow& resource,
                                         const std::vector<findings::Attribute>& own,
                                         const findings::Assessed& assessed,
                                         const findings::Known& known) {
    findings::FilterSubject out;
    out.attributes = own;
    out.attributes.insert(out.attributes.end(), assessed.assessment.attributes.begin(),
                          assessed.assessment.attributes.end());
    out.packages = assessed.assessment.packages;
    const auto text = [&](std::string_view field, std::string_view value) {
      if (value.empty()) return;
      out.attributes.push_back({*findings::filter_field(field), {}, std::string(value), {}, {}});
    };
    const auto number = [&](std::string_view field, std::optional<double> value) {
      if (value) out.attributes.push_back({*findings::filter_field(field), {}, {}, value, {}});
    };
    const findings::Assessment& a = assessed.assessment;
    const std::string digits = account_digits(resource.account);
    text("findingArn",
         findings::finding_arn(resource.region, digits, {resource.id, known.vulnerability}));
    text("awsAccountId", digits);
    text("findingType", a.type);
    text("severity", model::severity_name(a.severity));
    text("findingStatus", findings::status_name(known.status));
    text("title", a.title);
    text("resourceType", a.resource_type);
    text("resourceId", resource.resource_id);
    text("vulnerabilityId", assessed.vulnerability.name);
    text("vulnerabilitySource", a.source);
    text("vendorSeverity", a.vendor_severity);
    text("fixAvailable", findings::fix_available_name(a.fix));
    text("exploitAvailable", a.exploit ? "YES" : "NO");
    text("cloudProviderRegion", resource.region);
    const std::int64_t last =
        known.last_observed == 0 ? resource.last_scanned : known.last_observed;
    number("firstObservedAt", static_cast<double>(known.first_observed));
    number("lastObservedAt", static_cast<double>(last));
    number("updatedAt", static_cast<double>(known.updated));
    number("inspectorScore", a.score);
    number("epssScore", assessed.vulnerability.epss);
    return out;
  }

  std::mt19937_64 random_;
  std::vector<KnownFinding> all_;
  std::vector<KnownResource> resources_;
};

}  // namespace vigil::store::testing
