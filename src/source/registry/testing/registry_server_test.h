// Debian's docker-registry (the Distribution project's own server) on a loopback port, with what
// umoci and skopeo put into it.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"

namespace vigil::source::registry::testing {

/// Runs a program of PATH with its output thrown away.
inline pid_t start_program(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& one : arguments) pointers.push_back(one.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  if (std::getenv("VIGIL_TEST_VERBOSE") == nullptr) {
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  }
  pid_t child = 0;
  const int error =
      ::posix_spawnp(&child, pointers[0], &actions, nullptr, pointers.data(), ::environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? child : 0;
}

inline bool run_program(const std::vector<std::string>& arguments) {
  const pid_t child = start_program(arguments);
  int status = 1;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

struct RegistrySettings {
  bool password = false;  ///< user "user", password "secret"
  bool tls = false;       ///< with a certificate for 127.0.0.1 that certificate() has
  std::string notify;     ///< address of a web hook
};

class RegistryServer {
 public:
  explicit RegistryServer(const RegistrySettings& settings = {}) {
    std::string pattern = ::testing::TempDir() + "vigil-registry-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) return;
    directory_ = pattern;
    port_ = free_port();
    std::string config =
        "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n"
        "    rootdirectory: " +
        directory_ +
        "/data\n  delete:\n    enabled: true\n"
        "http:\n  addr: " +
        host() + "\n";
    if (settings.tls) {
      if (!run_program({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=registry", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", directory_ + "/key.pem", "-out", certificate()})) {
        return;
      }
      config +=
          "  tls:\n    certificate: " + certificate() + "\n    key: " + directory_ + "/key.pem\n";
    }
    if (settings.password) {
      // "secret", by bcrypt, the only kind the server takes.
      EXPECT_TRUE(base::write_file_atomically(
          directory_ + "/users",
          "user:$2b$04$z3DJV3GbmxLhCFwa5GTsLu1opzbecAS5m0I6HbBiDi2m2bpU5yB9u\n"));
      config += "auth:\n  htpasswd:\n    realm: test\n    path: " + directory_ + "/users\n";
    }
    if (!settings.notify.empty()) {
      config += "notifications:\n  endpoints:\n    - name: test\n      url: " + settings.notify +
                "\n      headers:\n        Authorization: [Bearer the-token]\n"
                "      timeout: 1s\n      threshold: 3\n      backoff: 1s\n";
    }
    EXPECT_TRUE(base::write_file_atomically(directory_ + "/config.yml", config));
    process_ = start_program({"docker-registry", "serve", directory_ + "/config.yml"});
    if (process_ > 0) running_ = wait_for_port();
  }
  ~RegistryServer() {
    if (process_ > 0) {
      ::kill(process_, SIGTERM);
      ::waitpid(process_, nullptr, 0);
    }
    if (!directory_.empty()) std::filesystem::remove_all(directory_);
  }
  RegistryServer(const RegistryServer&) = delete;
  RegistryServer& operator=(const RegistryServer&) = delete;

  /// False where the program is not installed.
  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string certificate() const { return directory_ + "/certificate.pem"; }
  [[nodiscard]] const std::string& directory() const { return directory_; }

  /// Pushes an image of two layers made by umoci, each with a file that names it. `format`: "oci" or
  /// "v2s2".
  bool push(const std::string& repository, const std::string& tag, const std::string& content,
            const std::string& format = "oci", const std::string& architecture = "amd64") {
    const std::string work = directory_ + "/work";
    std::filesystem::remove_all(work);
    std::filesystem::create_directories(work + "/root/etc");
    const std::string layout = work + "/layout";
    if (!base::write_file_atomically(work + "/root/etc/" + content, content + "\n")) return false;
    if (!base::write_file_atomically(work + "/big", std::string(300'000, 'x') + content))
      return false;
    return run_program({"umoci", "init", "--layout", layout}) &&
           run_program({"umoci", "new", "--image", layout + ":x"}) &&
           run_program({"umoci", "config", "--image", layout + ":x", "--architecture", architecture,
                        "--author", "A. U. Thor"}) &&
           run_program({"umoci", "insert", "--rootless", "--image", layout + ":x",
                        "--history.created_by", "COPY root /", work + "/root", "/"}) &&
           run_program({"umoci", "insert", "--rootless", "--image", layout + ":x", work + "/big",
                        "/big"}) &&
           run_program({"skopeo", "--insecure-policy", "copy", "-q", "--format", format,
                        "--dest-tls-verify=false", "--dest-creds", "user:secret",
                        "oci:" + layout + ":x",
                        "docker://" + host() + "/" + repository + ":" + tag});
  }

  /// Pushes an image with one layer: the files of a directory.
  bool push_tree(const std::string& repository, const std::string& tag, const std::string& tree) {
    const std::string layout = directory_ + "/work";
    std::filesystem::remove_all(layout);
    return run_program({"umoci", "init", "--layout", layout}) &&
           run_program({"umoci", "new", "--image", layout + ":x"}) &&
           run_program({"umoci", "insert", "--rootless", "--image", layout + ":x", tree, "/"}) &&
           run_program({"skopeo", "--insecure-policy", "copy", "-q", "--dest-tls-verify=false",
                        "oci:" + layout + ":x",
                        "docker://" + host() + "/" + repository + ":" + tag});
  }

 private:
  static int free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    ::bind(probe, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(probe);
    return ntohs(address.sin_port);
  }

  bool wait_for_port() const {
    for (int i = 0; i < 500; ++i) {
      const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      address.sin_port = htons(static_cast<std::uint16_t>(port_));
      const bool connected =
          ::connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
      ::close(probe);
      if (connected) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }

  std::string directory_;
  int port_ = 0;
  pid_t process_ = 0;
  bool running_ = false;
};

}  // namespace vigil::source::registry::testing
