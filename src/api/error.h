// Errors as AWS's REST-JSON protocol carries them: a type, a message, and members of that type.
#pragma once

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
  int retry_after = 0;             ///< seconds; 0: none
  std::string resource_id;         ///< of ConflictException, ServiceQuotaExceededException
  std::string resource_type;       ///< of ConflictException
};

ApiError validation_error(std::string message, std::vector<FieldError> fields = {});
ApiError not_found(std::string message);
ApiError access_denied(std::string message);
ApiError conflict(std::string message, std::string resource_id, std::string resource_type);
ApiError quota_exceeded(std::string message, std::string resource_id);
ApiError bad_request(std::string message);
ApiError throttled(std::string message, int retry_after);
/// What went wrong inside. Busy and Network become a retryable 500 or 429; the text of the error is
/// for the log, not for the caller.
ApiError internal(const Error& error);

/// The JSON body: {"message": ..., "reason": ..., "fieldList"/"fields": ...}.
std::string error_body(const ApiError& error);

}  // namespace vigil::api
