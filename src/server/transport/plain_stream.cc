#include <sys/socket.h>

#include <cerrno>

#include "server/transport/stream.h"

namespace vigil::server {
namespace {

class PlainStream : public Stream {
 public:
  explicit PlainStream(int socket) : socket_(socket) {}

  IoStatus handshake() override { return IoStatus::Done; }

  IoResult read(char* to, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::recv(socket_, to, size, 0);
      if (got > 0) return {IoStatus::Done, static_cast<std::size_t>(got)};
      if (got == 0) return {IoStatus::Closed};
      if (errno == EINTR) continue;
      return {errno == EAGAIN ? IoStatus::WantRead : IoStatus::Failed};
    }
  }

  IoResult write(std::string_view bytes) override {
    for (;;) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent >= 0) return {IoStatus::Done, static_cast<std::size_t>(sent)};
      if (errno == EINTR) continue;
      return {errno == EAGAIN ? IoStatus::WantWrite : IoStatus::Failed};
    }
  }

  void end_output() override { ::shutdown(socket_, SHUT_WR); }

 private:
  int socket_;
};

}  // namespace

std::unique_ptr<Stream> plain_stream(int socket) {
  return std::make_unique<PlainStream>(socket);
}

}  // namespace vigil::server
