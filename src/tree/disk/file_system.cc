#include "tree/disk/file_system.h"

#include <utility>

#include "base/text.h"
#include "tree/disk/fields.h"
#include "tree/disk/lvm.h"

namespace vigil::tree::disk {
namespace {

/// What lies there, at which place, and what it is called (libblkid's list, which is longer).
struct Magic {
  std::size_t at;
  std::string_view bytes;
  Content content;
  std::string_view name;
};

using std::literals::operator""sv;

constexpr Magic kMagics[] = {
    {0, "LUKS\xba\xbe"sv, Content::Encrypted, "LUKS"},
    {3, "-FVE-FS-"sv, Content::Encrypted, "BitLocker"},
    {0, "XFSB"sv, Content::FileSystem, "xfs"},
    {1080, "\x53\xef"sv, Content::FileSystem, "ext"},
    {65600, "_BHRfS_M"sv, Content::NotRead, "btrfs"},
    {65588, "ReIsEr"sv, Content::NotRead, "ReiserFS"},
    {32768, "JFS1"sv, Content::NotRead, "JFS"},
    {1024, "\x10\x20\xf5\xf2"sv, Content::NotRead, "F2FS"},
    {4096, "\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81"sv, Content::NotRead,
     "bcachefs"},
    {1024, "\xe2\xe1\xf5\xe0"sv, Content::NotRead, "EROFS"},
    {0, "hsqs"sv, Content::NotRead, "SquashFS"},
    {3, "NTFS    "sv, Content::NotRead, "NTFS"},
    {32, "NXSB"sv, Content::NotRead, "APFS"},
    {32769, "CD001"sv, Content::NotRead, "ISO 9660"},
    {4096, "\xfc\x4e\x2b\xa9"sv, Content::NotRead, "a RAID member (md)"},
    {0, "\xfc\x4e\x2b\xa9"sv, Content::NotRead, "a RAID member (md)"},
    {3, "EXFAT   "sv, Content::Boot, "exfat"},
    {82, "FAT32   "sv, Content::Boot, "vfat"},
    {54, "FAT1"sv, Content::Boot, "vfat"},
    {4086, "SWAPSPACE2"sv, Content::Swap, "swap"},
    {65526, "SWAPSPACE2"sv, Content::Swap, "swap"},
};

void describe_ext(const Fields& super, Signature& found) {
  const std::uint32_t compatible = super.le32(0x5C);
  const std::uint32_t incompatible = super.le32(0x60);
  const std::uint32_t read_only = super.le32(0x64);
  const bool fourth = (incompatible & ~0x16U) != 0 || (read_only & ~0x7U) != 0;
  found.name = fourth ? "ext4" : (compatible & 4) != 0 ? "ext3" : "ext2";
  found.uuid = uuid_text(super.bytes(0x68, 16));
  found.label = super.text(0x78, 16);
}

}  // namespace

Signature identify(const Bytes& volume) {
  Signature found;
  const auto head = peek(volume, 0, 65536 + 4096);
  if (!head) return found;
  if (is_physical_volume(volume)) return {Content::PhysicalVolume, "LVM2", {}, {}};
  const Fields fields(*head);
  for (const Magic& magic : kMagics) {
    if (fields.bytes(magic.at, magic.bytes.size()) != magic.bytes) continue;
    found.content = magic.content;
    found.name = magic.name;
    if (magic.name == "ext") describe_ext(fields.from(1024), found);
    if (magic.name == "xfs") {
      found.uuid = uuid_text(fields.bytes(32, 16));
      found.label = fields.text(108, 12);
    }
    if (magic.name == "btrfs") {
      found.uuid = uuid_text(fields.bytes(65536 + 32, 16));
      found.label = fields.text(65536 + 299, 256);
    }
    if (magic.name == "vfat") {
      // The serial number: "1A2B-3C4D".
      std::string serial = hex_number(fields.le32(magic.at == 82 ? 67 : 39)).substr(2);
      serial.insert(0, 8 - serial.size(), '0');
      found.uuid = base::upper(serial.insert(4, 1, '-'));
    }
    return found;
  }
  return found;
}

Result<FileSystem> open_file_system(const SharedBytes& volume) {
  const Signature signature = identify(*volume);
  if (signature.name == "xfs") return open_xfs(volume);
  if (signature.name.starts_with("ext") && signature.content == Content::FileSystem) {
    return open_ext(volume);
  }
  return fail("not a file system that is read");
}

}  // namespace vigil::tree::disk