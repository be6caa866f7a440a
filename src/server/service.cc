#include "server/service.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "api/dispatch.h"
#include "base/text.h"
#include "server/request_id.h"

namespace vigil::server {
namespace {

constexpr std::size_t kOperationBody = std::size_t{10} << 20;

bool has_header(const HttpResponse& response, std::string_view name) {
  return std::ranges::any_of(response.headers, [&](const Header& header) {
    return base::equals_ignoring_case(header.name, name);
  });
}

}  // namespace

std::size_t Service::body_limit(std::string_view method, std::string_view path) {
  const RouteMatch match = find_route(all_routes(), method, path);
  return match.route != nullptr ? match.route->body_limit : kOperationBody;
}

bool Service::changes(std::string_view operation) {
  static constexpr std::array<std::string_view, 6> kReading = {"List",   "Get",      "BatchGet",
                                                               "Search", "Describe", "Scan"};
  return std::ranges::none_of(
      kReading, [&](std::string_view prefix) { return operation.starts_with(prefix); });
}

Service::Answered Service::answer_route(const HttpRequest& request, const RouteMatch& match) {
  if (match.route == nullptr) {
    api::ApiError error{.type = "MethodNotAllowedException",
                        .status = 405,
                        .message = "This path does not know the method."};
    return {error_response(error), "unknown", {}};
  }
  Answered answered;
  answered.operation = std::string(match.route->method) + " " + std::string(match.route->pattern);
  Identity caller;
  if (match.route->access != Access::Anybody) {
    Authenticated who = authenticate_(
        request,
        {.service = "vigil", .access = match.route->access, .changes = request.method != "GET"});
    if (auto* refusal = std::get_if<HttpResponse>(&who)) {
      answered.response = std::move(*refusal);
      return answered;
    }
    caller = std::get<Identity>(std::move(who));
    answered.principal = caller.principal;
  }
  if (match.route->access == Access::Administrator && !caller.administrator) {
    answered.response = error_response(api::access_denied("This is for administrators."));
    return answered;
  }
  auto query = parse_query(request.query());
  if (!query) {
    answered.response = error_response(api::validation_error("The query is not well-formed."));
    return answered;
  }
  answered.response = match.route->run({.estate = estate_,
                                        .metrics = metrics_,
                                        .login = login_,
                                        .sessions = sessions_,
                                        .request = request,
                                        .caller = std::move(caller),
                                        .labels = match.labels,
                                        .query = std::move(*query),
                                        .now = estate_.now(),
                                        .registry = registry_,
                                        .installation = installation_,
                                        .changes = &changes_});
  return answered;
}

HttpResponse Service::handle(const HttpRequest& request) {
  const auto begin = std::chrono::steady_clock::now();
  const std::string request_id = make_request_id();
  Answered answered = answer(request, request_id);
  if (!has_header(answered.response, "x-amzn-RequestId")) {
    answered.response.headers.push_back({"x-amzn-RequestId", request_id});
  }
  // All of it is about one account, and nothing of it stays true for long. Files that may be kept say so.
  if (!has_header(answered.response, "Cache-Control")) {
    answered.response.headers.push_back({"Cache-Control", "no-store"});
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  metrics_.count_request(answered.operation, answered.response.status, taken.count());
  const bool failed = answered.response.status >= 500;
  const base::Logger::Fields fields = {{"operation", answered.operation},
                                       {"status", answered.response.status},
                                       {"milliseconds", taken.count() * 1000},
                                       {"principal", answered.principal},
                                       {"remote", request.remote},
                                       {"request", request_id}};
  if (failed) {
    logger_.error("request", fields);
  } else {
    logger_.debug("request", fields);
  }
  return std::move(answered.response);
}

Service::Answered Service::answer_operation(const HttpRequest& request,
                                            const std::string& request_id) {
  const api::Operation* operation = api::find_operation(request.method, request.path());
  // What does not exist is no secret, but who asks has to be known before anything is said.
  const std::string_view service = operation != nullptr ? operation->service : "inspector2";
  Authenticated who =
      authenticate_(request, {.service = service,
                              .access = Access::Account,
                              .changes = operation != nullptr && changes(operation->name)});
  if (auto* refusal = std::get_if<HttpResponse>(&who)) {
    return {
        std::move(*refusal), operation != nullptr ? std::string(operation->name) : "unknown", {}};
  }
  const Identity& identity = std::get<Identity>(who);
  const api::Caller caller{identity.account, identity.principal, identity.region};
  api::Reply reply = api::dispatch(estate_, caller,
                                   {.service = service,
                                    .method = request.method,
                                    .path = request.path(),
                                    .query = request.query(),
                                    .body = request.body,
                                    .request_id = request_id},
                                   estate_.now());
  if (reply.cause) {
    logger_.error(
        "operation failed",
        {{"operation", reply.operation}, {"why", reply.cause->text()}, {"request", request_id}});
  }
  Answered answered;
  answered.operation = reply.operation.empty() ? "unknown" : std::move(reply.operation);
  answered.principal = identity.principal;
  answered.response.status = reply.status;
  for (auto& [name, value] : reply.headers) {
    answered.response.headers.push_back({std::move(name), std::move(value)});
  }
  answered.response.body = std::move(reply.body);
  return answered;
}

Service::Answered Service::answer(const HttpRequest& request, const std::string& request_id) {
  const RouteMatch match = find_route(all_routes(), request.method, request.path());
  if (match.known_path) return answer_route(request, match);
  if (api::find_operation(request.method, request.path()) == nullptr) {
    if (auto page = console_.answer(request)) return {std::move(*page), "console", {}};
  }
  return answer_operation(request, request_id);
}

}  // namespace vigil::server
