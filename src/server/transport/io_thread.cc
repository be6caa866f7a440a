#include "server/transport/io_thread.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <ctime>
#include <list>
#include <thread>

#include "server/transport/response_writer.h"

// g++ 12 destroys a temporary aggregate or closure inside a co_await expression twice. Every argument
// is named first and then moved; tools/lint refuses braces and brackets in such an expression.

namespace vigil::server {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr Clock::time_point kNever = Clock::time_point::max();
/// An answer up to this size goes out in one piece with its head.
constexpr std::size_t kSmallBody = std::size_t{16} << 10;
/// How long a client that was refused may go on sending before it reads why.
constexpr milliseconds kLinger{2000};
/// Steps that succeed at once, after which a connection lets the thread's others have a turn: a peer
/// that sends or reads as fast as we do must not keep them waiting.
constexpr unsigned kTurn = 16;
/// A source of events that has nothing and asks for no pause is not asked more often than this.
constexpr milliseconds kShortestPause{10};

}  // namespace

class HttpConnection;

struct IoThread::State {
  explicit State(HttpShared& shared) : service(shared) {}

  HttpShared& service;
  std::list<HttpConnection*> sessions;  ///< those whose coroutine runs
  bool draining = false;
  bool sweeping = false;
  /// Bytes are read into it and parsed at once, so that no connection has a buffer of its own.
  std::array<char, std::size_t{64} << 10> buffer{};
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(context);
  asio::steady_timer sweep{context};
  std::thread thread;

