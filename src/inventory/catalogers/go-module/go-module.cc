// Go modules of a source tree: go.mod, go.sum, go.work, vendor/modules.txt.
//
// What: go.mod names the modules at their selected versions; since "go 1.17" all of them, those that
// only dependencies need with "// indirect". Before that the rest stands in go.sum alone, which has
// hashes of every version that was ever considered: a module's go.sum line without "/go.mod" means
// that its code was fetched, and of those the highest version is the one built. vendor/modules.txt
// lists what was copied into the tree. go.work replaces modules for several go.mod at once.
//
// References: go.dev/ref/mod (sections "go.mod files", "Workspaces", "Vendoring", "go.sum files",
// "Minimal version selection"), go.dev/doc/toolchain.
//
// Traps:
//   - Replacements hold for the main module only; a folder as replacement is code of the tree.
//   - An excluded version is skipped for the next higher one, which the file does not name.
//   - A go.mod in the module cache (pkg/mod) is that of a dependency: what it asks for is not there.
//   - "go 1.21.3" and "toolchain go1.22.1" say which standard library is wanted at least; "go 1.19" is
//     a language version and says nothing of the library.
//   - vendor/modules.txt also lists modules of which nothing was copied.
//
// Not handled: tool and ignore directives; replacements in go.work outside of the folders above.

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/go-module/manifest.h"
#include "inventory/file_packages.h"
#include "version/scheme.h"

namespace vigil::inventory::go_module {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{64} << 20;
constexpr int kMostParents = 8;

std::string folder_of(std::string_view path) {
  return std::string(path.substr(0, path.rfind('/')));
}

/// "/a/b" + "../c/./d" -> "/a/c/d".
std::string joined(std::string_view folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  for (const std::string_view text : {folder, relative}) {
    for (const std::string_view part : base::split(text, '/')) {
      if (part == "..") {
        if (!parts.empty()) parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.push_back(part);
      }
    }
  }
  std::string path;
  for (const std::string_view part : parts) path.append("/").append(part);
  return path;
}

/// Of the go.work above the module that uses it; none otherwise.
std::vector<Replacement> replacements_of_workspace(const tree::View& view,
                                                   const std::string& module_folder) {
  std::string folder = module_folder;
  for (int i = 0; i < kMostParents; ++i) {
    if (const auto text = view.read(folder + "/go.work", kLimit)) {
      Manifest work = parse_manifest(*text);
      const bool uses = std::any_of(
          work.used.begin(), work.used.end(),
          [&](const std::string& used) { return joined(folder, used) == module_folder; });
      return uses ? std::move(work.replacements) : std::vector<Replacement>();
    }
    if (folder.empty()) break;
    folder = folder_of(folder);
  }
  return {};
}

/// The highest version of each module whose code go.sum has seen.
std::map<std::string, std::pair<std::string, std::uint32_t>> fetched(std::string_view sums) {
  const version::Scheme* const scheme = version::scheme_of_ecosystem("Go");
  std::map<std::string, std::pair<std::string, std::uint32_t>> modules;
  std::uint32_t line = 0;
  while (const auto text = base::next_line(sums)) {
    ++line;
    const std::vector<std::string_view> words = base::words(*text);
    if (words.size() < 3 || words[1].ends_with("/go.mod")) continue;
    const auto [found, is_new] =
        modules.try_emplace(std::string(words[0]), std::string(words[1]), line);
    if (is_new || scheme == nullptr) continue;
    const auto order = version::compare(*scheme, found->second.first, words[1]);
    if (order && *order < 0) found->second = {std::string(words[1]), line};
  }
  return modules;
}

void add_toolchain(const Manifest& manifest, FilePackages& packages) {
  const bool exact = std::count(manifest.go.begin(), manifest.go.end(), '.') == 2;
  if (manifest.toolchain.empty() && !exact) return;
  const std::size_t library =
      manifest.toolchain.empty()
          ? packages.add("stdlib", manifest.go, manifest.go_line)
          : packages.add("stdlib", manifest.toolchain, manifest.toolchain_line);
  if (library == FilePackages::kNone) return;
  packages[library].evidence = model::Evidence::Declared;
  packages[library].relation = model::Relation::Direct;
}

class ModuleReader {
 public:
  ModuleReader(const File& file, Context& context)
      : view_(context.view),
        folder_(folder_of(file.path)),
        manifest_(parse_manifest(file.content)),
        packages_(file, context, "Go",
                  manifest_.is_complete() ? model::Evidence::Locked : model::Evidence::Declared) {}

  void read() {
    if (manifest_.module.empty()) packages_.problem("no module is named: this is no go.mod");
    workspace_ = replacements_of_workspace(view_, folder_);
    for (const Requirement& one : manifest_.requirements) add(one);
    if (!manifest_.is_complete()) {
      if (const auto sums = view_.read(folder_ + "/go.sum", kLimit)) add_fetched(*sums);
    }
    add_toolchain(manifest_, packages_);
    packages_.finish();
  }

