// The oracles are the ordinary tools: gzip, zstd and xz make what is read here.
#include "tree/decompress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <random>

#include "base/file.h"
#include "base/hash.h"

namespace vigil::tree {
namespace {

std::string sample(std::size_t size) {
  std::mt19937 random(4711);
  std::string text;
  while (text.size() < size) {
    text += "line " + std::to_string(random() % 1000) + "\n";
    if (random() % 50 == 0) text.append(random() % 5000, static_cast<char>(random()));
  }
  text.resize(size);
  return text;
}

/// What a command makes of bytes: nothing if there is no such command.
std::string through(const std::string& command, const std::string& bytes) {
  std::string folder = ::testing::TempDir() + "decompressXXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return {};
  std::ofstream(folder + "/in", std::ios::binary) << bytes;
  const std::string line = command + " < " + folder + "/in > " + folder + "/out 2>/dev/null";
  std::string out;
  if (std::system(line.c_str()) == 0) {
    if (auto read = base::read_file(folder + "/out", 1U << 30U)) out = std::move(*read);
  }
  std::system(("rm -r " + folder).c_str());
  return out;
}

struct Outcome {
  std::string content;
  std::string error;
  BlobDigests digests;
  Compression compression = Compression::None;
};

Outcome decompress(const std::string& stored, const DecompressOptions& options = {}) {
  base::StringInput input(stored);
  Decompressed stream(input, options);
  Outcome out;
  for (;;) {
    const auto block = stream.next();
    if (!block) {
      out.error = block.error().what;
      return out;
    }
    if (block->empty()) break;
    out.content += *block;
  }
  const auto digests = stream.finish();
  if (digests) out.digests = *digests;
  out.compression = stream.compression();
  return out;
}

struct Tool {
  const char* command;
  Compression compression;
};

class Tools : public ::testing::TestWithParam<Tool> {};

TEST_P(Tools, WhatTheToolWritesIsReadAndHashed) {
  for (const std::size_t size : {1UL, 511UL, 262144UL, 262145UL, 3'000'000UL}) {
    const std::string text = sample(size);
    const std::string stored = through(GetParam().command, text);
    if (stored.empty()) GTEST_SKIP() << GetParam().command << " is not here";
    for (const bool background : {true, false}) {
      const Outcome out = decompress(stored, {{}, background});
      EXPECT_EQ(out.error, "");
      EXPECT_TRUE(out.content == text) << size;
      EXPECT_EQ(out.compression, GetParam().compression);
      EXPECT_EQ(out.digests.stored, "sha256:" + base::sha256_hex(stored));
      EXPECT_EQ(out.digests.expanded, "sha256:" + base::sha256_hex(text));
      EXPECT_EQ(out.digests.stored_bytes, stored.size());
      EXPECT_EQ(out.digests.expanded_bytes, text.size());
    }
  }
}

TEST_P(Tools, WhatIsCutShortIsAnError) {
  const std::string stored = through(GetParam().command, sample(300'000));
  if (stored.empty()) GTEST_SKIP() << GetParam().command << " is not here";
  if (GetParam().compression == Compression::None) GTEST_SKIP() << "nothing tells";
  for (const std::size_t missing :
       {std::size_t{1}, std::size_t{5}, std::size_t{9}, stored.size() / 2}) {
    const Outcome out = decompress(stored.substr(0, stored.size() - missing));
    EXPECT_THAT(out.error, ::testing::HasSubstr("ends early")) << missing;
  }
}

TEST_P(Tools, ADamagedByteIsAnError) {
  if (GetParam().compression == Compression::None) GTEST_SKIP() << "nothing tells";
  std::string stored = through(GetParam().command, sample(300'000));
  if (stored.empty()) GTEST_SKIP() << GetParam().command << " is not here";
  stored[stored.size() / 2] = static_cast<char>(stored[stored.size() / 2] ^ 0x55);
  EXPECT_NE(decompress(stored).error, "");
}

TEST_P(Tools, StreamsOneBehindTheOtherAreOne) {
  if (GetParam().compression == Compression::None) GTEST_SKIP() << "nothing tells";
  const std::string a = sample(100'000);
  const std::string b = sample(70'001);
  const std::string stored = through(GetParam().command, a) + through(GetParam().command, b);
  if (stored.empty()) GTEST_SKIP() << GetParam().command << " is not here";
  const Outcome out = decompress(stored);
  EXPECT_EQ(out.error, "");
  EXPECT_TRUE(out.content == a + b);
}

INSTANTIATE_TEST_SUITE_P(Decompress, Tools,
                         ::testing::Values(Tool{"cat", Compression::None},
                                           Tool{"gzip -c", Compression::Gzip},
                                           Tool{"gzip -1c", Compression::Gzip},
                                           Tool{"zstd -qc", Compression::Zstd},
                                           Tool{"zstd -qc --long=27", Compression::Zstd},
                                           Tool{"xz -c", Compression::Xz}));

TEST(Decompress, ZerosBehindGzipArePaddingAndAnythingElseIsNot) {
  const std::string stored = through("gzip -c", "hello");
  ASSERT_NE(stored, "");
  EXPECT_EQ(decompress(stored + std::string(5000, '\0')).content, "hello");
  EXPECT_EQ(decompress(stored + std::string(5000, '\0') + "x").error,
            "there is something else behind the gzip data");
  EXPECT_NE(decompress(stored + "rest").error, "");
}

TEST(Decompress, ASkippableFrameOfZstdIsPassedOver) {
  const std::string stored = through("zstd -qc", "hello");
  if (stored.empty()) GTEST_SKIP() << "zstd is not here";
  const std::string skippable("\x50\x2a\x4d\x18\x03\x00\x00\x00xyz", 11);
  EXPECT_EQ(decompress(skippable + stored + skippable).content, "hello");
}

TEST(Decompress, ABombEndsAtItsLimit) {
  const std::string zeros(64U << 20U, '\0');
  for (const char* tool : {"gzip -9c", "zstd -19qc"}) {
    const std::string stored = through(tool, zeros);
    if (stored.empty()) continue;
    EXPECT_EQ(decompress(stored, {{.bytes = 1U << 20U}, true}).error,
              "more than 1048576 bytes when decompressed");
    EXPECT_THAT(decompress(stored, {{.ratio = 100, .ratio_from = 8U << 20U}, true}).error,
                ::testing::HasSubstr("a decompression bomb"));
  }
}

TEST(Decompress, AReaderMayStopAnywhere) {
  const std::string stored = through("gzip -c", sample(5'000'000));
  ASSERT_NE(stored, "");
  base::StringInput input(stored);
  Decompressed stream(input);
  ASSERT_TRUE(stream.next());
}

TEST(Decompress, NothingIsAnEmptyStream) {
  const Outcome out = decompress("");
  EXPECT_EQ(out.error, "");
  EXPECT_EQ(out.digests.stored, "sha256:" + base::sha256_hex(""));
}

}  // namespace
}  // namespace vigil::tree
