// Refreshes intelligence in a process of its own, `vigil intel update`: reading feeds takes hundreds of
// MiB for a minute, which a server that idles in forty should not keep; and a feed that makes the
// reader crash does not take the server along.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace vigil::server {

struct IntelligenceUpdate {
  std::string program;   ///< of vigil itself
  std::string snapshot;  ///< the file to build
  std::string feeds;     ///< a directory; empty: the upstreams
};

class ChildProcess {
 public:
  static Result<ChildProcess> start(const std::string& program,
                                    const std::vector<std::string>& arguments);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) = delete;
  /// Ends the process if it still runs, and waits for it.
  ~ChildProcess();

  /// Its exit code once it has ended; -1 if a signal ended it; nothing while it runs.
  std::optional<int> poll();

 private:
  explicit ChildProcess(int id) : id_(id) {}
  int id_ = -1;
};

Result<ChildProcess> start_intelligence_update(const IntelligenceUpdate& update);

/// The path of the running program.
std::string own_program();

}  // namespace vigil::server
