// GET /vigil/v1/stream: what changes, as server-sent events (the HTML standard, section 9.2), so that a
// page need not ask again and again.
//
//   id: 4711                          the newest event there is, before anything has changed
//   event: changes                    data: {"sequence", "kinds": {"FINDING_OPENED": 3}, "resources": [...]}
//   event: intelligence               data: {"stamp", "createdAt"}: another snapshot is in force
//   : (a comment every 15 seconds)    the connection lives
//
// Events of the caller's account only, gathered: at most one `changes` a second. A browser that lost the
// connection says by itself where it was (Last-Event-ID); others say ?after=. The stream ends when the
// session or the access key is no longer good, which is looked at with every comment; it does not count as
// the user's doing anything, so an idle session ends under it.
#include <memory>

#include "base/json_writer.h"
#include "base/text.h"
#include "server/change_feed.h"
#include "server/event_json.h"
#include "server/route.h"
#include "server/signature/authorization.h"
#include "store/accounts.h"

namespace vigil::server::stream {
namespace {

using Clock = std::chrono::steady_clock;

std::string sse(std::string_view event, const std::string& data, std::int64_t id = -1) {
  std::string out = "event: " + std::string(event) + "\n";
  if (id >= 0) out += "id: " + std::to_string(id) + "\n";
  return out + "data: " + data + "\n\n";
}

/// What a request proved itself by.
struct Proof {
  std::string session;     ///< a token; empty: a key
  std::string access_key;  ///< its id
};

class Listener {
 public:
  Listener(const RouteCall& call, Proof proof, std::int64_t account, std::int64_t position)
      : estate_(call.estate),
        sessions_(call.sessions),
        feed_(*call.changes),
        proof_(std::move(proof)),
        account_(account),
        position_(position),
        heartbeat_(Clock::now() + feed_.pace().heartbeat) {
    intelligence_ = now_in_force();
  }

  EventPart next() {
    EventPart part;
    part.pause = feed_.pace().look;
    if (!begun_) {
      begun_ = true;
      part.bytes = "retry: 3000\nid: " + std::to_string(position_) + "\n\n";
    }
    if (Clock::now() >= heartbeat_) {
      heartbeat_ = Clock::now() + feed_.pace().heartbeat;
      if (!is_still_good()) {
        part.end = true;
        return part;
      }
      part.bytes += ":\n\n";
    }
    part.bytes += changes();
    part.bytes += intelligence();
    return part;
  }

 private:
  struct InForce {
    std::uint64_t content = 0;
    std::int64_t created = 0;
    bool operator==(const InForce&) const = default;
  };

  [[nodiscard]] InForce now_in_force() const {
    const auto snapshot = estate_.intelligence();
    return snapshot ? InForce{snapshot->content_id(), snapshot->created()} : InForce{};
  }

  /// A store in trouble tells nothing; the next time may be better.
  std::string changes() {
    const auto changes = feed_.after(account_, position_);
    if (!changes) return {};
    position_ = changes->sequence;
    if (changes->kinds.empty()) return {};
    base::JsonWriter json;
    json.begin_object().member("sequence", changes->sequence);
    json.key("kinds").begin_object();
    for (const auto& [kind, count] : changes->kinds) json.member(event_kind_name(kind), count);
    json.end_object().key("resources").value(changes->resources).end_object();
    return sse("changes", json.text(), changes->sequence);
  }

  std::string intelligence() {
    const InForce now = now_in_force();
    if (now == intelligence_) return {};
    intelligence_ = now;
    const auto snapshot = estate_.intelligence();
    if (!snapshot) return {};
    base::JsonWriter json;
    json.begin_object().member("stamp", snapshot->stamp());
    json.member("createdAt", snapshot->created()).end_object();
    return sse("intelligence", json.text());
  }

  /// Where nobody can tell, it is: the store's trouble is nobody's fault.
  [[nodiscard]] bool is_still_good() {
    if (!proof_.session.empty()) {
      const auto session = sessions_.find(proof_.session, estate_.now(), false);
      return !session || session->has_value();
    }
    std::optional<store::AccessKeyRow> key;
    const auto read = estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(key, store::find_access_key(from, proof_.access_key));
      return ok();
    });
    return !read || (key && key->disabled == 0);
  }

  estate::Estate& estate_;
  Sessions& sessions_;
  ChangeFeed& feed_;
  const Proof proof_;
  const std::int64_t account_;
  std::int64_t position_;
  InForce intelligence_;
  Clock::time_point heartbeat_;
  bool begun_ = false;
};

Proof proof_of(const HttpRequest& request) {
  if (request.header("Authorization").empty()) {
    if (std::string token = session_token(request); !token.empty()) return {std::move(token), {}};
  }
  auto authorization = read_authorization(request);
  return {{}, authorization ? std::move(authorization->access_key_id) : std::string()};
}

/// The event a client saw last; nothing if it names none. False if it is no number.
bool read_position(const RouteCall& call, std::optional<std::int64_t>& to) {
  std::string_view text = call.request.header("Last-Event-ID");
  if (const auto given = call.query.find("after"); text.empty() && given != call.query.end()) {
    text = given->second;
  }
  if (text.empty()) return true;
  const auto number = base::parse_unsigned(text);
  if (!number || *number > INT64_MAX) return false;
  to = static_cast<std::int64_t>(*number);
  return true;
}

HttpResponse answer(const RouteCall& call) {
  std::optional<std::int64_t> after;
  if (!read_position(call, after)) {
    return error_response(api::validation_error("after is no sequence number"));
  }
  const auto account = store::account_number(call.caller.account);
  if (!account) return error_response(api::internal(account.error()));
  const auto position = call.changes->begin(after);
  if (!position) return error_response(api::internal(position.error()));
  const auto listener =
      std::make_shared<Listener>(call, proof_of(call.request), *account, *position);
  HttpResponse response;
  response.headers = {{"Content-Type", "text/event-stream"},
                      {"Cache-Control", "no-store"},
                      {"X-Accel-Buffering", "no"}};  // nginx would hold events back
  response.events = [listener] { return listener->next(); };
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/stream",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::stream
