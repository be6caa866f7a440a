#include "source/job.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include "base/environment.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/write_all.h"
#include "source/job_child.h"
#include "tree/descriptor.h"

// Defined by programs that begin with job_main, see main.cc.
extern "C" [[gnu::weak]] int vigil_runs_jobs();

namespace vigil::source {
namespace {

using Clock = std::chrono::steady_clock;
using tree::Descriptor;

/// What the child says it reads: a page that both see.
class Shared {
 public:
  static Result<Shared> make() {
    Shared out;
    out.file_ = Descriptor(::memfd_create("vigil-reading", MFD_CLOEXEC));
    if (!out.file_.valid() || ::ftruncate(out.file_.get(), kSharedBytes) != 0) {
      return fail_errno("cannot share memory with a job", {}, errno);
    }
    return out;
  }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  [[nodiscard]] std::string text() const {
    std::array<char, kSharedBytes> page{};
    if (::pread(file_.get(), page.data(), page.size(), 0) <= 0) return {};
    return base::printable(std::string_view(page.data(), ::strnlen(page.data(), page.size())));
  }

 private:
  Descriptor file_;
};

Result<Descriptor> file_of(std::string_view text) {
  Descriptor file(::memfd_create("vigil-arguments", MFD_CLOEXEC));
  if (!file.valid() || !base::write_all(file.get(), text, {}) ||
      ::lseek(file.get(), 0, SEEK_SET) != 0) {
    return fail_errno("cannot hand a job its arguments", {}, errno);
  }
  return file;
}

/// Descriptors as the child shall see them, from kFirstDescriptor on.
class Handed {
 public:
  Result<void> add(int descriptor) {
    // High, so that none is overwritten while they are put in their places.
    constexpr int kHigh = 200;
    Descriptor copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, kHigh));
    if (!copy.valid()) return fail_errno("cannot hand a job a file", {}, errno);
    copies_.push_back(std::move(copy));
    return ok();
  }
  void put(posix_spawn_file_actions_t& actions) const {
    int place = kFirstDescriptor;
    for (const Descriptor& copy : copies_) {
      posix_spawn_file_actions_adddup2(&actions, copy.get(), place++);
    }
  }

 private:
  std::vector<Descriptor> copies_;
};

/// The child gets no secrets from our environment.
std::vector<std::string> bare_environment() {
  std::vector<std::string> out;
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE"}) {
    if (const char* value = base::environment(name)) {
      out.push_back(std::string(name) + "=" + value);
    }
  }
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

Result<pid_t> start(std::vector<std::string> words, const Handed& handed) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  handed.put(actions);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::vector<std::string> environment = bare_environment();
  pid_t id = 0;
  // Also after an upgrade replaced the file, this is the program that runs.
  const int error = posix_spawn(&id, "/proc/self/exe", &actions, &attributes,
                                pointers(words).data(), pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return fail_errno("cannot start a job", {}, error);
  return id;
}

/// Ends the child whatever happens, and leaves no zombie.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    wait();
  }
  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return status;
  }

 private:
  pid_t id_;
};

enum class End { Whole, TooLong, TooMuch, Failed };

End read_answer(int pipe, const JobOptions& options, std::string& out) {
  const Clock::time_point until = Clock::now() + options.time;
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return End::TooLong;
    pollfd polled = {pipe, POLLIN, 0};
    const int ready = ::poll(&polled, 1, static_cast<int>(std::min<long>(left, 60'000)));
    if (ready < 0 && errno != EINTR) return End::Failed;
    if (ready <= 0) continue;
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return End::Failed;
    if (count == 0) return End::Whole;
    if (out.size() + static_cast<std::size_t>(count) > options.answer) return End::TooMuch;
    out.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

tl::unexpected<Error> blame(std::string_view name, const std::string& what,
                            const std::string& reading, ErrorCode code) {
  return fail("the reader (" + std::string(name) + ") " + what, reading,
              "the file is damaged or made to do harm; please report it if it is neither", code);
}

Result<std::string> run_isolated(std::string_view name, std::string_view arguments,
                                 std::span<const int> files, const JobOptions& options) {
  VIGIL_TRY(const Descriptor argument_file, file_of(arguments));
  VIGIL_TRY(const Shared shared, Shared::make());
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("cannot make a pipe", {}, errno);
  const Descriptor from_child(ends[0]);
  Descriptor to_parent(ends[1]);
  Handed handed;
  VIGIL_CHECK(handed.add(argument_file.get()));
  VIGIL_CHECK(handed.add(to_parent.get()));
  VIGIL_CHECK(handed.add(shared.descriptor()));
  for (const int file : files) VIGIL_CHECK(handed.add(file));

  const auto seconds = std::chrono::ceil<std::chrono::seconds>(options.time).count();
  std::vector<std::string> words = {"vigil",
                                    std::string(kJobWord),
                                    std::string(name),
                                    std::to_string(files.size()),
                                    std::to_string(options.memory),
                                    std::to_string(seconds)};
  words.insert(words.end(), options.readable.begin(), options.readable.end());
  VIGIL_TRY(const pid_t id, start(std::move(words), handed));
  Child child(id);
  handed = {};
  to_parent.reset();

  std::string answer;
  const End end = read_answer(from_child.get(), options, answer);
  if (end == End::TooLong) {
    return blame(name, "took longer than " + std::to_string(seconds) + " s", shared.text(),
                 ErrorCode::Crashed);
  }
  if (end == End::TooMuch) {
    return blame(name, "gave a longer answer than " + std::to_string(options.answer) + " bytes",
                 shared.text(), ErrorCode::TooLarge);
  }
  if (end == End::Failed) return fail_errno("cannot read a job's answer", {}, errno);
  const int status = child.wait();
  if (WIFSIGNALED(status)) {
    const bool memory = WTERMSIG(status) == SIGKILL;
    const char* const signal = ::sigabbrev_np(WTERMSIG(status));
    return blame(name,
                 memory ? "was killed, perhaps for want of memory"
                        : "crashed (SIG" + std::string(signal != nullptr ? signal : "?") + ")",
                 shared.text(), ErrorCode::Crashed);
  }
  if (WEXITSTATUS(status) != 0) {
    return blame(name, "ended without an answer", shared.text(), ErrorCode::Crashed);
  }
  return parse_answer(answer);
}

}  // namespace

bool is_isolated() {
  return vigil_runs_jobs != nullptr;
}

Result<std::string> run_job(std::string_view name, std::string_view arguments,
                            std::span<const int> files, const JobOptions& options) {
  const Job* job = find_job(name);
  if (job == nullptr) return fail("there is no such job", std::string(name));
  if (is_isolated()) return run_isolated(name, arguments, files, options);
  JobCall call;
  call.arguments = arguments;
  call.files = files;
  call.now_reading = [](std::string_view) {};
  return job->run(call);
}

const Job* find_job(std::string_view name) {
  for (const Job* job : all_jobs()) {
    if (job->name == name) return job;
  }
  return nullptr;
}

}  // namespace vigil::source
