#include "tree/disk/machine.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tree/disk/fstab.h"
#include "tree/disk/image_test.h"
#include "tree/node_view.h"

namespace vigil::tree::disk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Fstab, WhatTheMachineMountsOfItsDisks) {
  const auto entries = parse_fstab(
      "# /etc/fstab\n"
      "UUID=1 / ext4 errors=remount-ro 0 1\n"
      "LABEL=a\\040b /srv/with\\040blank/inner xfs\n"
      "/dev/sdb1\t/srv/with\\040blank\tauto\tdefaults,nofail 0 2\n"
      "tmpfs /tmp tmpfs defaults 0 0\n"
      "UUID=2 none swap sw 0 0\n"
      "UUID=3 /backup ext4 noauto 0 0\n"
      "/srv /export none bind 0 0\n"
      "server:/home /home nfs defaults 0 0\n"
      "broken\n");
  std::vector<std::string> told;
  for (const FstabEntry& entry : entries) {
    told.push_back(entry.device + " " + entry.path + " " + entry.type);
  }
  EXPECT_THAT(told, ElementsAre("UUID=1 / ext4", "/dev/sdb1 /srv/with blank auto",
                                "LABEL=a b /srv/with blank/inner xfs"));
}

struct NameCase {
  const char* device;
  bool means;
};

TEST(Volumes, AreKnownByManyNames) {
  Volume partition;
  partition.name = "disk.raw, partition 3";
  partition.disk = 1;
  partition.number = 3;
  partition.partition_uuid = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
  partition.partition_label = "my root";
  partition.signature = {Content::FileSystem, "ext4", "11111111-2222-3333-4444-555555555555",
                         "cloudimg-rootfs"};
  const NameCase cases[] = {
      {"UUID=11111111-2222-3333-4444-555555555555", true},
      {"UUID=\"11111111-2222-3333-4444-555555555555\"", true},
      {"UUID=11111111-2222-3333-4444-555555555556", false},
      {"UUID=", false},
      {"LABEL=cloudimg-rootfs", true},
      {"LABEL=Cloudimg-rootfs", false},
      {"PARTUUID=AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE", true},
      {"PARTLABEL=my root", true},
      {"/dev/disk/by-uuid/11111111-2222-3333-4444-555555555555", true},
      {"/dev/disk/by-partlabel/my\\x20root", true},
      {"/dev/sdb3", true},
      {"/dev/vdb3", true},
      {"/dev/xvdb3", true},
      {"/dev/nvme1n1p3", true},
      {"/dev/sda3", false},
      {"/dev/sdb2", false},
      {"/dev/sdb", false},
      {"/dev/mapper/vg-root", false},
      {"disk.raw, partition 3", true},
  };
  for (const NameCase& one : cases) {
    EXPECT_EQ(partition.is_named(one.device, 2), one.means) << one.device;
  }
  EXPECT_TRUE(partition.is_named("/dev/sda3", 1)) << "the only disk";

  Volume logical;
  logical.name = "vg-one/root";
  logical.group = "vg-one";
  logical.logical = "root";
  EXPECT_TRUE(logical.is_named("/dev/mapper/vg--one-root", 1));
  EXPECT_TRUE(logical.is_named("/dev/vg-one/root", 1));
  EXPECT_FALSE(logical.is_named("/dev/mapper/vg-one-root", 1));
  EXPECT_FALSE(logical.is_named("/dev/sda", 1));
}

/// A disk with GPT from a list of images: name, size in MiB, GPT type.
class Disks : public testing::Test {
 protected:
  void SetUp() override {
    VIGIL_NEED_TOOL("mke2fs");
    VIGIL_NEED_TOOL("sfdisk");
  }

  void make(const std::string& name, const std::string& options) const {
    folder_.run("mke2fs -q -F -t ext4 " + options + " -d " + name + " " + name + ".img 8M");
  }

