// Assemblies of .NET that lie without a deps.json: the version resource of *.dll.
//
// What: a PE file with a header for .NET's runtime. Its resource VS_VERSIONINFO has
// InternalName/OriginalFilename, FileVersion and ProductVersion; most packages of NuGet are named as
// their assembly, and ProductVersion is the package's version, with "+COMMIT" behind.
//
// References: learn.microsoft.com/windows/win32/menurc/versioninfo-resource;
// learn.microsoft.com/dotnet/core/project-sdk/msbuild-props (InformationalVersion); ECMA-335 II.25.
//
// Traps:
//   - Where a deps.json lies in the same folder it names the packages exactly: nothing is guessed.
//   - A file may have been renamed; then it is passed over.
//   - FileVersion has four parts and often a build number that the package has not; it counts only
//     where there is no ProductVersion.
//   - *.resources.dll are translations of another assembly.
//
// Not handled: folders with more than 2,000 entries; assemblies named otherwise than their package;
// several assemblies of one package are several packages.

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/program/sections.h"
#include "inventory/program/version_resource.h"

namespace vigil::inventory::dotnet_assembly {
namespace {

constexpr std::size_t kMostEntries = 2000;
constexpr std::string_view kExtension = ".dll";

/// "13.0.1+ae9fe44" -> "13.0.1"; empty if it is no version with two parts at least.
std::string version_of(std::string_view text) {
  text = base::trim(text.substr(0, text.find('+')));
  const bool plain = !text.empty() && base::is_digit(text[0]) &&
                     text.find('.') != std::string_view::npos &&
                     std::all_of(text.begin(), text.end(),
                                 [](char c) { return base::is_alnum(c) || c == '.' || c == '-'; });
  return plain ? std::string(text) : std::string();
}

std::string_view without_extension(std::string_view name) {
  return base::lower(name).ends_with(kExtension) ? name.substr(0, name.size() - kExtension.size())
                                                 : name;
}

bool has_list_beside(const tree::View& view, std::string_view folder) {
  const auto entries = view.list(folder);
  if (!entries || entries->size() > kMostEntries) return true;
  return std::any_of(entries->begin(), entries->end(),
                     [](const tree::Entry& entry) { return entry.path.ends_with(".deps.json"); });
}

void catalog(const File& file, Context& context) {
  const std::string_view path = file.path;
  const std::string_view name = without_extension(path.substr(path.rfind('/') + 1));
  for (const Program& program : read_programs(file.content)) {
    const auto resource = read_version_resource(program);
    if (!resource || !resource->managed) continue;
    std::string_view written = without_extension(resource->original_file_name);
    if (written.empty()) written = without_extension(resource->internal_name);
    std::string version = version_of(resource->product_version);
    if (version.empty()) version = version_of(resource->file_version);
    if (version.empty() || !base::equals_ignoring_case(written, name)) continue;
    const std::size_t slash = path.rfind('/');
    if (has_list_beside(context.view, slash == 0 ? "/" : path.substr(0, slash))) continue;
    FilePackages packages(file, context, "NuGet", model::Evidence::Binary);
    const std::size_t number = packages.add(written, version);
    if (number != FilePackages::kNone) packages[number].vendor = resource->company;
    packages.finish();
  }
}

bool wants(std::string_view path) {
  return !path.ends_with(".resources.dll");
}

constexpr Pattern kPatterns[] = {ending(".dll")};
constexpr Pattern kCompanions[] = {ending(".deps.json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "dotnet-assembly",
                                       .title = ".NET assemblies",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .needs = Needs::Tree,
                                       .companions = kCompanions,
                                       .wants = wants};
  return kCataloger;
}

}  // namespace vigil::inventory::dotnet_assembly
