#include "estate/ingest.h"

#include <algorithm>

#include "estate/applied.h"
#include "estate/coverage.h"
#include "estate/events.h"
#include "estate/profile.h"
#include "estate/rule_set.h"
#include "estate/scan_types.h"
#include "estate/settle.h"
#include "estate/stored_document.h"
#include "findings/document.h"
#include "findings/identity.h"
#include "inventory/document_parts.h"
#include "store/accounts.h"
#include "store/findings.h"
#include "store/inventory.h"
#include "store/outbox.h"

namespace vigil::estate {
namespace {

constexpr int kAttempts = 5;

/// "EC2_SSM_AGENT_BASED" where the host itself was asked, "EC2_AGENTLESS" where its disk was read.
std::string_view scan_mode(const findings::Resource& resource,
                           const inventory::Inventory& inventory) {
  if (resource.type != "AWS_EC2_INSTANCE") return {};
  return inventory.runtime ? "EC2_SSM_AGENT_BASED" : "EC2_AGENTLESS";
}

class Ingestion {
 public:
  Ingestion(Estate& estate, const findings::Resource& resource,
            const inventory::Inventory& inventory, const findings::ResourceFacts& facts,
            std::int64_t account)
      : estate_(estate),
        resource_(resource),
        inventory_(inventory),
        account_(account),
        id_(findings::resource_key(resource.account, resource.id)),
        now_(estate.now()),
        body_(findings::resource_document(resource)),
        order_(inventory::order_packages(inventory.packages)),
        digest_(inventory::digest_of(inventory, order_)),
        profiled_(profile_of(inventory, order_, facts, resource.type)) {}