  void join(const std::vector<std::string>& parts, const std::string& disk) const {
    std::string script = "label: gpt\n";
    std::string copy;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string at = std::to_string(1 + 10 * i);
      script += "start=" + std::to_string((1 + 10 * i) * 2048) + ", size=16384\n";
      copy += " && dd if=" + parts[i] + ".img of=" + disk + " bs=1M seek=" + at + " conv=notrunc";
    }
    folder_.file("script", script);
    folder_.run("truncate -s " + std::to_string(10 * parts.size() + 3) + "M " + disk +
                " && sfdisk " + disk + " < script" + copy);
  }

  Result<Machine> machine(const std::vector<std::string>& names, const std::string& root = {}) {
    std::vector<Disk> disks;
    for (const std::string& name : names) disks.push_back({name, folder_.open(name)});
    return open_machine(disks, root);
  }

  static std::vector<std::string> told(const Machine& machine) {
    std::vector<std::string> out;
    for (const Problem& problem : machine.problems)
      out.push_back(problem.where + ": " + problem.why);
    return out;
  }

  ImageFolder folder_;
};

TEST_F(Disks, AreOneTreeAsFstabSays) {
  folder_.file("root/etc/os-release", "ID=debian\n");
  folder_.file("root/etc/fstab",
               "LABEL=root / ext4 defaults 0 1\n"
               "UUID=11111111-2222-3333-4444-555555555555 /var ext4 defaults 0 2\n"
               "/dev/sdb1 /var/lib/data ext4 defaults 0 2\n"
               "PARTUUID=00000000-0000-0000-0000-000000000000 /lost ext4 defaults 0 2\n"
               "LABEL=root /var/again ext4 defaults 0 2\n"
               "LABEL=odd /nowhere ext4 defaults 0 2\n");
  folder_.file("root/var/hidden", "under the mount point");
  folder_.file("root/usr/lib/library", "of root");
  folder_.file("var/log/messages", "of var");
  folder_.file("var/lib/data/hidden", "x");
  folder_.file("data/database", "of data");
  folder_.file("odd/x", "x");
  std::filesystem::create_symlink("/usr/lib/library", folder_ / "data/link");
  std::filesystem::create_symlink("../../usr/lib", folder_ / "var/lib/data/relative");
  make("root", "-L root");
  make("var", "-U 11111111-2222-3333-4444-555555555555");
  make("data", "");
  make("odd", "-L odd");
  join({"var", "root", "odd"}, "first.raw");
  join({"data"}, "second.raw");
  auto machine = this->machine({"first.raw", "second.raw"});
  ASSERT_TRUE(machine) << machine.error().text();
  EXPECT_EQ(machine->root, "first.raw, partition 2");
  EXPECT_THAT(told(*machine),
              ElementsAre("/etc/fstab: /lost: PARTUUID=00000000-0000-0000-0000-000000000000 is on "
                          "none of the given disks",
                          "first.raw, partition 3: there is no directory /nowhere to put it at: "
                          "not scanned"));
  const NodeView view(machine->tree);
  EXPECT_EQ(view.read("/var/log/messages", 100).value_or(""), "of var");
  EXPECT_EQ(view.read("/var/lib/data/database", 100).value_or(""), "of data");
  EXPECT_EQ(view.read("/var/lib/data/link", 100).value_or(""), "of root");
  EXPECT_FALSE(view.stat("/var/hidden"));
  EXPECT_FALSE(view.stat("/var/lib/data/hidden"));
  const auto entry = view.stat("/var/lib/data/link");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->path, "/usr/lib/library");
  EXPECT_EQ(view.stat("/var/lib/data/../data/../../log/..")->path, "/var");
  std::vector<std::string> files;
  const auto visit = [&](const Entry& found) {
    if (found.kind != Kind::Directory) files.push_back(found.path);
    return true;
  };
  EXPECT_TRUE(view.walk({}, visit, [](const std::string& where, const std::string& why) {
    ADD_FAILURE() << where << ": " << why;
  }));
  std::sort(files.begin(), files.end());
  EXPECT_THAT(files,
              ElementsAre("/etc/fstab", "/etc/os-release", "/usr/lib/library",
                          "/var/lib/data/database", "/var/lib/data/link", "/var/log/messages"));
  WalkLimits one_device;
  one_device.cross_devices = false;
  files.clear();
  EXPECT_TRUE(view.walk(one_device, visit, [](const std::string&, const std::string&) {}));
  EXPECT_THAT(files,
              testing::UnorderedElementsAre("/etc/fstab", "/etc/os-release", "/usr/lib/library"));
}

