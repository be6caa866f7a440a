// The bytes of a connection, plain or through TLS: never blocks. Who uses it waits for the socket to
// be readable or writable, as it says, and tries again. So an idle connection needs no buffer, and
// the code that speaks HTTP is compiled once for both.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace vigil::server {

enum class IoStatus {
  Done,       ///< `bytes` were moved
  WantRead,   ///< again when the socket is readable
  WantWrite,  ///< again when the socket is writable
  Closed,     ///< the peer has ended its side
  Failed,     ///< the connection is broken
};

struct IoResult {
  IoStatus status = IoStatus::Failed;
  std::size_t bytes = 0;
};

class Stream {
 public:
  virtual ~Stream() = default;
  /// Until Done: nothing can be read or written before.
  virtual IoStatus handshake() = 0;
  virtual IoResult read(char* to, std::size_t size) = 0;
  /// After a Want, the same bytes must be given again.
  virtual IoResult write(std::string_view bytes) = 0;
  /// Tells the peer that nothing more will come.
  virtual void end_output() = 0;
};

/// `socket` does not block; it is not closed here.
std::unique_ptr<Stream> plain_stream(int socket);

}  // namespace vigil::server
