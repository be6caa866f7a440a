#include "source/containers_storage/settings.h"

#include <unistd.h>

#include <algorithm>

#include "base/environment.h"
#include "base/file.h"
#include "base/text.h"
#include "base/toml.h"

namespace vigil::source::containers {
namespace {

constexpr std::uint64_t kLargestFile = 1U << 20U;
constexpr std::size_t kMostRoots = 64;

/// What one file says.
struct Said {
  std::string driver;
  std::string graph_root;
  std::string rootless_root;
  std::string image_store;
  std::vector<std::string> additional;
};

Result<Said> read(const std::string& path, const StorageUser& user) {
  VIGIL_TRY(const std::string text, base::read_file(path, kLargestFile));
  const auto root = base::parse_toml(text);
  if (!root) return fail(root.error().what, path + ": " + root.error().where);
  const auto path_of = [&](const base::Node& value) {
    std::string out(value.text());
    // The longest first: $UID is not a part of another name.
    out = base::replace_all(out, "$HOME", registry::value_of(user.environment, "HOME"));
    out = base::replace_all(out, "$USER", registry::value_of(user.environment, "USER"));
    return base::replace_all(out, "$UID", std::to_string(user.id));
  };
  const base::Node& storage = (*root)["storage"];
  const base::Node& options = storage["options"];
  Said said;
  said.driver = storage["driver"].text();
  said.graph_root = path_of(storage["graphroot"]);
  said.rootless_root = path_of(storage["rootless_storage_path"]);
  said.image_store = path_of(storage["imagestore"]);
  for (const base::Node& one : options["additionalimagestores"].items()) {
    if (said.additional.size() < kMostRoots) said.additional.push_back(path_of(one));
  }
  return said;
}

std::string home_of(const StorageUser& user, const char* variable, std::string_view below) {
  std::string given = registry::value_of(user.environment, variable);
  if (!given.empty()) return given;
  const std::string home = registry::value_of(user.environment, "HOME");
  return home.empty() ? home : home + "/" + std::string(below);
}

void add(std::vector<std::string>& roots, const std::string& root) {
  const bool known = std::find(roots.begin(), roots.end(), root) != roots.end();
  if (root.starts_with('/') && !known) roots.push_back(root);
}

}  // namespace

StorageUser this_user() {
  return {[](const char* name) { return base::environment(name); }, ::geteuid(), {}};
}

Result<StorageSettings> storage_settings(const StorageUser& user) {
  const bool is_root = user.id == 0;
  Said said;
  const std::string only = registry::value_of(user.environment, "CONTAINERS_STORAGE_CONF");
  if (!only.empty()) {
    VIGIL_TRY(said, read(only, user));
  } else {
    for (const char* const path :
         {"/etc/containers/storage.conf", "/usr/share/containers/storage.conf"}) {
      if (!base::exists(user.system_root + path)) continue;
      VIGIL_TRY(said, read(user.system_root + path, user));
      break;
    }
    if (!is_root) {
      said.graph_root = said.rootless_root;  // the system's own store is root's
      said.image_store.clear();
      const std::string own =
          home_of(user, "XDG_CONFIG_HOME", ".config") + "/containers/storage.conf";
      if (base::exists(own)) {
        VIGIL_TRY(Said mine, read(own, user));
        if (mine.graph_root.empty()) {
          mine.graph_root = mine.rootless_root.empty() ? said.graph_root : mine.rootless_root;
        }
        said = std::move(mine);
      }
    }
  }
  if (said.graph_root.empty()) {
    const std::string data = home_of(user, "XDG_DATA_HOME", ".local/share");
    if (is_root) {
      said.graph_root = user.system_root + "/var/lib/containers/storage";
    } else if (!data.empty()) {
      said.graph_root = data + "/containers/storage";
    }
  }
  StorageSettings settings;
  settings.driver = registry::value_of(user.environment, "STORAGE_DRIVER");
  add(settings.roots, said.graph_root);
  add(settings.roots, said.image_store);
  for (const std::string& root : said.additional) add(settings.roots, root);
  return settings;
}

Result<void> take_brackets(std::string_view& reference, StorageSettings& settings) {
  if (!reference.starts_with('[')) return ok();
  const std::size_t end = reference.find(']');
  const auto refuse = [&] {
    return fail("not a store", base::printable(reference.substr(0, 300)),
                "write it as [DRIVER@ROOT+RUNROOT]NAME");
  };
  if (end == std::string_view::npos) return refuse();
  std::string_view inside = reference.substr(1, end - 1);
  std::string driver;
  if (const std::size_t at = inside.find('@'); at != std::string_view::npos) {
    driver = inside.substr(0, at);
    inside.remove_prefix(at + 1);
  }
  const std::string_view root = inside.substr(0, inside.find_first_of("+:"));
  if (!root.starts_with('/')) return refuse();
  settings.driver = std::move(driver);
  settings.roots = {std::string(root)};
  reference.remove_prefix(end + 1);
  return ok();
}

}  // namespace vigil::source::containers
