// Ubuntu packages in parts, as Chisel cuts them: images with neither dpkg nor its database.
//
// What: /var/lib/chisel/manifest.wall, compressed with zstd, is JSON a line ("jsonwall"): first
// {"jsonwall": "1.0", "schema": "1.0", "count": N}, then objects with a kind: "package" (name,
// version, arch, sha256), "slice", "path" (a file, its hash and the slices "package_slice" it is of),
// "content" (the same from the slice's side).
//
// References: documentation.ubuntu.com/chisel/en/latest/reference/manifest.
//
// Traps:
//   - Only images with the slice base-files_chisel have a manifest; another slice may put one
//     elsewhere.
//   - A manifest does not name source packages, and Ubuntu's advisories speak of those. A package is
//     taken for its own source here, and that this may be wrong is a problem of the inventory.
//
// Not handled: slices of one package that bring fewer files than the package has.

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "base/input.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/operating_system.h"
#include "inventory/package_link.h"
#include "tree/decoder.h"

namespace vigil::inventory::chisel {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{16} << 20;
constexpr std::size_t kExpanded = std::size_t{256} << 20;
constexpr std::size_t kLine = std::size_t{1} << 20;

Result<std::string> expand(std::string_view content) {
  base::StringInput input(content);
  const auto decoder = tree::make_decoder(tree::compression_of(content), input);
  std::string text;
  std::array<char, 65'536> buffer{};
  for (;;) {
    VIGIL_TRY(const std::size_t count, decoder->decode(buffer));
    if (count == 0) return text;
    if (text.size() + count > kExpanded) {
      return fail("the manifest is larger than " + std::to_string(kExpanded) + " bytes", {}, {},
                  ErrorCode::TooLarge);
    }
    text.append(buffer.data(), count);
  }
}

/// Calls `visit` with every object and its line. False if a line cannot be read.
template <typename Visit>
bool each_line(std::string_view text, Visit&& visit) {
  bool whole = true;
  base::JsonParser parser;
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    if (line->empty()) continue;
    const auto object =
        line->size() > kLine ? Result<base::Json>(fail("a long line")) : parser.parse(*line);
    if (object && object->is_object()) {
      visit(*object, number);
    } else {
      whole = false;
    }
  }
  return whole;
}

void catalog(const File& file, Context& context) {
  const Result<std::string> text = expand(file.content);
  if (!text) {
    context.problems.push_back({file.path, text.error().what});
    return;
  }
  bool found = false;
  const auto visit = [&](base::Json object, std::uint32_t line) {
    if (object["kind"].text() != "package") return;
    model::Package package;
    package.name = package.source_name = base::printable(object["name"].text());
    package.version = package.source_version = base::printable(object["version"].text());
    package.architecture = base::printable(object["arch"].text());
    if (package.name.empty() || package.version.empty()) {
      context.problems.push_back({file.path, "a package without a name and version"});
      return;
    }
    if (package_manager_of(context.os.ecosystem) == "dpkg") {
      package.ecosystem = context.os.ecosystem;
    }
    package.manager = "OS";
    package.locations.push_back({file.path, line});
    package.package_url = package_link("deb", context.os, package.name, package.version,
                                       {{"arch", package.architecture}});
    context.packages.push_back(std::move(package));
    found = true;
  };
  if (!each_line(*text, visit)) {
    context.problems.push_back({file.path, "some lines of the manifest cannot be read"});
  }
  if (!found) return;
  context.problems.push_back(
      {file.path,
       "the manifest does not say which source packages its packages are built from: advisories of "
       "those that are called otherwise are not found"});
}

void files(const tree::View& view, std::span<const model::Package> packages,
           const FileVisitor& visit) {
  std::map<std::string, std::map<std::string, std::size_t, std::less<>>, std::less<>> manifests;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const model::Package& package = packages[i];
    if (package.manager != "OS" || package.locations.empty()) continue;
    const std::string& path = package.locations.front().path;
    if (path.ends_with("/manifest.wall")) manifests[path].emplace(package.name, i);
  }
  for (const auto& [path, indexes] : manifests) {
    const auto content = view.read(path, kLimit);
    if (!content) continue;
    const auto text = expand(*content);
    if (!text) continue;
    each_line(*text, [&](base::Json object, std::uint32_t) {
      if (object["kind"].text() != "path") return;
      for (const base::Json slice : object["slices"].items()) {
        const std::string_view name = slice.text();
        const auto owner = indexes.find(name.substr(0, name.find('_')));
        if (owner != indexes.end()) visit(owner->second, object["path"].text());
      }
    });
  }
}

constexpr Pattern kPatterns[] = {at("/var/lib/chisel/manifest.wall")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "chisel",
                                       .title = "Ubuntu packages in parts (Chisel)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .files = files,
                                       .needs = Needs::Tree,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::chisel
