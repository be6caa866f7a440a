#include "intel/verified.h"

#include <sys/stat.h>

#include "base/file.h"

namespace vigil::intel {
namespace {

constexpr std::uint64_t kMaximumBytes = 4096;

std::string note_path(const std::string& path) { return path + ".checked"; }

/// What tells this state of this file from any other; empty if there is no such file.
std::string identity(const std::string& path, std::uint64_t checksum) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  std::string text;
  const auto add = [&](auto number) { text += std::to_string(number) + " "; };
  add(status.st_dev);
  add(status.st_ino);
  add(status.st_size);
  add(status.st_mtim.tv_sec);
  add(status.st_mtim.tv_nsec);
  add(status.st_ctim.tv_sec);
  add(status.st_ctim.tv_nsec);
  return text + std::to_string(checksum) + "\n";
}

}  // namespace

bool is_known_good(const std::string& path, std::uint64_t checksum) {
  const auto note = base::read_file(note_path(path), kMaximumBytes);
  return note && !note->empty() && *note == identity(path, checksum);
}

void remember_good(const std::string& path, std::uint64_t checksum) {
  // A note that cannot be written costs the next reader a check, nothing else.
  static_cast<void>(base::write_file_atomically(note_path(path), identity(path, checksum)));
}

}  // namespace vigil::intel
