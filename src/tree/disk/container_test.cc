#include "tree/disk/container.h"

#include "tree/disk/image_test.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint64_t kMebi = 1 << 20;

/// A disk with text that compresses, noise that does not, and holes.
std::string make_disk() {
  std::string disk(9 * kMebi, '\0');
  std::string text;
  while (text.size() < 700'000) text += "line " + std::to_string(text.size()) + "\n";
  std::copy(text.begin(), text.end(), disk.begin() + 12'345);
  const std::string random = noise(900'000, 7);
  std::copy(random.begin(), random.end(), disk.begin() + 3 * kMebi + 77);
  std::fill_n(disk.begin() + 6 * kMebi, 5000, 'x');
  std::fill_n(disk.end() - 3, 3, 'e');
  return disk;
}

std::string whole(const Bytes& bytes) {
  auto all = bytes.take(0, bytes.size());
  EXPECT_TRUE(all) << all.error().text();
  return all ? *all : "";
}

struct Case {
  const char* name;
  const char* command;  ///< makes "disk.img" from "raw"
  const char* format;
};

void PrintTo(const Case& one, std::ostream* out) {
  *out << one.name;
}

class EachFormat : public testing::TestWithParam<Case> {};

TEST_P(EachFormat, GivesTheBytesThatWereConverted) {
  VIGIL_NEED_TOOL("qemu-img");
  const ImageFolder folder;
  const std::string disk = make_disk();
  folder.file("raw", disk);
  folder.run(GetParam().command);
  auto container = open_container(folder.open("disk.img"), folder.siblings());
  ASSERT_TRUE(container) << container.error().text();
  EXPECT_EQ(container->format, GetParam().format);
  // VHD's geometry rounds the size up.
  ASSERT_GE(container->disk->size(), disk.size());
  std::string all = whole(*container->disk);
  EXPECT_EQ(all.substr(disk.size()), std::string(all.size() - disk.size(), '\0'));
  all.resize(disk.size());
  EXPECT_TRUE(all == disk);
  // Reads at odd places, across clusters.
  for (const std::uint64_t at : {0UL, 511UL, 65535UL, 65536UL, 3145728UL, 4194300UL, 9437182UL}) {
    const std::uint64_t count = std::min<std::uint64_t>(200'001, disk.size() - at);
    const auto part = container->disk->take(at, count);
    ASSERT_TRUE(part) << part.error().text();
    EXPECT_TRUE(*part == disk.substr(at, count)) << at;
  }
  char byte = 0;
  EXPECT_FALSE(container->disk->read(container->disk->size(), {&byte, 1}));
}

INSTANTIATE_TEST_SUITE_P(
    Containers, EachFormat,
    testing::Values(
        Case{"raw", "cp raw disk.img", "raw"},
        Case{"qcow2", "qemu-img convert -f raw -O qcow2 raw disk.img", "qcow2"},
        Case{"qcow2_version_2", "qemu-img convert -f raw -O qcow2 -o compat=0.10 -c raw disk.img",
             "qcow2"},
        Case{"qcow2_deflate", "qemu-img convert -f raw -O qcow2 -c raw disk.img", "qcow2"},
        Case{"qcow2_zstd",
             "qemu-img convert -f raw -O qcow2 -c -o compression_type=zstd raw disk.img", "qcow2"},
        Case{"qcow2_smallest_clusters",
             "qemu-img convert -f raw -O qcow2 -c -o cluster_size=512 raw disk.img", "qcow2"},
        Case{"qcow2_largest_clusters",
             "qemu-img convert -f raw -O qcow2 -o cluster_size=2M raw disk.img", "qcow2"},
        Case{"qcow2_subclusters",
             "qemu-img create -f qcow2 -o extended_l2=on,cluster_size=128k disk.img 9M && "
             "qemu-img convert -n -f raw -O qcow2 raw disk.img",
             "qcow2"},
        Case{"qcow2_with_a_backing_file",
             "qemu-img convert -f raw -O qcow2 raw base.qcow2 && "
             "qemu-img create -f qcow2 -b base.qcow2 -F qcow2 disk.img && "
             "qemu-io -c 'write -P 120 6M 5000' disk.img",
             "qcow2"},
        Case{"qcow2_with_subclusters_over_a_raw_backing_file",
             "cp raw base.raw && "
             "qemu-img create -f qcow2 -o extended_l2=on -b base.raw -F raw disk.img && "
             "qemu-io -c 'write -P 120 6M 5000' disk.img",
             "qcow2"},
        Case{"qcow2_with_a_snapshot",
             "qemu-img convert -f raw -O qcow2 raw disk.img && qemu-img snapshot -c one disk.img "
             "&& qemu-io -c 'write -P 120 6M 5000' disk.img",
             "qcow2"},
        Case{"vmdk_sparse", "qemu-img convert -f raw -O vmdk raw disk.img", "vmdk"},
        Case{"vmdk_stream",
             "qemu-img convert -f raw -O vmdk -o subformat=streamOptimized raw disk.img", "vmdk"},
        Case{"vmdk_flat",
             "qemu-img convert -f raw -O vmdk -o subformat=monolithicFlat raw disk.vmdk && "
             "mv disk.vmdk disk.img",
             "vmdk"},
        Case{"vmdk_parts",
             "qemu-img convert -f raw -O vmdk -o subformat=twoGbMaxExtentSparse raw disk.vmdk && "
             "mv disk.vmdk disk.img",
             "vmdk"},
        Case{"vhd_dynamic", "qemu-img convert -f raw -O vpc raw disk.img", "vhd"},
        Case{"vhd_fixed", "qemu-img convert -f raw -O vpc -o subformat=fixed raw disk.img", "vhd"},
        Case{"vhdx_dynamic", "qemu-img convert -f raw -O vhdx raw disk.img", "vhdx"},
        Case{"vhdx_fixed", "qemu-img convert -f raw -O vhdx -o subformat=fixed raw disk.img",
             "vhdx"}),
    [](const auto& tested) { return tested.param.name; });

struct Refused {
  const char* name;
  const char* command;
  const char* why;
};

void PrintTo(const Refused& one, std::ostream* out) {
  *out << one.name;
}

class EachRefused : public testing::TestWithParam<Refused> {};

TEST_P(EachRefused, SaysWhy) {
  VIGIL_NEED_TOOL("qemu-img");
  const ImageFolder folder;
  folder.file("raw", std::string(kMebi, 'r'));
  folder.run(GetParam().command);
  const auto container = open_container(folder.open("disk.img"), folder.siblings());
  ASSERT_FALSE(container);
  EXPECT_EQ(container.error().code, ErrorCode::Unsupported);
  EXPECT_EQ(container.error().what, GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    Containers, EachRefused,
    testing::Values(
        Refused{"luks_in_qcow2",
                // Without a key, which takes qemu-img seconds to derive.
                "qemu-img create -f qcow2 disk.img 1M && "
                "printf '\\002' | dd of=disk.img bs=1 seek=35 conv=notrunc",
                "the qcow2 disk is encrypted (LUKS)"},
        Refused{"aes_in_qcow2",
                "qemu-img create --object secret,id=s,data=x -f qcow2 -o "
                "encrypt.format=aes,encrypt.key-secret=s disk.img 1M",
                "the qcow2 disk is encrypted (AES)"},
        Refused{"data_file",
                "qemu-img create -f qcow2 -o data_file=data,data_file_raw=on disk.img 1M",
                "the qcow2 disk keeps its data in another file"},
        Refused{"backing_file_elsewhere",
                "qemu-img create -f qcow2 -u -b /etc/shadow -F raw disk.img 1M",
                "the qcow2 disk is a difference to \"/etc/shadow\", which is not opened"},
        Refused{"backing_file_above",
                "qemu-img create -f qcow2 -u -b ../base.raw -F raw disk.img 1M",
                "the qcow2 disk is a difference to \"../base.raw\", which is not opened"},
        Refused{"vmdk_difference",
                "qemu-img create -f vmdk base.vmdk 1M && "
                "qemu-img create -f vmdk -b base.vmdk -F vmdk disk.img",
                "the vmdk disk is a difference to another one (a snapshot)"},
        Refused{"vdi", "qemu-img convert -f raw -O vdi raw disk.img",
                "a VirtualBox disk (VDI) is not read"},
        Refused{"qed", "qemu-img convert -f raw -O qed raw disk.img", "a QED disk is not read"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Containers, MissingAndEndlessBackingFilesAreErrors) {
  VIGIL_NEED_TOOL("qemu-img");
  const ImageFolder folder;
  folder.run("qemu-img create -f qcow2 -u -b gone.raw -F raw disk.img 1M");
  const auto missing = open_container(folder.open("disk.img"), folder.siblings());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  folder.run("qemu-img create -f qcow2 -u -b disk.img -F qcow2 other 1M && mv other disk.img");
  const auto endless = open_container(folder.open("disk.img"), folder.siblings());
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, ErrorCode::TooLarge);
}

/// Damage anywhere gives wrong bytes or errors.
TEST(Containers, DamageIsNoCrash) {
  VIGIL_NEED_TOOL("qemu-img");
  const ImageFolder folder;
  folder.file("raw", make_disk().substr(0, kMebi * 4));
  const char* const commands[] = {
      "qemu-img convert -f raw -O qcow2 -c raw disk.img",
      "qemu-img convert -f raw -O qcow2 -c -o compression_type=zstd raw disk.img",
      "qemu-img convert -f raw -O vmdk raw disk.img",
      "qemu-img convert -f raw -O vmdk -o subformat=streamOptimized raw disk.img",
      "qemu-img convert -f raw -O vpc raw disk.img",
      "qemu-img convert -f raw -O vhdx raw disk.img",
  };
  for (const char* command : commands) {
    folder.run(command);
    const std::string sound = whole(*folder.open("disk.img"));
    const std::string random = noise(4000, 3);
    for (std::size_t round = 0; round < 200; ++round) {
      std::string damaged = sound;
      for (std::size_t flip = 0; flip < 8; ++flip) {
        const auto at = static_cast<unsigned char>(random[(round * 17 + flip * 3) % 4000]) +
                        256U * static_cast<unsigned char>(random[(round * 13 + flip * 5) % 4000]) +
                        65536U * static_cast<unsigned char>(random[(round * 7 + flip) % 4000]);
        // Half of the damage hits the first pages, where the headers are.
        const std::size_t range = flip % 2 == 0 ? 4096 : damaged.size();
        damaged[at % range] = random[(round + flip * 11) % 4000];
      }
      if (round % 10 == 0) damaged.resize(damaged.size() * (round % 7 + 1) / 8);
      const auto container =
          open_container(std::make_shared<TextBytes>(damaged), folder.siblings());
      if (!container) continue;
      std::string buffer(100'000, '\0');
      const std::uint64_t size = container->disk->size();
      for (std::uint64_t at = 0; at < std::min<std::uint64_t>(size, 5 * kMebi); at += 333'333) {
        const auto count =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at));
        (void)container->disk->read(at, std::span(buffer).first(count)).has_value();
      }
    }
  }
}

}  // namespace
}  // namespace vigil::tree::disk
