#include "estate/testing/estate_test.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/file.h"
#include "store/findings.h"
#include "store/outbox.h"

namespace vigil::estate::testing {
namespace {

const intel::Feed kTracker{"debian-tracker", "", "", {}, 1, nullptr, nullptr, 30};

intel::Facts facts_of(const Advice& advice) {
  intel::Facts facts;
  facts.details.id = advice.vulnerability;
  facts.details.description = advice.text;
  model::CvssRating rating;
  rating.version = "3.1";
  rating.vector = kVector;
  rating.score = 9.8;
  rating.source = "NVD";
  rating.origin = model::CvssOrigin::Nvd;
  facts.details.cvss.push_back(rating);
  return facts;
}

/// As the feed of scores says it: nothing else is known by it.
intel::Facts epss_of(const Advice& advice) {
  intel::Facts facts;
  facts.details.id = advice.vulnerability;
  facts.details.epss = model::Epss{advice.epss, 0.5, "2026-11-23"};
  return facts;
}

}  // namespace

void EstateTest::SetUp() {
  StoreTest::SetUp();
  ::setenv("SOURCE_DATE_EPOCH", "1795420000", 1);  // the clock stands still but for `pass`
  open();
  ASSERT_TRUE(create_account(*estate_, kAccount, "test"));
}

void EstateTest::TearDown() {
  estate_.reset();
  ::unsetenv("SOURCE_DATE_EPOCH");
  StoreTest::TearDown();
}

void EstateTest::open() {
  auto opened = store::Store::open(address());
  ASSERT_TRUE(opened) << opened.error().text();
  const auto intelligence = estate_ ? estate_->intelligence() : nullptr;
  estate_ = std::make_unique<Estate>(std::move(*opened), settings_);
  estate_->set_intelligence(intelligence);
}

void EstateTest::restart() {
  open();
}

void EstateTest::pass(std::int64_t seconds) {
  settings_.clock_offset += seconds;
  open();
}

std::string EstateTest::compile(const std::vector<Advice>& advice) {
  intel::SegmentWriter writer("test " + std::to_string(++snapshots_));
  writer.begin_document(kTracker);
  std::map<std::string, const Advice*> told;
  for (const Advice& one : advice) {
    intel::Statement statement;
    statement.ecosystem = one.ecosystem;
    statement.package = one.package;
    statement.vulnerability = one.vulnerability;
    statement.state = one.fixed.empty() ? model::FixState::Affected : model::FixState::Fixed;
    if (!one.fixed.empty()) statement.ranges = {{"", one.fixed, ""}};
    writer.statement(std::move(statement));
    told.emplace(one.vulnerability, &one);
  }
  for (const auto& [id, one] : told) {
    writer.facts(facts_of(*one));
    if (one->epss > 0) writer.facts(epss_of(*one));
  }
  const std::string path = directory() + "/" + std::to_string(snapshots_);
  EXPECT_TRUE(base::write_file_atomically(path + ".segment", writer.take()));
  const auto segment = intel::Segment::open(path + ".segment");
  EXPECT_TRUE(segment);
  const auto bytes = intel::compile(
      {{&*segment, {"a", std::to_string(snapshots_), "directory", 0, false, "", {}}}}, snapshots_);
  EXPECT_TRUE(bytes);
  EXPECT_TRUE(base::write_file_atomically(path + ".intel", *bytes));
  return path + ".intel";
}

std::shared_ptr<const intel::Snapshot> EstateTest::compiled(const std::vector<Advice>& advice) {
  return compiled_at(compile(advice));
}

std::shared_ptr<const intel::Snapshot> EstateTest::compiled_at(const std::string& path) {
  auto snapshot = intel::Snapshot::open(path);
  EXPECT_TRUE(snapshot) << snapshot.error().text();
  return std::make_shared<const intel::Snapshot>(std::move(*snapshot));
}

std::shared_ptr<const intel::Snapshot> EstateTest::learn(const std::vector<Advice>& advice) {
  auto snapshot = compiled(advice);
  estate_->set_intelligence(snapshot);
  return snapshot;
}

void EstateTest::use_intelligence_file(const std::string& path) {
  settings_.intelligence = path.empty() ? directory() + "/in-force.intel" : path;
  open();
}

void EstateTest::put_intelligence_file(const std::vector<Advice>& advice) {
  std::filesystem::rename(compile(advice), settings_.intelligence);
}

void EstateTest::damage_intelligence_file() {
  ASSERT_TRUE(base::write_file_atomically(settings_.intelligence, "no snapshot"));
}

findings::Resource EstateTest::host(const std::string& name) {
  findings::Resource resource;
  resource.id = findings::instance_id(name);
  resource.account = kAccount;
  resource.region = "us-east-1";
  resource.platform = "DEBIAN_12";
  resource.name = name;
  return resource;
}

inventory::Inventory EstateTest::with(const Packages& packages) {
  inventory::Inventory inventory;
  inventory.os.id = "debian";
  inventory.os.version = "12";
  inventory.os.ecosystem = "Debian:12";
  for (const auto& [name, version] : packages) {
    model::Package package;
    package.ecosystem = "Debian:12";
    package.name = package.source_name = name;
    package.version = package.source_version = version;
    package.architecture = "amd64";
    package.manager = "OS";
    package.package_url = "pkg:deb/debian/" + name + "@" + version;
    inventory.packages.push_back(std::move(package));
  }
  return inventory;
}

std::uint64_t EstateTest::key(const std::string& name) {
  return findings::resource_key(kAccount, findings::instance_id(name));
}

std::uint64_t EstateTest::vulnerability(const std::string& id) {
  return findings::vulnerability_key("PACKAGE_VULNERABILITY", id);
}

Ingested EstateTest::ingest(const std::string& name, const Packages& packages) {
  return ingest(host(name), with(packages));
}

Ingested EstateTest::ingest(const findings::Resource& resource,
                            const inventory::Inventory& inventory,
                            const findings::ResourceFacts& facts) {
  const auto done = estate::ingest(*estate_, resource, inventory, facts);
  EXPECT_TRUE(done) << done.error().text();
  return done.value_or(Ingested{});
}

Lines EstateTest::findings_of(const std::string& name) {
  std::map<std::uint64_t, std::string> names;
  std::vector<findings::Known> known;
  read([&](store::Connection& from) -> Result<void> {
    names.clear();
    VIGIL_CHECK(from.query("SELECT id, name FROM vulnerability WHERE account = 0", {},
                           [&](const store::Row& row) {
                             names.emplace(static_cast<std::uint64_t>(row.integer(0)), row.text(1));
                             return true;
                           }));
    VIGIL_TRY(known, store::findings_of(from, kAccountNumber, key(name)));
    return ok();
  });
  Lines lines;
  for (const findings::Known& finding : known)
    lines.push_back(names[finding.vulnerability] + " " +
                    std::string(findings::status_name(finding.status)));
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string EstateTest::coverage_of(const std::string& name) {
  std::string status = "absent";
  read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const auto row, store::find_resource(from, kAccountNumber, key(name)));
    if (row) status = row->status_code + " " + row->status_reason;
    return ok();
  });
  return status;
}

Lines EstateTest::events() {
  static const std::map<store::EventKind, std::string> kKinds = {
      {store::EventKind::FindingOpened, "opened"},
      {store::EventKind::FindingUpdated, "updated"},
      {store::EventKind::FindingSuppressed, "suppressed"},
      {store::EventKind::FindingUnsuppressed, "unsuppressed"},
      {store::EventKind::FindingClosed, "closed"},
      {store::EventKind::FindingReopened, "reopened"},
      {store::EventKind::InitialScanComplete, "initial scan"},
      {store::EventKind::CoverageChanged, "coverage"}};
  Lines lines;
  read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const auto events, store::events_after(from, event_, 100'000));
    for (const store::Event& event : events) {
      lines.push_back(kKinds.at(event.kind) + (event.detail.empty() ? "" : " " + event.detail));
      event_ = event.sequence;
    }
    return ok();
  });
  return lines;
}

}  // namespace vigil::estate::testing
