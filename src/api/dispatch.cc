#include "api/dispatch.h"

#include <algorithm>

#include "api/input.h"
#include "api/validate.h"
#include "base/percent.h"
#include "base/text.h"

namespace vigil::api {
namespace {

using Labels = std::map<std::string, std::string, std::less<>>;

bool is_label(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

/// A label stands for one part of the path, decoded after the path was split: an ARN in it has its
/// slashes encoded.
std::optional<Labels> match(std::string_view uri, std::string_view path) {
  const auto wanted = base::split(uri, '/');
  const auto given = base::split(path, '/');
  if (wanted.size() != given.size()) return std::nullopt;
  Labels labels;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (is_label(wanted[i])) {
      if (given[i].empty()) return std::nullopt;
      labels.emplace(wanted[i].substr(1, wanted[i].size() - 2), base::percent_decoded(given[i]));
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return labels;
}

struct Found {
  const Operation* operation = nullptr;
  Labels labels;
};

std::optional<Found> find(std::string_view method, std::string_view path) {
  for (const Operation* operation : all_operations()) {
    if (operation->method != method) continue;
    if (auto labels = match(operation->uri, path)) return Found{operation, std::move(*labels)};
  }
  return std::nullopt;
}

/// The input shapes of all operations, compiled once.
class InputShapes {
 public:
  InputShapes() : named_(named_shapes()), table_(named_) {
    for (const Operation* operation : all_operations()) {
      shapes_.emplace(operation, table_.members(operation->input));
    }
  }
  [[nodiscard]] Result<const Shape*> of(const Operation& operation) const {
    const auto found = shapes_.find(&operation);
    if (found == shapes_.end()) return fail("no such operation", std::string(operation.name));
    return found->second;
  }

 private:
  std::vector<NamedShape> named_;
  ShapeTable table_;
  std::map<const Operation*, Result<const Shape*>> shapes_;
};

Reply success(std::string body, const Request& request) {
  Reply reply;
  reply.headers.emplace_back("Content-Type", "application/json");
  if (!request.request_id.empty()) {
    reply.headers.emplace_back("x-amzn-RequestId", request.request_id);
  }
  reply.body = std::move(body);
  return reply;
}

Answer run(estate::Estate& estate, const Caller& caller, const Request& request, const Found& found,
           std::int64_t now) {
  VIGIL_TRY(const Shape* shape, or_internal(input_shape(*found.operation)));
  base::JsonParser parser;
  VIGIL_TRY(const base::Json input,
            read_input(parser, *shape, request.body, found.labels, request.query));
  if (auto wrong = validate(*shape, input)) return tl::unexpected(std::move(*wrong));
  return found.operation->run({.estate = estate,
                               .caller = caller,
                               .input = input,
                               .now = now,
                               .operation = found.operation,
                               .shape = shape});
}

}  // namespace

Reply error_reply(const ApiError& error, std::string_view request_id) {
  Reply reply;
  reply.status = error.status;
  reply.headers.emplace_back("Content-Type", "application/json");
  reply.headers.emplace_back("x-amzn-ErrorType", error.type);
  if (!request_id.empty()) reply.headers.emplace_back("x-amzn-RequestId", request_id);
  if (error.retry_after > 0) {
    reply.headers.emplace_back("Retry-After", std::to_string(error.retry_after));
  }
  reply.body = error_body(error);
  reply.error = error.type;
  reply.cause = error.cause;
  return reply;
}

ApiError unknown_operation() {
  return {.type = "UnknownOperationException",
          .status = 404,
          .message = "There is no operation at this path with this method."};
}

const Operation* find_operation(std::string_view method, std::string_view path) {
  const auto found = find(method, path);
  return found ? found->operation : nullptr;
}

Result<const Shape*> input_shape(const Operation& operation) {
  static const InputShapes kShapes;
  return kShapes.of(operation);
}

Reply dispatch(estate::Estate& estate, const Caller& caller, const Request& request,
               std::int64_t now) {
  const auto found = find(request.method, request.path);
  if (!found || found->operation->service != request.service) {
    return error_reply(unknown_operation(), request.request_id);
  }
  auto answer = run(estate, caller, request, *found, now);
  Reply reply = answer ? success(std::move(*answer), request)
                       : error_reply(answer.error(), request.request_id);
  reply.operation = found->operation->name;
  return reply;
}

}  // namespace vigil::api
