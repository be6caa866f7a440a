#include "server/transport/http_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/testing/raw_client_test.h"

namespace vigil::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::RawClient;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view kLastGet = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

std::string post(std::string_view headers, std::string_view body) {
  return "POST /p HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

/// Answers with what it was asked.
HttpResponse echo(const HttpRequest& request) {
  HttpResponse response;
  response.body = request.method + " " + request.target + " " + request.body;
  return response;
}

/// A door that handlers wait at.
class Gate {
 public:
  void open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    wake_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    wake_.notify_all();
    wake_.wait_for(lock, seconds(20), [this] { return open_; });
  }
  void wait_for(int waiting) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(wake_.wait_for(lock, seconds(20), [&] { return waiting_ >= waiting; }));
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool open_ = false;
  int waiting_ = 0;
};

std::unique_ptr<HttpServer> start(HttpServerOptions options = {}, HttpHandler handler = echo) {
  auto server = HttpServer::start(std::move(options), std::move(handler));
  EXPECT_TRUE(server) << server.error().text();
  return std::move(*server);
}

std::string body_of(const std::string& response) {
  return response.substr(response.find("\r\n\r\n") + 4);
}

int status_of(const std::string& response) {
  return response.starts_with("HTTP/1.1 ") ? std::stoi(response.substr(9, 3)) : 0;
}

