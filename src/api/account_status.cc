#include "api/account_status.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace vigil::api {
namespace {

/// Scan types and the members that stand for them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kTypes = {{
    {"EC2", "ec2"},
    {"ECR", "ecr"},
    {"LAMBDA", "lambda"},
    {"LAMBDA_CODE", "lambdaCode"},
    {"CODE_REPOSITORY", "codeRepository"},
}};

std::string_view status_of(const ScanTypes& types, std::string_view type) {
  const auto found = types.find(std::string(type));
  return found == types.end() ? std::string_view("DISABLED") : found->second;
}

}  // namespace

std::string account_status(const ScanTypes& types) {
  for (const std::string_view status : {"ENABLED", "ENABLING", "DISABLING"}) {
    if (std::ranges::any_of(types, [&](const auto& type) { return type.second == status; })) {
      return std::string(status);
    }
  }
  return "DISABLED";
}

void write_account(base::JsonWriter& json, const std::string& account, const ScanTypes& types) {
  json.begin_object().member("accountId", account).member("status", account_status(types));
  json.key("resourceStatus").begin_object();
  for (const auto& [type, member] : kTypes) json.member(member, status_of(types, type));
  json.end_object().end_object();
}

void write_account_state(base::JsonWriter& json, const std::string& account,
                         const ScanTypes& types) {
  const auto state = [&](std::string_view member, std::string_view status) {
    json.key(member).begin_object().member("status", status).end_object();
  };
  json.begin_object().member("accountId", account);
  state("state", account_status(types));
  json.key("resourceState").begin_object();
  for (const auto& [type, member] : kTypes) state(member, status_of(types, type));
  json.end_object().end_object();
}

}  // namespace vigil::api
