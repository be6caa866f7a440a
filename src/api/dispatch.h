// From a request's place and bytes to the answer's: finds the operation, reads and checks its input,
// runs it, and writes success or error as AWS's REST-JSON protocol does. The transport and the
// signature are the caller's work. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/operation.h"

namespace vigil::api {

struct Request {
  std::string_view service;  ///< signing name: "inspector2", "inspector-scan"
  std::string_view method;
  std::string_view path;   ///< as received, percent-encoded
  std::string_view query;  ///< as received, without '?'
  std::string_view body;
  std::string_view request_id;  ///< the answer carries it as x-amzn-RequestId; may be empty
};

struct Reply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string operation;       ///< "ListFindings", for logs and metrics; empty: there is none
  std::string error;           ///< its type: "ValidationException"; empty: success
  std::optional<Error> cause;  ///< of an internal error, for the log
};

Reply dispatch(estate::Estate& estate, const Caller& caller, const Request& request,
               std::int64_t now);

/// An error in the protocol's form, for what fails before there is an operation: a wrong signature, a
/// body that is too large.
Reply error_reply(const ApiError& error, std::string_view request_id);

/// What is answered where no operation is: UnknownOperationException, 404.
ApiError unknown_operation();

/// The operation at this place, whatever its service; null if there is none. Its service is what the
/// request must have been signed for.
const Operation* find_operation(std::string_view method, std::string_view path);

/// The shape of an operation's input. Error: its notation is wrong.
Result<const Shape*> input_shape(const Operation& operation);

}  // namespace vigil::api
