#include "intel/update.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <tuple>

#include "base/file.h"
#include "intel/testing/updates_test.h"

namespace vigil::intel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace testing;  // NOLINT(google-build-using-namespace): the fixture's makers

using Update = testing::Updates;

constexpr const char* kOpenssl = "CVE-2024-0001";
constexpr const char* kLodash = "CVE-2024-0002";

/// Changes whenever the file is written or replaced.
auto state_of(const std::string& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return std::tuple(status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

class UpdateOfFour : public Updates {
 protected:
  void SetUp() override {
    Updates::SetUp();
    put("tracker.json", tracker_json("openssl", kOpenssl, "3.0.11-1"));
    put("osv/npm.json", osv_record(kLodash, "npm", "lodash", "4.17.21"));
    put("kev.json", kev_json(kLodash));
    put("epss.csv", epss_csv(kOpenssl, "0.5"));
  }
};

TEST_F(UpdateOfFour, BuildsASnapshotOfAllOfThem) {
  const UpdateReport report = updated();
  EXPECT_FALSE(report.unchanged);
  EXPECT_EQ(report.files_read, 4U);
  EXPECT_EQ(report.files_reused, 0U);
  EXPECT_EQ(report.files_strange, 0U);
  EXPECT_THAT(report.failed, IsEmpty());
  EXPECT_THAT(changed(report), ElementsAre("Debian:12 openssl", "npm lodash"));
  EXPECT_THAT(rows(), ElementsAre("Debian:12 openssl CVE-2024-0001", "npm lodash CVE-2024-0002"));
  const Snapshot snapshot = open();
  EXPECT_EQ(snapshot.stamp(), report.stamp);
  EXPECT_DOUBLE_EQ(snapshot.epss(kOpenssl).value().score, 0.5);
  EXPECT_TRUE(snapshot.vulnerability(snapshot.find(kLodash).at(0))->known_exploited);
}

TEST_F(UpdateOfFour, SecondTimeNothingIsReadAndNothingWritten) {
  const std::string stamp = updated().stamp;
  const auto before = state_of(snapshot_);
  const UpdateReport again = updated();
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.files_read, 0U);
  EXPECT_EQ(again.files_reused, 4U);
  EXPECT_EQ(again.stamp, stamp);
  EXPECT_THAT(changed(again), IsEmpty());
  EXPECT_EQ(state_of(snapshot_), before);
}

TEST_F(UpdateOfFour, ChangedFileAloneIsReadAndItsPackagesAloneChange) {
  updated();
  put("osv/npm.json", osv_record(kLodash, "npm", "lodash", "4.17.22"));
  const UpdateReport report = updated();
  EXPECT_EQ(report.files_read, 1U);
  EXPECT_EQ(report.files_reused, 3U);
  EXPECT_THAT(changed(report), ElementsAre("npm lodash"));
}

TEST_F(UpdateOfFour, NewScoreChangesNoPackage) {
  updated();
  put("epss.csv", epss_csv(kOpenssl, "0.7"));
  const UpdateReport report = updated();
  EXPECT_FALSE(report.unchanged);
  EXPECT_EQ(report.files_read, 1U);
  EXPECT_DOUBLE_EQ(open().epss(kOpenssl).value().score, 0.7);
}

TEST_F(UpdateOfFour, RemovedFileTakesItsDataWithIt) {
  updated();
  remove("tracker.json");
  const UpdateReport report = updated();
  EXPECT_EQ(report.files_read, 0U);
  EXPECT_THAT(changed(report), ElementsAre("Debian:12 openssl"));
  EXPECT_THAT(rows(), ElementsAre("npm lodash CVE-2024-0002"));
  EXPECT_THAT(open().sources(), SizeIs(3));
}

TEST_F(UpdateOfFour, SegmentsOfWhatIsGoneAreRemoved) {
  updated();
  put("tracker.json", tracker_json("openssl", kOpenssl, "3.0.12-1"));
  remove("kev.json");
  updated();
  std::size_t segments = 0;
  for (const auto& entry : std::filesystem::directory_iterator(snapshot_ + ".segments"))
    segments += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(segments, 3U);
}

TEST_F(UpdateOfFour, SourceFilterRefreshesThatFeedAndKeepsTheOthers) {
  updated();
  put("tracker.json", tracker_json("openssl", kOpenssl, "3.0.12-1"));
  put("osv/npm.json", osv_record(kLodash, "npm", "lodash", "4.17.22"));
  const UpdateReport report = updated({"osv"});
  EXPECT_EQ(report.files_read, 1U);
  EXPECT_THAT(changed(report), ElementsAre("npm lodash"));
  EXPECT_THAT(rows(), SizeIs(2));
  EXPECT_THAT(changed(updated()), ElementsAre("Debian:12 openssl")) << "without the filter";
}

TEST_F(UpdateOfFour, SourceFilterKeepsOtherFeedsWhoseFilesAreElsewhere) {
  updated();
  remove("tracker.json");
  remove("epss.csv");
  put("osv/npm.json", osv_record(kLodash, "npm", "lodash", "4.17.22"));
  EXPECT_THAT(changed(updated({"osv"})), ElementsAre("npm lodash"));
  EXPECT_THAT(rows(), SizeIs(2));
  EXPECT_TRUE(open().epss(kOpenssl).has_value());
  EXPECT_TRUE(updated({"osv"}).unchanged);
}

TEST_F(UpdateOfFour, SourceFilterOfTheFirstUpdateLeavesOthersOut) {
  EXPECT_THAT(changed(updated({"debian-tracker"})), ElementsAre("Debian:12 openssl"));
  EXPECT_THAT(open().sources(), SizeIs(1));
}

TEST_F(UpdateOfFour, LostSegmentsAreMadeAnew) {
  updated();
  std::filesystem::remove_all(snapshot_ + ".segments");
  EXPECT_TRUE(updated().unchanged) << "the snapshot itself says what it holds";
  put("kev.json", kev_json(kOpenssl));
  EXPECT_THAT(updated().failed, IsEmpty());
  EXPECT_THAT(rows(), SizeIs(2));
  EXPECT_TRUE(updated().unchanged);
}

TEST_F(UpdateOfFour, DamagedSegmentIsMadeAnew) {
  updated();
  for (const auto& entry : std::filesystem::directory_iterator(snapshot_ + ".segments")) {
    std::ofstream(entry.path(), std::ios::binary) << "VIGILSEG";
  }
  put("kev.json", kev_json(kOpenssl));
  EXPECT_THAT(updated().failed, IsEmpty());
  EXPECT_THAT(rows(), SizeIs(2));
}

TEST_F(UpdateOfFour, DamagedSnapshotIsBuiltAgain) {
  updated();
  std::ofstream(snapshot_, std::ios::binary) << "VIGILINT damaged";
  const UpdateReport report = updated();
  EXPECT_FALSE(report.unchanged);
  EXPECT_THAT(rows(), SizeIs(2));
}

TEST_F(Update, FolderWithOneOsvRecordIsEnough) {
  put("GHSA-aaaa-bbbb-cccc.json", osv_record("GHSA-aaaa-bbbb-cccc", "PyPI", "requests", "2.31.0"));
  updated();
  EXPECT_THAT(rows(), ElementsAre("PyPI requests GHSA-aaaa-bbbb-cccc"));
}

TEST_F(Update, FilesAreRecognisedByContentWhateverTheirNames) {
  put("a.txt", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  put("deep/down/b", gzip(osv_record(kLodash, "npm", "lodash", "4.17.21")));
  put("c.json.gz", zip({{"one", osv_record("CVE-2024-0003", "PyPI", "requests", "2.31.0")},
                        {"README", "not intelligence"},
                        {"two.csv", epss_csv(kOpenssl, "0.5")}}));
  put("d.csv", kev_json(kLodash));
  put("notes.md", "# nothing of use\n");
  put("empty", "");
  const UpdateReport report = updated();
  EXPECT_EQ(report.files_read, 6U);
  EXPECT_EQ(report.files_strange, 2U);
  EXPECT_THAT(report.failed, IsEmpty());
  EXPECT_THAT(rows(), ElementsAre("Debian:12 openssl CVE-2024-0001", "PyPI requests CVE-2024-0003",
                                  "npm lodash CVE-2024-0002"));
  EXPECT_TRUE(open().epss(kOpenssl).has_value());
  EXPECT_TRUE(updated().unchanged);
}

TEST_F(Update, SameContentUnderTwoNamesCountsOnce) {
  put("a.json", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  put("b.json", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  EXPECT_EQ(updated().files_read, 1U);
  EXPECT_THAT(open().sources(), SizeIs(1));
  EXPECT_THAT(rows(), SizeIs(1));
  EXPECT_TRUE(updated().unchanged);
  remove("a.json");
  const UpdateReport renamed = updated();
  EXPECT_EQ(renamed.files_read, 0U);
  EXPECT_THAT(changed(renamed), IsEmpty());
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_F(Update, HiddenFilesAndDownloadBookkeepingAreNoFeeds) {
  put("tracker.json", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  put(".hidden/kev.json", kev_json(kLodash));
  put("kev.json.part", kev_json(kLodash));
  put("kev.json.validators", "\"etag\"\n\n");
  EXPECT_EQ(updated().files_read, 1U);
}

TEST_F(Update, LinksThatLeadInCirclesAreFollowedOnce) {
  put("a/tracker.json", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  std::filesystem::create_directory_symlink("..", feed_path("a/up"));
  std::filesystem::create_directory_symlink(".", feed_path("a/here"));
  std::filesystem::create_directory_symlink("../a", feed_path("a/again"));
  std::filesystem::create_symlink("nowhere", feed_path("dangling"));
  EXPECT_EQ(updated().files_read, 1U);
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_F(Update, DirectoryWithoutIntelligenceIsAnErrorAndTheOldStays) {
  EXPECT_THAT(update_error(), HasSubstr("no file holds vulnerability intelligence"));
  put("tracker.json", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  updated();
  remove("tracker.json");
  put("notes", "nothing");
  EXPECT_THAT(update_error(), HasSubstr("no file holds vulnerability intelligence"));
  EXPECT_THAT(rows(), SizeIs(1));
  std::filesystem::remove_all(feeds_);
  EXPECT_THAT(update_error(), HasSubstr("cannot read the directory"));
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_F(Update, FileThatNoFeedRecognisesAnyMoreKeepsItsEarlierContent) {
  put("feed.json", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  updated();
  put("feed.json", "<html><body>Log in to this network</body></html>");
  const UpdateReport report = updated();
  ASSERT_THAT(report.failed, SizeIs(1));
  EXPECT_TRUE(report.failed[0].kept);
  EXPECT_THAT(report.failed[0].failure, HasSubstr("no feed recognises it any more"));
  EXPECT_THAT(rows(), SizeIs(1));
  EXPECT_TRUE(updated().unchanged);
  put("feed.json", tracker_json("openssl", kOpenssl, "3.0.12-1"));
  EXPECT_THAT(updated().failed, IsEmpty());
}

TEST_F(Update, NameThatIsNotUtf8IsABadRecord) {
  std::string two = tracker_json("open\xFF\xC0ssl", kOpenssl, "3.0.11-1");
  two.back() = ',';
  put("tracker.json", two + tracker_json("curl", kOpenssl, "7.88.1-10").substr(1));
  EXPECT_THAT(updated().failed, IsEmpty());
  EXPECT_THAT(rows(), ElementsAre("Debian:12 curl CVE-2024-0001"));
  EXPECT_THAT(open().sources().at(0).feeds.at(0).problem_examples,
              ElementsAre(HasSubstr("not UTF-8")));
}

TEST_F(Update, OneBadRecordIsCountedNamedAndSkipped) {
  put("all.zip", zip({{"good.json", osv_record(kLodash, "npm", "lodash", "4.17.21")},
                      {"bad.json", R"({"id":"GHSA-bad","modified":"2024-05-01T00:00:00Z",)"
                                   R"("affected":[{"package":{"ecosystem":"npm"}})"},
                      {"fine.json", osv_record(kOpenssl, "npm", "express", "4.0.0")}}));
  const UpdateReport report = updated();
  EXPECT_THAT(report.failed, IsEmpty());
  EXPECT_THAT(rows(), SizeIs(2));
  const Snapshot snapshot = open();
  const FeedCount& count = snapshot.sources().at(0).feeds.at(0);
  EXPECT_EQ(count.problems, 1U);
  EXPECT_THAT(count.problem_examples, ElementsAre(HasSubstr("bad")));
}

/// What is wrong with a file, and a word of the message.
struct Broken {
  const char* name;
  std::string (*content)();
  const char* says;
};

std::string twice(std::string text) {
  return text + text;
}

void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.name;
}

class UpdateWithABrokenFile : public Updates, public ::testing::WithParamInterface<Broken> {};

TEST_P(UpdateWithABrokenFile, KeepsItsEarlierContentAndSaysWhy) {
  put("first", osv_record(kLodash, "npm", "lodash", "4.17.21"));
  put("second", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  updated();
  const auto before = rows();
  put("second", GetParam().content());
  put("third", osv_record("CVE-2024-0003", "PyPI", "requests", "2.31.0"));
  const UpdateReport report = updated();
  ASSERT_THAT(report.failed, SizeIs(1));
  EXPECT_EQ(report.failed[0].label, "second");
  EXPECT_TRUE(report.failed[0].kept);
  EXPECT_THAT(report.failed[0].failure, HasSubstr(GetParam().says));
  EXPECT_THAT(changed(report), ElementsAre("PyPI requests")) << "the rest is loaded";
  EXPECT_THAT(rows(), ElementsAre("Debian:12 openssl CVE-2024-0001", "PyPI requests CVE-2024-0003",
                                  "npm lodash CVE-2024-0002"));
  const Snapshot snapshot = open();
  EXPECT_TRUE(snapshot.sources().at(1).kept);
  EXPECT_THAT(snapshot.sources().at(1).failure, HasSubstr(GetParam().says));
  const UpdateReport again = updated();
  EXPECT_TRUE(again.unchanged);
  EXPECT_THAT(again.failed, SizeIs(1)) << "it is said every time";
  put("second", tracker_json("openssl", kOpenssl, "3.0.11-1"));
  EXPECT_THAT(updated().failed, IsEmpty()) << "when it is whole again";
  EXPECT_FALSE(open().sources().at(1).kept);
}

TEST_P(UpdateWithABrokenFile, LeavesItOutWithoutEarlierContent) {
  put("first", osv_record(kLodash, "npm", "lodash", "4.17.21"));
  put("second", GetParam().content());
  const UpdateReport report = updated();
  ASSERT_THAT(report.failed, SizeIs(1));
  EXPECT_EQ(report.failed[0].label, "second");
  EXPECT_FALSE(report.failed[0].kept);
  EXPECT_THAT(report.failed[0].failure, HasSubstr(GetParam().says));
  EXPECT_THAT(rows(), ElementsAre("npm lodash CVE-2024-0002"));
}

TEST_P(UpdateWithABrokenFile, AloneItIsAnErrorThatSaysWhy) {
  put("second", GetParam().content());
  EXPECT_THAT(update_error(), HasSubstr(GetParam().says));
  EXPECT_FALSE(base::exists(snapshot_));
}

const Broken kBroken[] = {
    {"TruncatedGzip",
     [] {
       const std::string whole = gzip(tracker_json("openssl", kOpenssl, "3.0.11-1"));
       return whole.substr(0, whole.size() - 12);
     },
     "second"},
    {"ZipWithAWrongByte",
     [] {
       std::string whole = zip({{"a.json", osv_record(kOpenssl, "npm", "a", "1")}});
       const std::size_t at = whole.find("More of it");
       whole[at] = static_cast<char>(whole[at] ^ 1);
       return whole;
     },
     "second"},
    {"HalfAZip",
     [] {
       const std::string whole = zip({{"a.json", osv_record(kOpenssl, "npm", "a", "1")}});
       return whole.substr(0, whole.size() / 2);
     },
     "second"},
    {"HalfAJson",
     [] {
       const std::string whole = tracker_json("openssl", kOpenssl, "3.0.11-1");
       return whole.substr(0, whole.size() - 20);
     },
     "second"},
    {"TwoDocumentsInOne", [] { return twice(tracker_json("openssl", kOpenssl, "3.0.11-1")); },
     "second"},
    {"DecompressionBomb",
     [] {
       std::string head = tracker_json("openssl", kOpenssl, "3.0.11-1");
       head.pop_back();
       return zstd_of_one_byte(head, ' ', 16384);  // 2 GiB of 64 KiB
     },
     "expand"},
    {"EndlessString",
     [] {
       std::string head = tracker_json("openssl", kOpenssl, "3.0.11-1");
       head.pop_back();
       return head + R"(,"curl":{"CVE-2024-0009":{"description":")" + std::string(100'000'000, 'a');
     },
     "'curl'"},
};

INSTANTIATE_TEST_SUITE_P(Update, UpdateWithABrokenFile, ::testing::ValuesIn(kBroken),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace vigil::intel
