// Remembers the signatures of requests that changed something, so that a recorded one cannot be sent
// again.
//
// AWS has no such thing: it relies on TLS. Vigil is also run without TLS, on a trusted network, so it
// goes one step further, but not so far that an honest client is refused: two equal calls made in the
// same second have the same signature, because the time in it has whole seconds. Such a twin arrives
// moments after the first; what arrives later than that is a repetition. SDKs sign every retry anew.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vigil::server {

class ReplayGuard {
 public:
  /// A signature is remembered for `window` seconds, which must cover all times at which it is valid;
  /// `most` of them at once (about 100 bytes each): beyond that the oldest half is forgotten.
  explicit ReplayGuard(std::int64_t window, std::size_t most = 100'000)
      : window_(window), most_(most) {}

  /// False if this signature was used more than a few seconds ago. Only for signatures that have been
  /// verified: a stranger must not be able to fill the memory. Any thread.
  bool accept(std::string_view signature, std::int64_t now);
  [[nodiscard]] std::size_t size() const;

 private:
  using Seen = std::unordered_map<std::string, std::int64_t>;  ///< signature, time of its first use
  void turn(std::int64_t now);

  mutable std::mutex mutex_;
  Seen current_;             ///< guarded by mutex_
  Seen previous_;            ///< guarded by mutex_
  std::int64_t turned_ = 0;  ///< guarded by mutex_; when current_ was begun
  const std::int64_t window_;
  const std::size_t most_;
};

}  // namespace vigil::server
