// The other side of run_job: this program, started again to do one job in a sandbox.
//
//   vigil job NAME FILES MEMORY SECONDS [READABLE...]
//
// Descriptor 3 holds the arguments, 4 takes the answer, 5 is a page for what is being read, and the
// job's FILES files follow. The answer is '+' and the job's text, or '-' and an error as JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/job.h"

namespace vigil::source {

inline constexpr std::string_view kJobWord = "job";
inline constexpr int kFirstDescriptor = 3;
inline constexpr std::size_t kSharedBytes = 4096;

/// The whole of the child: an exit code. 0 means that there is an answer.
int job_main(int argc, char** argv);

std::string write_answer(const Result<std::string>& answer);
Result<std::string> parse_answer(std::string_view text);

/// Null if there is none of that name.
const Job* find_job(std::string_view name);

}  // namespace vigil::source
