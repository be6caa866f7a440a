// Stands between a store and its PostgreSQL server and cuts the connection at the moment that matters
// most: around a COMMIT.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace vigil::store::testing {

class CuttingProxy {
 public:
  /// Listens in `directory`, passes on to the Unix socket `server`.
  CuttingProxy(const std::string& directory, std::string server)
      : directory_(directory), server_(std::move(server)), listener_(make_socket()) {
    const sockaddr_un address = address_of(directory + "/.s.PGSQL.5432");
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    ::listen(listener_, 16);
    accepting_ = std::thread([this] { accept_all(); });
  }
  ~CuttingProxy() {
    stopping_ = true;
    accepting_.join();
    for (std::thread& thread : passing_) thread.join();
    ::close(listener_);
  }
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  [[nodiscard]] std::string address(const std::string& schema) const {
    return "postgresql://vigil@/postgres?host=" + directory_ + "&options=-csearch_path%3D" + schema;
  }
  /// The next COMMIT does not reach the server.
  void cut_before_commit() { cut_ = Cut::Before; }
  /// The next COMMIT is done, and its answer does not reach the client.
  void cut_after_commit() { cut_ = Cut::After; }
  /// How many connections were cut.
  [[nodiscard]] int cuts() const { return cuts_; }

 private:
  enum class Cut { Nothing, Before, After };
  static constexpr int kTick = 20;  // milliseconds between looks at whether to stop

  static int make_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); }
  static sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(static_cast<char*>(address.sun_path), sizeof(address.sun_path) - 1);
    return address;
  }
  static bool is_readable(int descriptor, int patience) {
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, patience) > 0;
  }
  static std::string receive(int descriptor) {
    std::array<char, 65536> buffer{};
    const ssize_t size = ::read(descriptor, buffer.data(), buffer.size());
    return {buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
  }
  static bool send(int descriptor, std::string_view bytes) {
    return ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }

  void accept_all() {
    while (!stopping_) {
      if (!is_readable(listener_, kTick)) continue;
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client >= 0) passing_.emplace_back([this, client] { pass(client); });
    }
  }

  void pass(int client) {
    const int server = make_socket();
    const sockaddr_un address = address_of(server_);
    bool goes_on =
        ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    while (goes_on && !stopping_) {
      std::array<pollfd, 2> waiting = {pollfd{.fd = client, .events = POLLIN, .revents = 0},
                                       pollfd{.fd = server, .events = POLLIN, .revents = 0}};
      if (::poll(waiting.data(), waiting.size(), kTick) <= 0) continue;
      if (waiting[0].revents != 0) goes_on = pass_to_server(client, server);
      if (goes_on && waiting[1].revents != 0) {
        const std::string bytes = receive(server);
        goes_on = !bytes.empty() && send(client, bytes);
      }
    }
    ::close(client);
    ::close(server);
  }

  /// False if the connection is over.
  bool pass_to_server(int client, int server) {
    // A simple query: 'Q', the length of the rest, the text.
    static constexpr std::string_view kCommit(
        "Q\0\0\0\x0b"
        "COMMIT\0",
        12);
    const std::string bytes = receive(client);
    if (bytes.empty()) return false;
    if (bytes.find(kCommit) == std::string::npos) return send(server, bytes);
    const Cut cut = cut_.exchange(Cut::Nothing);
    if (cut == Cut::Nothing) return send(server, bytes);
    ++cuts_;
    if (cut == Cut::After && send(server, bytes)) receive(server);
    return false;
  }

  std::string directory_;
  std::string server_;
  int listener_;
  std::atomic<bool> stopping_ = false;
  std::atomic<Cut> cut_ = Cut::Nothing;
  std::atomic<int> cuts_ = 0;
  std::vector<std::thread> passing_;
  std::thread accepting_;
};

}  // namespace vigil::store::testing
