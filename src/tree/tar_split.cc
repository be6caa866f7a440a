#include "tree/tar_split.h"

#include "base/base64.h"
#include "base/json_tree.h"
#include "tree/decompress.h"
#include "tree/tar.h"

namespace vigil::tree {
namespace {

/// A header's piece is 10 KiB at most in what Go writes; a name twice PATH_MAX in base64.
constexpr std::size_t kLongestLine = std::size_t{16} << 20;
constexpr std::size_t kMostNames = 10'000'000;
constexpr std::uint64_t kMostBytes = std::uint64_t{16} << 30;
constexpr std::int64_t kFile = 1;
constexpr std::int64_t kSegment = 2;

class Names {
 public:
  Result<void> line(std::string_view text) {
    VIGIL_TRY(const base::Json entry, parser_.parse(text));
    const auto type = entry["type"].integer();
    if (type == kSegment) return ok();
    if (type != kFile) return fail("an entry of an unknown type");
    std::string name(entry["name"].text());
    if (const base::Json raw = entry["name_raw"]; raw.is_string()) {
      const auto bytes = base::decode_base64(raw.text());
      if (!bytes) return fail("a name that is not base64");
      name = *bytes;
    }
    if (names_.size() == kMostNames) {
      return fail("more than " + std::to_string(kMostNames) + " entries", {}, {},
                  ErrorCode::TooLarge);
    }
    tidy_archive_path(name, names_.emplace_back());
    return ok();
  }
  std::vector<std::string> take() { return std::move(names_); }

 private:
  base::JsonParser parser_;
  std::vector<std::string> names_;
};

}  // namespace

Result<std::vector<std::string>> tar_split_names(base::Input& file) {
  DecompressOptions options;
  options.background = false;
  options.limits.bytes = kMostBytes;
  Decompressed content(file, options);
  Names names;
  std::string rest;
  for (;;) {
    VIGIL_TRY(std::string_view block, content.next());
    if (block.empty()) break;
    for (std::size_t end = block.find('\n'); end != std::string_view::npos;
         end = block.find('\n')) {
      rest += block.substr(0, end);
      block.remove_prefix(end + 1);
      if (!rest.empty()) VIGIL_CHECK(names.line(rest));
      rest.clear();
    }
    rest += block;
    if (rest.size() > kLongestLine) {
      return fail("a line of more than " + std::to_string(kLongestLine) + " bytes", {}, {},
                  ErrorCode::TooLarge);
    }
  }
  if (!rest.empty()) VIGIL_CHECK(names.line(rest));
  return names.take();
}

}  // namespace vigil::tree
