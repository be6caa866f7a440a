// One layer of an image, looked at once: what of it the inventory of any image made with it can need.
//
//   VIGIL_TRY(Layer layer, analyse_layer(blob, {}));     // each layer alone, in any order, cached
//   Merged merged = merge_layers(layers, {});            // any stack of them, the lowest first
//
// What is in a layer does not depend on the layers around it, so that a base image is analysed once
// for all images built on it. Kept are: packages of files that tell everything themselves, the bytes
// of the few files that must be seen together, links, whiteouts, and a hash of every name (which
// tells what a layer replaces).
//
// References: OCI Image Specification 1.1, layer.md (whiteouts, opaque whiteouts, hard links).
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/input.h"
#include "base/result.h"
#include "inventory/cataloger.h"
#include "inventory/inventory.h"
#include "inventory/layer/name_set.h"
#include "tree/decompress.h"
#include "tree/entry_stream.h"

namespace vigil::inventory {

/// A file kept whole: of cataloguers that look at several files, and of the operating system.
struct KeptFile {
  std::string path;
  std::uint32_t mode = 0;
  std::uint64_t size = 0;
  bool whole = true;  ///< false: it was larger than its limit, and its bytes are not here
  std::string content;
};

/// A file that told everything and was forgotten.
struct CatalogedFile {
  std::string path;
  std::vector<model::Package> packages;
  std::vector<Problem> problems;
};

struct LayerLink {
  std::string path;
  std::string target;  ///< of a symbolic link its text, of a hard link the other name
};

struct Layer {
  tree::BlobDigests blob;
  std::uint64_t entries = 0;  ///< of the tar
  std::vector<KeptFile> files;
  std::vector<CatalogedFile> cataloged;
  std::vector<LayerLink> links;
  /// Wanted names that are hard links to files which were not looked at for the same reasons.
  std::vector<LayerLink> hard_links;
  std::vector<std::string> whiteouts;  ///< what they hide: "/etc/motd"
  std::vector<std::string> opaque;     ///< directories whose lower content is hidden
  NameSet names;
  std::vector<Problem> problems;
};

/// A second look: the file at `path` is wanted as if it were called `name`, as a link of that name
/// leads to it. What comes of it is recorded under `as`: of a hard link its own path, of a symbolic
/// link the file's.
struct AlsoLook {
  std::string path;
  std::string name;
  std::string as;
  friend auto operator<=>(const AlsoLook&, const AlsoLook&) = default;
};

/// What one layer may cost.
struct LayerLimits {
  tree::DecompressLimits decompress;
  std::uint64_t kept_bytes = std::uint64_t{1} << 30;  ///< of all kept files
  std::size_t kept_files = 500'000;
  std::uint64_t link_bytes = std::uint64_t{16} << 20;  ///< of paths and targets of links
  std::size_t whiteouts = 1'000'000;
  std::size_t names = 1'000'000;
  std::size_t problems = 1000;
};

struct LayerOptions {
  std::span<const Cataloger* const> catalogers;  ///< empty means all
  /// Found by a first look at the image's layers, see Merged::missing. Mostly none.
  std::vector<AlsoLook> also;
  LayerLimits limits;
  bool background = true;  ///< decompress on another thread
  /// Is told the path before a file is catalogued. May be empty.
  std::function<void(std::string_view)> now_reading;
};

/// A blob that cannot be read to its end (cut short, damaged) is an error; so is a tar that is no
/// tar. Single files that cannot be understood are problems of the layer.
Result<Layer> analyse_layer(base::Input& blob, const LayerOptions& options);

/// The same of a layer that somebody has unpacked (tree/layer_directory.h): `Layer::blob` stays
/// empty, as nobody has seen its bytes.
Result<Layer> analyse_unpacked_layer(tree::EntryStream& entries, const LayerOptions& options);

struct MergeOptions {
  std::span<const Cataloger* const> catalogers;  ///< as the layers were analysed with
};

/// A file that the stack needs and that its layer did not keep, as a link of another name led there.
struct MissingFile {
  std::size_t layer;
  AlsoLook also;
};

struct Merged {
  Inventory inventory;
  /// To be looked at again, each with its own layer; then merged once more.
  std::vector<MissingFile> missing;
};

/// The inventory of the stack, the lowest layer first: the same as of the unpacked tree. `digests` name
/// the layers in Location::layer.
Merged merge_layers(std::span<const Layer* const> layers, std::span<const std::string> digests,
                    const MergeOptions& options);

}  // namespace vigil::inventory
