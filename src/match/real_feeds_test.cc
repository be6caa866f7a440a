// Real advisories of every language: known pairs, and the lists of affected versions that osv.dev
// enumerates with its own code, as an oracle for ours. Skipped where the feeds are not at hand
// (VIGIL_FEEDS, else beside the checkout).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <map>
#include <set>

#include "base/archive.h"
#include "base/file.h"
#include "base/json_tree.h"
#include "base/source_directory_test.h"
#include "intel/compile.h"
#include "intel/ingest.h"
#include "match/match.h"
#include "model/ecosystem.h"
#include "version/scheme.h"

namespace vigil::match {
namespace {

std::string real_feed(const std::string& path) {
  const char* directory = std::getenv("VIGIL_FEEDS");
  const std::string root =
      directory != nullptr ? directory : base::source_directory() + "/../shared/feeds";
  return base::exists(root + "/" + path) ? root + "/" + path : std::string();
}

/// Gone after the test.
class RealFeeds : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = testing::TempDir() + "vigil-real-feeds-" + std::to_string(::getpid());
    std::filesystem::create_directory(directory_);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  /// False if none of the files is there.
  bool load(const std::vector<std::string>& files) {
    std::vector<intel::CompileInput> inputs;
    for (const std::string& file : files) {
      const std::string path = real_feed(file);
      if (path.empty()) continue;
      const std::string segment = directory_ + "/" + std::to_string(segments_.size());
      const auto bytes = intel::read_into_segment(path, file);
      EXPECT_TRUE(bytes) << file;
      EXPECT_TRUE(base::write_file_atomically(segment, *bytes));
      auto opened = intel::Segment::open(segment);
      EXPECT_TRUE(opened) << file;
      segments_.push_back(std::move(*opened));
      inputs.push_back({&segments_.back(), {file, file, "directory", 0, false, "", {}}});
    }
    if (inputs.empty()) return false;
    const std::string path = directory_ + "/snapshot";
    EXPECT_TRUE(intel::compile_to_file(inputs, 0, path));
    auto snapshot = intel::Snapshot::open(path);
    EXPECT_TRUE(snapshot);
    snapshot_.emplace(std::move(*snapshot));
    return true;
  }

  void install(const std::string& ecosystem, const std::string& name, const std::string& version) {
    model::Package package;
    package.ecosystem = ecosystem;
    package.name = name;
    package.version = version;
    if (ecosystem == "generic")
      package.cpe = "cpe:2.3:a:" + name + ":" + version + ":*:*:*:*:*:*:*";
    inventory_.packages.push_back(std::move(package));
  }

