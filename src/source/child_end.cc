#include "source/child_end.h"

#include <sys/wait.h>
#include <csignal>

#include <cerrno>
#include <thread>

namespace vigil::source {

std::optional<int> wait_for_child(pid_t child, bool in_time,
                                  std::chrono::steady_clock::time_point end) {
  int status = 0;
  pid_t ended = 0;
  // A program may close its output and go on.
  while (in_time && (ended = ::waitpid(child, &status, WNOHANG)) == 0) {
    in_time = std::chrono::steady_clock::now() < end;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (ended == 0) {
    ::kill(-child, SIGKILL);
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return std::nullopt;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace vigil::source
