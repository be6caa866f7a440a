// Go programs: the modules that were linked into them, the toolchain, and which functions are there.
//
// What: the linker writes a build information ("\xff Go buildinf:") into every program: the
// toolchain's version and, built with modules, lines of "path", "mod", "dep", "=>" (replaced by) and
// "build". The table for stack traces (pclntab) has the name of every function that the linker kept,
// even of a stripped program, and of those that were inlined.
//
// References: Go's debug/buildinfo (both forms: pointers before Go 1.18, text in place since),
// cmd/go/internal/modload (the marks around the lines), debug/gosym/pclntab.go and
// cmd/link/internal/ld/pcln.go (Go 1.16, 1.18, 1.20), go.dev/doc/security/vuln/database (symbols).
//
// Traps:
//   - A module's version is that of the replacement, if there is one; a folder has no version.
//   - The standard library is the toolchain's: it is the module "stdlib" of the Go vulnerability
//     database, version without "go". "go1.22.3 X:nocoverageredesign" and "go1.21.0-fips" are builds
//     of that version.
//   - "(devel)" is the main module built in its own checkout: no version, so no package.
//   - A module without any function may consist of types alone, or its names were mangled
//     ("garble"): then nothing is known of it. A set without runtime.main is believed for no module.
//   - Dots behind the last slash of an import path are written "%2e" in symbols.
//
// Not handled: symbols of Go 1.15 and before; programs packed with UPX, whose build information is
// compressed; gccgo.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/go-binary/build_info.h"
#include "inventory/catalogers/go-binary/function_names.h"
#include "inventory/file_packages.h"
#include "inventory/program/sections.h"
#include "model/symbol_set.h"

namespace vigil::inventory::go_binary {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{1} << 30;
constexpr std::string_view kStandardLibrary = "stdlib";

/// "go1.22.3 X:boringcrypto" -> "1.22.3"; empty for what was built of no release.
std::string_view release_of(std::string_view toolchain) {
  if (!toolchain.starts_with("go")) return {};
  toolchain.remove_prefix(2);
  const auto* const end = std::find_if_not(toolchain.begin(), toolchain.end(),
                                           [](char c) { return base::is_alnum(c) || c == '.'; });
  return toolchain.substr(0, static_cast<std::size_t>(end - toolchain.begin()));
}

/// Without what names a closure or a wrapper: the function it was written in counts.
std::string_view written_in(std::string_view symbol) {
  for (const std::string_view mark : {".func", ".gowrap", ".deferwrap"}) {
    const std::size_t at = symbol.find(mark);
    if (at != std::string_view::npos && at > 0 && at + mark.size() < symbol.size() &&
        base::is_digit(symbol[at + mark.size()])) {
      symbol = symbol.substr(0, at);
    }
  }
  if (symbol.ends_with("-fm")) symbol.remove_suffix(3);
  return symbol;
}

/// The functions of a program by the module they belong to.
class Symbols {
 public:
  Symbols(std::string_view names, const Modules& modules) {
    paths_.reserve(modules.dependencies.size() + 1);
    for (const Module& module : modules.dependencies) paths_.push_back(module.path);
    if (modules.main) paths_.push_back(modules.main->path);
    std::sort(paths_.begin(), paths_.end());
    while (!names.empty()) {
      const std::size_t end = std::min(names.find('\0'), names.size());
      if (end > 0) add(names.substr(0, end), modules);
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }

  /// The text of a set; empty if nothing is known of the module.
  std::string of(std::string_view module) const {
    const auto found = by_module_.find(module);
    return found == by_module_.end() || !complete_ ? std::string()
                                                   : model::SymbolSet(found->second).text();
  }

 private:
  void add(std::string_view name, const Modules& modules) {
    const Function function = parse_function(name);
    if (function.package.empty()) return;
    if (function.package == "runtime" && function.symbol == "main") complete_ = true;
    if (function.package != package_) {
      package_ = function.package;
      module_ = nullptr;
      if (package_ == "main") {
        if (modules.main) module_ = &by_module_[modules.main->path];
      } else {
        module_ = &by_module_[module_of(package_)];
      }
    }
    if (module_ == nullptr) return;
    const std::string symbol = "." + std::string(written_in(function.symbol));
    module_->push_back(model::SymbolSet::hash(package_ + symbol));
    if (package_ == "main" && !modules.main_package.empty()) {
      module_->push_back(model::SymbolSet::hash(std::string(modules.main_package) + symbol));
    }
  }

  /// The longest module whose path is the package's or a folder above it; else the standard library.
  std::string_view module_of(std::string_view package) const {
    for (std::string_view path = package;;) {
      const auto found = std::lower_bound(paths_.begin(), paths_.end(), path);
      if (found != paths_.end() && *found == path) return *found;
      const std::size_t slash = path.rfind('/');
      if (slash == std::string_view::npos) break;
      path = path.substr(0, slash);
    }
    return kStandardLibrary;
  }

  std::vector<std::string_view> paths_;
  std::map<std::string_view, std::vector<std::uint32_t>> by_module_;
  bool complete_ = false;
  /// Names of one package follow each other.
  std::string package_;
  std::vector<std::uint32_t>* module_ = nullptr;
};

bool is_folder(std::string_view path) {
  return path.starts_with('.') || path.starts_with('/');
}

/// `relation` of dependencies is not known: the lines do not tell who asked for them.
void add_module(FilePackages& packages, const Module& module, const Symbols& symbols) {
  std::string_view path = module.path;
  std::string_view version = module.version;
  if (!module.replacement_path.empty()) {
    if (is_folder(module.replacement_path)) return;
    path = module.replacement_path;
    version = module.replacement_version;
  }
  if (version.empty() || version == "(devel)") return;
  const std::size_t number = packages.add(path, version);
  if (number == FilePackages::kNone) return;
  // The source's imports, and so its symbols, have the path that was replaced.
  if (path == module.path) packages[number].symbols = symbols.of(module.path);
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "Go", model::Evidence::Binary);
  for (const Program& program : read_programs(file.content)) {
    const auto info = find_build_info(program);
    if (!info) continue;
    const Modules modules = parse_modules(info->modules);
    const Symbols symbols(find_function_names(program), modules);
    const std::string_view release = release_of(info->toolchain);
    if (!release.empty()) {
      const std::size_t library = packages.add(kStandardLibrary, release);
      if (library != FilePackages::kNone) packages[library].symbols = symbols.of(kStandardLibrary);
    }
    if (modules.main) add_module(packages, *modules.main, symbols);
    for (const Module& module : modules.dependencies) add_module(packages, module, symbols);
    // The parts of a file for several processors are built of the same sources.
    break;
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {programs()};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "go-binary",
                                       .title = "Go programs",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::go_binary
