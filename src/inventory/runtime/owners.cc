#include "inventory/runtime/owners.h"

#include <algorithm>
#include <bitset>
#include <deque>
#include <iterator>

namespace vigil::inventory {
namespace {

/// The folders in "/" that are links into /usr here: "/lib" -> "/usr/lib".
std::vector<std::string> merged_folders(const tree::View& view) {
  std::vector<std::string> merged;
  for (const char* folder : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
    const auto entry = view.stat(folder);
    if (entry && entry->path == std::string("/usr") + folder) merged.emplace_back(folder);
  }
  // Fedora 42 and Arch: /usr/sbin is /usr/bin.
  if (const auto entry = view.stat("/usr/sbin"); entry && entry->path == "/usr/bin") {
    merged.emplace_back("/usr/sbin");
  }
  return merged;
}

bool lies_in(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path[folder.size()] == '/' && path.starts_with(folder);
}

}  // namespace

std::size_t Owners::add(std::string_view path) {
  const auto [place, is_new] = numbers_.try_emplace(std::string(path), paths_.size());
  if (is_new) paths_.emplace_back(path);
  return place->second;
}

std::vector<std::vector<std::size_t>> Owners::find(
    const tree::View& view, std::span<const model::Package> packages,
    std::span<const Cataloger* const> catalogers) const {
  // Every spelling a list may use for one of the paths.
  std::deque<std::string> aliases;
  std::unordered_map<std::string_view, std::size_t> wanted;
  const std::vector<std::string> merged = merged_folders(view);
  for (std::size_t i = 0; i < paths_.size(); ++i) wanted.emplace(paths_[i], i);
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const std::string& path = paths_[i];
    for (const std::string& folder : merged) {
      if (folder == "/usr/sbin") {
        if (!lies_in(path, "/usr/bin")) continue;
        aliases.push_back("/usr/sbin" + path.substr(8));
        wanted.emplace(aliases.back(), i);
        aliases.push_back("/sbin" + path.substr(8));
      } else if (lies_in(path, "/usr" + folder)) {
        aliases.push_back(path.substr(4));
      } else {
        continue;
      }
      wanted.emplace(aliases.back(), i);
    }
  }

  std::vector<std::vector<std::size_t>> owners(paths_.size());
  // Most lines of the lists have a length and an end that no wanted path has.
  const auto look_of = [](std::string_view path) {
    const auto last = static_cast<unsigned char>(path.empty() ? 0 : path.back());
    return std::min<std::size_t>(path.size(), 255) << 8U | last;
  };
  std::bitset<65536> looks;
  for (const auto& [path, number] : wanted) looks.set(look_of(path));
  const FileVisitor visit = [&](std::size_t package, std::string_view path) {
    if (!looks.test(look_of(path))) return;
    const auto found = wanted.find(path);
    if (found != wanted.end()) owners[found->second].push_back(package);
  };
  for (const Cataloger* cataloger : catalogers) {
    if (cataloger->files != nullptr) cataloger->files(view, packages, visit);
  }
  for (std::vector<std::size_t>& list : owners) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return owners;
}

}  // namespace vigil::inventory