  void begin_sweeping();
  void sweep_once();
};

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(IoThread::State& io, Arrival arrival)
      : io_(io),
        options_(io.service.options),
        seat_(std::move(arrival.seat)),
        remote_(std::move(arrival.remote)),
        socket_(io.context),
        event_(io.context),
        stream_(std::move(arrival.stream)),
        reader_(options_.limits) {}

  /// Takes the socket over; false if it cannot be waited for.
  bool own(int socket) {
    boost::system::error_code error;
    socket_.assign(socket, error);
    return !error;
  }

  /// The life of a connection.
  static asio::awaitable<void> serve(std::shared_ptr<HttpConnection> session) {
    const auto place = session->io_.sessions.insert(session->io_.sessions.end(), session.get());
    session->io_.begin_sweeping();
    try {
      co_await session->run();
      // Memory ran out: this connection ends, the others go on.
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
    }
    session->io_.sessions.erase(place);
    session->stream_.reset();
    boost::system::error_code ignored;
    session->socket_.close(ignored);
    session->seat_.reset();
  }

  // Called by the thread's sweeper, between steps of the coroutine:
  void expire(Clock::time_point now) {
    if (now < deadline_) return;
    timed_out_ = true;
    deadline_ = kNever;
    wake_socket();
  }
  void drain() {
    if (at_rest_) wake_socket();
    if (pausing_) event_.cancel();
  }
  void cut_off() {
    cut_off_ = true;
    wake_socket();
    event_.cancel();
  }

 private:
  using Task = asio::awaitable<void>;
  using Success = asio::awaitable<bool>;

  void wake_socket() {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  }

  /// Sets a deadline that leaves the time `bytes` take at the slowest rate.
  void allow(Clock::time_point since, milliseconds time, std::uint64_t bytes) {
    const milliseconds extra(bytes * 1000 / std::max<std::uint64_t>(options_.slowest_rate, 1));
    deadline_ = since + time + extra;
  }

  // Bytes ---------------------------------------------------------------------------------------

  /// False if the time is over or the connection is to end.
  Success wait_for(IoStatus want) {
    if (cut_off_ || timed_out_) co_return false;
    steps_ = 0;
    boost::system::error_code error;
    const auto kind = want == IoStatus::WantRead ? asio::posix::descriptor_base::wait_read
                                                 : asio::posix::descriptor_base::wait_write;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    co_await socket_.async_wait(kind, token);
    co_return !error && !timed_out_ && !cut_off_;
  }

  /// After a step that succeeded at once.
  bool turn_is_over() { return ++steps_ >= kTurn; }

  /// False as wait_for.
  Success let_others() {
    steps_ = 0;
    co_await asio::post(io_.context, asio::use_awaitable);
    co_return !timed_out_ && !cut_off_;
  }

  Success shake_hands() {
    allow(Clock::now(), options_.handshake_timeout, 0);
    for (;;) {
      const IoStatus status = stream_->handshake();
      if (status == IoStatus::Done) break;
      if (status == IoStatus::Closed || status == IoStatus::Failed) co_return false;
      if (!co_await wait_for(status)) co_return false;
    }
    deadline_ = kNever;
    co_return true;
  }

  /// Feeds the reader with what is there, or what comes.
  Success receive() {
    for (;;) {
      const IoResult got = stream_->read(io_.buffer.data(), io_.buffer.size());
      if (got.status == IoStatus::Done) {
        reader_.feed({io_.buffer.data(), got.bytes});
        if (turn_is_over() && !co_await let_others()) co_return false;
        co_return true;
      }
      if (got.status == IoStatus::Closed || got.status == IoStatus::Failed) co_return false;
      if (!co_await wait_for(got.status)) co_return false;
    }
  }

  Success send(std::string_view bytes) {
    allow(Clock::now(), options_.write_timeout, bytes.size());
    while (!bytes.empty()) {
      const IoResult sent = stream_->write(bytes);
      if (sent.status == IoStatus::Done) {
        bytes.remove_prefix(sent.bytes);
        if (turn_is_over() && !co_await let_others()) co_return false;
        continue;
      }
      if (sent.status == IoStatus::Closed || sent.status == IoStatus::Failed) co_return false;
      if (!co_await wait_for(sent.status)) co_return false;
    }
    deadline_ = kNever;
    co_return true;
  }

  /// Ends the connection so that the last answer arrives: closing it with unread input would make the
  /// system throw the answer away.
  Task linger() {
    stream_->end_output();
    deadline_ = Clock::now() + kLinger;
    for (;;) {
      const IoResult got = stream_->read(io_.buffer.data(), io_.buffer.size());
      if (got.status == IoStatus::Done) {
        if (turn_is_over() && !co_await let_others()) co_return;
        continue;
      }
      if (got.status == IoStatus::Closed || got.status == IoStatus::Failed) co_return;
      if (!co_await wait_for(got.status)) co_return;
    }
  }

  // Requests ------------------------------------------------------------------------------------

  Task run() {
    if (!co_await shake_hands()) co_return;
    bool more = true;
    while (more) {
      if (!co_await read_request()) co_return;
      more = co_await answer();
      fresh_ = false;
    }
  }

  void set_reading_deadline(Clock::time_point since) {
    switch (reader_.state()) {
      case RequestReader::State::Idle:
        return allow(since, fresh_ ? options_.head_timeout : options_.idle_timeout, 0);
      case RequestReader::State::Head:
        return allow(since, options_.head_timeout, 0);
      default:
        return allow(since, options_.body_timeout, reader_.body_received());
    }
  }

  /// Until the next request is whole; false if there will be none.
  Success read_request() {
    using State = RequestReader::State;
    State before = reader_.feed({});
    Clock::time_point since = Clock::now();
    while (reader_.state() != State::Complete) {
      const State now = reader_.state();
      if (now == State::Failed) {
        const HttpFailure failure = reader_.failure();
        co_await refuse(failure);
        co_return false;
      }
      if (now == State::Idle && io_.draining) co_return false;
      if (now != before) since = Clock::now();
      before = now;
      if (reader_.take_expectation() && !co_await send("HTTP/1.1 100 Continue\r\n\r\n")) {
        co_return false;
      }
      set_reading_deadline(since);
      at_rest_ = now == State::Idle;
      const bool got = co_await receive();
      at_rest_ = false;
      deadline_ = kNever;
      if (got) continue;
      if (timed_out_ && now != State::Idle) {
        timed_out_ = false;
        const HttpFailure failure(408, "The request did not come in time.");
        co_await refuse(failure);
      }
      co_return false;
    }
    co_return true;
  }

  Task refuse(const HttpFailure& failure) {
    ++io_.service.refused_requests;
    response_ = failure_response(failure);
    ResponseContext context;
    context.keep_alive = false;
    context.now = std::time(nullptr);
    const std::string bytes = response_head(response_, context) + response_.body;
    if (co_await send(bytes)) co_await linger();
  }

  // Answers -------------------------------------------------------------------------------------

  /// Runs `work` on a worker and waits for its end. False if no worker takes it.
  Success on_worker(void (HttpConnection::*work)(), bool begun) {
    done_ = false;
    WorkerPool::Job job = [self = shared_from_this(), work]() mutable {
      HttpConnection& session = *self;
      (session.*work)();
      // The last reference must not stay here: sessions end on their own thread.
      asio::post(session.io_.context, [self = std::move(self)] {
        self->done_ = true;
        self->event_.cancel();
      });
    };
    WorkerPool& workers = io_.service.workers;
    const bool taken = begun ? workers.submit_next(std::move(job)) : workers.submit(std::move(job));
    if (!taken) co_return false;
    while (!done_) {
      event_.expires_at(kNever);
      boost::system::error_code ignored;
      auto token = asio::redirect_error(asio::use_awaitable, ignored);
      co_await event_.async_wait(token);
    }
    co_return true;
  }

  void run_handler() {
    try {
      response_ = io_.service.handler(request_);
    } catch (...) {
      const HttpFailure failure{500, "An internal error occurred."};
      response_ = failure_response(failure);
    }
  }

  void pull_part() {
    part_ = {};
    try {
      if (response_.events) {
        part_ = response_.events();
      } else {
        part_.bytes = response_.stream();
        part_.end = part_.bytes.empty();
      }
    } catch (...) {
      broken_ = true;
    }
  }

  /// False if the client has gone meanwhile.
  Success pause(milliseconds time) {
    event_.expires_after(std::max(time, kShortestPause));
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    pausing_ = true;
    co_await event_.async_wait(token);
    pausing_ = false;
    char probe = 0;
    co_return !cut_off_ && ::recv(socket_.native_handle(), &probe, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
  }

  Success send_parts(BodyFraming framing) {
    for (;;) {
      broken_ = false;
      if (!co_await on_worker(&HttpConnection::pull_part, true) || broken_) co_return false;
      sent_ += part_.bytes.size();
      if (!part_.bytes.empty()) {
        const std::string framed =
            framing == BodyFraming::Chunked ? chunk(part_.bytes) : std::move(part_.bytes);
        if (!co_await send(framed)) co_return false;
      }
      if (part_.end || (io_.draining && response_.events)) break;
      const bool waits = part_.pause.count() > 0 || (response_.events && part_.bytes.empty());
      if (waits && !co_await pause(part_.pause)) co_return false;
    }
    if (framing == BodyFraming::Chunked && !co_await send(kLastChunk)) co_return false;
    co_return true;
  }

  Success send_response(bool keep_alive) {
    ResponseContext context;
    context.method = request_.method;
    context.old_version = reader_.old_version();
    context.keep_alive = keep_alive;
    context.now = std::time(nullptr);
    const BodyFraming framing = framing_of(response_, context);
    const bool body = has_body(response_, request_.method);
    std::string head = response_head(response_, context);
    if (!body) co_return co_await send(head);
    if (framing != BodyFraming::Length) {
      if (!co_await send(head)) co_return false;
      co_return co_await send_parts(framing);
    }
    sent_ = response_.body.size();
    if (sent_ <= kSmallBody) {
      head += response_.body;
      co_return co_await send(head);
    }
    if (!co_await send(head)) co_return false;
    co_return co_await send(response_.body);
  }

  /// False if the connection ends with this answer.
  Success answer() {
    bool keep_alive = reader_.keep_alive();
    request_ = reader_.take();
    request_.remote = remote_;
    request_.secure = options_.tls != nullptr;
    const Clock::time_point begin = Clock::now();
    ++io_.service.requests;
    sent_ = 0;
    if (!co_await on_worker(&HttpConnection::run_handler, false)) {
      ++io_.service.overloaded;
      const HttpFailure failure(503, "The server is busy. Try again.");
      response_ = failure_response(failure);
    }
    const bool endless = (response_.stream || response_.events) && reader_.old_version();
    keep_alive = keep_alive && !io_.draining && !endless;
    const bool whole = co_await send_response(keep_alive);
    if (options_.observe) tell_observer(begin);
    request_ = {};
    response_ = {};
    part_ = {};
    if (whole && !keep_alive) co_await linger();
    co_return whole&& keep_alive;
  }

  void tell_observer(Clock::time_point begin) {
    Exchange exchange;
    exchange.method = request_.method;
    exchange.path = request_.path();
    exchange.remote = remote_;
    exchange.status = response_.status;
    exchange.received = request_.body.size();
    exchange.sent = sent_;
    exchange.duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
    options_.observe(exchange);
  }

  IoThread::State& io_;
  const HttpServerOptions& options_;
  std::unique_ptr<PeerLimits::Seat> seat_;
  std::string remote_;
  asio::posix::stream_descriptor socket_;
  asio::steady_timer event_;
  std::unique_ptr<Stream> stream_;
  RequestReader reader_;
  Clock::time_point deadline_ = kNever;
  bool fresh_ = true;     ///< no request has been answered
  bool at_rest_ = false;  ///< waiting between two requests
  bool pausing_ = false;  ///< waiting between two parts of a body
  unsigned steps_ = 0;    ///< that succeeded at once, since the last turn
  bool timed_out_ = false;
  bool cut_off_ = false;
  // The request that is answered. A worker uses these while the coroutine waits for it.
  HttpRequest request_;
  HttpResponse response_;
  EventPart part_;
  bool broken_ = false;
  bool done_ = false;
  std::uint64_t sent_ = 0;
};

