#include "server/tls.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "base/file.h"
#include "server/testing/certificate_test.h"
#include "server/testing/raw_client_test.h"
#include "server/transport/http_server.h"

namespace vigil::server {
namespace {

using testing::RawClient;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

std::string name_of(const RawClient& client) {
  X509* const certificate = ::SSL_get1_peer_certificate(client.ssl());
  if (certificate == nullptr) return {};
  std::array<char, 64> name{};
  ::X509_NAME_get_text_by_NID(::X509_get_subject_name(certificate), NID_commonName, name.data(),
                              static_cast<int>(name.size()));
  ::X509_free(certificate);
  return name.data();
}

class Tls : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = ::testing::TempDir() + "vigil_tls_" + std::to_string(::getpid());
    ASSERT_TRUE(base::make_directories(directory_));
    certificate_file_ = directory_ + "/server.crt";
    key_file_ = directory_ + "/server.key";
    ASSERT_TRUE(testing::write_certificate(certificate_file_, key_file_, "first"));
    auto loaded = TlsCertificate::load(certificate_file_, key_file_);
    ASSERT_TRUE(loaded) << loaded.error().text();
    certificate_ = *loaded;
    HttpServerOptions options;
    options.tls = certificate_;
    options.handshake_timeout = std::chrono::milliseconds(300);
    auto server = HttpServer::start(options, [](const HttpRequest& request) {
      EXPECT_TRUE(request.secure);
      return HttpResponse{.body = request.target + " " + request.body};
    });
    ASSERT_TRUE(server) << server.error().text();
    server_ = std::move(*server);
  }
  void TearDown() override {
    server_.reset();
    std::filesystem::remove_all(directory_);
  }

  std::string directory_;
  std::string certificate_file_;
  std::string key_file_;
  std::shared_ptr<TlsCertificate> certificate_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(Tls, RequestsAreAnsweredAsWithoutIt) {
  RawClient client(server_->port(), true);
  ASSERT_TRUE(client.connected());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(kGet));
    EXPECT_TRUE(client.read_response().ends_with("\r\n\r\n/a "));
  }
  EXPECT_STREQ(::SSL_get_version(client.ssl()), "TLSv1.3");
}

TEST_F(Tls, LargeBodiesGoBothWays) {
  RawClient client(server_->port(), true);
  ASSERT_TRUE(client.connected());
  const std::string large(5 << 20, 'x');
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                          std::to_string(large.size()) + "\r\n\r\n" + large));
  EXPECT_TRUE(client.read_response().ends_with("\r\n\r\n/ " + large));
}

TEST_F(Tls, TheEndOfAConnectionIsAnnounced) {
  RawClient client(server_->port(), true);
  ASSERT_TRUE(client.connected());
  ASSERT_TRUE(client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_TRUE(client.read_all().ends_with("/a "));
  EXPECT_NE(::SSL_get_shutdown(client.ssl()) & SSL_RECEIVED_SHUTDOWN, 0);
}

TEST_F(Tls, WhoDoesNotSpeakItIsLetGo) {
  RawClient plain(server_->port());
  ASSERT_TRUE(plain.send(kGet));
  EXPECT_TRUE(plain.closes_within(std::chrono::seconds(5)));
  RawClient silent(server_->port());
  EXPECT_TRUE(silent.closes_within(std::chrono::seconds(5)));
  EXPECT_EQ(server_->counts().requests, 0U);
}

TEST_F(Tls, VersionsBefore12AreRefused) {
  const auto connects = [&](int version) {
    RawClient plain(server_->port());
    SSL_CTX* const context = ::SSL_CTX_new(::TLS_client_method());
    ::SSL_CTX_set_min_proto_version(context, version);
    ::SSL_CTX_set_max_proto_version(context, version);
    ::SSL_CTX_set_security_level(context, 0);
    SSL* const ssl = ::SSL_new(context);
    ::SSL_set_fd(ssl, plain.socket());
    const bool good = ::SSL_connect(ssl) == 1;
    ::SSL_free(ssl);
    ::SSL_CTX_free(context);
    return good;
  };
  EXPECT_FALSE(connects(TLS1_VERSION));
  EXPECT_FALSE(connects(TLS1_1_VERSION));
  EXPECT_TRUE(connects(TLS1_2_VERSION));
  EXPECT_TRUE(connects(TLS1_3_VERSION));
}

TEST_F(Tls, ANewCertificateIsForNewConnections) {
  RawClient old(server_->port(), true);
  EXPECT_EQ(name_of(old), "first");
  ASSERT_TRUE(testing::write_certificate(certificate_file_, key_file_, "second"));
  ASSERT_TRUE(certificate_->reload());
  EXPECT_EQ(name_of(RawClient(server_->port(), true)), "second");
  ASSERT_TRUE(old.send(kGet));
  EXPECT_TRUE(old.read_response().ends_with("/a "));
}

TEST_F(Tls, ABadCertificateLeavesTheOldOne) {
  ASSERT_TRUE(base::write_file_atomically(key_file_, "nonsense"));
  const auto reloaded = certificate_->reload();
  ASSERT_FALSE(reloaded);
  EXPECT_EQ(reloaded.error().where, key_file_);
  EXPECT_EQ(name_of(RawClient(server_->port(), true)), "first");

  ASSERT_TRUE(testing::write_certificate(directory_ + "/other.crt", key_file_, "other"));
  EXPECT_FALSE(TlsCertificate::load(certificate_file_, key_file_));
  EXPECT_FALSE(TlsCertificate::load(directory_ + "/absent", key_file_));
}

TEST_F(Tls, ManyClientsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int c = 0; c < 5; ++c) {
        RawClient client(server_->port(), true);
        for (int i = 0; i < 10; ++i) {
          if (client.send(kGet) && client.read_response().ends_with("/a ")) ++good;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 200);
}

}  // namespace
}  // namespace vigil::server
