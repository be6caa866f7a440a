#include "source/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <csignal>
#include <memory>

#include "source/landlock.h"

namespace vigil::source {
namespace {

/// What computing, threads and reading take, with glibc's and the sanitizers' own needs. openat and
/// clone are allowed below, as far as they go.
constexpr int kAllowed[] = {
    SCMP_SYS(access),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(brk),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fcntl),
    SCMP_SYS(fgetxattr),
    SCMP_SYS(fstat),
    SCMP_SYS(fstatfs),
    SCMP_SYS(futex),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(getegid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrlimit),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getuid),
    SCMP_SYS(lseek),
    SCMP_SYS(lstat),
    SCMP_SYS(madvise),
    SCMP_SYS(membarrier),
    SCMP_SYS(mincore),
    SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(nanosleep),
    SCMP_SYS(newfstatat),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(prlimit64),
    SCMP_SYS(read),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(readv),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(stat),
    SCMP_SYS(statfs),
    SCMP_SYS(statx),
    SCMP_SYS(sysinfo),
    SCMP_SYS(tgkill),
    SCMP_SYS(time),
    SCMP_SYS(uname),
    SCMP_SYS(write),
    SCMP_SYS(writev),
};

constexpr std::uint64_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

/// Everything else fails with EPERM; what needs an answer of its own is told ENOSYS, so that glibc
/// takes the older call.
bool allow_few_calls(bool with_openat2) {
  const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
  if (!filter) return false;
  const auto add = [&](std::uint32_t action, int call) {
    return seccomp_rule_add(filter.get(), action, call, 0) == 0;
  };
  // A call this architecture does not have cannot be added, and need not be.
  for (const int call : kAllowed) add(SCMP_ACT_ALLOW, call);
  // openat2's flags lie in memory, where no filter sees them: Landlock must.
  if (!add(with_openat2 ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2))) return false;
  if (!add(SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3))) return false;
  const auto reading = SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, 0);
  if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, reading) != 0) {
    return false;
  }
  const auto reading_open = SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, 0);
  seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(open), 1, reading_open);
  const auto thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
  if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, thread) != 0) return false;
  return seccomp_load(filter.get()) == 0;
}

void limit(int what, std::uint64_t value) {
  const struct rlimit bound = {value, value};
  ::setrlimit(static_cast<__rlimit_resource>(what), &bound);
}

void set_limits(const SandboxLimits& limits) {
  limit(RLIMIT_CORE, 0);
  // What is written to a log that is a file is lost then, but kills nobody.
  limit(RLIMIT_FSIZE, 0);
  (void)::signal(SIGXFSZ, SIG_IGN);
  if (limits.cpu_seconds != 0) limit(RLIMIT_CPU, limits.cpu_seconds);
#if !defined(__SANITIZE_ADDRESS__)  // whose shadow counts as data
  if (limits.memory != 0) limit(RLIMIT_DATA, limits.memory);
#endif
}

}  // namespace

Result<Sandbox> enter_sandbox(const SandboxLimits& limits) {
  Sandbox out;
  set_limits(limits);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return out;
  out.landlock = landlock_version();
  if (out.landlock > 0) VIGIL_CHECK(restrict_files(limits.readable, out.landlock));
  out.seccomp = allow_few_calls(out.landlock > 0);
  return out;
}

}  // namespace vigil::source
