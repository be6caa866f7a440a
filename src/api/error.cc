#include "api/error.h"

#include "base/json_writer.h"

namespace vigil::api {

ApiError validation_error(std::string message, std::vector<FieldError> fields) {
  ApiError error{.type = "ValidationException", .status = 400, .message = std::move(message)};
  error.reason = fields.empty() ? "OTHER" : "FIELD_VALIDATION_FAILED";
  error.fields = std::move(fields);
  return error;
}

ApiError field_error(std::string_view field, std::string message) {
  std::string text = "1 validation error detected: " + message;
  return validation_error(std::move(text), {{std::string(field), std::move(message)}});
}

ApiError not_found(std::string message) {
  return {.type = "ResourceNotFoundException", .status = 404, .message = std::move(message)};
}

ApiError access_denied(std::string message) {
  return {.type = "AccessDeniedException", .status = 403, .message = std::move(message)};
}

ApiError conflict(std::string message, std::string resource_id, std::string resource_type) {
  return {.type = "ConflictException",
          .status = 409,
          .message = std::move(message),
          .resource_id = std::move(resource_id),
          .resource_type = std::move(resource_type)};
}

ApiError quota_exceeded(std::string message, std::string resource_id) {
  return {.type = "ServiceQuotaExceededException",
          .status = 402,
          .message = std::move(message),
          .resource_id = std::move(resource_id)};
}

ApiError bad_request(std::string message) {
  return {.type = "BadRequestException", .status = 400, .message = std::move(message)};
}

ApiError throttled(std::string message, int retry_after) {
  return {.type = "ThrottlingException",
          .status = 429,
          .message = std::move(message),
          .retry_after = retry_after};
}

ApiError internal(const Error& error) {
  ApiError outer =
      error.code == ErrorCode::Busy
          ? throttled("The store is busy. Try again.", 1)
          : ApiError{.type = "InternalServerException",
                     .status = 500,
                     .message = "An internal error occurred. The log of the server tells more.",
                     .retry_after = 1};
  outer.cause = error;
  return outer;
}

std::string error_body(const ApiError& error) {
  base::JsonWriter json;
  json.begin_object();
  json.member("message", error.message);
  json.optional_member("reason", error.reason);
  if (!error.fields.empty()) {
    json.key("fields").begin_array();
    for (const FieldError& field : error.fields) {
      json.begin_object().member("name", field.name).member("message", field.message).end_object();
    }
    json.end_array();
  }
  json.optional_member("resourceId", error.resource_id);
  json.optional_member("resourceType", error.resource_type);
  json.end_object();
  return json.take();
}

}  // namespace vigil::api
