#include <gtest/gtest.h>

#include "inventory/document.h"
#include "source/target.h"
#include "tree/directory.h"
#include "tree/disk/image_test.h"

namespace vigil::source {
namespace {

using tree::disk::ImageFolder;

constexpr const char* kStatus =
    "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nSource: zlib\n"
    "Version: 1:1.2.13.dfsg-1\nMaintainer: x\nDescription: x\n\n";

/// A system with packages of dpkg and npm.
void make_system(const ImageFolder& folder) {
  folder.file("tree/usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
  folder.file("tree/etc/hostname", "web-1\n");
  folder.file("tree/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  folder.file("tree/var/lib/dpkg/status", kStatus);
  folder.file("tree/srv/app/node_modules/left-pad/package.json",
              R"({"name":"left-pad","version":"1.3.0"})");
  std::filesystem::create_symlink("../usr/lib/os-release", folder / "tree/etc/os-release");
}

std::string document_of(inventory::Inventory found) {
  found.files = 0;  // with lost+found
  return inventory::inventory_document(found);
}

Result<Scanned> scan(const std::string& file) {
  Request request;
  request.argument = file;
  return find_target("disk")->scan(request);
}

struct Case {
  const char* name;
  const char* command;  ///< makes "disk" from "tree"
};

void PrintTo(const Case& one, std::ostream* out) {
  *out << one.name;
}

class DiskTarget : public testing::TestWithParam<Case> {};

TEST_P(DiskTarget, FindsWhatAScanOfTheTreeFinds) {
  VIGIL_NEED_TOOL("mke2fs");
  VIGIL_NEED_TOOL("sfdisk");
  VIGIL_NEED_TOOL("qemu-img");
  const ImageFolder folder;
  make_system(folder);
  folder.run(GetParam().command);
  const auto scanned = scan(folder / "disk");
  ASSERT_TRUE(scanned) << scanned.error().text();
  const auto tree = tree::Directory::open(folder / "tree");
  const inventory::Inventory wanted = inventory::scan_tree(**tree);
  EXPECT_EQ(wanted.packages.size(), 2U);
  EXPECT_EQ(document_of(scanned->inventory), document_of(wanted));
  EXPECT_EQ(scanned->name, "web-1");
  ASSERT_TRUE(scanned->machine);
  EXPECT_EQ(scanned->machine->machine_id, "0123456789abcdef0123456789abcdef");
}

INSTANTIATE_TEST_SUITE_P(
    Disks, DiskTarget,
    testing::Values(Case{"raw_without_partitions", "mke2fs -q -F -t ext4 -d tree disk 16M"},
                    Case{"gpt_in_compressed_qcow2",
                         "mke2fs -q -F -t ext4 -d tree part 16M && truncate -s 20M raw && "
                         "printf 'label: gpt\\nstart=2048\\n' | sfdisk raw && "
                         "dd if=part of=raw bs=1M seek=1 conv=notrunc && "
                         "qemu-img convert -f raw -O qcow2 -c raw disk"},
                    Case{"mbr_in_stream_of_vmdk",
                         "mke2fs -q -F -t ext3 -d tree part 16M && truncate -s 20M raw && "
                         "printf 'label: dos\\nstart=2048, type=83\\n' | sfdisk raw && "
                         "dd if=part of=raw bs=1M seek=1 conv=notrunc && "
                         "qemu-img convert -f raw -O vmdk -o subformat=streamOptimized raw disk"}),
    [](const auto& tested) { return tested.param.name; });

TEST(DiskTarget, DisksBesideAreFoundAndLinksAreNotFollowed) {
  VIGIL_NEED_TOOL("mke2fs");
  VIGIL_NEED_TOOL("qemu-img");
  const ImageFolder folder;
  make_system(folder);
  folder.run(
      "mke2fs -q -F -t ext4 -d tree base.raw 16M && "
      "qemu-img create -f qcow2 -b base.raw -F raw disk");
  Request request;
  request.argument = folder / "disk";
  const auto reads = find_target("disk")->reads(request);
  EXPECT_EQ(reads, (std::vector<std::string>{folder / "disk", folder.path()}));
  EXPECT_TRUE(scan(folder / "disk"));
  folder.run("mkdir away && mv base.raw away && ln -s away/base.raw base.raw");
  EXPECT_FALSE(scan(folder / "disk"));
}

TEST(DiskTarget, NothingToReadIsAnErrorThatSaysWhatThereIs) {
  const ImageFolder folder;
  folder.file("disk", std::string(1 << 20, '\0'));
  const auto scanned = scan(folder / "disk");
  ASSERT_FALSE(scanned);
  EXPECT_EQ(scanned.error().text(), "no root file system was found (disk: unknown)");
  EXPECT_FALSE(scan(folder / "gone"));
  EXPECT_FALSE(scan(folder.path()));
}

}  // namespace
}  // namespace vigil::source