  std::string directory_;
  std::deque<intel::Segment> segments_;
  std::optional<intel::Snapshot> snapshot_;
  inventory::Inventory inventory_;
};

struct Pair {
  const char* ecosystem;
  const char* name;
  const char* version;
  const char* id;
  bool affected;
};

TEST_F(RealFeeds, KnownPairs) {
  std::vector<std::string> files = {
      "rubysec/ruby-advisory-db.zip", "friendsofphp/security-advisories.zip",
      "retirejs/jsrepository-v6.json.gz", "retirejs/npmrepository.json.gz",
      "nodejs/security-wg-vuln.zip"};
  for (const char* ecosystem : {"PyPI", "npm", "Maven", "Go", "NuGet", "Packagist", "RubyGems",
                                "crates.io", "Hackage", "Bitnami", "GIT"}) {
    files.push_back("osv/" + std::string(ecosystem) + "/all.zip");
  }
  if (!load(files)) GTEST_SKIP() << "the real feeds are not at hand";
  // From the texts of the advisories themselves.
  const std::vector<Pair> pairs = {
      {"Maven", "org.apache.logging.log4j:log4j-core", "2.14.1", "CVE-2021-44228", true},
      {"Maven", "org.apache.logging.log4j:log4j-core", "2.17.1", "CVE-2021-44228", false},
      {"Maven", "org.apache.logging.log4j:log4j-core", "2.12.2", "CVE-2021-44228", false},
      {"Maven", "org.apache.logging.log4j:log4j-api", "2.14.1", "CVE-2021-44228", false},
      {"Maven", "org.springframework:spring-beans", "5.3.17", "CVE-2022-22965", true},
      {"Maven", "org.springframework:spring-beans", "5.3.18", "CVE-2022-22965", false},
      {"npm", "lodash", "4.17.20", "CVE-2021-23337", true},
      {"npm", "lodash", "4.17.21", "CVE-2021-23337", false},
      {"npm", "minimist", "1.2.5", "CVE-2021-44906", true},
      {"npm", "minimist", "1.2.6", "CVE-2021-44906", false},
      {"npm", "jquery", "3.4.1", "CVE-2020-11022", true},
      {"npm", "jquery", "3.5.0", "CVE-2020-11022", false},
      {"NuGet", "newtonsoft.json", "12.0.3", "GHSA-5crp-9r3c-p9vr", true},
      {"NuGet", "Newtonsoft.Json", "13.0.1", "GHSA-5crp-9r3c-p9vr", false},
      {"PyPI", "Django", "3.2.24", "CVE-2024-27351", true},
      {"PyPI", "django", "4.2.11", "CVE-2024-27351", false},
      {"PyPI", "jinja2", "2.11.2", "CVE-2020-28493", true},
      {"PyPI", "Jinja2", "2.11.3", "CVE-2020-28493", false},
      {"RubyGems", "rack", "2.2.6.3", "CVE-2023-27539", true},
      {"RubyGems", "rack", "2.2.6.4", "CVE-2023-27539", false},
      {"RubyGems", "nokogiri", "1.13.9-x86_64-linux", "CVE-2022-23476", true},
      {"RubyGems", "nokogiri", "1.13.10-x86_64-linux", "CVE-2022-23476", false},
      {"Packagist", "symfony/http-kernel", "v5.4.19", "CVE-2022-24894", true},
      {"Packagist", "symfony/http-kernel", "v5.4.20", "CVE-2022-24894", false},
      {"Go", "golang.org/x/text", "v0.3.7", "CVE-2022-32149", true},
      {"Go", "golang.org/x/text", "v0.3.8", "CVE-2022-32149", false},
      {"Go", "stdlib", "go1.22.2", "CVE-2024-24787", false},
      {"Go", "stdlib", "go1.21.10", "CVE-2024-24790", true},
      {"Go", "stdlib", "go1.21.11", "CVE-2024-24790", false},
      {"crates.io", "time", "0.2.22", "CVE-2020-26235", true},
      {"crates.io", "time", "0.2.23", "CVE-2020-26235", false},
      {"Bitnami", "node", "20.20.1", "CVE-2026-21717", true},
      {"Bitnami", "node", "20.20.2", "CVE-2026-21717", false},
      {"generic", "haxx:curl", "8.3.0", "CVE-2023-38545", true},
      {"generic", "haxx:curl", "8.4.0", "CVE-2023-38545", false},
      {"generic", "haxx:libcurl", "7.68.0", "CVE-2023-38545", false},
      {"Bitnami", "ruby", "3.0.3", "CVE-2022-28738", true},
      {"Bitnami", "ruby", "3.0.4", "CVE-2022-28738", false},
  };
  for (const Pair& pair : pairs) install(pair.ecosystem, pair.name, pair.version);
  const Matches matches = match(inventory_, *snapshot_, {});
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::size_t found = 0;
    for (const Match& one : matches.matches) {
      const auto ids = snapshot_->find(pairs[i].id);
      if (std::ranges::find(ids, one.vulnerability) == ids.end()) continue;
      for (const AffectedPackage& affected : one.packages) found += affected.package == i ? 1 : 0;
    }
    EXPECT_EQ(found, pairs[i].affected ? 1U : 0U) << pairs[i].ecosystem << " " << pairs[i].name
                                                  << " " << pairs[i].version << " " << pairs[i].id;
    EXPECT_FALSE(snapshot_->find(pairs[i].id).empty()) << pairs[i].id << " is not known at all";
  }
}

using PackageName = std::pair<std::string, std::string>;

/// What osv.dev enumerates: for each package the versions that each record affects.
using Enumerated = std::map<PackageName, std::map<std::string, std::set<std::string>>>;

