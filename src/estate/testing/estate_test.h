// The fixture of the estate's tests: a store of either engine with one account, intelligence written
// by hand, hosts with packages.
//
//   say("openssl", "CVE-2024-0001", "3.0.15-1");
//   learn();
//   ingest("web-1", {{"openssl", "3.0.14-1"}});
//   EXPECT_EQ(open_findings("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "estate/accounts.h"
#include "estate/estate.h"
#include "estate/ingest.h"
#include "findings/identity.h"
#include "intel/compile.h"
#include "store/testing/store_test.h"

namespace vigil::estate::testing {

inline constexpr std::string_view kAccount = "000000000000";
inline constexpr std::int64_t kAccountNumber = 0;
inline constexpr std::string_view kVector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

/// A name and a version.
using Packages = std::vector<std::pair<std::string, std::string>>;
using Lines = std::vector<std::string>;

/// One line of advice: this Debian source package is affected below `fixed` (empty: always).
struct Advice {
  std::string package;
  std::string vulnerability;
  std::string fixed;
  std::string text = "It is bad.";
  double epss = 0;  ///< 0: none
  std::string ecosystem = "Debian:12";
};

class EstateTest : public store::testing::StoreTest {
 protected:
  void SetUp() override;
  void TearDown() override;

  Estate& estate() { return *estate_; }
  /// The same store and intelligence in a new process.
  void restart();
  /// The clock of the estate moves by this many seconds.
  void pass(std::int64_t seconds);

  /// Compiles intelligence; its date differs from time to time.
  std::shared_ptr<const intel::Snapshot> compiled(const std::vector<Advice>& advice);
  static std::shared_ptr<const intel::Snapshot> compiled_at(const std::string& path);
  /// Puts it in force, without a refresh.
  std::shared_ptr<const intel::Snapshot> learn(const std::vector<Advice>& advice);

  /// Gives the estate a file of intelligence, which is not there yet; writes it; breaks it.
  void use_intelligence_file(const std::string& path = {});
  void put_intelligence_file(const std::vector<Advice>& advice);
  void damage_intelligence_file();

  static findings::Resource host(const std::string& name);
  static inventory::Inventory with(const Packages& packages);
  static std::uint64_t key(const std::string& name);
  static std::uint64_t vulnerability(const std::string& id);

  /// Of a host that must be ingested without error.
  Ingested ingest(const std::string& name, const Packages& packages);
  Ingested ingest(const findings::Resource& resource, const inventory::Inventory& inventory,
                  const findings::ResourceFacts& facts = {});

  /// "CVE-2024-0001 ACTIVE" of each finding, sorted.
  Lines findings_of(const std::string& name);
  /// "ACTIVE SUCCESSFUL"
  std::string coverage_of(const std::string& name);
  /// "InitialScanComplete", "CVE-2024-0001 FindingOpened": all events since the last call.
  Lines events();

 private:
  void open();
  /// The path of the compiled file.
  std::string compile(const std::vector<Advice>& advice);

  std::unique_ptr<Estate> estate_;
  Settings settings_;
  int snapshots_ = 0;
  std::int64_t event_ = 0;
};

}  // namespace vigil::estate::testing
