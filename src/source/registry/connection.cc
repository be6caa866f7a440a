#include "source/registry/connection.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/program.h"
#include "base/text.h"
#include "source/registry/challenge.h"
#include "source/registry/credentials.h"
#include "source/registry/reference.h"
#include "source/registry/refusal.h"
#include "source/registry/tls_files.h"
#include "source/registry/token.h"
#include "source/registry/trust.h"

namespace vigil::source::registry {
namespace {

using base::AddressKind;
using base::SessionAnswer;
using base::SessionFailure;
using base::SessionRequest;
using base::Url;
using Clock = std::chrono::steady_clock;

constexpr unsigned kMostRedirects = 5;
constexpr std::uint64_t kLargestToken = 1 << 20;

bool is_redirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

GetFailure failure(std::string what, std::string where, std::string hint = {}) {
  return {Error{std::move(what), std::move(where), std::move(hint), ErrorCode::Network}, false};
}

/// The address without its query: of storage behind a registry that is a signature.
std::string without_query(const Url& url) {
  Url plain = url;
  plain.target = plain.target.substr(0, plain.target.find('?'));
  return plain.text();
}

/// What answers to a 401, kept for the requests that follow.
struct Authorization {
  std::string value;  ///< of the header; empty: nobody
  Clock::time_point expires = Clock::time_point::max();
};

}  // namespace

struct Connection::State {
  std::string name;   ///< without a scheme
  std::string given;  ///< scheme that was given; empty: found out
  Options options;
  bool explicit_credentials = false;
  bool insecure = false;
  base::HttpSession own;        ///< to the registry itself
  base::HttpSession elsewhere;  ///< to where it leads

  std::mutex mutex;
  std::optional<Url> origin;                        ///< guarded by mutex
  AddressKind kind = AddressKind::Public;           ///< where the registry is; guarded
  std::map<std::string, Authorization> authorized;  ///< by repository; guarded
  std::map<std::string, Credentials> credentials;   ///< by repository; guarded
  std::string trouble;  ///< why credentials that are configured could not be had; guarded

  State(std::string registry, const Options& from, bool explicit_user)
      : name(registry.substr(registry.find("://") == std::string::npos ? 0
                                                                       : registry.find("://") + 3)),
        given(registry.substr(0, registry.size() - name.size())),
        options(from),
        explicit_credentials(explicit_user),
        insecure(is_insecure(from, name)),
        own(own_options()),
        elsewhere(session_options()) {
    // Until it has answered, and behind a proxy, its name is all there is to tell where it is.
    if (const auto url = base::parse_url("https://" + name)) {
      if (is_this_machine(*url)) kind = AddressKind::Loopback;
      if (const auto literal = base::kind_of_address(url->host)) kind = *literal;
    }
  }

  static bool is_insecure(const Options& options, const std::string& name) {
    return std::any_of(options.insecure.begin(), options.insecure.end(),
                       [&](const std::string& one) { return one == "*" || one == name; });
  }

  [[nodiscard]] base::SessionOptions session_options() const {
    base::SessionOptions session;
    session.user_agent = "vigil/" + std::string(base::program_version());
    session.connect_timeout = options.connect_timeout;
    session.stall_timeout = options.stall_timeout;
    session.total_timeout = options.layer_timeout;
    session.ca_file = options.ca_file;
    return session;
  }
  [[nodiscard]] base::SessionOptions own_options() const {
    base::SessionOptions session = session_options();
    const TlsFiles files = is_registry(name)
                               ? find_tls_files(name, certificate_directories(options.environment))
                               : TlsFiles{};
    if (session.ca_file.empty()) session.ca_file = files.ca_file;
    session.client_certificate = files.client_certificate;
    session.client_key = files.client_key;
    session.verify_certificates = !insecure;
    return session;
  }

  [[nodiscard]] bool cancelled() const { return options.cancelled && options.cancelled(); }
  bool wait(std::chrono::milliseconds time) const {
    const auto end = Clock::now() + time;
    while (!cancelled()) {
      const auto left = end - Clock::now();
      if (left <= left.zero()) return true;
      std::this_thread::sleep_for(std::min<Clock::duration>(left, std::chrono::milliseconds(50)));
    }
    return false;
  }

