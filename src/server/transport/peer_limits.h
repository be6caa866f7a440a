// Counts the open connections, all and by peer, against limits. A peer is an IPv4 address or an IPv6
// /64, which is what one customer gets.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace vigil::server {

class PeerLimits {
 public:
  PeerLimits(std::size_t total, std::size_t per_peer) : total_(total), per_peer_(per_peer) {}

  /// One connection: counted while it lives. It must not outlive the limits.
  class Seat {
   public:
    Seat(PeerLimits& of, std::string peer) : of_(&of), peer_(std::move(peer)) {}
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat();

   private:
    PeerLimits* of_;
    std::string peer_;
  };

  /// Null where a limit is reached. Any thread.
  std::unique_ptr<Seat> admit(const std::string& peer);
  [[nodiscard]] std::size_t open() const;

 private:
  mutable std::mutex mutex_;
  std::size_t open_ = 0;                                ///< guarded by mutex_
  std::unordered_map<std::string, std::size_t> peers_;  ///< guarded by mutex_
  const std::size_t total_;
  const std::size_t per_peer_;
};

}  // namespace vigil::server