void read_enumerated(const std::string& path, Enumerated& all,
                     std::set<std::pair<PackageName, std::string>>& incomplete) {
  base::JsonParser parser;
  EXPECT_TRUE(base::for_each_entry(path, {}, [&](base::ArchiveEntry& entry) -> Result<void> {
    VIGIL_TRY(const std::string text, base::read_all(entry.content, 64U << 20U));
    VIGIL_TRY(const base::Json record, parser.parse(text));
    if (!record["withdrawn"].text().empty()) return ok();
    const std::string id(record["id"].text());
    for (const base::Json affected : record["affected"].items()) {
      const PackageName name{model::normal_ecosystem(affected["package"]["ecosystem"].text()),
                             affected["package"]["name"].text()};
      bool any = false;
      for (const base::Json version : affected["versions"].items()) {
        all[name][id].insert(std::string(version.text()));
        any = true;
      }
      if (!any) incomplete.insert({name, id});
    }
    return ok();
  }));
}

class Enumeration : public RealFeeds, public testing::WithParamInterface<const char*> {};

TEST_P(Enumeration, IsWhatIsMatched) {
  const std::string file = "osv/" + std::string(GetParam()) + "/all.zip";
  if (!load({file})) GTEST_SKIP() << "the real feeds are not at hand";
  Enumerated enumerated;
  std::set<std::pair<PackageName, std::string>> incomplete;
  read_enumerated(real_feed(file), enumerated, incomplete);
  // By vulnerability: the records of one are one for us.
  std::map<PackageName, std::map<std::uint32_t, std::set<std::string>>> expected;
  std::set<std::pair<PackageName, std::uint32_t>> open;
  for (const auto& [name, id] : incomplete) {
    for (const std::uint32_t one : snapshot_->find(id)) open.insert({name, one});
  }
  std::vector<PackageName> names;
  for (const auto& [name, records] : enumerated) {
    if (name.first != GetParam()) continue;
    std::set<std::string> versions;
    for (const auto& [id, affected] : records) {
      versions.insert(affected.begin(), affected.end());
      for (const std::uint32_t one : snapshot_->find(id)) {
        expected[name][one].insert(affected.begin(), affected.end());
      }
    }
    for (const std::string& version : versions) {
      if (!version::scheme_of_ecosystem(name.first)->key(version)) continue;
      // Behind a hyphen stands the platform; jquery-rails has npm's versions in its lists.
      if (name.first == "RubyGems" && version.find('-') != std::string::npos) continue;
      install(name.first, name.second, version);
      names.push_back(name);
    }
  }
  std::set<std::pair<std::size_t, std::uint32_t>> found;
  for (const Match& one : match(inventory_, *snapshot_, {}).matches) {
    for (const AffectedPackage& affected : one.packages) {
      found.insert({affected.package, one.vulnerability});
    }
  }
  std::size_t compared = 0;
  std::size_t missed = 0;
  std::size_t beyond = 0;
  for (std::size_t i = 0; i < inventory_.packages.size(); ++i) {
    for (const auto& [vulnerability, versions] : expected[names[i]]) {
      ++compared;
      const bool should = versions.contains(inventory_.packages[i].version);
      const bool is = found.contains({i, vulnerability});
      if (should == is || (is && open.contains({names[i], vulnerability}))) continue;
      ++(should ? missed : beyond);
      if (should && missed <= 20) {
        ADD_FAILURE() << names[i].second << " " << inventory_.packages[i].version << " "
                      << snapshot_->vulnerability_id(vulnerability) << " is missed";
      }
    }
  }
  EXPECT_GT(compared, 100U);
  std::cout << GetParam() << ": " << compared << " pairs compared, " << missed << " missed, "
            << beyond << " in the ranges alone\n";
  // Withdrawn releases stand in no list, but the ranges hold them: by the schema they are affected.
  EXPECT_LT(beyond * 100, compared);
}

INSTANTIATE_TEST_SUITE_P(Osv, Enumeration,
                         testing::Values("PyPI", "Maven", "NuGet", "Packagist", "RubyGems"));

}  // namespace
}  // namespace vigil::match
