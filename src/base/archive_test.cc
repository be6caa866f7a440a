#include "base/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace vigil::base {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

/// Builds an archive in memory with libarchive's writers.
std::string pack(const Files& files, int (*format)(archive*), int (*filter)(archive*)) {
  std::string out(std::size_t{8} << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  format(writer);
  filter(writer);
  archive_write_set_bytes_per_block(writer, 0);
  EXPECT_EQ(archive_write_open_memory(writer, out.data(), out.size(), &used), ARCHIVE_OK);
  for (const auto& [name, content] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    const bool directory = name.ends_with('/');
    archive_entry_set_filetype(entry, directory ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK) << archive_error_string(writer);
    EXPECT_EQ(archive_write_data(writer, content.data(), content.size()),
              static_cast<la_ssize_t>(content.size()));
    archive_entry_free(entry);
  }
  EXPECT_EQ(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

std::string compress(const std::string& content, int (*filter)(archive*)) {
  return pack({{"x", content}}, archive_write_set_format_raw, filter);
}

struct Outcome {
  Files files;
  std::string error;
  ErrorCode code = ErrorCode::Invalid;
};

Outcome unpack(std::string_view bytes, const std::string& name = "feed.bin",
               const ArchiveLimits& limits = {}) {
  Outcome outcome;
  const auto result =
      for_each_entry_in(bytes, name, limits, [&](ArchiveEntry& entry) -> Result<void> {
        VIGIL_TRY(std::string content, read_all(entry.content, std::uint64_t{1} << 30));
        EXPECT_EQ(entry.size.value_or(content.size()), content.size());
        outcome.files.emplace_back(entry.name, std::move(content));
        return ok();
      });
  if (!result) {
    outcome.error = result.error().text();
    outcome.code = result.error().code;
  }
  return outcome;
}

/// Text that neither compresses to nothing nor repeats.
std::string noise(std::size_t size) {
  std::string out;
  std::uint64_t state = 1;
  while (out.size() < size) {
    state = state * 6364136223846793005 + 1442695040888963407;
    out += std::to_string(state >> 40) + ",";
  }
  out.resize(size);
  return out;
}

struct Compression {
  const char* suffix;
  int (*filter)(archive*);
};
const Compression kCompressions[] = {{".gz", archive_write_add_filter_gzip},
                                     {".bz2", archive_write_add_filter_bzip2},
                                     {".xz", archive_write_add_filter_xz},
                                     {".zst", archive_write_add_filter_zstd},
                                     {".lz4", archive_write_add_filter_lz4}};

TEST(Archive, APlainFileIsOneEntry) {
  EXPECT_EQ(unpack("{}", "/some/where/kev.json").files, (Files{{"kev.json", "{}"}}));
  EXPECT_EQ(unpack("", "empty").files, (Files{{"empty", ""}}));
  EXPECT_EQ(unpack("", "empty").error, "");
  // A name that lies about the content changes nothing.
  EXPECT_EQ(unpack("BZhistory", "a.bz2").files, (Files{{"a.bz2", "BZhistory"}}));
}

TEST(Archive, ACompressedFileIsOneEntryWithoutTheSuffix) {
  const std::string content = noise(300'000);
  for (const auto& [suffix, filter] : kCompressions) {
    const Outcome outcome = unpack(compress(content, filter), std::string("dir/oval.xml") + suffix);
    EXPECT_EQ(outcome.error, "") << suffix;
    EXPECT_EQ(outcome.files, (Files{{"oval.xml", content}})) << suffix;
  }
}

TEST(Archive, ACompressedEmptyFileIsAnEmptyEntry) {
  // libarchive 3.6 cannot write an LZ4 frame without content (it reads through a null pointer): what
  // the tool lz4 writes is a descriptor, the end mark and the checksum of nothing.
  const std::string empty_lz4("\x04\x22\x4D\x18\x64\x40\xA7\0\0\0\0\x05\x5D\xCC\x02", 15);
  for (const auto& [suffix, filter] : kCompressions) {
    const bool is_lz4 = std::string_view(suffix) == ".lz4";
    const Outcome outcome =
        unpack(is_lz4 ? empty_lz4 : compress("", filter), std::string("a") + suffix);
    EXPECT_EQ(outcome.error, "") << suffix;
    EXPECT_EQ(outcome.files, (Files{{"a", ""}})) << suffix;
  }
}

TEST(Archive, CompressedStreamsOneAfterTheOtherAreOne) {
  for (const auto& [suffix, filter] : kCompressions) {
    const Outcome outcome = unpack(compress("one ", filter) + compress("two", filter), "x");
    EXPECT_EQ(outcome.files, (Files{{"x", "one two"}})) << suffix << outcome.error;
  }
}

TEST(Archive, EveryRegularFileOfAZipOnceInOrder) {
  const Files files = {
      {"b.json", "{\"b\":1}"}, {"dir/", ""}, {"dir/a.json", noise(200'000)}, {"e", ""}};
  const Outcome outcome =
      unpack(pack(files, archive_write_set_format_zip, archive_write_add_filter_none), "all.zip");
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.files, (Files{files[0], files[2], files[3]}));
}

TEST(Archive, EveryRegularFileOfATarOnceInOrder) {
  const Files files = {
      {"b.json", "{\"b\":1}"}, {"dir/", ""}, {std::string(200, 'n'), noise(200'000)}, {"e", ""}};
  for (const auto format : {archive_write_set_format_ustar, archive_write_set_format_pax,
                            archive_write_set_format_gnutar}) {
    Files those = files;
    if (format == archive_write_set_format_ustar) those[2].first = "short";
    const Files expected = {those[0], those[2], those[3]};
    EXPECT_EQ(unpack(pack(those, format, archive_write_add_filter_none)).files, expected);
    for (const auto& [suffix, filter] : kCompressions) {
      const Outcome outcome = unpack(pack(those, format, filter), std::string("all.tar") + suffix);
      EXPECT_EQ(outcome.error, "") << suffix;
      EXPECT_EQ(outcome.files, expected) << suffix;
    }
  }
}

TEST(Archive, EveryCutOfACompressedFileIsAnError) {
  const std::string content = noise(3'000);
  for (const auto& [suffix, filter] : kCompressions) {
    const std::string whole = compress(content, filter);
    for (std::size_t length = 8; length < whole.size(); ++length) {
      EXPECT_NE(unpack(std::string_view(whole).substr(0, length)).error, "") << suffix << length;
    }
  }
}

TEST(Archive, EveryCutOfAnArchiveIsAnError) {
  const Files files = {{"a", noise(700)}, {"b", ""}, {"c", std::string(1024, '\0')}};
  const std::string zip = pack(files, archive_write_set_format_zip, archive_write_add_filter_none);
  for (std::size_t length = 4; length < zip.size(); ++length) {
    EXPECT_NE(unpack(std::string_view(zip).substr(0, length)).error, "") << length;
  }
  // A tar ends with blocks of zeros, which only its reader tells from data; the second one says
  // nothing new, so a cut after the first is whole.
  const std::string tar =
      pack(files, archive_write_set_format_ustar, archive_write_add_filter_none);
  const std::size_t end = 512 + 1024 + 512 + 512 + 1024;
  ASSERT_EQ(unpack(std::string_view(tar).substr(0, end + 512)).error, "");
  for (std::size_t length = 512; length <= end; ++length) {
    EXPECT_NE(unpack(std::string_view(tar).substr(0, length)).error, "") << length;
  }
  for (const auto& [suffix, filter] : kCompressions) {
    const std::string packed = pack(files, archive_write_set_format_ustar, filter);
    for (std::size_t length = 8; length < packed.size(); ++length) {
      EXPECT_NE(unpack(std::string_view(packed).substr(0, length)).error, "") << suffix << length;
    }
  }
}

TEST(Archive, ADamagedZipEntryIsAnErrorForWhoReadsIt) {
  const Files files = {{"a", noise(2000)}, {"b", "x"}};
  std::string zip = pack(files, archive_write_set_format_zip, archive_write_add_filter_none);
  zip[200] = static_cast<char>(zip[200] ^ 1);
  EXPECT_NE(unpack(zip, "all.zip").error.find("all.zip: "), std::string::npos);
  const auto skipping = for_each_entry_in(zip, "all.zip", {}, [](ArchiveEntry&) { return ok(); });
  EXPECT_TRUE(skipping) << skipping.error().text();
}

TEST(Archive, AnOverlookedReadErrorStillCounts) {
  std::string zip =
      pack({{"a", noise(2000)}}, archive_write_set_format_zip, archive_write_add_filter_none);
  zip[200] = static_cast<char>(zip[200] ^ 1);
  EXPECT_FALSE(for_each_entry_in(zip, "x", {}, [](ArchiveEntry& entry) {
    (void)read_all(entry.content, 1 << 20);
    return ok();
  }));
}

TEST(Archive, VisitorsMayLeaveEntriesUnread) {
  const Files files = {{"a", noise(100'000)}, {"b", noise(100'000)}, {"c", "last"}};
  for (const auto& bytes :
       {pack(files, archive_write_set_format_zip, archive_write_add_filter_none),
        pack(files, archive_write_set_format_ustar, archive_write_add_filter_gzip)}) {
    std::string names;
    const auto result = for_each_entry_in(bytes, "x", {}, [&](ArchiveEntry& entry) -> Result<void> {
      names += entry.name;
      if (entry.name == "b") {
        VIGIL_TRY(const std::string head, read_prefix(entry.content, 10));
        EXPECT_EQ(head, files[1].second.substr(0, 10));
      }
      if (entry.name == "c") {
        VIGIL_TRY(const std::string all, read_all(entry.content, 100));
        EXPECT_EQ(all, "last");
      }
      return ok();
    });
    EXPECT_TRUE(result) << result.error().text();
    EXPECT_EQ(names, "abc");
  }
}

TEST(Archive, StopsAtTheLimits) {
  const Files files = {{"a", std::string(5000, 'a')}, {"b", std::string(5000, 'b')}};
  const std::string zip = pack(files, archive_write_set_format_zip, archive_write_add_filter_none);
  const std::string tar = pack(files, archive_write_set_format_ustar, archive_write_add_filter_xz);
  for (const std::string& bytes : {zip, tar}) {
    EXPECT_EQ(unpack(bytes, "x", {.entry_bytes = 5000}).error, "");
    EXPECT_EQ(unpack(bytes, "x", {.entry_bytes = 4999}).code, ErrorCode::TooLarge);
    EXPECT_EQ(unpack(bytes, "x", {.total_bytes = 9999}).code, ErrorCode::TooLarge);
    EXPECT_EQ(unpack(bytes, "x", {.entries = 2}).error, "");
    EXPECT_EQ(unpack(bytes, "x", {.entries = 1}).code, ErrorCode::TooLarge);
  }
  EXPECT_EQ(unpack(zip, "x", {.total_bytes = 10'000}).error, "");
  EXPECT_EQ(unpack("abc", "x", {.entry_bytes = 2}).code, ErrorCode::TooLarge);
}

TEST(Archive, StopsABomb) {
  // 80 MiB of zeros in some kilobytes: past 64 MiB the ratio counts.
  const std::string zeros(std::size_t{80} << 20, '\0');
  const std::string bomb = compress(zeros, archive_write_add_filter_zstd);
  ASSERT_LT(bomb.size(), 20'000U);
  const Outcome outcome = unpack(bomb, "x");
  EXPECT_EQ(outcome.code, ErrorCode::TooLarge);
  EXPECT_NE(outcome.error.find("1,000 times"), std::string::npos) << outcome.error;
  EXPECT_EQ(unpack(bomb, "x", {.ratio = 1e9}).error, "");
}

TEST(Archive, HostileNamesAreOnlyLabels) {
  const std::string zip =
      pack({{"../../etc/passwd", "a"}, {"/abs", "b"}, {"caf\xC3\xA9", "c"}, {"\xFF\xFE", "d"}},
           archive_write_set_format_zip, archive_write_add_filter_none);
  const Outcome outcome = unpack(zip);
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(
      outcome.files,
      (Files{{"../../etc/passwd", "a"}, {"/abs", "b"}, {"caf\xC3\xA9", "c"}, {"\xFF\xFE", "d"}}));
}

TEST(Archive, SaysWhichFileCannotBeOpened) {
  const auto missing = for_each_entry("/nonexistent/x.zip", {}, [](ArchiveEntry&) { return ok(); });
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  EXPECT_EQ(missing.error().text(), "/nonexistent/x.zip: cannot open: No such file or directory");
  const auto device = for_each_entry("/dev/zero", {}, [](ArchiveEntry&) { return ok(); });
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error().text(), "/dev/zero: not a regular file");
}

}  // namespace
}  // namespace vigil::base
