#include "inventory/sbom/purl_package.h"

#include <algorithm>

#include "base/text.h"
#include "inventory/catalogers/rpm/package.h"
#include "inventory/sbom/release.h"
#include "model/ecosystem.h"

namespace vigil::inventory {
namespace {

bool is_distribution(std::string_view type) {
  return type == "deb" || type == "rpm" || type == "apk" || type == "alpm";
}

/// "1:" if the qualifier says so and the version itself does not.
std::string epoch_of(const model::PackageUrl& purl) {
  const std::string_view epoch = purl.qualifier("epoch");
  const bool counts =
      !epoch.empty() && epoch != "0" && std::all_of(epoch.begin(), epoch.end(), base::is_digit);
  return counts && purl.version.find(':') == std::string::npos ? std::string(epoch) + ":" : "";
}

/// "openssl", "openssl@3.0.15-1", and Inspector's "openssl-3.0.15-1.src.dpkg".
void read_upstream(std::string_view upstream, model::Package& package) {
  constexpr std::string_view kFile = ".src.dpkg";
  if (upstream.ends_with(kFile)) {
    upstream.remove_suffix(kFile.size());
    const std::size_t colon = package.version.find(':');
    const std::string end =
        "-" + package.version.substr(colon == std::string::npos ? 0 : colon + 1);
    if (upstream.size() <= end.size() || !upstream.ends_with(end)) return;
    upstream.remove_suffix(end.size());
  }
  const std::size_t at = upstream.find('@');
  package.source_name = upstream.substr(0, at);
  if (at != std::string_view::npos) package.source_version = upstream.substr(at + 1);
}

void read_rpm_upstream(std::string_view upstream, const std::string& epoch,
                       model::Package& package) {
  const auto source = rpm::split_source_package(upstream);
  if (!source) return;
  package.source_name = source->first;
  package.source_version = epoch + std::string(source->second);
}

struct Manager {
  std::string_view type;
  std::string_view file;  ///< end of the path; empty: any
  std::string_view manager;
};
/// The first that fits.
constexpr Manager kManagers[] = {
    {"npm", "/package-lock.json", "NPM"},
    {"npm", "/npm-shrinkwrap.json", "NPM"},
    {"npm", "/.package-lock.json", "NPM"},
    {"npm", "/pnpm-lock.yaml", "NPM"},
    {"npm", "/bun.lock", "NPM"},
    {"npm", "/deno.lock", "NPM"},
    {"npm", "/yarn.lock", "YARN"},
    {"npm", "", "NODEPKG"},
    {"pypi", ".txt", "PIP"},
    {"pypi", "/pylock.toml", "PIP"},
    {"pypi", "/uv.lock", "PIP"},
    {"pypi", "/pdm.lock", "PIP"},
    {"pypi", "/Pipfile.lock", "PIPENV"},
    {"pypi", "/poetry.lock", "POETRY"},
    {"pypi", "", "PYTHONPKG"},
    {"golang", "/go.mod", "GOMOD"},
    {"golang", "/go.sum", "GOMOD"},
    {"golang", "", "GOBINARY"},
    {"maven", "/pom.xml", "POM"},
    {"maven", "", "JAR"},
    {"gem", "/Gemfile.lock", "BUNDLER"},
    {"gem", "", "GEMSPEC"},
    {"nuget", ".deps.json", "DOTNET_CORE"},
    {"nuget", "", "NUGET"},
    {"cargo", "", "CARGO"},
    {"composer", "", "COMPOSER"},
    {"deb", "", "OS"},
    {"rpm", "", "OS"},
    {"apk", "", "OS"},
    {"alpm", "", "OS"},
};

}  // namespace

std::string_view manager_of(std::string_view type, std::string_view path) {
  const std::string whole = "/" + std::string(path);
  for (const Manager& manager : kManagers) {
    if (manager.type == type && whole.ends_with(manager.file)) return manager.manager;
  }
  return {};
}

std::optional<model::Package> package_of_purl(const model::PackageUrl& written,
                                              const OperatingSystem& os) {
  model::PackageUrl purl = written;
  if (purl.type == "dpkg") purl.type = "deb";  // Inspector's own spelling
  model::Package package;
  if (is_distribution(purl.type)) {
    package.ecosystem = release_ecosystem(purl, os);
  } else {
    package.ecosystem = model::ecosystem_of_purl(purl);
  }
  if (package.ecosystem.empty()) return std::nullopt;
  const std::string epoch = is_distribution(purl.type) ? epoch_of(purl) : "";
  package.name = model::name_of_purl(purl);
  package.version = epoch + purl.version;
  package.architecture = purl.qualifier("arch");
  package.source_name = package.name;
  package.source_version = package.version;
  const std::string_view upstream = purl.qualifier("upstream");
  if (purl.type == "rpm") {
    read_rpm_upstream(upstream, epoch, package);
    package.module = purl.qualifier("rpmmod");
  } else if (!upstream.empty()) {
    read_upstream(upstream, package);
  }
  const std::string_view path = purl.qualifier("path");
  if (!path.empty()) {
    package.locations.push_back({(path.starts_with('/') ? "" : "/") + std::string(path), 0});
  }
  package.manager = manager_of(purl.type, path);
  package.package_url = purl.text();
  return package;
}

}  // namespace vigil::inventory
