#include "inventory/layer/one_file.h"

namespace vigil::inventory {

Result<std::string> OneFile::read(std::string_view path, std::uint64_t limit) const {
  if (path != path_) {
    return fail("there is no such file", std::string(path), {}, ErrorCode::NotFound);
  }
  if (content_.size() > limit) {
    return fail("the file is larger than " + std::to_string(limit) + " bytes", path_, {},
                ErrorCode::TooLarge);
  }
  return std::string(content_);
}

std::optional<tree::Entry> OneFile::stat(std::string_view path) const {
  if (path != path_) return std::nullopt;
  return entry();
}

Result<std::vector<tree::Entry>> OneFile::list(std::string_view directory) const {
  if (path_.substr(0, path_.rfind('/')) != directory) {
    return fail("there is no such directory", std::string(directory), {}, ErrorCode::NotFound);
  }
  return std::vector<tree::Entry>{entry()};
}

Result<void> OneFile::walk(const tree::WalkLimits& /*limits*/,
                           const std::function<bool(const tree::Entry&)>& visit,
                           const std::function<void(std::string, std::string)>& /*problem*/) const {
  visit(entry());
  return ok();
}

}  // namespace vigil::inventory
