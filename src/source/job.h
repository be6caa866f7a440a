// Work on untrusted bytes that is done in a child process without network and without the right to
// write anything: it is given open files, and gives back a text.
//
// One directory per job, `source/jobs/<name>/<name>.cc`, defines
//   namespace vigil::source::<name> { const Job& job(); }
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::source {

/// What a job may do beside computing.
struct JobCall {
  std::string_view arguments;  ///< a text both sides agree on, JSON mostly
  std::span<const int> files;  ///< open descriptors, in the order they were given; read only
  /// Names what is being read, so that a crash can be blamed on it. Cheap: no system call.
  std::function<void(std::string_view what)> now_reading;
};

struct Job {
  std::string_view name;  ///< "layer"
  /// In the child. The answer is a text both sides agree on; an error keeps its code.
  Result<std::string> (*run)(const JobCall& call) = nullptr;
};

/// Every job, ordered by name.
std::span<const Job* const> all_jobs();

struct JobOptions {
  std::chrono::milliseconds time{15 * 60 * 1000};
  std::uint64_t memory = std::uint64_t{4} << 30;  ///< bytes of address space that are not files
  std::uint64_t answer = std::uint64_t{1} << 30;  ///< bytes
  /// Directories and files the job may open for reading, besides the files it is given.
  std::vector<std::string> readable;
};

/// Runs the job and waits. A crash is an error that names the job, the signal and what was being
/// read; so is running out of time or memory. Where the program cannot start itself again (tests of
/// single rooms), the job runs in this process, which `is_isolated` tells.
Result<std::string> run_job(std::string_view name, std::string_view arguments,
                            std::span<const int> files, const JobOptions& options = {});

/// Do jobs run in a child process here?
bool is_isolated();

}  // namespace vigil::source
