// Errors as AWS's REST-JSON protocol carries them: a type, a message, and members of that type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::api {

struct FieldError {
  std::string name;
  std::string message;
};

struct ApiError {
  std::string type;  ///< "ValidationException", "ResourceNotFoundException", ...
  int status = 400;
  std::string message;
  std::string reason;  ///< of ValidationException: CANNOT_PARSE, FIELD_VALIDATION_FAILED, OTHER
  std::vector<FieldError> fields;  ///< of ValidationException
  int retry_after = 0;             ///< seconds, a header of the answer; 0: none
  std::string resource_id;         ///< of ConflictException, ServiceQuotaExceededException
  std::string resource_type;       ///< of ConflictException
  std::optional<Error> cause;      ///< of internal(): for the log, never for the caller
};

/// What an operation or a part of one gives.
template <typename T>
using Outcome = tl::expected<T, ApiError>;

ApiError validation_error(std::string message, std::vector<FieldError> fields = {});
/// One member is wrong, in the words of the constraint errors.
ApiError field_error(std::string_view field, std::string message);
ApiError not_found(std::string message);
ApiError access_denied(std::string message);
ApiError conflict(std::string message, std::string resource_id, std::string resource_type);
ApiError quota_exceeded(std::string message, std::string resource_id);
ApiError bad_request(std::string message);
ApiError throttled(std::string message, int retry_after);
/// What went wrong inside. Busy becomes a retryable 429, all else a 500; the text of the error is
/// for the log, not for the caller.
ApiError internal(const Error& error);

/// The value, or the failure as an internal error.
template <typename T>
Outcome<T> or_internal(Result<T> result) {
  if (!result) return tl::unexpected(internal(result.error()));
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return std::move(*result);
  }
}

/// The JSON body: {"message": ..., "reason": ..., "fields": ...}.
std::string error_body(const ApiError& error);

}  // namespace vigil::api
