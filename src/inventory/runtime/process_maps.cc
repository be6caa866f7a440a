#include "inventory/runtime/process_maps.h"

#include "base/text.h"

namespace vigil::inventory {
namespace {

/// Mapped, but never a package's file.
bool is_no_file(std::string_view path) {
  for (const std::string_view prefix :
       {"/dev/", "/memfd:", "/SYSV", "/proc/", "/anon_hugepage", "/[", "/i915"}) {
    if (path.starts_with(prefix)) return true;
  }
  return false;
}

bool is_temporary(std::string_view path) {
  for (const std::string_view prefix :
       {"/tmp/", "/var/tmp/", "/run/", "/var/run/", "/var/cache/"}) {
    if (path.starts_with(prefix)) return true;
  }
  return false;
}

/// The five columns before the path have no blanks in them: range, rights, offset, device, inode.
std::string_view skip_column(std::string_view line) {
  const std::size_t end = line.find(' ');
  if (end == std::string_view::npos) return {};
  line.remove_prefix(end);
  const std::size_t next = line.find_first_not_of(' ');
  return next == std::string_view::npos ? std::string_view() : line.substr(next);
}

}  // namespace

bool strip_deleted(std::string_view& path) {
  constexpr std::string_view kMark = " (deleted)";
  if (!path.ends_with(kMark)) return false;
  path.remove_suffix(kMark.size());
  for (const std::string_view suffix : {".dpkg-new", ".dpkg-tmp"}) {
    if (path.ends_with(suffix)) path.remove_suffix(suffix.size());
  }
  // rpm writes a file as NAME;TRANSACTION, eight hexadecimal digits, and renames it.
  constexpr std::size_t kTransaction = 9;
  if (path.size() > kTransaction && path[path.size() - kTransaction] == ';') {
    const std::string_view digits = path.substr(path.size() - kTransaction + 1);
    if (digits.find_first_not_of("0123456789abcdef") == std::string_view::npos) {
      path.remove_suffix(kTransaction);
    }
  }
  return true;
}

bool may_be_packaged(std::string_view path) {
  return !is_no_file(path) && !is_temporary(path);
}

void each_mapped_file(std::string_view maps, const std::function<void(const MappedFile&)>& visit) {
  std::string_view last_path;
  bool last_executable = false;
  while (const auto line = base::next_line(maps)) {
    const std::string_view rights = skip_column(*line);
    if (rights.size() < 4) continue;
    const bool executable = rights[2] == 'x';
    std::string_view path = skip_column(skip_column(skip_column(rights)));
    // Anonymous memory has inode 0 and no path: what follows is the inode itself or nothing.
    path = skip_column(path);
    if (!path.starts_with('/') || is_no_file(path)) continue;
    if (path == last_path && executable == last_executable) continue;
    last_path = path;
    last_executable = executable;
    MappedFile file{path, executable, false};
    file.deleted = strip_deleted(file.path);
    if (file.deleted && !may_be_packaged(file.path)) continue;
    visit(file);
  }
}

}  // namespace vigil::inventory
