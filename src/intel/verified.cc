#include "intel/verified.h"

#include <sys/stat.h>

#include <chrono>

#include "base/file.h"

namespace vigil::intel {
namespace {

constexpr std::uint64_t kMaximumBytes = 4096;
/// File systems keep times no finer than the kernel's tick (10 ms at most). A file that changed just
/// now may change again without its times showing it.
constexpr std::chrono::milliseconds kSettled{100};

bool is_settled(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return false;
  const auto changed = std::chrono::seconds(status.st_ctim.tv_sec) +
                       std::chrono::nanoseconds(status.st_ctim.tv_nsec);
  return std::chrono::system_clock::now().time_since_epoch() - changed > kSettled;
}

std::string note_path(const std::string& path) {
  return path + ".checked";
}

/// What tells this state of this file from any other; empty if there is no such file.
std::string identity(const std::string& path, std::uint64_t checksum) {
  struct stat status{};
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
  if (!is_settled(path)) return;
  // A note that cannot be written costs the next reader a check, nothing else.
  static_cast<void>(base::write_file_atomically(note_path(path), identity(path, checksum)));
}

}  // namespace vigil::intel
