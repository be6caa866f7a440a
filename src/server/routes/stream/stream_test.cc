#include <sys/resource.h>

#include <list>
#include <thread>

#include "server/testing/raw_client_test.h"
#include "server/testing/routes_test.h"
#include "server/transport/http_server.h"
#include "store/accounts.h"

namespace vigil::server {
namespace {

using std::chrono::milliseconds;
using testing::RawClient;

class StreamRoute : public testing::RoutesTest {
 protected:
  void SetUp() override {
    pace_ = {milliseconds(20), milliseconds(100)};
    RoutesTest::SetUp();
    know({{"tracker.json", api::testing::kTracker}});
  }
  /// One part of a stream; most are empty.
  static std::string parts(const HttpResponse& response, int count, milliseconds between) {
    std::string out;
    for (int i = 0; i < count; ++i) {
      out += response.events().bytes;
      std::this_thread::sleep_for(between);
    }
    return out;
  }
  static std::string data_of(const std::string& event, std::string_view name) {
    const std::size_t at = event.find("event: " + std::string(name) + "\n");
    if (at == std::string::npos) return {};
    const std::size_t begin = event.find("data: ", at) + 6;
    return event.substr(begin, event.find('\n', begin) - begin);
  }
  /// A server whose every path is the stream.
  void serve() {
    HttpServerOptions options;
    options.connections = 2000;
    auto server = HttpServer::start(options, [this](const HttpRequest& request) {
      const std::lock_guard lock(mutex_);
      return ask_route("GET", request.target, {}, request.headers);
    });
    ASSERT_TRUE(server) << server.error().text();
    server_ = std::move(*server);
  }
  void TearDown() override {
    server_.reset();
    RoutesTest::TearDown();
  }
  static bool listen(RawClient& client, const std::string& headers = {}) {
    return client.send("GET /vigil/v1/stream HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
  }

  std::mutex mutex_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(StreamRoute, BeginsWithWhereItIs) {
  ingest_flawed("web-1");
  const HttpResponse stream = ask_route("GET", "/vigil/v1/stream");
  EXPECT_EQ(header(stream, "Content-Type"), "text/event-stream");
  EXPECT_EQ(header(stream, "Cache-Control"), "no-store");
  const std::string first = stream.events().bytes;
  EXPECT_EQ(first.find("event:"), std::string::npos) << first;
  EXPECT_NE(first.find("\nid: "), std::string::npos) << first;
  EXPECT_TRUE(first.ends_with("\n\n"));
}

TEST_F(StreamRoute, GathersWhatChanged) {
  const HttpResponse stream = ask_route("GET", "/vigil/v1/stream");
  static_cast<void>(stream.events());
  ingest_flawed("web-1");
  std::this_thread::sleep_for(milliseconds(30));
  const std::string event = parts(stream, 3, milliseconds(30));
  const std::string data = data_of(event, "changes");
  EXPECT_EQ(at(data, {"kinds", "FINDING_OPENED"}).integer(), 3);
  EXPECT_EQ(at(data, {"kinds", "INITIAL_SCAN_COMPLETE"}).integer(), 1);
  EXPECT_EQ(text(data, "resources", "0"), findings::instance_id("web-1"));
  const auto sequence = at(data, {"sequence"}).integer();
  ASSERT_TRUE(sequence);
  EXPECT_NE(event.find("id: " + std::to_string(*sequence) + "\n"), std::string::npos);
  EXPECT_EQ(data_of(parts(stream, 2, milliseconds(30)), "changes"), "");
}

TEST_F(StreamRoute, GoesOnWhereAClientWas) {
  ingest_flawed("web-1");
  const std::string by_header =
      parts(ask_route("GET", "/vigil/v1/stream?after=999", {}, {{"Last-Event-ID", "0"}}), 2,
            milliseconds(1));
  EXPECT_EQ(at(data_of(by_header, "changes"), {"kinds", "FINDING_OPENED"}).integer(), 3);
  const std::string by_query =
      parts(ask_route("GET", "/vigil/v1/stream?after=0"), 2, milliseconds(1));
  EXPECT_EQ(at(data_of(by_query, "changes"), {"kinds", "FINDING_OPENED"}).integer(), 3);
  EXPECT_EQ(status_of("/vigil/v1/stream?after=x"), 400);
}

TEST_F(StreamRoute, TellsOfNoOtherAccount) {
  account_ = api::testing::kOther;
  const HttpResponse stream = ask_route("GET", "/vigil/v1/stream?after=0");
  ingest_flawed("web-1");
  EXPECT_EQ(data_of(parts(stream, 4, milliseconds(30)), "changes"), "");
}

TEST_F(StreamRoute, SaysWhenOtherIntelligenceIsInForce) {
  const HttpResponse stream = ask_route("GET", "/vigil/v1/stream");
  EXPECT_EQ(data_of(parts(stream, 2, milliseconds(1)), "intelligence"), "");
  know({{"tracker.json", R"({"openssl":{"CVE-2026-0009":{"description":"x","releases":{"bookworm":)"
                         R"({"status":"open","urgency":"low"}}}}})"}});
  const std::string data = data_of(parts(stream, 1, milliseconds(1)), "intelligence");
  EXPECT_EQ(text(data, "stamp"), estate().intelligence()->stamp());
  EXPECT_EQ(at(data, {"createdAt"}).integer(), estate().intelligence()->created());
  EXPECT_EQ(data_of(parts(stream, 2, milliseconds(1)), "intelligence"), "");
}

TEST_F(StreamRoute, EndsWithTheSession) {
  write([](store::Connection& to) {
    return store::put_user(to, {.name = "ann", .account = api::testing::kAccount});
  });
  const auto session = sessions().begin("ann", estate().now());
  ASSERT_TRUE(session);
  serve();
  RawClient client(server_->port());
  ASSERT_TRUE(listen(client, "Cookie: vigil_session=" + session->token + "\r\n"));
  EXPECT_NE(client.read_until(":\n\n"), "") << "a comment says that it lives";
  ASSERT_TRUE(sessions().end(session->token));
  EXPECT_NE(client.read_until("0\r\n\r\n"), "") << "the stream ends";
}

TEST_F(StreamRoute, EndsWithTheAccessKey) {
  write([](store::Connection& to) {
    return store::put_access_key(
        to, {.id = "AKIAABCDEFGHIJKLMNOP", .account = api::testing::kAccount, .secret = "x"});
  });
  serve();
  RawClient client(server_->port());
  ASSERT_TRUE(listen(client,
                     "X-Amz-Date: 20270115T080000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
                     "Credential=AKIAABCDEFGHIJKLMNOP/20270115/us-east-1/vigil/aws4_request, "
                     "SignedHeaders=host;x-amz-date, Signature=" +
                         std::string(64, 'a') + "\r\n"));
  EXPECT_NE(client.read_until(":\n\n"), "");
  write([](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(store::disable_access_key(to, "AKIAABCDEFGHIJKLMNOP", api::testing::kNow));
    return ok();
  });
  EXPECT_NE(client.read_until("0\r\n\r\n"), "");
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

TEST_F(StreamRoute, HundredsOfListenersCostNextToNothing) {
  pace_ = {milliseconds(1000), milliseconds(15'000)};
  restart_changes();
  serve();
  std::list<RawClient> clients;
  for (int i = 0; i < 300; ++i) {
    clients.emplace_back(server_->port());
    ASSERT_TRUE(listen(clients.back()));
    ASSERT_NE(clients.back().read_until("\nid: "), "") << i;
  }
  const double before = cpu_seconds();
  std::this_thread::sleep_for(std::chrono::seconds(2));
  const double used = cpu_seconds() - before;
  // It takes about 0.01 s of each second; forty times that are allowed to a busy machine.
  EXPECT_LT(used / 2, 0.4);
  RecordProperty("cpu", std::to_string(used / 2));
  ingest_flawed("web-1");
  for (RawClient& client : clients) {
    ASSERT_NE(client.read_until("\"FINDING_OPENED\":3"), "");
  }
}

}  // namespace
}  // namespace vigil::server
