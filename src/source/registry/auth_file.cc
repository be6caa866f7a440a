#include "source/registry/auth_file.h"

#include "base/base64.h"
#include "base/json_tree.h"

namespace vigil::source::registry {
namespace {

using base::Json;

/// The key without what old versions of Docker wrote around it: "https://host/v1/" is "host".
std::string_view plain_key(std::string_view key) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (key.starts_with(scheme)) {
      key.remove_prefix(scheme.size());
      return key.substr(0, key.find('/'));
    }
  }
  return key;
}

bool is_docker_hub(std::string_view host) {
  return host == "docker.io" || host == "index.docker.io";
}

/// How well a key fits: 0 not at all, else the more the longer it is.
std::size_t fit(std::string_view key, std::string_view registry, std::string_view repository) {
  key = plain_key(key);
  const std::size_t slash = std::min(key.size(), key.find('/'));
  const std::string_view host = key.substr(0, slash);
  if (host != registry && !(is_docker_hub(host) && is_docker_hub(registry))) return 0;
  if (slash == key.size()) return 1;
  std::string_view front = key.substr(slash + 1);
  while (front.ends_with('/')) front.remove_suffix(1);
  if (front == "v1" || front == "v2") return 1;
  if (!repository.starts_with(front)) return 0;
  const std::string_view rest = repository.substr(front.size());
  return rest.empty() || rest.starts_with('/') ? 1 + front.size() : 0;
}

Credentials credentials_of(const Json& entry) {
  Credentials found;
  found.user = entry["username"].text();
  found.password = entry["password"].text();
  const auto pair = base::decode_base64(entry["auth"].text());
  const std::size_t colon = pair ? pair->find(':') : std::string::npos;
  if (colon != std::string::npos) {
    found.user = pair->substr(0, colon);
    found.password = pair->substr(colon + 1);
    while (found.password.ends_with('\0')) found.password.pop_back();  // as Docker does
  }
  found.identity_token = entry["identitytoken"].text();
  return found;
}

}  // namespace

Result<std::optional<AuthEntry>> find_auth(std::string_view json, std::string_view registry,
                                           std::string_view repository) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(json));
  if (!root.is_object()) return fail("not a JSON object");
  const std::string server(is_docker_hub(registry) ? "https://index.docker.io/v1/" : registry);

  for (const auto& [key, helper] : root["credHelpers"].members()) {
    if (fit(key, registry, repository) == 0 || helper.text().empty()) continue;
    return AuthEntry{
        {}, std::string(helper.text()), std::string(is_docker_hub(registry) ? server : key)};
  }
  std::optional<AuthEntry> best;
  std::size_t best_fit = 0;
  for (const auto& [key, entry] : root["auths"].members()) {
    const std::size_t fits = fit(key, registry, repository);
    if (fits <= best_fit) continue;
    Credentials found = credentials_of(entry);
    if (found.empty()) continue;
    best_fit = fits;
    best = AuthEntry{std::move(found), {}, {}};
  }
  if (best) return best;
  const std::string_view store = root["credsStore"].text();
  if (store.empty()) return std::nullopt;
  return AuthEntry{{}, std::string(store), server};
}

std::vector<std::string> auth_files(const Environment& environment) {
  const std::string explicit_file = value_of(environment, "REGISTRY_AUTH_FILE");
  const std::string runtime = value_of(environment, "XDG_RUNTIME_DIR");
  const std::string config = value_of(environment, "XDG_CONFIG_HOME");
  const std::string docker = value_of(environment, "DOCKER_CONFIG");
  const std::string home = value_of(environment, "HOME");
  std::vector<std::string> files;
  if (!explicit_file.empty()) files.push_back(explicit_file);
  if (!runtime.empty()) files.push_back(runtime + "/containers/auth.json");
  if (!config.empty()) {
    files.push_back(config + "/containers/auth.json");
  } else if (!home.empty()) {
    files.push_back(home + "/.config/containers/auth.json");
  }
  if (!docker.empty()) {
    files.push_back(docker + "/config.json");
  } else if (!home.empty()) {
    files.push_back(home + "/.docker/config.json");
  }
  return files;
}

}  // namespace vigil::source::registry