  Result<Url> find_origin();
  GetResult with_redirects(Url url, const Get& get, const std::string& authorization,
                           bool is_registrys_own);
  tl::expected<SessionAnswer, SessionFailure> once(const Url& url, const Get& get,
                                                   std::vector<std::string> headers,
                                                   bool is_registrys_own);
  GetResult with_retries(const Url& url, const Get& get, const std::string& authorization,
                         bool is_registrys_own);
  Result<std::string> authorize(const SessionAnswer& refused, const std::string& repository);
  Credentials credentials_for(const std::string& repository);
  Error explained(Error refused);
  Result<Token> fetch_token(const Challenge& challenge, const Credentials& known);
  std::string known_authorization(const std::string& repository);
};

/// The scheme: as given; without TLS on this machine; where it is allowed, with TLS if the other side
/// speaks it; else always with.
Result<Url> Connection::State::find_origin() {
  {
    const std::lock_guard lock(mutex);
    if (origin) return *origin;
  }
  const std::string host = registry_host(name);
  const auto secure = base::parse_url("https://" + host + "/");
  const auto plain = base::parse_url("http://" + host + "/");
  if (!secure || !plain) return fail("not the name of a registry", base::printable(name));
  Url chosen = given == "http://" ? *plain : *secure;
  if (given.empty() && (insecure || is_this_machine(*secure))) {
    Get ping;
    ping.timeout = std::min(options.small_timeout, std::chrono::milliseconds(10'000));
    Url target = *secure;
    target.target = "/v2/";
    const auto answer = once(target, ping, {}, true);
    // A server without TLS answers the greeting with nonsense, hangs up, or waits for more.
    if (!answer && (answer.error().no_tls || answer.error().temporary)) chosen = *plain;
  }
  const std::lock_guard lock(mutex);
  if (!origin) origin = chosen;
  return *origin;
}

tl::expected<SessionAnswer, SessionFailure> Connection::State::once(
    const Url& url, const Get& get, std::vector<std::string> headers, bool is_registrys_own) {
  SessionRequest request;
  request.method = get.method;
  request.url = url.text();
  request.headers = std::move(headers);
  request.max_bytes = get.max_bytes;
  request.sink = get.sink;
  request.begin = get.begin;
  const auto end = Clock::now() + (get.timeout.count() > 0 ? get.timeout : options.small_timeout);
  bool late = false;
  request.cancelled = [&] {
    return cancelled() || (get.cancelled && get.cancelled()) || (late = Clock::now() > end);
  };
  if (!is_registrys_own) {
    AddressKind from{};
    {
      const std::lock_guard lock(mutex);
      from = kind;
    }
    request.may_connect = [from](AddressKind to) { return may_lead_to(from, to); };
  }
  auto answer = (is_registrys_own ? own : elsewhere).send(request);
  if (!answer && late) {
    answer.error().error.what = "too slow: no whole answer in time";
    answer.error().temporary = true;
  }
  if (is_registrys_own) {
    const std::string& address = answer ? answer->address : answer.error().answer.address;
    if (const auto where = base::kind_of_address(address)) {
      const std::lock_guard lock(mutex);
      kind = *where;
    }
  }
  return answer;
}

/// Redirects are followed by hand: each is judged, and only the registry itself gets credentials.
GetResult Connection::State::with_redirects(Url url, const Get& get,
                                            const std::string& authorization,
                                            bool is_registrys_own) {
  const Url registry = url;
  bool home = is_registrys_own;
  for (unsigned redirects = 0;; ++redirects) {
    home = home && may_have_credentials(registry, url);  // who was led away does not come back
    std::vector<std::string> headers = get.headers;
    if (home && !authorization.empty()) headers.push_back("Authorization: " + authorization);
    auto answer = once(url, get, std::move(headers), home);
    if (!answer) {
      return tl::unexpected(GetFailure{std::move(answer.error().error), answer.error().temporary});
    }
    if (!is_redirect(answer->status)) return std::move(*answer);
    const auto next = base::resolve_url(url, answer->header("Location"));
    const std::string where = without_query(url);
    if (!next) return tl::unexpected(failure("redirected to what is no web address", where));
    if (redirects == kMostRedirects) return tl::unexpected(failure("too many redirects", where));
    if (!keeps_encryption(url, *next)) {
      return tl::unexpected(
          failure("redirected to an address without TLS: " + without_query(*next), where));
    }
    url = *next;
  }
}

GetResult Connection::State::with_retries(const Url& url, const Get& get,
                                          const std::string& authorization, bool is_registrys_own) {
  bool flowing = false;
  Get watched = get;
  if (get.sink) {
    watched.sink = [&](std::string_view bytes) {
      flowing = true;
      return get.sink(bytes);
    };
  }
  for (unsigned attempt = 0;; ++attempt) {
    GetResult answer = with_redirects(url, watched, authorization, is_registrys_own);
    const bool again = answer ? is_temporary(*answer) : answer.error().temporary;
    if (!again || flowing || attempt + 1 >= options.attempts) return answer;
    auto pause = std::min(options.longest_wait, options.first_wait * (1 << std::min(attempt, 10U)));
    if (answer && answer->retry_after) {
      const auto longest = static_cast<std::uint64_t>(options.longest_wait.count()) / 1000;
      if (*answer->retry_after > longest) return answer;
      pause = std::chrono::seconds(*answer->retry_after);
    }
    if (!wait(pause)) return tl::unexpected(failure("cancelled", without_query(url)));
  }
}

std::string Connection::State::known_authorization(const std::string& repository) {
  const std::lock_guard lock(mutex);
  const auto found = authorized.find(repository);
  if (found == authorized.end() || Clock::now() >= found->second.expires) return {};
  return found->second.value;
}

/// Nobody, if what is configured does not work: public images are given to anybody, and for the others
/// the refusal says what the trouble was.
Credentials Connection::State::credentials_for(const std::string& repository) {
  {
    const std::lock_guard lock(mutex);
    const auto found = credentials.find(repository);
    if (found != credentials.end()) return found->second;
  }
  Credentials found;
  // Not under the lock: helpers may take their time.
  if (explicit_credentials && !options.user.empty()) {
    found = {options.user, options.password, {}, "VIGIL_REGISTRY_USER"};
  } else {
    auto kept = find_credentials(name, repository, options.environment);
    if (kept) found = std::move(*kept);
    const std::lock_guard lock(mutex);
    if (!kept) trouble = kept.error().text();
  }
  const std::lock_guard lock(mutex);
  return credentials.try_emplace(repository, std::move(found)).first->second;
}

Result<Token> Connection::State::fetch_token(const Challenge& challenge, const Credentials& known) {
  const auto realm = base::parse_url(challenge.realm);
  if (!realm) {
    return fail("the registry's token server has no web address", base::printable(challenge.realm));
  }
  VIGIL_TRY(const Url registry, find_origin());
  if (!keeps_encryption(registry, *realm)) {
    return fail("the registry's token server has no TLS", without_query(*realm), {},
                ErrorCode::Network);
  }
  const TokenRequest ask = token_request(challenge, known);
  SessionRequest request;
  request.method = ask.method;
  request.url = ask.url;
  request.body = ask.body;
  request.max_bytes = kLargestToken;
  if (!ask.authorization.empty()) request.headers.push_back("Authorization: " + ask.authorization);
  if (!ask.body.empty()) {
    request.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
  }
  const bool home = realm->host == registry.host;
  AddressKind from{};
  {
    const std::lock_guard lock(mutex);
    from = kind;
  }
  if (!home) request.may_connect = [from](AddressKind to) { return may_lead_to(from, to); };
  const std::string where = without_query(*realm);
  for (unsigned attempt = 0;; ++attempt) {
    const auto end = Clock::now() + options.small_timeout;
    request.cancelled = [&] { return cancelled() || Clock::now() > end; };
    // No redirect is followed: the credentials are for this address.
    auto answer = (home ? own : elsewhere).send(request);
    if (answer && answer->status == 200) {
      auto token = parse_token(answer->body);
      if (!token) token.error().where = where;
      return token;
    }
    const bool again = answer ? is_temporary(*answer) : answer.error().temporary;
    if (!again || attempt + 1 >= options.attempts ||
        !wait(options.first_wait * (1 << std::min(attempt, 10U)))) {
      if (!answer) {
        answer.error().error.where = where;
        return fail(std::move(answer.error().error));
      }
      Error refused = refusal(*answer, where);
      refused.what.replace(0, std::string_view("the registry").size(), "the token server");
      refused.code = ErrorCode::Network;
      return fail(std::move(refused));
    }
  }
}

/// An answer to the challenge of a 401: the value of Authorization for the next attempt.
Result<std::string> Connection::State::authorize(const SessionAnswer& refused,
                                                 const std::string& repository) {
  std::optional<Challenge> bearer;
  bool basic = false;
  for (const auto& [name_of, value] : refused.headers) {
    if (!base::equals_ignoring_case(name_of, "WWW-Authenticate")) continue;
    for (Challenge& challenge : parse_challenges(value)) {
      if (challenge.scheme == "bearer" && !bearer) bearer = std::move(challenge);
      basic = basic || challenge.scheme == "basic";
    }
  }
  const Credentials known = credentials_for(repository);
  Authorization answer;
  if (bearer) {
    if (bearer->scope.empty() && !repository.empty()) {
      bearer->scope = "repository:" + repository + ":pull";
    }
    VIGIL_TRY(const Token token, fetch_token(*bearer, known));
    answer.value = "Bearer " + token.value;
    // A tenth early: the token must last until it has arrived.
    answer.expires = Clock::now() + token.lifetime - token.lifetime / 10;
  } else if (basic && !known.user.empty()) {
    answer.value = basic_authorization(known);
  } else {
    return fail(refusal(refused, name));
  }
  const std::lock_guard lock(mutex);
  authorized[repository] = answer;
  return answer.value;
}

/// With what was wrong with the credentials, where that may be the reason.
Error Connection::State::explained(Error refused) {
  const std::lock_guard lock(mutex);
  if (!trouble.empty()) refused.hint = "its credentials could not be had: " + trouble;
  return refused;
}

Connection::Connection(std::string registry, const Options& options, bool explicit_credentials)
    : state_(std::make_unique<State>(std::move(registry), options, explicit_credentials)) {}

Connection::~Connection() = default;

const std::string& Connection::name() const {
  return state_->name;
}

GetResult Connection::get(const Get& get) {
  State& state = *state_;
  auto origin = state.find_origin();
  if (!origin) return tl::unexpected(GetFailure{std::move(origin.error()), false});
  const auto url = base::resolve_url(*origin, get.target);
  if (!url || !url->same_origin(*origin)) {
    return tl::unexpected(failure("not an address of this registry", state.name));
  }
  std::string authorization = state.known_authorization(get.repository);
  GetResult answer = state.with_retries(*url, get, authorization, true);
  // One answer to a challenge: who is refused after that stays refused.
  if (answer && answer->status == 401) {
    auto proof = state.authorize(*answer, get.repository);
    if (!proof) return tl::unexpected(GetFailure{state.explained(std::move(proof.error())), false});
    answer = state.with_retries(*url, get, *proof, true);
  }
  if (answer && answer->status != 200 && answer->status != 206) {
    return tl::unexpected(
        GetFailure{state.explained(refusal(*answer, without_query(*url))), false});
  }
  if (!answer && answer.error().error.where == url->text()) {
    answer.error().error.where = without_query(*url);
  }
  return answer;
}

GetResult Connection::get_elsewhere(const std::string& address, const Get& get) {
  State& state = *state_;
  const auto url = base::parse_url(address);
  if (!url || (url->scheme != "https" && !is_this_machine(*url))) {
    return tl::unexpected(
        failure("not an address with TLS", base::printable(address.substr(0, 300))));
  }
  GetResult answer = state.with_retries(*url, get, {}, false);
  if (answer && answer->status != 200 && answer->status != 206) {
    return tl::unexpected(GetFailure{refusal(*answer, without_query(*url)), false});
  }
  return answer;
}

}  // namespace vigil::source::registry
