#include "source/job_child.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <vector>

#include "base/json_tree.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/write_all.h"
#include "source/sandbox.h"

namespace vigil::source {
namespace {

constexpr int kArguments = kFirstDescriptor;
constexpr int kAnswer = kFirstDescriptor + 1;
constexpr int kShared = kFirstDescriptor + 2;
constexpr int kFiles = kFirstDescriptor + 3;
constexpr int kFirstReadable = 6;  // in argv

constexpr int kBroken = 70;  // sysexits.h: EX_SOFTWARE

bool read_arguments(std::string& out) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(kArguments, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    out.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Result<std::string> run_guarded(const Job& job, const JobCall& call) {
  try {
    return job.run(call);
  } catch (const std::bad_alloc&) {
    return fail("it takes more memory than a reader may have", {}, {}, ErrorCode::TooLarge);
  } catch (const std::exception& error) {
    return fail(std::string("unexpected: ") + error.what());
  }
}

}  // namespace

std::string write_answer(const Result<std::string>& answer) {
  if (answer) return "+" + *answer;
  const Error& error = answer.error();
  base::JsonWriter json;
  json.begin_object().member("code", static_cast<int>(error.code)).member("what", error.what);
  json.optional_member("where", error.where).optional_member("hint", error.hint).end_object();
  return "-" + json.take();
}

Result<std::string> parse_answer(std::string_view text) {
  if (text.starts_with('+')) return std::string(text.substr(1));
  base::JsonParser parser;
  if (!text.starts_with('-')) return fail("a job gave no answer", {}, {}, ErrorCode::Crashed);
  VIGIL_TRY(const base::Json root, parser.parse(text.substr(1)));
  Error error;
  error.what = root["what"].text();
  error.where = root["where"].text();
  error.hint = root["hint"].text();
  const std::int64_t code = root["code"].integer().value_or(0);
  if (code >= 0 && code <= static_cast<int>(ErrorCode::Crashed)) {
    error.code = static_cast<ErrorCode>(code);
  }
  return fail(std::move(error));
}

int job_main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  if (words.size() < kFirstReadable) return kBroken;
  const Job* job = find_job(words[2]);
  const auto files = base::parse_unsigned(words[3]);
  const auto memory = base::parse_unsigned(words[4]);
  const auto seconds = base::parse_unsigned(words[5]);
  if (job == nullptr || !files || !memory || !seconds || *files > 1000) return kBroken;
  // Whoever waits for the answer died: so does this.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  void* const page = ::mmap(nullptr, kSharedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, kShared, 0);
  std::string arguments;
  if (page == MAP_FAILED || !read_arguments(arguments)) return kBroken;

  SandboxLimits limits;
  limits.memory = *memory;
  limits.cpu_seconds = *seconds * 4;  // of several threads
  limits.readable.assign(words.begin() + kFirstReadable, words.end());
  Result<std::string> answer = fail("not run");
  if (const auto sandbox = enter_sandbox(limits); !sandbox) {
    answer = fail(sandbox.error());
  } else {
    std::vector<int> descriptors(*files);
    for (std::size_t i = 0; i < descriptors.size(); ++i) {
      descriptors[i] = kFiles + static_cast<int>(i);
    }
    JobCall call;
    call.arguments = arguments;
    call.files = descriptors;
    call.now_reading = [page](std::string_view what) {
      const std::size_t count = std::min(what.size(), kSharedBytes - 1);
      std::memcpy(page, what.data(), count);
      static_cast<char*>(page)[count] = '\0';
    };
    answer = run_guarded(*job, call);
  }
  const bool sent = base::write_all(kAnswer, write_answer(answer), {}).has_value();
  // Destructors of what threads may still use, and leak checkers that need ptrace, are left out.
  ::_exit(sent ? 0 : kBroken);
}

}  // namespace vigil::source
