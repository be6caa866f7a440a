#include "intel/testing/updates_test.h"

#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "base/file.h"

namespace vigil::intel::testing {
namespace {

namespace fs = std::filesystem;

std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = ~std::uint32_t{0};
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

}  // namespace

std::string osv_record(std::string_view id, std::string_view ecosystem, std::string_view package,
                       std::string_view fixed) {
  return R"({"schema_version":"1.6.0","id":")" + std::string(id) +
         R"(","modified":"2024-05-01T00:00:00Z","summary":"a flaw","details":"More of it.",)"
         R"("affected":[{"package":{"ecosystem":")" +
         std::string(ecosystem) + R"(","name":")" + std::string(package) +
         R"("},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":")" +
         std::string(fixed) + R"("}]}]}]})";
}

std::string tracker_json(std::string_view package, std::string_view cve, std::string_view fixed) {
  return R"({")" + std::string(package) + R"(":{")" + std::string(cve) +
         R"(":{"description":"d","releases":{"bookworm":{"status":"resolved","fixed_version":")" +
         std::string(fixed) + R"(","urgency":"medium"}}}}})";
}

std::string kev_json(std::string_view cve) {
  return R"({"title":"t","catalogVersion":"2025.08.25","dateReleased":"2025-08-25T17:04:19.9796Z",)"
         R"("count":1,"vulnerabilities":[{"cveID":")" +
         std::string(cve) +
         R"(","vulnerabilityName":"A flaw","dateAdded":"2025-08-25","shortDescription":"d",)"
         R"("requiredAction":"Act.","dueDate":"2025-09-15","knownRansomwareCampaignUse":"Known"}]})";
}

std::string epss_csv(std::string_view cve, std::string_view score) {
  return "#model_version:v2022.01.01,score_date:2022-02-04T00:00:00+0000\ncve,epss,percentile\n" +
         std::string(cve) + "," + std::string(score) + ",0.9\n";
}

std::string gzip(std::string_view content) {
  std::string bytes("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10);
  std::string_view rest = content;
  do {
    const std::string_view block = rest.substr(0, 0xFFFF);
    rest.remove_prefix(block.size());
    bytes += rest.empty() ? '\1' : '\0';
    bytes += little(block.size(), 2) + little(~block.size() & 0xFFFF, 2) + std::string(block);
  } while (!rest.empty());
  return bytes + little(crc32(content), 4) + little(content.size(), 4);
}

std::string zip(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string bytes;
  std::string directory;
  for (const auto& [name, content] : files) {
    const std::string common = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) +
                               little(crc32(content), 4) + little(content.size(), 4) +
                               little(content.size(), 4) + little(name.size(), 2) + little(0, 2);
    directory += "PK\1\2" + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) +
                 little(0, 4) + little(bytes.size(), 4) + name;
    bytes += "PK\3\4" + common + name + content;
  }
  return bytes + directory + "PK\5\6" + little(0, 4) + little(files.size(), 2) +
         little(files.size(), 2) + little(directory.size(), 4) + little(bytes.size(), 4) +
         little(0, 2);
}

std::string zstd_of_one_byte(std::string_view head, char byte, std::size_t count) {
  constexpr std::uint64_t kBlock = 128 * 1024;
  // No checksum, no content size; a window of 128 KiB.
  std::string bytes = "\x28\xB5\x2F\xFD" + std::string(1, '\0') + '\x38';
  bytes += little(head.size() << 3, 3) + std::string(head);
  for (std::size_t i = 0; i < count; ++i) {
    bytes += little(kBlock << 3 | 1 << 1 | (i + 1 == count ? 1 : 0), 3) + byte;
  }
  return bytes;
}

void Updates::SetUp() {
  directory_ = ::testing::TempDir() + "vigil_update_" + std::to_string(::getpid());
  fs::remove_all(directory_);
  feeds_ = directory_ + "/feeds";
  snapshot_ = directory_ + "/home/intelligence";
  ASSERT_TRUE(base::make_directories(feeds_));
}

void Updates::TearDown() {
  fs::remove_all(directory_);
}

std::string Updates::feed_path(const std::string& name) const {
  return feeds_ + "/" + name;
}

void Updates::put(const std::string& name, std::string_view content) const {
  fs::create_directories(fs::path(feed_path(name)).parent_path());
  std::ofstream file(feed_path(name), std::ios::binary);
  file << content;
  ASSERT_TRUE(file.flush()) << name;
}

void Updates::remove(const std::string& name) const {
  ASSERT_TRUE(fs::remove(feed_path(name))) << name;
}

UpdateOptions Updates::options() const {
  UpdateOptions options;
  options.snapshot = snapshot_;
  options.directory = feeds_;
  options.now = 1'700'000'000;
  return options;
}

UpdateReport Updates::updated(std::vector<std::string> feeds) const {
  UpdateOptions these = options();
  these.feeds = std::move(feeds);
  auto report = update(these);
  EXPECT_TRUE(report) << report.error().text();
  EXPECT_TRUE(temporary_files().empty());
  return report.value_or(UpdateReport{});
}

std::string Updates::update_error() const {
  const auto report = update(options());
  return report ? "no error" : report.error().text();
}

Snapshot Updates::open() const {
  auto snapshot = Snapshot::open(snapshot_);
  EXPECT_TRUE(snapshot) << snapshot.error().text();
  return std::move(*snapshot);
}

std::vector<std::string> Updates::changed(const UpdateReport& report) {
  std::vector<std::string> keys;
  for (const PackageKey& key : report.changed) keys.push_back(key.ecosystem + " " + key.name);
  return keys;
}

std::vector<std::string> Updates::rows(const Snapshot& snapshot) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < snapshot.package_count(); ++i) {
    const Snapshot::PackageEntry package = snapshot.package(i);
    for (const Advisory advisory : package.advisories) {
      rows.push_back(std::string(package.ecosystem) + " " + std::string(package.name) + " " +
                     std::string(snapshot.vulnerability_id(advisory.vulnerability())));
    }
  }
  return rows;
}

std::vector<std::string> Updates::rows() const {
  return rows(open());
}

std::vector<std::string> Updates::temporary_files() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(directory_ + "/home", error)) {
    const std::string name = entry.path().filename().string();
    if (name.find(".tmp.") != std::string::npos) names.push_back(name);
  }
  return names;
}

}  // namespace vigil::intel::testing
