#include "server/transport/peer_limits.h"

namespace vigil::server {

PeerLimits::Seat::~Seat() {
  const std::lock_guard lock(of_->mutex_);
  --of_->open_;
  const auto place = of_->peers_.find(peer_);
  if (--place->second == 0) of_->peers_.erase(place);
}

std::unique_ptr<PeerLimits::Seat> PeerLimits::admit(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  if (open_ >= total_) return nullptr;
  std::size_t& count = peers_[peer];
  if (count >= per_peer_) {
    if (count == 0) peers_.erase(peer);
    return nullptr;
  }
  auto seat = std::make_unique<Seat>(*this, peer);
  ++count;
  ++open_;
  return seat;
}

std::size_t PeerLimits::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

}  // namespace vigil::server
