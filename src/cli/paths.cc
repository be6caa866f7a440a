#include "cli/paths.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/environment.h"

namespace vigil::cli {
namespace {

std::string environment(const char* name) {
  const char* value = base::environment(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::string data_directory() {
  if (std::string home = environment("VIGIL_HOME"); !home.empty()) return home;
  if (::geteuid() == 0) return "/var/lib/vigil";
  if (const std::string data = environment("XDG_DATA_HOME"); !data.empty()) return data + "/vigil";
  if (const std::string home = environment("HOME"); !home.empty())
    return home + "/.local/share/vigil";
  return "/var/tmp/vigil-" + std::to_string(::geteuid());
}

std::string snapshot_path(const std::string& given) {
  return given.empty() ? data_directory() + "/intelligence" : given;
}

std::string mirror_directory() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  // build/<preset>/vigil lies two folders below the checkout.
  for (fs::path at = program.parent_path(); at.has_relative_path(); at = at.parent_path()) {
    const fs::path mirror = at.parent_path() / "shared" / "feeds";
    if (fs::exists(at / "script" / "server", error) && fs::is_directory(mirror, error))
      return mirror.string();
  }
  return {};
}

std::string last_scan_path() {
  return data_directory() + "/last-scan.json";
}

}  // namespace vigil::cli
