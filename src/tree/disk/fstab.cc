#include "tree/disk/fstab.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "tree/resolve.h"

namespace vigil::tree::disk {
namespace {

/// "\040" is a blank, likewise tab, newline and backslash.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto is_octal = [&](std::size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '7';
    };
    if (text[i] == '\\' && is_octal(i + 1) && is_octal(i + 2) && is_octal(i + 3)) {
      out += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                               (text[i + 3] - '0'));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_of_disks(const FstabEntry& entry) {
  static const std::set<std::string, std::less<>> kOthers = {
      "swap", "proc", "sysfs",  "tmpfs",     "devpts",   "devtmpfs", "nfs",       "nfs4",
      "cifs", "smb3", "none",   "overlay",   "cgroup",   "cgroup2",  "debugfs",   "securityfs",
      "ceph", "9p",   "mqueue", "hugetlbfs", "efivarfs", "sshfs",    "glusterfs", "iso9660"};
  if (kOthers.contains(entry.type) || entry.type.starts_with("fuse")) return false;
  const auto has = [&](std::string_view option) {
    return std::find(entry.options.begin(), entry.options.end(), option) != entry.options.end();
  };
  return entry.path.starts_with('/') && !has("bind") && !has("rbind") && !has("noauto");
}

}  // namespace

std::vector<FstabEntry> parse_fstab(std::string_view text) {
  std::vector<FstabEntry> entries;
  while (const auto line = base::next_line(text)) {
    const auto words = base::words(*line);
    if (words.size() < 2 || words[0].starts_with('#')) continue;
    FstabEntry entry;
    entry.device = unescaped(words[0]);
    entry.path = unescaped(words[1]);
    if (entry.path.starts_with('/')) entry.path = tidy_path(entry.path);
    entry.type = words.size() > 2 ? std::string(words[2]) : "auto";
    if (words.size() > 3) {
      for (const auto option : base::split(words[3], ',')) entry.options.emplace_back(option);
    }
    if (is_of_disks(entry)) entries.push_back(std::move(entry));
  }
  std::stable_sort(entries.begin(), entries.end(), [](const FstabEntry& a, const FstabEntry& b) {
    const auto depth = [](const std::string& path) {
      return path == "/" ? 0 : std::count(path.begin(), path.end(), '/');
    };
    return depth(a.path) < depth(b.path);
  });
  return entries;
}

}  // namespace vigil::tree::disk