bool comes_true(const std::function<bool()>& condition) {
  const auto end = steady_clock::now() + seconds(10);
  while (steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return false;
}

TEST(HttpServer, AnswersOneRequestAfterTheOther) {
  std::string remote;
  const auto server = start({}, [&](const HttpRequest& request) {
    remote = request.remote;
    EXPECT_FALSE(request.secure);
    return echo(request);
  });
  RawClient client(server->port());
  ASSERT_TRUE(client.send(kGet));
  EXPECT_EQ(body_of(client.read_response()), "GET /a ");
  ASSERT_TRUE(client.send(post("Content-Length: 3\r\n", "abc")));
  EXPECT_EQ(body_of(client.read_response()), "POST /p abc");
  ASSERT_TRUE(client.send(kLastGet));
  const std::string last = client.read_all();
  EXPECT_EQ(body_of(last), "GET /a ");
  EXPECT_NE(last.find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(remote.starts_with("127.0.0.1:")) << remote;
  EXPECT_EQ(server->counts().requests, 3U);
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
  const auto server = start();
  RawClient client(server->port());
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(body_of(client.read_response()), "GET /" + std::to_string(i) + " ");
  }
}

TEST(HttpServer, LargeBodiesGoBothWays) {
  const auto server = start();
  RawClient client(server->port());
  const std::string large(9 << 20, 'x');
  std::thread sender([&] {
    client.send(post("Content-Length: " + std::to_string(large.size()) + "\r\n", large));
  });
  const std::string response = client.read_response();
  sender.join();
  EXPECT_EQ(body_of(response), "POST /p " + large);
}

TEST(HttpServer, HeadHasTheLengthButNoBody) {
  const auto server = start();
  RawClient client(server->port());
  ASSERT_TRUE(client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  const std::string response = client.read_all();
  EXPECT_NE(response.find("Content-Length: 8\r\n"), std::string::npos) << response;
  EXPECT_EQ(body_of(response), "");
}

TEST(HttpServer, TellsAWaitingClientToGoOn) {
  const auto server = start();
  RawClient client(server->port());
  ASSERT_TRUE(client.send(post("Content-Length: 3\r\nExpect: 100-continue\r\n", "")));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(client.send("abc"));
  EXPECT_EQ(body_of(client.read_response()), "POST /p abc");
}

TEST(HttpServer, DoesNotAskForABodyItWillRefuse) {
  const auto server = start();
  RawClient client(server->port());
  ASSERT_TRUE(client.send(post("Content-Length: 99999999\r\nExpect: 100-continue\r\n", "")));
  EXPECT_EQ(status_of(client.read_all()), 413);
}

TEST(HttpServer, RefusesAndClosesSoThatNothingIsSmuggled) {
  const auto server = start({}, [](const HttpRequest& request) {
    EXPECT_NE(request.target, "/smuggled");
    return echo(request);
  });
  const std::string inner = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const std::string& request :
       {post("Transfer-Encoding: xchunked\r\n", inner),
        post("Transfer-Encoding: chunked, identity\r\n", inner),
        post("Content-Length: 4, 4\r\n", "abcd" + inner),
        post("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd" + inner),
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + inner),
        post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n" + inner),
        post("X: a\r\n b\r\n", inner), post("Host: y\r\n", inner),
        "GET /a HTTP/1.1\r\n\r\n" + inner, "GET /a HTTP/1.1\nHost: x\n\n" + inner,
        post("X: a\nTransfer-Encoding: chunked\r\n", inner),
        post("X: " + std::string(1, '\0') + "\r\n", inner),
        post("Transfer-Encoding: chunked\r\n", "1\r\nab\r\n0\r\n\r\n" + inner),
        "GET http://y/a HTTP/1.1\r\nHost: x\r\n\r\n" + inner}) {
    RawClient client(server->port());
    ASSERT_TRUE(client.send(request));
    client.end_output();
    const std::string response = client.read_all();
    EXPECT_EQ(status_of(response), 400) << request;
    EXPECT_NE(response.find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(response.find("HTTP/1.1", 1), std::string::npos) << response;
  }
  EXPECT_EQ(server->counts().requests, 0U);
}

TEST(HttpServer, GivesTooMuchItsStatus) {
  const auto server = start();
  const struct {
    std::string request;
    int status;
  } cases[] = {
      {post("Content-Length: 10485761\r\n", ""), 413},
      {post("Content-Length: 99999999\r\n", std::string(4 << 20, 'a')), 413},
      {"GET /" + std::string(20000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
      {post("X: " + std::string(40000, 'a') + "\r\n", ""), 431},
      {"POST / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n", 417},
      {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505},
  };
  for (const auto& one : cases) {
    RawClient client(server->port());
    client.send(one.request);
    EXPECT_EQ(status_of(client.read_all()), one.status) << one.request.substr(0, 80);
  }
}

TEST(HttpServer, AClientThatDripsIsTimedOut) {
  HttpServerOptions options;
  options.head_timeout = milliseconds(150);
  options.body_timeout = milliseconds(150);
  options.idle_timeout = milliseconds(300);
  const auto server = start(options);

  RawClient silent(server->port());
  EXPECT_TRUE(silent.closes_within(seconds(5)));
  EXPECT_EQ(silent.read_all(), "");

  RawClient dripping(server->port());
  std::atomic<bool> done{false};
  std::thread drip([&] {
    while (!done && dripping.send("G")) std::this_thread::sleep_for(milliseconds(20));
  });
  EXPECT_EQ(status_of(dripping.read_all()), 408);
  done = true;
  drip.join();

  RawClient half(server->port());
  ASSERT_TRUE(half.send(post("Content-Length: 10\r\n", "abc")));
  EXPECT_EQ(status_of(half.read_all()), 408);

  RawClient idle(server->port());
  ASSERT_TRUE(idle.send(kGet));
  EXPECT_EQ(status_of(idle.read_response()), 200);
  EXPECT_TRUE(idle.closes_within(seconds(5)));
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_TRUE(comes_true([&] { return server->counts().open == 0; }));
}

TEST(HttpServer, AClientThatDoesNotReadIsCutOff) {
  HttpServerOptions options;
  options.write_timeout = milliseconds(200);
  options.slowest_rate = std::uint64_t{1} << 30;
  const auto server = start(
      options, [](const HttpRequest&) { return HttpResponse{.body = std::string(64 << 20, 'x')}; });
  RawClient client(server->port());
  ASSERT_TRUE(client.send(kGet));
  EXPECT_TRUE(comes_true([&] { return server->counts().accepted == 1; }));
  EXPECT_TRUE(comes_true([&] { return server->counts().open == 0; }));
}

TEST(HttpServer, ConnectionsAreCountedInAllAndByPeer) {
  HttpServerOptions options;
  options.connections_per_peer = 2;
  const auto server = start(options);
  RawClient first(server->port());
  auto second = std::make_unique<RawClient>(server->port());
  ASSERT_TRUE(comes_true([&] { return server->counts().open == 2; }));
  RawClient third(server->port());
  EXPECT_TRUE(third.closes_within(seconds(5)));
  EXPECT_EQ(server->counts().refused_connections, 1U);
  second.reset();
  EXPECT_TRUE(comes_true([&] { return server->counts().open == 1; }));
  RawClient fourth(server->port());
  ASSERT_TRUE(fourth.send(kGet));
  EXPECT_EQ(status_of(fourth.read_response()), 200);
}

TEST(HttpServer, SaysThatItIsBusyInsteadOfNothing) {
  Gate gate;
  HttpServerOptions options;
  options.workers = 1;
  options.queue = 1;
  const auto server = start(options, [&](const HttpRequest& request) {
    gate.pass();
    return echo(request);
  });
  RawClient running(server->port());
  ASSERT_TRUE(running.send(kGet));
  gate.wait_for(1);
  RawClient waiting(server->port());
  ASSERT_TRUE(waiting.send(kGet));
  ASSERT_TRUE(comes_true([&] { return server->counts().requests == 2; }));
  RawClient third(server->port());
  ASSERT_TRUE(third.send(kGet));
  const std::string busy = third.read_response();
  EXPECT_EQ(status_of(busy), 503);
  EXPECT_NE(busy.find("Retry-After: 1\r\n"), std::string::npos);
  gate.open();
  EXPECT_EQ(status_of(running.read_response()), 200);
  EXPECT_EQ(status_of(waiting.read_response()), 200);
  ASSERT_TRUE(third.send(kGet));
  EXPECT_EQ(status_of(third.read_response()), 200);
  EXPECT_EQ(server->counts().overloaded, 1U);
}

TEST(HttpServer, AHandlerThatThrowsIsAnInternalError) {
  const auto server = start(
      {}, [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret detail"); });
  RawClient client(server->port());
  ASSERT_TRUE(client.send(kGet));
  const std::string response = client.read_response();
  EXPECT_EQ(status_of(response), 500);
  EXPECT_EQ(response.find("secret"), std::string::npos);
}

TEST(HttpServer, StreamsABodyInChunks) {
  const auto server = start({}, [](const HttpRequest&) {
    HttpResponse response;
    response.stream = [left = 3]() mutable {
      return left-- > 0 ? std::string(3, static_cast<char>('a' + left)) : std::string();
    };
    return response;
  });
  RawClient client(server->port());
  ASSERT_TRUE(client.send(kGet));
  const std::string head = client.read_until("\r\n\r\n");
  EXPECT_NE(head.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(client.read_until("0\r\n\r\n"), "3\r\nccc\r\n3\r\nbbb\r\n3\r\naaa\r\n0\r\n\r\n");
  ASSERT_TRUE(client.send(kGet));
  EXPECT_EQ(status_of(client.read_until("\r\n\r\n")), 200);

  RawClient old(server->port());
  ASSERT_TRUE(old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
  const std::string whole = old.read_all();
  EXPECT_EQ(body_of(whole), "cccbbbaaa");
  EXPECT_NE(whole.find("Connection: close\r\n"), std::string::npos);
}

TEST(HttpServer, AStreamThatBreaksDoesNotLookWhole) {
  const auto server = start({}, [](const HttpRequest&) {
    HttpResponse response;
    response.stream = [first = true]() mutable {
      if (!std::exchange(first, false)) throw std::runtime_error("gone");
      return std::string("abc");
    };
    return response;
  });
  RawClient client(server->port());
  ASSERT_TRUE(client.send(kGet));
  EXPECT_EQ(body_of(client.read_all()), "3\r\nabc\r\n");
}

TEST(HttpServer, LongStreamsOfEventsHoldNoWorker) {
  HttpServerOptions options;
  options.workers = 1;
  std::atomic<int> asked{0};
  const auto server = start(options, [&](const HttpRequest& request) {
    if (request.target != "/events") return echo(request);
    HttpResponse response;
    response.headers = {{"Content-Type", "text/event-stream"}};
    response.events = [&asked] {
      ++asked;
      return EventPart{.bytes = "data: x\n\n", .end = false, .pause = milliseconds(20)};
    };
    return response;
  });
  std::vector<std::unique_ptr<RawClient>> listeners;
  for (int i = 0; i < 5; ++i) {
    listeners.push_back(std::make_unique<RawClient>(server->port()));
    ASSERT_TRUE(listeners.back()->send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n"));
  }
  for (const auto& listener : listeners) {
    for (int i = 0; i < 3; ++i) EXPECT_NE(listener->read_until("data: x\n\n"), "");
  }
  RawClient client(server->port());
  ASSERT_TRUE(client.send(kGet));
  EXPECT_EQ(body_of(client.read_response()), "GET /a ");
  // Who has gone is noticed.
  listeners.clear();
  EXPECT_TRUE(comes_true([&] { return server->counts().open == 1; }));
  const int before = asked;
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(asked, before);
}

TEST(HttpServer, StoppingFinishesWhatIsInFlight) {
  Gate gate;
  auto server = start({}, [&](const HttpRequest& request) {
    if (request.target == "/a") gate.pass();
    return echo(request);
  });
  RawClient busy(server->port());
  ASSERT_TRUE(busy.send(kGet));
  gate.wait_for(1);
  RawClient idle(server->port());
  ASSERT_TRUE(idle.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_EQ(status_of(idle.read_response()), 200);
  RawClient half(server->port());
  ASSERT_TRUE(half.send(post("Content-Length: 3\r\n", "a")));
  ASSERT_TRUE(comes_true([&] { return server->counts().open == 3; }));
  // Nothing tells that its first byte was read, after which it is no idle connection any more.
  std::this_thread::sleep_for(milliseconds(300));

  const std::uint16_t port = server->port();
  std::thread stopping([&] { server->stop(seconds(20)); });
  EXPECT_TRUE(idle.closes_within(seconds(5)));
  EXPECT_FALSE(RawClient(port).connected());
  EXPECT_TRUE(half.send("bc"));
  const std::string finished = half.read_all();
  EXPECT_EQ(body_of(finished), "POST /p abc");
  EXPECT_NE(finished.find("Connection: close\r\n"), std::string::npos);
  gate.open();
  EXPECT_EQ(body_of(busy.read_all()), "GET /a ");
  half.close();
  busy.close();
  stopping.join();
}

TEST(HttpServer, StoppingIsBoundedWhenClientsAreNot) {
  auto server = start({}, [](const HttpRequest&) {
    HttpResponse response;
    response.stream = [] { return std::string(100000, 'x'); };
    return response;
  });
  RawClient half(server->port());
  ASSERT_TRUE(half.send(post("Content-Length: 3\r\n", "a")));
  RawClient endless(server->port());
  ASSERT_TRUE(endless.send(kGet));
  ASSERT_TRUE(comes_true([&] { return server->counts().requests == 1; }));
  const auto begin = steady_clock::now();
  server->stop(milliseconds(100));
  EXPECT_LT(steady_clock::now() - begin, seconds(5));
}

TEST(HttpServer, EventsEndCleanlyWhenTheServerStops) {
  auto server = start({}, [](const HttpRequest&) {
    HttpResponse response;
    response.events = [] { return EventPart{.bytes = "x", .end = false, .pause = seconds(60)}; };
    return response;
  });
  RawClient client(server->port());
  ASSERT_TRUE(client.send(kGet));
  EXPECT_NE(client.read_until("1\r\nx\r\n"), "");
  std::thread stopping([&] { server->stop(seconds(20)); });
  EXPECT_TRUE(client.read_all().ends_with("0\r\n\r\n"));
  client.close();
  stopping.join();
}

TEST(HttpServer, TellsTheObserverOfEveryAnswer) {
  std::mutex mutex;
  std::vector<std::string> seen;
  HttpServerOptions options;
  options.observe = [&](const Exchange& exchange) {
    const std::lock_guard lock(mutex);
    seen.push_back(std::string(exchange.method) + " " + std::string(exchange.path) + " " +
                   std::to_string(exchange.status) + " " + std::to_string(exchange.received) + " " +
                   std::to_string(exchange.sent));
  };
  const auto server = start(options);
  RawClient client(server->port());
  ASSERT_TRUE(
      client.send("POST /p?q HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                  "Connection: close\r\n\r\nabc"));
  client.read_all();
  const std::lock_guard lock(mutex);
  EXPECT_EQ(seen, std::vector<std::string>{"POST /p 200 3 13"});
}

TEST(HttpServer, ClientsThatGoAtAnyMomentDoNoHarm) {
  const auto server = start();
  const std::string request = post("Content-Length: 100\r\n", std::string(100, 'x'));
  for (std::size_t length = 0; length <= request.size(); length += 7) {
    RawClient client(server->port());
    client.send(std::string_view(request).substr(0, length));
    client.close();
  }
  EXPECT_TRUE(comes_true([&] { return server->counts().open == 0; }));
}

TEST(HttpServer, ManyClientsAtOnce) {
  const auto server = start();
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int c = 0; c < 10; ++c) {
        RawClient client(server->port());
        for (int i = 0; i < 20; ++i) {
          if (client.send(kGet) && body_of(client.read_response()) == "GET /a ") ++good;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 800);
}

TEST(HttpServer, AnAddressInUseIsAClearError) {
  const auto server = start();
  HttpServerOptions options;
  options.port = server->port();
  const auto second = HttpServer::start(options, echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().text(), "127.0.0.1:" + std::to_string(options.port) +
                                       ": cannot listen: Address already in use (another program "
                                       "uses the port)");
  HttpServerOptions nowhere;
  nowhere.host = "host.invalid";
  EXPECT_FALSE(HttpServer::start(nowhere, echo));
}

}  // namespace
}  // namespace vigil::server
