#include "tree/view.h"

namespace vigil::tree {
namespace {

bool is_below(std::string_view path, std::string_view directory) {
  if (directory == "/") return true;
  return path.size() > directory.size() && path[directory.size()] == '/' &&
         path.starts_with(directory);
}

}  // namespace

WalkLimits::Place WalkLimits::place(std::string_view path) const {
  if (roots.empty()) return Place::Inside;
  Place place = Place::Outside;
  for (const std::string& root : roots) {
    if (is_below(path, root)) return Place::Inside;
    if (path == root || is_below(root, path)) place = Place::OnTheWay;
  }
  return place;
}

Result<void> View::pieces(std::string_view path, std::uint64_t limit,
                          const std::function<void(std::string_view)>& take) const {
  VIGIL_TRY(const std::string content, read(path, limit));
  take(content);
  return ok();
}

Result<std::string> View::head(std::string_view path, std::size_t count) const {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 30;
  VIGIL_TRY(std::string content, read(path, kLargest));
  if (content.size() > count) content.resize(count);
  return content;
}

}  // namespace vigil::tree
