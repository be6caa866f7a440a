// A kind of thing that can be scanned: `vigil scan KIND ARGUMENT` and `vigil sbom KIND ARGUMENT`.
//
// One directory per kind, `source/targets/<kind>/<kind>.cc`, defines
//   namespace vigil::source::<kind> { const Target& target(); }
// The command line, its help and its options follow from what is stated here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/inventory.h"
#include "inventory/scan.h"

namespace vigil::source {

/// One layer of an image, the lowest first.
struct ImageLayer {
  std::string
      digest;  ///< "sha256:..." of the blob as it is stored; of an archive's plain layer its diff id
  std::string diff_id;     ///< "sha256:..." of the uncompressed tar
  std::uint64_t size = 0;  ///< of the blob, bytes
  std::string command;     ///< of the image's history that made it: "RUN apt-get install ..."
  bool base = false;       ///< guessed to belong to the base image
};

/// What is known of an image besides its packages.
struct ImageFacts {
  std::string reference;   ///< as asked for: "docker.io/library/nginx:1.27", a file's path
  std::string registry;    ///< "docker.io"; empty for a file that names none
  std::string repository;  ///< "library/nginx"
  std::vector<std::string> tags;
  std::string digest;  ///< of the manifest, "sha256:..."; of a docker-archive its config's
  std::string config_digest;
  std::string architecture;  ///< "amd64", "arm64/v8"
  std::string os;            ///< "linux"
  std::string author;
  std::int64_t created = 0;
  std::vector<ImageLayer> layers;
  std::string base_image;  ///< guessed: its name or digest; empty if nothing tells
};

/// What is known of a function's package.
struct FunctionFacts {
  std::string name;
  std::string runtime;  ///< Inspector2's Runtime: "PYTHON_3_11"; "UNSUPPORTED" if it cannot be told
  std::string code_digest;                 ///< Lambda's CodeSha256: base64 of the package's SHA-256
  std::vector<std::string> layers;         ///< files or ARNs of its layers
  std::vector<std::string> architectures;  ///< "X86_64", "ARM64"
};

/// What is known of a code repository.
struct RepositoryFacts {
  std::string name;    ///< "owner/name" from its remote, else the folder's name
  std::string remote;  ///< URL of "origin", without credentials; may be empty
  std::string branch;
  std::string commit;  ///< 40 hexadecimal digits; empty for a tree without commits
  bool dirty = false;  ///< the working tree differs from the commit
};

/// What tells a machine's files from another's, of a system that does not run here.
struct MachineFacts {
  std::string machine_id;  ///< machine-id(5): 32 hexadecimal digits; empty if it has none
  std::string host_name;
};

struct Scanned {
  inventory::Inventory inventory;
  std::string name;  ///< for people: a path without links, a reference
  /// Of a disk or a mounted system; a live host has an inventory::Runtime instead.
  std::optional<MachineFacts> machine;
  std::optional<ImageFacts> image;
  std::optional<FunctionFacts> function;
  std::optional<RepositoryFacts> repository;
};

struct TargetOption {
  std::string_view name;   ///< "--platform"; a flag if `value` is empty
  std::string_view value;  ///< "OS/ARCH": what the option takes
  std::string_view help;
};

struct Request {
  std::string argument;  ///< empty if the target takes none, or an optional one was not given
  /// Those given, by name ("--platform"); a flag's value is "true". A repeated option's values are
  /// joined by newlines.
  std::map<std::string, std::string, std::less<>> options;
  inventory::ScanOptions scan;
  std::string cache;  ///< directory for results by digest; empty: none are kept
  /// What is going on, for people who wait: "layer 3 of 7", done, of (0 if unknown). May be empty.
  std::function<void(std::string_view what, std::uint64_t done, std::uint64_t of)> progress;

  [[nodiscard]] std::string_view option(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string_view{} : std::string_view(found->second);
  }
};

struct Target {
  std::string_view name;      ///< "image"
  std::string_view argument;  ///< "REFERENCE|FILE"; empty: takes none; "[FILE]": optional
  std::string_view help;      ///< "A container image: of a registry, an archive, a layout"
  std::span<const TargetOption> options;
  Result<Scanned> (*scan)(const Request& request) = nullptr;
  /// The files and directories it reads, if that and computing is all it does: then it runs in a
  /// child process that can do nothing else (source/job.h). Null if it sees to that itself.
  std::vector<std::string> (*reads)(const Request& request) = nullptr;
};

/// Every target, ordered by name.
std::span<const Target* const> all_targets();
const Target* find_target(std::string_view name);

/// Scans, isolated where the target allows it.
Result<Scanned> scan_target(const Target& target, const Request& request);

/// /etc/machine-id and /etc/hostname of a tree; nothing if it has neither.
std::optional<MachineFacts> read_machine(const tree::View& view);

}  // namespace vigil::source
