// A zip archive as a tree: a Lambda package or layer, a wheel, a jar.
//
// Folders need no entries of their own. Symbolic links are Info-ZIP's: an entry whose Unix mode says
// so, with the target for its content. A file that other entries lie below is a folder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tree/view.h"
#include "tree/zip.h"

namespace vigil::tree {

class Zip final : public View {
 public:
  /// `origin` is the path of the archive for people; may be empty.
  static Result<std::unique_ptr<Zip>> open(std::unique_ptr<Bytes> bytes, std::string origin = {},
                                           const ZipLimits& limits = {});

  /// What of the archive's directory is no good.
  [[nodiscard]] const std::vector<ZipProblem>& problems() const { return problems_; }

  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t limit) const override;
  [[nodiscard]] Result<std::string> head(std::string_view path, std::size_t count) const override;
  [[nodiscard]] std::optional<Entry> stat(std::string_view path) const override;
  [[nodiscard]] Result<std::vector<Entry>> list(std::string_view directory) const override;
  /// Folders before what is in them, names in order. `excluded` and the limits hold, `cross_devices`
  /// means nothing.
  Result<void> walk(const WalkLimits& limits, const std::function<bool(const Entry&)>& visit,
                    const std::function<void(std::string, std::string)>& problem) const override;
  [[nodiscard]] std::string origin() const override { return origin_; }

 private:
  Zip(std::unique_ptr<Bytes> bytes, ZipDirectory directory, std::string origin);

  /// What is at exactly this path, links not followed.
  [[nodiscard]] std::optional<Entry> at(std::string_view path) const;
  [[nodiscard]] const ZipEntry* find(std::string_view path) const;
  /// The first entry below a folder, or the first behind where they would be.
  [[nodiscard]] std::size_t first_below(std::string_view directory) const;
  [[nodiscard]] bool has_below(std::string_view directory) const;
  /// The path without links, where it leads somewhere.
  [[nodiscard]] std::optional<std::string> resolve(std::string_view path) const;
  /// The file behind all links.
  [[nodiscard]] Result<const ZipEntry*> file(std::string_view path) const;

  std::unique_ptr<Bytes> bytes_;
  std::vector<ZipEntry>
      entries_;  ///< by path; '/' sorts before all else, so a folder lies together
  std::vector<ZipProblem> problems_;
  std::string origin_;
};

}  // namespace vigil::tree
