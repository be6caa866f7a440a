#include "tree/disk/volumes.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "tree/disk/lvm.h"
#include "tree/disk/partitions.h"

namespace vigil::tree::disk {
namespace {

struct KernelName {
  std::size_t disk = 0;
  std::uint32_t partition = 0;
};

/// "sdb3" is the second disk's third partition, "nvme0n1p2" the first disk's second; numbered disks
/// are counted from 0.
std::optional<KernelName> parse_kernel_name(std::string_view name) {
  for (const std::string_view prefix : {"xvd", "sd", "vd", "hd"}) {
    if (!name.starts_with(prefix) || name.size() <= prefix.size() ||
        !base::is_lower(name[prefix.size()])) {
      continue;
    }
    const auto disk = static_cast<std::size_t>(name[prefix.size()] - 'a');
    const std::string_view digits = name.substr(prefix.size() + 1);
    if (digits.empty()) return KernelName{disk, 0};
    const auto number = base::parse_unsigned(digits);
    if (!number || *number > 4096) return std::nullopt;
    return KernelName{disk, static_cast<std::uint32_t>(*number)};
  }
  const bool nvme = name.starts_with("nvme");
  if (!nvme && !name.starts_with("mmcblk")) return std::nullopt;
  name.remove_prefix(nvme ? 4 : 6);
  const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  const auto disk = base::parse_unsigned(name.substr(0, digits));
  if (!disk) return std::nullopt;
  const std::size_t mark = name.find('p');
  if (mark == std::string_view::npos) return KernelName{static_cast<std::size_t>(*disk), 0};
  const auto number = base::parse_unsigned(name.substr(mark + 1));
  if (!number || *number > 4096) return std::nullopt;
  return KernelName{static_cast<std::size_t>(*disk), static_cast<std::uint32_t>(*number)};
}

/// udev's encoding of blanks and others in /dev/disk/by-label: "\x20".
std::string decoded(std::string_view text) {
  std::string out;
  const auto digit = [](char c) {
    const std::size_t at = std::string_view("0123456789abcdef").find(base::to_lower(c));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && text[i + 1] == 'x' && digit(text[i + 2]) >= 0 &&
        digit(text[i + 3]) >= 0) {
      out += static_cast<char>(digit(text[i + 2]) * 16 + digit(text[i + 3]));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

bool Volume::is_named(std::string_view device, std::size_t disks) const {
  if (device == name) return true;
  const auto has = [&](std::string_view tag, std::string_view directory, std::string_view value,
                       bool exact) {
    std::string wanted;
    if (device.starts_with(tag) && device.substr(tag.size()).starts_with('=')) {
      std::string_view rest = device.substr(tag.size() + 1);
      if (rest.size() >= 2 && rest.front() == '"' && rest.back() == '"') {
        rest = rest.substr(1, rest.size() - 2);
      }
      wanted = rest;
    } else if (device.starts_with(directory)) {
      wanted = decoded(device.substr(directory.size()));
    }
    if (wanted.empty()) return false;
    return exact ? wanted == value : base::equals_ignoring_case(wanted, value);
  };
  if (has("UUID", "/dev/disk/by-uuid/", signature.uuid, false) ||
      has("LABEL", "/dev/disk/by-label/", signature.label, true) ||
      has("PARTUUID", "/dev/disk/by-partuuid/", partition_uuid, false) ||
      has("PARTLABEL", "/dev/disk/by-partlabel/", partition_label, true)) {
    return true;
  }
  if (!logical.empty()) {
    // Device-mapper doubles the dashes of both names.
    return device == "/dev/" + group + "/" + logical ||
           device == "/dev/mapper/" + base::replace_all(group, "-", "--") + "-" +
                         base::replace_all(logical, "-", "--");
  }
  if (!device.starts_with("/dev/")) return false;
  const auto parsed = parse_kernel_name(device.substr(5));
  return parsed && parsed->partition == number && (disks == 1 || parsed->disk == disk);
}

std::vector<Volume> find_volumes(const std::vector<Disk>& disks, Problems& problems) {
  std::vector<Volume> volumes;
  for (std::size_t i = 0; i < disks.size(); ++i) {
    const Disk& disk = disks[i];
    std::vector<Partition> partitions;
    // A boot sector of FAT or a damaged file system may look like an MBR.
    if (has_gpt(*disk.bytes) || identify(*disk.bytes).content == Content::Unknown) {
      Problems found;
      partitions = read_partitions(disk.bytes, found);
      for (Problem& problem : found) {
        problems.push_back({disk.name + ", " + problem.where, std::move(problem.why)});
      }
    }
    if (partitions.empty()) {
      Volume volume;
      volume.name = disk.name;
      volume.disk = i;
      volume.bytes = disk.bytes;
      volumes.push_back(std::move(volume));
    }
    for (Partition& partition : partitions) {
      Volume volume;
      volume.name = disk.name + ", partition " + std::to_string(partition.number);
      volume.disk = i;
      volume.number = partition.number;
      volume.type = std::move(partition.type);
      volume.partition_uuid = std::move(partition.uuid);
      volume.partition_label = std::move(partition.label);
      volume.bytes = std::move(partition.bytes);
      volumes.push_back(std::move(volume));
    }
  }
  std::vector<SharedBytes> physical;
  for (Volume& volume : volumes) {
    volume.signature = identify(*volume.bytes);
    if (volume.signature.content == Content::PhysicalVolume) physical.push_back(volume.bytes);
  }
  for (LogicalVolume& logical : read_logical_volumes(physical, problems)) {
    Volume volume;
    volume.name = base::printable(logical.group + "/" + logical.name);
    volume.group = std::move(logical.group);
    volume.logical = std::move(logical.name);
    volume.signature = identify(*logical.bytes);
    volume.bytes = std::move(logical.bytes);
    volumes.push_back(std::move(volume));
  }
  return volumes;
}

}  // namespace vigil::tree::disk
