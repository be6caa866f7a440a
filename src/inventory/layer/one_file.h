// A tree of one file, whose bytes lie elsewhere: what a cataloguer with Needs::File may see.
#pragma once

#include <string>
#include <string_view>

#include "tree/view.h"

namespace vigil::inventory {

class OneFile final : public tree::View {
 public:
  /// `content` must outlive it.
  OneFile(std::string path, std::string_view content, std::uint32_t mode)
      : path_(std::move(path)), content_(content), mode_(mode) {}

  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t limit) const override;
  [[nodiscard]] std::optional<tree::Entry> stat(std::string_view path) const override;
  [[nodiscard]] Result<std::vector<tree::Entry>> list(std::string_view directory) const override;
  Result<void> walk(const tree::WalkLimits& limits,
                    const std::function<bool(const tree::Entry&)>& visit,
                    const std::function<void(std::string, std::string)>& problem) const override;
  [[nodiscard]] std::string origin() const override { return {}; }

 private:
  [[nodiscard]] tree::Entry entry() const {
    return {path_, tree::Kind::File, content_.size(), mode_};
  }

  std::string path_;
  std::string_view content_;
  std::uint32_t mode_;
};

}  // namespace vigil::inventory
