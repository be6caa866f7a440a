// The disk of a machine that does not run: an image of a virtual machine, a snapshot of a volume.
//
// What: raw, qcow2, VMDK, VHD and VHDX; GPT, MBR, LVM2; ext2, ext3, ext4 and XFS; put together as the
// machine's /etc/fstab says. Nothing is mounted, written or done as root, and the result is what
// scanning the mounted tree would give.
//
// References: tree/disk/ names those of each format.
//
// Traps:
//   - A copy of a running machine's disk holds changes in its journals only. That of ext3 and ext4 is
//     replayed in memory; that of XFS is not, which is told.
//   - A machine may have several disks: a volume group that spans them needs all.
//   - qcow2 and VMDK name other files. Only files beside the disk are opened.
//
// Not handled, but named: btrfs and other file systems, LUKS, RAID but mirrors, thin volumes.

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "base/text.h"
#include "source/target.h"
#include "tree/disk/container.h"
#include "tree/disk/machine.h"
#include "tree/node_view.h"

namespace vigil::source::disk {
namespace {

constexpr std::size_t kMostDisks = 64;

std::vector<std::string> files_of(const Request& request) {
  std::vector<std::string> files = {request.argument};
  for (const std::string_view file : base::split(request.option("--disk"), '\n')) {
    if (!file.empty()) files.emplace_back(file);
  }
  return files;
}

std::string folder_of(const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path();
  return folder.empty() ? "." : folder;
}

tree::disk::Siblings siblings_of(const std::string& file) {
  return [folder = folder_of(file)](const std::string& name) -> Result<tree::disk::SharedBytes> {
    if (name.empty() || name.find('/') != std::string::npos) return fail("not a file's name", name);
    // A link could lead anywhere.
    tree::Descriptor opened(
        ::open((folder + "/" + name).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
    if (!opened.valid()) return fail_errno("cannot open", name, errno);
    VIGIL_TRY(auto bytes, tree::FileBytes::of(std::move(opened)));
    return tree::disk::SharedBytes(std::move(bytes));
  };
}

Result<tree::disk::Disk> open_disk(const std::string& file) {
  VIGIL_TRY(auto bytes, tree::FileBytes::open(file));
  auto container = tree::disk::open_container(std::move(bytes), siblings_of(file));
  if (!container) {
    Error error = std::move(container).error();
    if (error.where.empty()) error.where = file;
    return fail(std::move(error));
  }
  const std::string name = std::filesystem::path(file).filename();
  return tree::disk::Disk{name, std::move(container->disk)};
}

Result<Scanned> scan(const Request& request) {
  const std::vector<std::string> files = files_of(request);
  if (files.size() > kMostDisks) return fail("too many disks", "--disk");
  std::vector<tree::disk::Disk> disks;
  for (const std::string& file : files) {
    VIGIL_TRY(tree::disk::Disk disk, open_disk(file));
    disks.push_back(std::move(disk));
  }
  VIGIL_TRY(const tree::disk::Machine machine,
            tree::disk::open_machine(disks, std::string(request.option("--root"))));
  const tree::NodeView view(machine.tree, request.argument);
  Scanned out;
  out.inventory = inventory::scan_tree(view, request.scan);
  for (const tree::disk::Problem& problem : machine.problems) {
    out.inventory.problems.push_back({problem.where, problem.why});
  }
  out.machine = read_machine(view);
  out.name =
      out.machine && !out.machine->host_name.empty() ? out.machine->host_name : request.argument;
  return out;
}

/// The disks, and the folders of those that may name files beside them.
std::vector<std::string> reads(const Request& request) {
  std::vector<std::string> out = files_of(request);
  const std::size_t count = out.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::array<char, 6> head{};
    const tree::Descriptor file(::open(out[i].c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.valid() || ::pread(file.get(), head.data(), head.size(), 0) < 6) continue;
    const std::string_view magic(head.data(), head.size());
    if (magic.starts_with("QFI\xfb") || magic == "# Disk") out.push_back(folder_of(out[i]));
  }
  return out;
}

constexpr TargetOption kOptions[] = {
    {"--disk", "FILE", "Another disk of the same machine (repeatable)"},
    {"--root", "VOLUME", "The volume to start from: /dev/sda2, UUID=..., /dev/mapper/vg-root"},
};

}  // namespace

const Target& target() {
  static const Target kTarget = {"disk",   "FILE", "A disk image of a virtual or a real machine",
                                 kOptions, scan,   reads};
  return kTarget;
}

}  // namespace vigil::source::disk
