// For tests of whole updates: a directory of feeds written by hand, and the snapshot made of it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "intel/snapshot.h"
#include "intel/update.h"

namespace vigil::intel::testing {

/// An OSV record that says: fixed in this version.
std::string osv_record(std::string_view id, std::string_view ecosystem, std::string_view package,
                       std::string_view fixed);
/// A Debian tracker document: bookworm's `package` is fixed in this version.
std::string tracker_json(std::string_view package, std::string_view cve, std::string_view fixed);
/// The catalogue of known exploited vulnerabilities with one entry.
std::string kev_json(std::string_view cve);
/// EPSS scores of one CVE.
std::string epss_csv(std::string_view cve, std::string_view score);

/// Containers as their specifications have them, without compression: RFC 1952 and 1951 section
/// 3.2.4; APPNOTE.TXT 4.3.
std::string gzip(std::string_view content);
std::string zip(const std::vector<std::pair<std::string, std::string>>& files);
/// A Zstandard frame (RFC 8878): `head`, then `count` times 128 KiB of one byte, each in four bytes.
std::string zstd_of_one_byte(std::string_view head, char byte, std::size_t count);

/// A directory for feeds and one for the snapshot, gone after the test.
class Updates : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  /// Writes a file below the feeds' directory.
  void put(const std::string& name, std::string_view content) const;
  void remove(const std::string& name) const;
  [[nodiscard]] std::string feed_path(const std::string& name) const;

  [[nodiscard]] UpdateOptions options() const;
  /// An update that must succeed.
  UpdateReport updated(std::vector<std::string> feeds = {}) const;
  /// The text of the error of an update that must fail.
  std::string update_error() const;
  [[nodiscard]] Snapshot open() const;

  /// "Debian:12 openssl" of each changed package.
  static std::vector<std::string> changed(const UpdateReport& report);
  /// "Debian:12 openssl CVE-2024-0001" of every row, in the order of the snapshot.
  [[nodiscard]] std::vector<std::string> rows() const;
  static std::vector<std::string> rows(const Snapshot& snapshot);
  /// Names in the directory of the snapshot and of its segments that hold ".tmp.".
  [[nodiscard]] std::vector<std::string> temporary_files() const;

  std::string directory_;
  std::string feeds_;
  std::string snapshot_;
};

}  // namespace vigil::intel::testing