TEST_F(Disks, OfTwoRootsTheOneIsTakenThatIsChosen) {
  for (const char* slot : {"a", "b"}) {
    folder_.file(std::string(slot) + "/etc/os-release", std::string("ID=") + slot + "\n");
    make(slot, std::string("-L slot-") + slot);
  }
  folder_.file("c/only", "data");
  make("c", "");
  join({"a", "b", "c"}, "disk");
  const auto first = machine({"disk"});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->root, "disk, partition 1");
  EXPECT_THAT(told(*first),
              ElementsAre("disk, partition 2: another root file system: not scanned",
                          "disk, partition 3: a file system that is mounted nowhere: not scanned"));
  for (const char* name : {"LABEL=slot-b", "/dev/vda2", "disk, partition 2"}) {
    const auto second = machine({"disk"}, name);
    ASSERT_TRUE(second) << name;
    EXPECT_EQ(NodeView(second->tree).read("/etc/os-release", 100).value_or(""), "ID=b\n");
  }
  const auto none = machine({"disk"}, "/dev/sda9");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
}

TEST_F(Disks, FstabOfTheRootItselfDecides) {
  folder_.file("old/etc/os-release", "ID=old\n");
  folder_.file("old/etc/fstab", "LABEL=new / ext4 defaults 0 1\n");
  folder_.file("new/etc/os-release", "ID=new\n");
  folder_.file("new/etc/fstab", "LABEL=new / ext4 defaults 0 1\n");
  make("old", "-L old");
  make("new", "-L new");
  join({"old", "new"}, "disk");
  const auto opened = machine({"disk"});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->root, "disk, partition 2");
}

TEST_F(Disks, WhatIsNotReadIsNamed) {
  folder_.file("root/etc/os-release", "ID=debian\n");
  make("root", "");
  std::string luks(8 << 20, '\0');
  luks.replace(0, 6, "LUKS\xba\xbe");
  folder_.file("luks.img", luks);
  std::string btrfs(8 << 20, '\0');
  btrfs.replace(65600, 8, "_BHRfS_M");
  folder_.file("btrfs.img", btrfs);
  std::string fat(8 << 20, '\0');
  fat.replace(82, 8, "FAT32   ");
  folder_.file("fat.img", fat);
  join({"fat", "luks", "btrfs", "root"}, "disk");
  const auto opened = machine({"disk"});
  ASSERT_TRUE(opened);
  EXPECT_THAT(told(*opened), ElementsAre("disk, partition 2: encrypted (LUKS): not read",
                                         "disk, partition 3: btrfs is not read"));
  join({"fat", "luks"}, "other");
  const auto nothing = machine({"other"});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().what, "no root file system was found");
  EXPECT_EQ(nothing.error().hint,
            "other, partition 1: vfat; other, partition 2: LUKS (encrypted (LUKS): not read)");
}

TEST_F(Disks, AFileSystemWithoutPartitionsIsADisk) {
  folder_.file("data/only", "data");
  make("data", "");
  const auto opened = machine({"data.img"});
  ASSERT_TRUE(opened);
  EXPECT_THAT(told(*opened), IsEmpty());
  EXPECT_EQ(NodeView(opened->tree).read("/only", 100).value_or(""), "data");
}

}  // namespace
}  // namespace vigil::tree::disk