 private:
  [[nodiscard]] bool is_excluded(const Requirement& wanted) const {
    return std::any_of(manifest_.excluded.begin(), manifest_.excluded.end(),
                       [&](const Requirement& one) {
                         return one.path == wanted.path && one.version == wanted.version;
                       });
  }

  void add(const Requirement& wanted) {
    const Replacement* replacement = find_replacement(workspace_, wanted);
    if (replacement == nullptr) replacement = find_replacement(manifest_.replacements, wanted);
    if (replacement != nullptr && replacement->new_version.empty()) return;
    if (replacement == nullptr && is_excluded(wanted)) {
      return packages_.problem(wanted.line,
                               wanted.path + " " + wanted.version +
                                   " is excluded: which version is used instead is not "
                                   "known");
    }
    const std::size_t added =
        replacement == nullptr
            ? packages_.add(wanted.path, wanted.version, wanted.line)
            : packages_.add(replacement->new_path, replacement->new_version, wanted.line);
    if (added == FilePackages::kNone) return;
    packages_[added].relation =
        wanted.indirect ? model::Relation::Transitive : model::Relation::Direct;
  }

  void add_fetched(std::string_view sums) {
    for (const auto& [path, version] : fetched(sums)) {
      const bool known =
          std::any_of(manifest_.requirements.begin(), manifest_.requirements.end(),
                      [&, &wanted = path](const Requirement& one) { return one.path == wanted; });
      const bool is_replacement = std::any_of(
          manifest_.replacements.begin(), manifest_.replacements.end(),
          [&, &wanted = path](const Replacement& one) { return one.new_path == wanted; });
      if (known || is_replacement) continue;
      const std::size_t added = packages_.add(path, version.first);
      if (added == FilePackages::kNone) continue;
      packages_[added].evidence = model::Evidence::Locked;
      packages_[added].relation = model::Relation::Transitive;
      packages_[added].locations[0] = {folder_ + "/go.sum", version.second};
    }
  }

  const tree::View& view_;
  std::string folder_;
  Manifest manifest_;
  FilePackages packages_;
  std::vector<Replacement> workspace_;
};

void read_sums(const File& file, Context& context) {
  if (context.view.stat(folder_of(file.path) + "/go.mod")) return;
  FilePackages packages(file, context, "Go", model::Evidence::Locked);
  for (const auto& [path, version] : fetched(file.content)) {
    packages.add(path, version.first, version.second);
  }
  packages.finish();
}

void read_workspace(const File& file, Context& context) {
  FilePackages packages(file, context, "Go", model::Evidence::Declared);
  add_toolchain(parse_manifest(file.content), packages);
  packages.finish();
}

/// "# path version [=> path [version]]", "## explicit; go 1.17", then the packages that are there.
void read_vendored(const File& file, Context& context) {
  FilePackages packages(file, context, "Go", model::Evidence::Installed);
  std::vector<std::string> module;
  std::uint32_t module_line = 0;
  bool explicitly = false;
  std::uint32_t number = 0;
  std::string_view rest = file.content;
  while (const auto line = base::next_line(rest)) {
    ++number;
    if (line->starts_with("## ")) {
      explicitly = line->find("explicit") != std::string_view::npos;
    } else if (line->starts_with("# ")) {
      module.clear();
      for (const std::string_view word : base::words(line->substr(2))) module.emplace_back(word);
      module_line = number;
      explicitly = false;
    } else if (!base::trim(*line).empty() && !module.empty()) {
      // The first package of the module: it is here.
      const auto arrow = std::find(module.begin(), module.end(), "=>");
      if (arrow != module.end()) module.erase(module.begin(), arrow + 1);
      if (module.size() >= 2) {
        const std::size_t added = packages.add(module[0], module[1], module_line);
        if (added != FilePackages::kNone) {
          packages[added].relation =
              explicitly ? model::Relation::Direct : model::Relation::Transitive;
        }
      }
      module.clear();
    }
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return path.find("/pkg/mod/") == std::string_view::npos;
}

void catalog(const File& file, Context& context) {
  if (file.path.ends_with("/go.mod")) return ModuleReader(file, context).read();
  if (file.path.ends_with("/go.sum")) return read_sums(file, context);
  if (file.path.ends_with("/go.work")) return read_workspace(file, context);
  read_vendored(file, context);
}

constexpr Pattern kPatterns[] = {named("go.mod"), named("go.sum"), named("go.work"),
                                 ending("/vendor/modules.txt")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "go-module",
                                       .title = "Go modules (go.mod)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .needs = Needs::Tree,
                                       .wants = wants,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::go_module
