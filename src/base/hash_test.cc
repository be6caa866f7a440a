#include "base/hash.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"

namespace vigil::base {
namespace {

TEST(Sha256, GivesTheValuesOfTheStandard) {
  // FIPS 180-4 examples: "", "abc", the two-block message, a million times 'a'.
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameAndFinishStartsAnew) {
  Sha256 hash;
  for (int round = 0; round < 2; ++round) {
    hash.update("a");
    hash.update("");
    hash.update("bc");
    EXPECT_EQ(hex(hash.finish()), sha256_hex("abc"));
  }
}

TEST(Xxh3, GivesTheValuesOfTheReferenceProgram) {
  // xxhsum -H3 and -H2 (xxHash 0.8.1).
  EXPECT_EQ(xxh3_64(""), 0x2d06800538d394c2U);
  EXPECT_EQ(hex(xxh3_128("")), "99aa06d3014798d86001c324468d497f");
  EXPECT_NE(xxh3_64("abc", 1), xxh3_64("abc"));
}

TEST(Xxh3, PiecesAndFilesGiveTheSame) {
  std::string bytes;
  for (int i = 0; i < 200'000; ++i) bytes += static_cast<char>(i * 7 + i / 256);
  Xxh3 hash;
  for (std::size_t at = 0; at < bytes.size(); at += 1001) {
    hash.update(std::string_view(bytes).substr(at, 1001));
  }
  EXPECT_EQ(hash.digest(), xxh3_128(bytes));

  const std::string path = ::testing::TempDir() + "vigil_hash_" + std::to_string(::getpid());
  ASSERT_TRUE(write_file_atomically(path, bytes));
  EXPECT_EQ(xxh3_128_of_file(path).value(), xxh3_128(bytes));
  EXPECT_EQ(sha256_hex_of_file(path).value(), sha256_hex(bytes));
  std::filesystem::remove(path);
  const auto missing = xxh3_128_of_file(path);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace vigil::base
