#include "source/registry/options.h"

#include "base/environment.h"
#include "base/text.h"
#include "source/registry/reference.h"

namespace vigil::source::registry {
namespace {

/// The option, else the variable; parts between newlines, commas and blanks.
std::vector<std::string> list_of(const std::map<std::string, std::string, std::less<>>& given,
                                 const Environment& environment, std::string_view option,
                                 const char* variable) {
  const auto found = given.find(option);
  std::string text = found == given.end() ? value_of(environment, variable) : found->second;
  for (char& c : text) {
    if (c == ',') c = ' ';
  }
  std::vector<std::string> parts;
  for (const std::string_view part : base::words(text)) parts.emplace_back(part);
  return parts;
}

std::string text_of(const std::map<std::string, std::string, std::less<>>& given,
                    const Environment& environment, std::string_view option, const char* variable) {
  const auto found = given.find(option);
  return found == given.end() ? value_of(environment, variable) : found->second;
}

}  // namespace

Result<Mirror> parse_mirror(std::string_view text) {
  const auto refuse = [&] {
    return fail("not a mirror", base::printable(text.substr(0, 300)),
                "write it as [REGISTRY=][http[s]://]HOST[:PORT][/PREFIX]");
  };
  Mirror mirror{.registry = "docker.io", .address = {}, .prefix = {}};
  std::string_view rest = text;
  if (const std::size_t equals = rest.find('='); equals != std::string_view::npos) {
    mirror.registry = rest.substr(0, equals);
    if (!is_registry(mirror.registry)) return refuse();
    rest.remove_prefix(equals + 1);
  }
  std::string_view scheme;
  for (const std::string_view known : {"https://", "http://"}) {
    if (!rest.starts_with(known)) continue;
    scheme = known;
    rest.remove_prefix(known.size());
  }
  while (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t slash = std::min(rest.size(), rest.find('/'));
  if (!is_registry(rest.substr(0, slash))) return refuse();
  mirror.address = std::string(scheme) + std::string(rest.substr(0, slash));
  if (slash < rest.size()) mirror.prefix = rest.substr(slash + 1);
  if (!mirror.prefix.empty() && !is_repository(mirror.prefix)) return refuse();
  return mirror;
}

Result<Options> make_options(const std::map<std::string, std::string, std::less<>>& given,
                             Environment environment) {
  Options options;
  options.user = text_of(given, environment, "--registry-user", "VIGIL_REGISTRY_USER");
  options.password = value_of(environment, "VIGIL_REGISTRY_PASSWORD");
  if (options.user.empty() != options.password.empty()) {
    return fail(options.user.empty() ? "there is a password for the registry, but no user"
                                     : "there is a user for the registry, but no password",
                {}, "set VIGIL_REGISTRY_USER and VIGIL_REGISTRY_PASSWORD");
  }
  options.ca_file = text_of(given, environment, "--registry-ca", "VIGIL_REGISTRY_CA");
  options.insecure = list_of(given, environment, "--insecure-registry", "VIGIL_INSECURE_REGISTRY");
  for (const std::string& one : options.insecure) {
    if (one != "*" && !is_registry(one)) return fail("not the name of a registry", one);
  }
  for (const std::string& one :
       list_of(given, environment, "--registry-mirror", "VIGIL_REGISTRY_MIRROR")) {
    VIGIL_TRY(Mirror mirror, parse_mirror(one));
    options.mirrors.push_back(std::move(mirror));
  }
  options.environment = std::move(environment);
  return options;
}

Environment process_environment() {
  return [](const char* name) { return base::environment(name); };
}

}  // namespace vigil::source::registry
