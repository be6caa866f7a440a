// ListAccountPermissions: what the caller may turn on and off.
//
// Reference: Inspector2 API, ListAccountPermissions. Traps: only EC2, ECR and LAMBDA are services
// here; ECR has operations of repositories too.
//
// Not handled: policies of an organisation, which would leave less.
//
// An account that stands alone may do everything.
#include <array>

#include "api/operation.h"
#include "api/page_token.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace vigil::api::list_account_permissions {
namespace {

struct Permission {
  std::string_view service;
  std::string_view operation;
};

constexpr std::array<Permission, 8> kPermissions = {{
    {"EC2", "ENABLE_SCANNING"},
    {"EC2", "DISABLE_SCANNING"},
    {"ECR", "ENABLE_SCANNING"},
    {"ECR", "DISABLE_SCANNING"},
    {"ECR", "ENABLE_REPOSITORY"},
    {"ECR", "DISABLE_REPOSITORY"},
    {"LAMBDA", "ENABLE_SCANNING"},
    {"LAMBDA", "DISABLE_SCANNING"},
}};

Answer run(const Call& call) {
  VIGIL_TRY(const std::string position, page_position(call));
  const std::string_view service = call.input["service"].text();
  const auto limit = call.input["maxResults"].integer().value_or(1024);
  std::size_t next = position.empty() ? 0 : base::parse_unsigned(position).value_or(0);

  base::JsonWriter json;
  json.begin_object().key("permissions").begin_array();
  std::int64_t written = 0;
  for (; next < kPermissions.size(); ++next) {
    const Permission& permission = kPermissions[next];
    if (!service.empty() && permission.service != service) continue;
    if (written == limit) break;
    ++written;
    json.begin_object()
        .member("service", permission.service)
        .member("operation", permission.operation)
        .end_object();
  }
  json.end_array();
  if (next < kPermissions.size()) {
    VIGIL_TRY(const std::string token, page_token(call, std::to_string(next)));
    json.member("nextToken", token);
  }
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "ListAccountPermissions",
      .service = "inspector2",
      .method = "POST",
      .uri = "/accountpermissions/list",
      .input = "service:EC2|ECR|LAMBDA, maxResults:int[1..1024], nextToken:NextToken",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::list_account_permissions
