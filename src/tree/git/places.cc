#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "tree/git/repository.h"

namespace vigil::tree {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSmallFile = 4096;

/// The text of a file that names a folder, from where the file lies.
fs::path named_in(const fs::path& file, std::string_view prefix) {
  const auto text = base::read_file(file.string(), kSmallFile);
  if (!text || !text->starts_with(prefix)) return {};
  const std::string_view name = base::trim(std::string_view(*text).substr(prefix.size()));
  if (name.empty()) return {};
  std::error_code error;
  return fs::canonical(file.parent_path() / name, error);
}

bool is_repository(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path / "objects", error) && fs::exists(path / "HEAD", error);
}

}  // namespace

std::vector<std::string> git_places(const std::string& path) {
  std::error_code error;
  fs::path here = fs::canonical(path, error);
  if (error) return {};
  if (is_repository(here)) return {here.string()};
  for (;; here = here.parent_path()) {
    const fs::path git = here / ".git";
    if (fs::is_directory(git, error)) return {here.string()};
    if (fs::is_regular_file(git, error)) {
      // gitrepository-layout(5): "gitdir:", and there "commondir".
      const fs::path own = named_in(git, "gitdir:");
      if (own.empty()) return {};
      std::vector<std::string> out = {here.string(), own.string()};
      const fs::path common = named_in(own / "commondir", "");
      if (!common.empty()) out.push_back(common.string());
      return out;
    }
    if (here == here.root_path()) return {};
  }
}

}  // namespace vigil::tree
