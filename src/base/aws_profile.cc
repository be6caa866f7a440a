#include "base/aws_profile.h"

#include "base/file.h"
#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::uint64_t kFileBytes = 1 << 20;

/// What one variable says, empty or not set being the same.
std::string value_of(const AwsEnvironment& environment, const char* name) {
  const char* value = environment(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// The content of a file that `variable` names, else of ~/.aws/NAME; empty if there is none.
Result<std::string> read_aws_file(const AwsEnvironment& environment, const char* variable,
                                  const std::string& name) {
  std::string path = value_of(environment, variable);
  if (path.empty()) {
    const std::string home = value_of(environment, "HOME");
    if (home.empty()) return std::string();
    path = home + "/.aws/" + name;
  }
  auto text = read_file(path, kFileBytes);
  if (!text && text.error().code == ErrorCode::NotFound) return std::string();
  return text;
}

AwsCredentials credentials_of(std::string_view text, std::string_view section) {
  return {.access_key_id = aws_file_value(text, section, "aws_access_key_id"),
          .secret_access_key = aws_file_value(text, section, "aws_secret_access_key"),
          .session_token = aws_file_value(text, section, "aws_session_token")};
}

bool is_complete(const AwsCredentials& credentials) {
  return !credentials.access_key_id.empty() && !credentials.secret_access_key.empty();
}

}  // namespace

std::string aws_file_value(std::string_view text, std::string_view section, std::string_view key) {
  bool inside = false;
  while (const auto whole = next_line(text)) {
    const std::string_view line = trim(*whole);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[') {
      inside = line.ends_with(']') && trim(line.substr(1, line.size() - 2)) == section;
      continue;
    }
    // A line that begins with a blank belongs to a setting of several lines, like `s3 =`.
    const std::size_t equals = line.find('=');
    if (!inside || is_space(whole->front()) || equals == std::string_view::npos) continue;
    if (trim(line.substr(0, equals)) == key) {
      return std::string(trim(line.substr(equals + 1)));
    }
  }
  return {};
}

Result<AwsProfile> find_aws_profile(const AwsEnvironment& environment) {
  std::string profile = value_of(environment, "AWS_PROFILE");
  if (profile.empty()) profile = "default";
  const std::string section = profile == "default" ? profile : "profile " + profile;
  VIGIL_TRY(const std::string config, read_aws_file(environment, "AWS_CONFIG_FILE", "config"));

  AwsProfile found;
  found.credentials = {.access_key_id = value_of(environment, "AWS_ACCESS_KEY_ID"),
                       .secret_access_key = value_of(environment, "AWS_SECRET_ACCESS_KEY"),
                       .session_token = value_of(environment, "AWS_SESSION_TOKEN")};
  if (!is_complete(found.credentials)) {
    VIGIL_TRY(const std::string shared,
              read_aws_file(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials"));
    found.credentials = credentials_of(shared, profile);
  }
  if (!is_complete(found.credentials)) found.credentials = credentials_of(config, section);
  if (!is_complete(found.credentials)) found.credentials = {};
  for (const char* variable : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (found.region.empty()) found.region = value_of(environment, variable);
  }
  if (found.region.empty()) found.region = aws_file_value(config, section, "region");
  return found;
}

}  // namespace vigil::base
