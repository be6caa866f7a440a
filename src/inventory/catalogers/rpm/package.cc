#include "inventory/catalogers/rpm/package.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "inventory/operating_system.h"
#include "inventory/package_link.h"

namespace vigil::inventory::rpm {
namespace {

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 1024 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '\x7F'; });
}

}  // namespace

std::optional<std::pair<std::string_view, std::string_view>> split_source_package(
    std::string_view file) {
  for (const std::string_view suffix : {".src.rpm", ".nosrc.rpm"}) {
    if (!file.ends_with(suffix)) continue;
    file.remove_suffix(suffix.size());
    const std::size_t release = file.rfind('-');
    if (release == std::string_view::npos || release == 0) return std::nullopt;
    const std::size_t version = file.rfind('-', release - 1);
    if (version == std::string_view::npos || version == 0) return std::nullopt;
    return std::pair(file.substr(0, version), file.substr(version + 1));
  }
  return std::nullopt;
}

Result<std::optional<model::Package>> package_of(const Header& header, const OperatingSystem& os) {
  const std::string_view name = header.text(Tag::Name);
  const std::string_view version = header.text(Tag::Version);
  const std::string_view release = header.text(Tag::Release);
  if (name == "gpg-pubkey") return std::optional<model::Package>();
  if (!is_word(name)) return fail("a package without a valid name");
  if (!is_word(version) || !is_word(release)) {
    return fail("package " + base::printable(name) + " has no valid version and release");
  }
  model::Package package;
  if (package_manager_of(os.ecosystem) == "rpm") package.ecosystem = os.ecosystem;
  package.name = base::printable(name);
  const std::string plain = base::printable(std::string(version) + "-" + std::string(release));
  // Without an epoch the package is of epoch 0; rpm writes neither.
  const std::uint32_t epoch = header.number(Tag::Epoch).value_or(0);
  const std::string prefix = epoch == 0 ? "" : std::to_string(epoch) + ":";
  package.version = prefix + plain;
  package.architecture = base::printable(header.text(Tag::Architecture));
  package.vendor = base::printable(header.text(Tag::Vendor));
  package.license = base::printable(header.text(Tag::License));
  package.module = base::printable(header.text(Tag::ModularityLabel));
  const std::string source_file = base::printable(header.text(Tag::SourcePackage));
  if (const auto source = split_source_package(source_file)) {
    // The file's name leaves the epoch out. It is the package's own, as good as always.
    package.source_name = source->first;
    package.source_version = prefix + std::string(source->second);
  } else {
    package.source_name = package.name;
    package.source_version = package.version;
  }
  package.manager = "OS";
  package.package_url = package_link("rpm", os, package.name, plain,
                                     {{"arch", package.architecture},
                                      {"epoch", epoch == 0 ? "" : std::to_string(epoch)},
                                      {"rpmmod", package.module},
                                      {"upstream", source_file}});
  return std::optional(std::move(package));
}

}  // namespace vigil::inventory::rpm
