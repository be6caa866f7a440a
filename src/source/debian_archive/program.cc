#include "source/debian_archive/program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "source/child_end.h"
#include "tree/descriptor.h"

namespace vigil::source::debian_archive {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kOutputLimit = 64U << 10U;

/// The environment with messages in English and no questions.
std::vector<std::string> environment() {
  std::vector<std::string> all;
  for (char** at = ::environ; at != nullptr && *at != nullptr; ++at) {
    const std::string_view one = *at;
    if (!one.starts_with("LC_") && !one.starts_with("LANG")) all.emplace_back(one);
  }
  all.emplace_back("LC_ALL=C.UTF-8");
  all.emplace_back("DEBIAN_FRONTEND=noninteractive");
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// Starts it as the leader of a process group of its own, so that what it starts ends with it.
Result<pid_t> start(std::vector<std::string> arguments, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output, 1);
  ::posix_spawn_file_actions_adddup2(&actions, output, 2);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  std::vector<std::string> variables = environment();
  pid_t child = -1;
  const int error = ::posix_spawnp(&child, arguments[0].c_str(), &actions, &attributes,
                                   pointers(arguments).data(), pointers(variables).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) return fail("no such program", arguments[0], {}, ErrorCode::NotFound);
  if (error != 0) return fail_errno("cannot start", arguments[0], error);
  return child;
}

/// Until the end of the output or of the time; false: the time was over.
bool collect(int output, Clock::time_point end, std::string& text) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) return false;
    pollfd wanted{output, POLLIN, 0};
    const int ready =
        ::poll(&wanted, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 500)));
    if (ready < 0 && errno != EINTR) return true;
    if (ready <= 0) continue;
    const ssize_t got = ::read(output, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    const std::size_t room = kOutputLimit - std::min(kOutputLimit, text.size());
    text.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
  }
}

}  // namespace

Result<ProgramResult> run_program(const std::vector<std::string>& arguments,
                                  std::chrono::seconds limit) {
  const Clock::time_point end = Clock::now() + limit;
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("cannot start", arguments[0], errno);
  const tree::Descriptor reading(ends[0]);
  tree::Descriptor writing(ends[1]);
  VIGIL_TRY(const pid_t child, start(arguments, writing.get()));
  writing = tree::Descriptor();
  ProgramResult result;
  const bool in_time = collect(reading.get(), end, result.output);
  const auto code = wait_for_child(child, in_time, end);
  if (!code) {
    return fail("did not end within " + std::to_string(limit.count()) + " seconds", arguments[0],
                {}, ErrorCode::Busy);
  }
  result.exit_code = *code;
  return result;
}

}  // namespace vigil::source::debian_archive
