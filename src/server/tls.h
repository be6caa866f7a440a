// The server's certificate, and TLS over a socket that does not block (OpenSSL 3).
//
// TLS 1.2 and 1.3, no renegotiation, no compression, tickets but no session cache. An idle connection
// holds no record buffers (SSL_MODE_RELEASE_BUFFERS).
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "server/transport/stream.h"

namespace vigil::server {

class TlsCertificate {
 public:
  /// PEM files: the certificate with its chain, and its key, which may be in the same file.
  static Result<std::shared_ptr<TlsCertificate>> load(const std::string& certificate_file,
                                                      const std::string& key_file);
  ~TlsCertificate();
  TlsCertificate(const TlsCertificate&) = delete;
  TlsCertificate& operator=(const TlsCertificate&) = delete;

  /// Reads the files again for connections to come. After an error the old certificate stays. Any
  /// thread.
  Result<void> reload();
  /// A server's side over the socket, which must not block and is not closed here. Any thread.
  Result<std::unique_ptr<Stream>> stream(int socket) const;

 private:
  struct Context;
  TlsCertificate(std::string certificate_file, std::string key_file);
  static Result<std::shared_ptr<Context>> read(const std::string& certificate_file,
                                               const std::string& key_file);

  std::string certificate_file_;
  std::string key_file_;
  mutable std::mutex mutex_;
  std::shared_ptr<Context> context_;  ///< guarded by mutex_
};

}  // namespace vigil::server