  Result<Ingested> run() {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      intelligence_ = estate_.intelligence();
      assessments_ = nullptr;
      VIGIL_CHECK(estate_.store().read([&](store::Connection& from) { return look(from); }));
      if (needs_assessment()) {
        VIGIL_TRY(assessments_,
                  estate_.assessor().of_profile(profiled_.profile.id, profiled_.circumstances,
                                                *intelligence_, estate_.policy()));
      }
      bool stored = false;
      VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
        stored = false;
        result_ = {};
        VIGIL_CHECK(look(to));
        VIGIL_TRY(const bool current, is_current(to));
        if (!current || (needs_assessment() && assessments_ == nullptr)) return ok();
        stored = true;
        return put(to);
      }));
      if (stored) return result_;
    }
    return fail("the vulnerability intelligence is being changed", resource_.id, "try again",
                ErrorCode::Busy);
  }

 private:
  /// What the store knows of the resource, and what is to be done with it.
  Result<void> look(store::Connection& from) {
    VIGIL_TRY(const bool scanned, is_scanned(from, account_, resource_.type));
    coverage_ = coverage_of(resource_, inventory_, scanned, intelligence_.get());
    VIGIL_TRY(row_, store::find_resource(from, account_, id_));
    same_body_ = false;
    if (!row_) return ok();
    VIGIL_TRY(const auto stored, store::resource_body(from, account_, id_));
    same_body_ = stored && stored->body == body_;
    return ok();
  }

  [[nodiscard]] bool same_status() const {
    return row_ && row_->status_code == coverage_.code && row_->status_reason == coverage_.reason;
  }
  /// Would its findings be what they are? Then there is nothing to match.
  [[nodiscard]] bool same_findings() const {
    return same_status() && same_body_ && row_->profile == profiled_.profile.id;
  }
  [[nodiscard]] bool needs_assessment() const {
    return coverage_.treatment == Treatment::Assess && !same_findings();
  }

  /// Nothing older than what findings are being made to follow may be written.
  Result<bool> is_current(store::Connection& from) const {
    if (intelligence_ == nullptr) return true;
    VIGIL_TRY(const auto target, store::setting(from, kTargetSetting));
    return !target || target->empty() || *target == state_of(*intelligence_, estate_.policy());
  }

  Result<void> put(store::Connection& to) {
    result_.digest = digest_;
    if (same_findings() && row_->inventory == digest_) {
      if (coverage_.treatment != Treatment::Assess) return ok();
      return store::touch_resource(to, account_, id_, now_);
    }
    if (row_ && row_->profile != 0 && coverage_.treatment == Treatment::Keep) {
      result_.digest = row_->inventory;
      result_.changed = !same_status();
      if (!result_.changed) return ok();
      VIGIL_CHECK(store::set_resource_status(to, account_, id_, coverage_.code, coverage_.reason,
                                             row_->removed));
      return tell_coverage(to);
    }
    result_.changed = true;
    VIGIL_CHECK(put_inventory(to));
    // What comes after has to look at all that waited.
    if (coverage_.treatment == Treatment::Wait)
      VIGIL_CHECK(store::set_setting(to, kAppliedSetting, ""));
    const bool settles =
        coverage_.treatment == Treatment::Assess || coverage_.treatment == Treatment::Close;
    if (settles && !same_findings()) VIGIL_CHECK(put_findings(to));
    VIGIL_CHECK(tell_coverage(to));
    return tell_initial_scan(to);
  }

  Result<void> put_inventory(store::Connection& to) {
    const Profile& profile = profiled_.profile;
    store::ResourceRow row;
    row.account = account_;
    row.id = id_;
    row.type = resource_.type;
    row.resource_id = resource_.id;
    row.name = resource_.name;
    row.region = resource_.region;
    row.platform = resource_.platform;
    row.status_code = coverage_.code;
    row.status_reason = coverage_.reason;
    row.scan_mode = scan_mode(resource_, inventory_);
    row.first_seen = row_ ? row_->first_seen : now_;
    row.last_scanned = row_ ? row_->last_scanned : 0;
    if (coverage_.treatment == Treatment::Assess) row.last_scanned = now_;
    if (coverage_.treatment == Treatment::Close)
      row.removed = row_ && row_->removed != 0 ? row_->removed : now_;
    if (coverage_.treatment != Treatment::Keep) {
      VIGIL_TRY(const bool known, store::has_package_set(to, account_, profile.package_set));
      if (!known) VIGIL_CHECK(put_package_set(to));
      VIGIL_CHECK(
          store::put_profile(to, account_, {profile.id, profile.package_set, profile.body}));
      row.profile = profile.id;
      row.inventory = digest_;
    }
    return store::put_resource(to, row, body_, rest_document(inventory_, order_),
                               findings::attributes_of(resource_));
  }

  Result<void> put_package_set(store::Connection& to) const {
    std::uint64_t similar = 0;
    if (row_ && row_->profile != 0) {
      VIGIL_TRY(const auto before, store::find_profile(to, account_, row_->profile));
      if (before) similar = before->package_set;
    }
    return store::put_package_set(to, account_, profiled_.profile.package_set,
                                  profiled_.profile.packages, similar);
  }

  Result<void> put_findings(store::Connection& to) {
    VIGIL_TRY(std::vector<findings::Known> known, store::findings_of(to, account_, id_));
    const auto open = static_cast<std::size_t>(std::count_if(
        known.begin(), known.end(),
        [](const findings::Known& finding) { return finding.status != findings::Status::Closed; }));
    VIGIL_TRY(const RuleSet rules, RuleSet::load(to, account_, now_));
    findings::Situation situation;
    situation.now = now_;
    situation.observed = row_ ? row_->last_scanned : 0;
    situation.presence = coverage_.treatment == Treatment::Close ? findings::Presence::Gone
                                                                 : findings::Presence::Present;
    situation.rules_changed = row_ && !same_body_;
    situation.retention = estate_.settings().retention;
    static const Assessments kNone;
    const Settled settled = settle(std::move(known), assessments_ ? *assessments_ : kNone,
                                   {resource_, {}}, rules, situation);
    VIGIL_CHECK(store::put_assessments(to, account_, settled.assessed));
    VIGIL_CHECK(store::apply_changes(to, account_, id_, settled.changes, now_));
    count(settled.changes, open);
    return ok();
  }

  void count(const std::vector<findings::Change>& changes, std::size_t open) {
    std::size_t touched = 0;
    for (const findings::Change& change : changes) {
      const bool was_open =
          change.before.vulnerability != 0 && change.before.status != findings::Status::Closed;
      if (was_open) ++touched;
      using enum findings::ChangeKind;
      if (change.kind == Open) ++result_.opened;
      if (change.kind == Close) ++result_.closed;
      if (change.kind == Reopen) ++result_.reopened;
      if (change.kind == Update || change.kind == Suppress || change.kind == Unsuppress)
        ++result_.updated;
    }
    result_.unchanged = open - std::min(open, touched);
  }

  Result<void> tell_coverage(store::Connection& to) const {
    if (same_status()) return ok();
    const store::Event event = coverage_changed(account_, id_, coverage_, now_);
    return store::put_events(to, {&event, 1});
  }

  Result<void> tell_initial_scan(store::Connection& to) const {
    if (coverage_.treatment != Treatment::Assess || (row_ && row_->last_scanned != 0)) return ok();
    const store::Event event = initial_scan(account_, id_, *assessments_, now_);
    return store::put_events(to, {&event, 1});
  }

  Estate& estate_;
  const findings::Resource& resource_;
  const inventory::Inventory& inventory_;
  const std::int64_t account_;
  const std::uint64_t id_;
  const std::int64_t now_;
  const std::string body_;
  const inventory::PackageOrder order_;
  const std::string digest_;
  const Profiled profiled_;

  std::shared_ptr<const intel::Snapshot> intelligence_;
  std::shared_ptr<const Assessments> assessments_;
  Coverage coverage_;
  std::optional<store::ResourceRow> row_;
  bool same_body_ = false;
  Ingested result_;
};

}  // namespace

Result<Ingested> ingest(Estate& estate, const findings::Resource& resource,
                        const inventory::Inventory& inventory,
                        const findings::ResourceFacts& facts) {
  VIGIL_TRY(const std::int64_t account, store::account_number(resource.account));
  if (resource.id.empty()) return fail("a resource without an id");
  return Ingestion(estate, resource, inventory, facts, account).run();
}

}  // namespace vigil::estate