void IoThread::State::begin_sweeping() {
  if (sweeping) return;
  sweeping = true;
  const HttpServerOptions& o = service.options;
  const milliseconds shortest = std::min({o.handshake_timeout, o.head_timeout, o.body_timeout,
                                          o.write_timeout, o.idle_timeout, kLinger});
  sweep.expires_after(std::clamp(shortest / 8, milliseconds(5), milliseconds(500)));
  sweep.async_wait([this](const boost::system::error_code& error) {
    if (!error) sweep_once();
  });
}

void IoThread::State::sweep_once() {
  sweeping = false;
  const Clock::time_point now = Clock::now();
  for (HttpConnection* session : sessions) session->expire(now);
  if (!sessions.empty()) begin_sweeping();
}

IoThread::IoThread(HttpShared& service) : state_(std::make_unique<State>(service)) {
  state_->thread = std::thread([state = state_.get()] { state->context.run(); });
}

IoThread::~IoThread() {
  state_->context.stop();
  state_->thread.join();
}

void IoThread::adopt(Arrival arrival) {
  int socket = arrival.socket;
  try {
    auto session = std::make_shared<HttpConnection>(*state_, std::move(arrival));
    if (session->own(socket)) {
      socket = -1;
      asio::co_spawn(state_->context, HttpConnection::serve(std::move(session)), asio::detached);
    }
    // Memory ran out: this connection ends, the others go on.
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
  }
  if (socket >= 0) ::close(socket);
}

void IoThread::drain() {
  asio::post(state_->context, [state = state_.get()] {
    state->draining = true;
    for (HttpConnection* session : state->sessions) session->drain();
  });
}

void IoThread::cut_off() {
  asio::post(state_->context, [state = state_.get()] {
    state->draining = true;
    for (HttpConnection* session : state->sessions) session->cut_off();
  });
}

}  // namespace vigil::server
