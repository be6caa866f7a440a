// A View over a directory of this machine; over "/" it is the running system.
//
// Reads never touch anything but regular files: a FIFO, socket or device is recognised before it
// would be opened. A walk keeps one descriptor and one buffer for each level of depth and nothing
// for each file; it stays out of /proc, /sys, /dev and /run of the running system, and wherever it
// comes to them out of pseudo file systems and (saying so) out of network file systems.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "tree/descriptor.h"
#include "tree/resolve.h"
#include "tree/view.h"

namespace vigil::tree {

class Directory final : public View {
 public:
  /// `path` itself may be a link and is resolved as the operating system does.
  static Result<std::unique_ptr<Directory>> open(const std::string& path);
  static Result<std::unique_ptr<Directory>> open(const std::string& path, Resolution resolution);

  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t limit) const override;
  [[nodiscard]] Result<void> pieces(
      std::string_view path, std::uint64_t limit,
      const std::function<void(std::string_view)>& take) const override;
  [[nodiscard]] Result<std::string> head(std::string_view path, std::size_t count) const override;
  /// Entry::path is the path without links.
  [[nodiscard]] std::optional<Entry> stat(std::string_view path) const override;
  [[nodiscard]] Result<std::vector<Entry>> list(std::string_view directory) const override;
  Result<void> walk(const WalkLimits& limits, const std::function<bool(const Entry&)>& visit,
                    const std::function<void(std::string, std::string)>& problem) const override;
  /// As `walk`, and tells size and mode of the files that `wants_status` wants by their paths; both
  /// are 0 of what is no longer a file. Far cheaper than `stat` of each, since the walk stands in
  /// the file's directory.
  Result<void> walk_with_status(const WalkLimits& limits,
                                const std::function<bool(std::string_view path)>& wants_status,
                                const std::function<bool(const Entry&)>& visit,
                                const std::function<void(std::string, std::string)>& problem) const;
  [[nodiscard]] std::string origin() const override { return origin_; }

 private:
  Directory(Descriptor root, std::string origin, Resolution resolution, bool live)
      : root_(std::move(root)), origin_(std::move(origin)), resolution_(resolution), live_(live) {}
  /// A regular file, and its size.
  [[nodiscard]] Result<std::pair<Descriptor, std::uint64_t>> open_file(
      const std::string& name) const;
  [[nodiscard]] Descriptor open_inside(std::string_view path, int flags) const;

  Descriptor root_;
  std::string origin_;  ///< canonical
  Resolution resolution_;
  bool live_;  ///< the root of the running system
};

}  // namespace vigil::tree
