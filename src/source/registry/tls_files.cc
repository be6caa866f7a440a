#include "source/registry/tls_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace vigil::source::registry {

TlsFiles find_tls_files(std::string_view registry, const std::vector<std::string>& directories) {
  namespace fs = std::filesystem;
  TlsFiles found;
  for (const std::string& directory : directories) {
    std::error_code trouble;
    std::vector<std::string> names;
    for (fs::directory_iterator at(directory + "/" + std::string(registry), trouble), end;
         !trouble && at != end; at.increment(trouble)) {
      names.push_back(at->path().string());
    }
    if (names.empty()) continue;
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (name.ends_with(".crt") && found.ca_file.empty()) found.ca_file = name;
      if (!name.ends_with(".cert") || !found.client_certificate.empty()) continue;
      const std::string key = name.substr(0, name.size() - 4) + "key";
      if (!std::binary_search(names.begin(), names.end(), key)) continue;
      found.client_certificate = name;
      found.client_key = key;
    }
    return found;
  }
  return found;
}

std::vector<std::string> certificate_directories(const Environment& environment) {
  std::vector<std::string> directories;
  const std::string home = value_of(environment, "HOME");
  if (!home.empty()) directories.push_back(home + "/.config/containers/certs.d");
  directories.emplace_back("/etc/containers/certs.d");
  directories.emplace_back("/etc/docker/certs.d");
  return directories;
}

}  // namespace vigil::source::registry
