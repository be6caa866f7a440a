// A read-only file tree that nobody trusts: a directory, the running system, the layers of an
// image.
//
// Cataloguers see a View and nothing else. A symbolic link is resolved inside the view and cannot
// leave it; a file over the caller's limit is not read; names are bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::tree {

enum class Kind : std::uint8_t { File, Directory, Link, Other };

struct Entry {
  std::string path;  ///< absolute in the view, no "." or "..": "/usr/lib/os-release"
  Kind kind = Kind::Other;
  std::uint64_t size = 0;  ///< bytes, of a file; 0 from a walk, which asks for no file's status
  std::uint32_t mode = 0;  ///< permission bits; 0 from a walk
};

/// What a walk visits and leaves out, and when it gives up.
struct WalkLimits {
  std::uint64_t entries = 50'000'000;
  std::uint32_t depth = 256;
  /// Absolute directories not entered ("/proc"), and whether other file systems are.
  std::vector<std::string> excluded;
  bool cross_devices = true;
  /// Absolute directories, without links in them, of which alone the entries are visited; what lies
  /// elsewhere is not even counted. None means the whole tree.
  std::vector<std::string> roots;

  enum class Place : std::uint8_t { Outside, OnTheWay, Inside };
  /// Where a path lies by `roots`: in one of them, above one or one itself, or elsewhere.
  [[nodiscard]] Place place(std::string_view path) const;
};

class View {
 public:
  View() = default;
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  virtual ~View() = default;

  /// The whole file, links followed within the view. `NotFound`, `TooLarge`, `Io`; a directory or a
  /// device is `Invalid`.
  [[nodiscard]] virtual Result<std::string> read(std::string_view path,
                                                 std::uint64_t limit) const = 0;
  /// The same piece by piece, so that it need not fit into memory. What was given before an error is
  /// not the file. What does not override it reads the whole file.
  [[nodiscard]] virtual Result<void> pieces(
      std::string_view path, std::uint64_t limit,
      const std::function<void(std::string_view)>& take) const;
  /// Its first bytes, `count` of them where it has so many; errors as `read`. What does not override
  /// it reads the whole file.
  [[nodiscard]] virtual Result<std::string> head(std::string_view path, std::size_t count) const;
  /// What is there, links followed within the view; nothing if there is nothing. The entry's path
  /// is the one without links, so that two names of one file are seen to be one.
  [[nodiscard]] virtual std::optional<Entry> stat(std::string_view path) const = 0;
  /// The entries of a directory, links not followed, in order of their names.
  [[nodiscard]] virtual Result<std::vector<Entry>> list(std::string_view directory) const = 0;
  /// Every entry once, links not followed; memory does not grow with their number. The visitor
  /// returns false to stop. What cannot be read is given to `problem` (path, why) and passed over.
  virtual Result<void> walk(const WalkLimits& limits,
                            const std::function<bool(const Entry&)>& visit,
                            const std::function<void(std::string, std::string)>& problem) const = 0;
  /// The path in the operating system that a human can open, or empty for a view without one.
  [[nodiscard]] virtual std::string origin() const = 0;
};

}  // namespace vigil::tree
