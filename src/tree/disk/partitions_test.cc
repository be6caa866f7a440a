#include "tree/disk/partitions.h"

#include <gmock/gmock.h>

#include "tree/disk/crc.h"
#include "tree/disk/image_test.h"

namespace vigil::tree::disk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t kMebi = 1 << 20;

/// "2 0x83 6 MiB +8 MiB": number, type, where it begins (found by its first bytes), size.
std::vector<std::string> described(const std::vector<Partition>& partitions) {
  std::vector<std::string> out;
  for (const Partition& partition : partitions) {
    out.push_back(std::to_string(partition.number) + " " + partition.type + " " +
                  std::to_string(partition.bytes->size() / 512) + " " + partition.uuid + " " +
                  partition.label);
  }
  return out;
}

constexpr const char* kGptScript =
    "label: gpt\n"
    "first-lba: 2048\n"
    "start=2048, size=4096, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, "
    "uuid=11111111-2222-3333-4444-555555555555, name=\"EFI System\"\n"
    "start=8192, size=20000, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, "
    "uuid=AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE, name=\"W\u00fcrzel\"\n";

const auto kGptPartitions = ElementsAre(
    "1 c12a7328-f81f-11d2-ba4b-00a0c93ec93b 4096 11111111-2222-3333-4444-555555555555 EFI System",
    "2 0fc63daf-8483-4772-8e79-3d69d8477de4 20000 aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee "
    "W\u00fcrzel");

TEST(Partitions, OfGpt) {
  VIGIL_NEED_TOOL("sfdisk");
  const ImageFolder folder;
  folder.file("script", kGptScript);
  folder.run("truncate -s 20M disk && LC_ALL=C.UTF-8 sfdisk disk < script");
  Problems problems;
  const SharedBytes disk = folder.open("disk");
  const auto partitions = read_partitions(disk, problems);
  EXPECT_THAT(described(partitions), kGptPartitions);
  EXPECT_THAT(problems, IsEmpty());
}

TEST(Partitions, OfGptWithADamagedFront) {
  VIGIL_NEED_TOOL("sfdisk");
  for (const std::uint64_t at : {512, 512 + 40, 1024 + 32}) {
    const ImageFolder folder;
    folder.file("script", kGptScript);
    folder.run("truncate -s 20M disk && LC_ALL=C.UTF-8 sfdisk disk < script");
    std::string bytes = *folder.open("disk")->take(0, 20 * kMebi);
    bytes[at] = static_cast<char>(bytes[at] + 1);
    Problems problems;
    EXPECT_THAT(described(read_partitions(std::make_shared<TextBytes>(bytes), problems)),
                kGptPartitions)
        << at;
    EXPECT_EQ(problems.size(), at == 512 ? 0U : 1U) << at;
  }
}

void put(std::string& bytes, std::size_t at, std::uint64_t number, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i));
}

TEST(Partitions, OfGptWithLargeSectors) {
  std::string bytes(8 * kMebi, '\0');
  const std::size_t entry = 2 * 4096;
  bytes.replace(entry, 32, std::string(32, 'u'));
  put(bytes, entry + 32, 256, 8);
  put(bytes, entry + 40, 1255, 8);
  const std::size_t header = 4096;
  bytes.replace(header, 8, "EFI PART");
  put(bytes, header + 12, 92, 4);
  put(bytes, header + 72, 2, 8);
  put(bytes, header + 80, 4, 4);
  put(bytes, header + 84, 128, 4);
  put(bytes, header + 88, crc32(std::string_view(bytes).substr(entry, 512)), 4);
  put(bytes, header + 16, crc32(std::string_view(bytes).substr(header, 92)), 4);
  Problems problems;
  const auto partitions = read_partitions(std::make_shared<TextBytes>(bytes), problems);
  EXPECT_THAT(problems, IsEmpty());
  ASSERT_EQ(partitions.size(), 1U);
  EXPECT_EQ(partitions[0].bytes->size(), 1000U * 4096);
}

TEST(Partitions, OfMbrWithLogicalOnes) {
  VIGIL_NEED_TOOL("sfdisk");
  const ImageFolder folder;
  folder.run(
      "truncate -s 40M disk && printf 'label: dos\\nlabel-id: 0x1f2e3d\\n"
      "start=2048, size=2048, type=83, bootable\\n"
      "start=4096, size=60000, type=5\\n"
      "start=6144, size=2048, type=83\\n"
      "start=10240, size=4096, type=8e\\n"
      "start=16384, size=8192, type=82\\n' | sfdisk disk");
  std::string bytes = *folder.open("disk")->take(0, 40 * kMebi);
  std::copy_n("here", 4, bytes.begin() + 10240 * 512);
  Problems problems;
  const auto partitions = read_partitions(std::make_shared<TextBytes>(bytes), problems);
  EXPECT_THAT(described(partitions),
              ElementsAre("1 0x83 2048 001f2e3d-01 ", "5 0x83 2048 001f2e3d-05 ",
                          "6 0x8e 4096 001f2e3d-06 ", "7 0x82 8192 001f2e3d-07 "));
  EXPECT_EQ(*partitions[2].bytes->take(0, 4), "here");
  EXPECT_THAT(problems, IsEmpty());
}

TEST(Partitions, ChainThatEndsInItselfEnds) {
  std::string bytes(4 * kMebi, '\0');
  const auto entry = [&](std::size_t sector, std::size_t index, int type, int first, int count) {
    const std::size_t at = sector * 512 + 446 + index * 16;
    bytes[at + 4] = static_cast<char>(type);
    bytes[at + 8] = static_cast<char>(first);
    bytes[at + 12] = static_cast<char>(count);
    bytes[sector * 512 + 510] = 0x55;
    bytes[sector * 512 + 511] = static_cast<char>(0xaa);
  };
  entry(0, 0, 5, 10, 100);
  entry(10, 0, 0x83, 1, 5);
  entry(10, 1, 5, 10, 20);
  entry(20, 0, 0x83, 1, 5);
  entry(20, 1, 5, 10, 20);
  Problems problems;
  EXPECT_THAT(described(read_partitions(std::make_shared<TextBytes>(bytes), problems)),
              ElementsAre("5 0x83 5 00000000-05 ", "6 0x83 5 00000000-06 "));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].why, "the chain of logical partitions goes in circles");
}

TEST(Partitions, FileSystemsAreNoTables) {
  VIGIL_NEED_TOOL("mke2fs");
  const ImageFolder folder;
  folder.run("mke2fs -q -F -t ext4 disk 4M");
  EXPECT_FALSE(has_gpt(*folder.open("disk")));
  EXPECT_FALSE(has_mbr(*folder.open("disk")));
}

}  // namespace
}  // namespace vigil::tree::disk
