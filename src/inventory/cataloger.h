// A cataloguer finds the packages of one ecosystem in a tree. It sees a tree::View and knows of no
// vulnerability database.
//
// One directory per cataloguer, `inventory/catalogers/<name>/<name>.cc`, defines
//   namespace vigil::inventory::<name> { const Cataloger& cataloger(); }
// and opens with what the format is, the authoritative reference, the traps, what is not handled.
//
// The scan reads each wanted file once and hands it to every cataloguer that wants it. Most formats
// tell everything in one file: such a cataloguer (Needs::File) works while an image layer streams
// by, and its file is forgotten at once. Only who must look at other files of the tree says so
// (Needs::Tree): of layers what matches its patterns, and its companions, is kept until the tree is
// whole.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.h"
#include "tree/view.h"

namespace vigil::inventory {

/// Which files a cataloguer wants. Made by one of the functions below.
struct Pattern {
  std::string_view path;
  std::string_view name;
  std::string_view suffix;
  std::string_view directory;
  bool program = false;
  bool library = false;
};

/// This absolute path: "/var/lib/dpkg/status".
constexpr Pattern at(std::string_view path) {
  return {.path = path};
}
/// This base name anywhere: "package-lock.json".
constexpr Pattern named(std::string_view name) {
  return {.name = name};
}
/// Paths that end so, anywhere: ".jar", ".dist-info/METADATA".
constexpr Pattern ending(std::string_view suffix) {
  return {.suffix = suffix};
}
/// Every file directly in this absolute directory: "/var/lib/dpkg/status.d".
constexpr Pattern inside(std::string_view directory) {
  return {.directory = directory};
}
/// Those of them that end so. As a companion only.
constexpr Pattern inside(std::string_view directory, std::string_view suffix) {
  return {.suffix = suffix, .directory = directory};
}
/// Every ELF, PE or Mach-O file that is executable or is named like one, see inventory/program.h.
constexpr Pattern programs() {
  return {.program = true};
}
/// And shared libraries of that kind that are not executable, as most are.
constexpr Pattern programs_and_libraries() {
  return {.program = true, .library = true};
}

/// A file that matched, whole.
struct File {
  const std::string& path;   ///< absolute in the tree
  std::string_view content;  ///< with base::JsonParser::kPadding readable bytes behind its end
};

/// What a cataloguer is given and what it fills in.
struct Context {
  /// Of a cataloguer with Needs::File it may hold this one file only.
  const tree::View& view;
  /// Known to cataloguers with Needs::Tree only.
  const OperatingSystem& os;
  std::vector<model::Package>& packages;
  std::vector<Problem>& problems;
};

/// Takes a file piece by piece, so that a large one need not be held.
class PieceReader {
 public:
  PieceReader() = default;
  PieceReader(const PieceReader&) = delete;
  PieceReader& operator=(const PieceReader&) = delete;
  virtual ~PieceReader() = default;
  /// In order; pieces may be of any size.
  virtual void take(std::string_view piece) = 0;
  /// Once, at the file's end.
  virtual void finish(Context& context) = 0;
};

/// Is given the index of a package and the absolute path of one of its files.
using FileVisitor = std::function<void(std::size_t package, std::string_view path)>;

enum class Needs : std::uint8_t {
  File,  ///< the matched file tells all
  Tree,  ///< other files of the tree or the operating system matter too
};

struct Cataloger {
  std::string_view name;   ///< "dpkg", "apk", "rpm"
  std::string_view title;  ///< "Debian packages (dpkg)"
  std::span<const Pattern> patterns;
  /// Reads one file that matched a pattern. Problems go to the context; it never stops the scan.
  void (*catalog)(const File& file, Context& context) = nullptr;
  /// Names every file of those of `packages` that this cataloguer found, as the package manager
  /// wrote it down: links and merged directories are the caller's to resolve. Null if it knows of
  /// none.
  void (*files)(const tree::View& view, std::span<const model::Package> packages,
                const FileVisitor& visit) = nullptr;
  Needs needs = Needs::File;
  /// Other files that `catalog` and `files` read: kept of image layers beside what matches.
  std::span<const Pattern> companions;
  /// Decides about a path that a pattern matched before the file is read; null means all.
  bool (*wants)(std::string_view path) = nullptr;
  /// Larger files are not read but named as a problem. Bytes.
  std::uint64_t limit = std::uint64_t{64} << 20;
  /// Does what `catalog` does, of a file that comes in pieces; null if it must be whole.
  std::unique_ptr<PieceReader> (*in_pieces)(const std::string& path) = nullptr;
};

/// Every cataloguer, ordered by name.
std::span<const Cataloger* const> all_catalogers();

}  // namespace vigil::inventory
