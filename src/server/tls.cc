#include "server/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace vigil::server {
namespace {

/// Why OpenSSL refused; empties its queue of errors.
std::string openssl_error() {
  const unsigned long code = ::ERR_get_error();
  ::ERR_clear_error();
  if (code == 0) return "no reason given";
  std::array<char, 256> text{};
  ::ERR_error_string_n(code, text.data(), text.size());
  return text.data();
}

struct FreeSsl {
  void operator()(SSL* ssl) const { ::SSL_free(ssl); }
};

class TlsStream : public Stream {
 public:
  TlsStream(std::unique_ptr<SSL, FreeSsl> ssl, int socket)
      : ssl_(std::move(ssl)), socket_(socket) {}

  IoStatus handshake() override {
    ::ERR_clear_error();
    const int result = ::SSL_accept(ssl_.get());
    usable_ = result == 1;
    return usable_ ? IoStatus::Done : status_of(result);
  }

  IoResult read(char* to, std::size_t size) override {
    ::ERR_clear_error();
    std::size_t got = 0;
    const int result = ::SSL_read_ex(ssl_.get(), to, size, &got);
    if (result == 1) return {IoStatus::Done, got};
    return {status_of(result)};
  }

  IoResult write(std::string_view bytes) override {
    ::ERR_clear_error();
    std::size_t sent = 0;
    const int result = ::SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &sent);
    if (result == 1) return {IoStatus::Done, sent};
    return {status_of(result)};
  }

  void end_output() override {
    ::ERR_clear_error();
    if (usable_) ::SSL_shutdown(ssl_.get());
    ::ERR_clear_error();
    ::shutdown(socket_, SHUT_WR);
  }

 private:
  IoStatus status_of(int result) {
    switch (::SSL_get_error(ssl_.get(), result)) {
      case SSL_ERROR_WANT_READ:
        return IoStatus::WantRead;
      case SSL_ERROR_WANT_WRITE:
        return IoStatus::WantWrite;
      case SSL_ERROR_ZERO_RETURN:
        return IoStatus::Closed;
      default:
        // After these errors the session must not be used any more, not even to end it.
        usable_ = false;
        ::ERR_clear_error();
        return IoStatus::Failed;
    }
  }

  std::unique_ptr<SSL, FreeSsl> ssl_;
  int socket_;
  bool usable_ = false;
};

/// Of the protocols a client offers, the only one there is.
int choose_protocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void* /*unused*/) {
  constexpr std::string_view kHttp = "http/1.1";
  for (unsigned int at = 0; at < offered_length; at += offered[at] + 1U) {
    const unsigned char size = offered[at];
    if (at + 1U + size > offered_length) break;
    const std::string_view name(reinterpret_cast<const char*>(offered + at + 1), size);
    if (name == kHttp) {
      *chosen = offered + at + 1;
      *length = size;
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

struct TlsCertificate::Context {
  Context() : ssl(::SSL_CTX_new(::TLS_server_method())) {}
  ~Context() { ::SSL_CTX_free(ssl); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  SSL_CTX* ssl;
};

TlsCertificate::TlsCertificate(std::string certificate_file, std::string key_file)
    : certificate_file_(std::move(certificate_file)), key_file_(std::move(key_file)) {}
TlsCertificate::~TlsCertificate() = default;

Result<std::shared_ptr<TlsCertificate::Context>> TlsCertificate::read(
    const std::string& certificate_file, const std::string& key_file) {
  auto context = std::make_shared<Context>();
  SSL_CTX* const ssl = context->ssl;
  if (ssl == nullptr) return fail("cannot set up TLS: " + openssl_error());
  ::SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
  ::SSL_CTX_set_options(
      ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  ::SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  ::SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
  ::SSL_CTX_set_read_ahead(ssl, 1);  // a record in one read instead of two
  ::SSL_CTX_set_alpn_select_cb(ssl, choose_protocol, nullptr);
  // For TLS 1.2 only suites with forward secrecy and authenticated encryption; 1.3 has no others.
  ::SSL_CTX_set_cipher_list(ssl, "ECDHE+AESGCM:ECDHE+CHACHA20");
  if (::SSL_CTX_use_certificate_chain_file(ssl, certificate_file.c_str()) != 1) {
    return fail("cannot use the certificate: " + openssl_error(), certificate_file,
                "give a PEM file with the certificate and its chain");
  }
  if (::SSL_CTX_use_PrivateKey_file(ssl, key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    return fail("cannot use the key: " + openssl_error(), key_file,
                "give a PEM file with the certificate's private key");
  }
  if (::SSL_CTX_check_private_key(ssl) != 1) {
    return fail("the key is not the certificate's: " + openssl_error(), key_file);
  }
  return context;
}

Result<std::shared_ptr<TlsCertificate>> TlsCertificate::load(const std::string& certificate_file,
                                                             const std::string& key_file) {
  VIGIL_TRY(auto context, read(certificate_file, key_file));
  std::shared_ptr<TlsCertificate> out(new TlsCertificate(certificate_file, key_file));
  out->context_ = std::move(context);
  return out;
}

Result<void> TlsCertificate::reload() {
  VIGIL_TRY(auto context, read(certificate_file_, key_file_));
  const std::lock_guard lock(mutex_);
  context_ = std::move(context);
  return ok();
}

Result<std::unique_ptr<Stream>> TlsCertificate::stream(int socket) const {
  std::shared_ptr<Context> context;
  {
    const std::lock_guard lock(mutex_);
    context = context_;
  }
  // SSL_new keeps what it needs of the context alive.
  std::unique_ptr<SSL, FreeSsl> ssl(::SSL_new(context->ssl));
  if (!ssl || ::SSL_set_fd(ssl.get(), socket) != 1) {
    return fail("cannot begin TLS: " + openssl_error());
  }
  return std::make_unique<TlsStream>(std::move(ssl), socket);
}

}  // namespace vigil::server
