#include "source/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "tree/descriptor.h"

namespace vigil::source {
namespace {

/// As of version 6; older kernels are given a shorter size. Debian 12's header stops at version 2.
struct Attributes {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;
  std::uint64_t scoped;
};

constexpr std::uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t kReadDirectory = LANDLOCK_ACCESS_FS_READ_DIR;

/// Every right to files that this version knows.
std::uint64_t rights_to_files(int version) {
  const int bits = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  return (std::uint64_t{1} << bits) - 1;
}

std::size_t size_of_attributes(int version) {
  if (version >= 6) return sizeof(Attributes);
  return version >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

Result<void> allow(int rules, const std::string& path) {
  const tree::Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat status = {};
  if (!place.valid() || ::fstat(place.get(), &status) != 0) {
    return fail_errno("cannot open", path, errno);
  }
  landlock_path_beneath_attr rule = {};
  rule.allowed_access = S_ISDIR(status.st_mode) ? kReadFile | kReadDirectory : kReadFile;
  rule.parent_fd = place.get();
  if (::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
    return fail_errno("cannot be allowed to a sandbox", path, errno);
  }
  return ok();
}

}  // namespace

int landlock_version() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<int>(version) : 0;
}

Result<void> restrict_files(const std::vector<std::string>& readable, int version) {
  constexpr std::uint64_t kBindAndConnect = 3;
  constexpr std::uint64_t kAbstractSocketsAndSignals = 3;
  Attributes attributes = {rights_to_files(version), kBindAndConnect, kAbstractSocketsAndSignals};
  const tree::Descriptor rules(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &attributes, size_of_attributes(version), 0)));
  if (!rules.valid()) return fail_errno("cannot make a Landlock ruleset", {}, errno);
  for (const std::string& path : readable) VIGIL_CHECK(allow(rules.get(), path));
  if (::syscall(SYS_landlock_restrict_self, rules.get(), 0) != 0) {
    return fail_errno("cannot enter the Landlock ruleset", {}, errno);
  }
  return ok();
}

}  // namespace vigil::source
