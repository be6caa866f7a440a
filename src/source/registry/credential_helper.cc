#include "source/registry/credential_helper.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/json_tree.h"
#include "base/text.h"
#include "source/child_end.h"
#include "tree/descriptor.h"

namespace vigil::source::registry {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMostOutput = 256U << 10U;

/// A socket of our own is the program's input and output: unlike a pipe, writing to one whose other
/// end is closed can be told to raise no signal.
struct Ends {
  tree::Descriptor ours;
  tree::Descriptor theirs;
};

Result<Ends> open_ends(const std::string& program) {
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return fail_errno("cannot start", program, errno);
  }
  return Ends{tree::Descriptor(pair[0]), tree::Descriptor(pair[1])};
}

Result<pid_t> start(std::string program, int theirs) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, theirs, 0);
  ::posix_spawn_file_actions_adddup2(&actions, theirs, 1);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  std::string command = "get";
  std::array<char*, 3> arguments{program.data(), command.data(), nullptr};
  pid_t child = -1;
  const int error =
      ::posix_spawnp(&child, program.c_str(), &actions, &attributes, arguments.data(), ::environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) {
    return fail("there is no such credential helper", program,
                "install it, or put it into the PATH of this program", ErrorCode::NotFound);
  }
  if (error != 0) return fail_errno("cannot start", program, error);
  return child;
}

/// False: the time was over, or it prints without end.
bool collect(int descriptor, Clock::time_point end, std::string& output) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0 || output.size() > kMostOutput) return false;
    pollfd wanted{descriptor, POLLIN, 0};
    const int ready =
        ::poll(&wanted, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 500)));
    if (ready <= 0) continue;
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    output.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

Result<Credentials> parse_helper_answer(std::string_view json) {
  base::JsonParser parser;
  const auto root = parser.parse(json);
  if (!root || !root->is_object()) return fail("the credential helper's answer cannot be read");
  const std::string_view user = (*root)["Username"].text();
  const std::string_view secret = (*root)["Secret"].text();
  if (user.empty() || secret.empty()) {
    return fail("the credential helper's answer has no user or no secret");
  }
  Credentials found;
  if (user == "<token>") {
    found.identity_token = secret;
  } else {
    found.user = user;
    found.password = secret;
  }
  return found;
}

Result<std::optional<Credentials>> ask_helper(std::string_view name, std::string_view server,
                                              std::chrono::milliseconds limit) {
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return base::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
  if (!plain) return fail("not the name of a credential helper", base::printable(name));
  const std::string program = "docker-credential-" + std::string(name);
  const Clock::time_point end = Clock::now() + limit;
  VIGIL_TRY(Ends ends, open_ends(program));
  VIGIL_TRY(const pid_t child, start(program, ends.theirs.get()));
  ends.theirs = tree::Descriptor();
  // A server's name always fits into the socket's buffer.
  const std::string line = std::string(server) + "\n";
  static_cast<void>(::send(ends.ours.get(), line.data(), line.size(), MSG_NOSIGNAL));
  static_cast<void>(::shutdown(ends.ours.get(), SHUT_WR));
  std::string output;
  const bool in_time = collect(ends.ours.get(), end, output);
  const auto code = wait_for_child(child, in_time, end);
  if (!code) return fail("the credential helper does not end", program, {}, ErrorCode::Busy);
  if (*code != 0 && output.find("credentials not found") != std::string::npos) return std::nullopt;
  if (*code != 0) {
    return fail("the credential helper ends with " + std::to_string(*code), program,
                "run it by hand: echo SERVER | " + program + " get", ErrorCode::Io);
  }
  auto found = parse_helper_answer(output);
  if (!found) {
    found.error().where = program;
    return tl::unexpected(std::move(found.error()));
  }
  found->from = program;
  return std::move(*found);
}

}  // namespace vigil::source::registry
