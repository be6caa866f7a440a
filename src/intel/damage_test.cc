// Snapshots of which bits have changed or ends are missing.
#include <cstring>
#include <fstream>
#include <string>

#include "base/file.h"
#include "base/hash.h"
#include "intel/checksum.h"
#include "intel/testing/snapshot_walk.h"
#include "intel/testing/updates_test.h"

namespace vigil::intel {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using namespace testing;  // NOLINT(google-build-using-namespace): the fixture's makers

class Damage : public testing::Updates {
 protected:
  void SetUp() override {
    Updates::SetUp();
    put("tracker.json", tracker_json("openssl", "CVE-2024-0001", "3.0.11-1"));
    put("npm.json", osv_record("GHSA-aaaa-bbbb-cccc", "npm", "lodash", "4.17.21"));
    put("epss.csv", epss_csv("CVE-2024-0001", "0.5"));
    put("kev.json", kev_json("CVE-2024-0001"));
    updated();
    good_ = base::read_file(snapshot_, 1 << 20).value();
    path_ = directory_ + "/damaged";
  }

  /// Opens these bytes; nobody has checked them before.
  [[nodiscard]] Result<Snapshot> opened(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary) << bytes;
    return Snapshot::open(path_);
  }
  [[nodiscard]] std::string error_of(const std::string& bytes) const {
    const auto snapshot = opened(bytes);
    return snapshot ? "no error" : snapshot.error().text();
  }

  /// The damage of somebody who knows the format.
  static std::string with_right_checksum(std::string bytes) {
    layout::Header header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    base::Xxh3 hash;
    hash.update(std::string_view(bytes).substr(sizeof header));
    header.checksum = snapshot_checksum(hash, header);
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
  }

  std::string good_;
  std::string path_;
};

TEST_F(Damage, FlippedBitAnywhereIsRefused) {
  ASSERT_TRUE(opened(good_));
  for (std::size_t at = 0; at < good_.size(); ++at) {
    std::string bytes = good_;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    ASSERT_THAT(error_of(bytes), AnyOf(HasSubstr("damaged"), HasSubstr("cut short"),
                                       HasSubstr("not a snapshot"), HasSubstr("has format")))
        << at;
  }
}

TEST_F(Damage, CutAtAnyLengthIsRefused) {
  for (std::size_t length = 0; length < good_.size(); ++length) {
    ASSERT_THAT(error_of(good_.substr(0, length)),
                AnyOf(HasSubstr("cut short"), HasSubstr("not a snapshot")))
        << length;
  }
  EXPECT_THAT(error_of(good_ + '\0'), HasSubstr("cut short"));
}

TEST_F(Damage, AnotherFormatIsNamedAndWhatToDo) {
  std::string bytes = good_;
  bytes[offsetof(layout::Header, format)] = 7;
  const auto snapshot = opened(bytes);
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(snapshot.error().text(), HasSubstr("has format 7, this program reads format 3"));
  EXPECT_THAT(snapshot.error().text(), HasSubstr("vigil intel update"));
}

TEST_F(Damage, UpdateReplacesASnapshotOfAnotherFormat) {
  std::string bytes = good_;
  bytes[offsetof(layout::Header, format)] = 7;
  ASSERT_TRUE(base::write_file_atomically(snapshot_, bytes));
  EXPECT_FALSE(updated().unchanged);
  EXPECT_EQ(rows().size(), 2U);
}

TEST_F(Damage, WithARightChecksumTooEveryAnswerStaysInsideTheFile) {
  std::size_t readable = 0;
  for (std::size_t at = 16; at < good_.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string bytes = good_;
      bytes[at] = static_cast<char>(bytes[at] ^ change);
      const auto snapshot = opened(with_right_checksum(std::move(bytes)));
      if (!snapshot) continue;
      ++readable;
      ASSERT_GT(walk(*snapshot), 0U) << at;
    }
  }
  EXPECT_GT(readable, good_.size()) << "the checksum is right, so most of them open";
}

}  // namespace
}  // namespace vigil::intel
