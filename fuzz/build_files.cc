// The files in which builds of Java, Go, Rust and .NET write down their packages. The first byte
// chooses the cataloguer, the rest is its file.
#include <cstdlib>
#include <iterator>
#include <string>

#include "inventory/cataloger.h"
#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

struct Kind {
  std::string_view cataloger;
  const char* path;
};
constexpr Kind kKinds[] = {
    {"maven-pom", "/pom.xml"},
    {"gradle-lock", "/gradle.lockfile"},
    {"sbt", "/build.sbt"},
    {"sbt", "/build.sbt.lock"},
    {"go-module", "/go.mod"},
    {"go-module", "/go.sum"},
    {"go-module", "/vendor/modules.txt"},
    {"go-module", "/go.work"},
    {"cargo-lock", "/Cargo.lock"},
    {"dotnet-deps", "/a.deps.json"},
    {"nuget-lock", "/packages.lock.json"},
    {"nuget-lock", "/project.assets.json"},
    {"nuget-lock", "/packages.config"},
    {"nuget-project", "/a.csproj"},
    {"java-runtime", "/release"},
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Kind& kind = kKinds[(data[0] + 256U - 'a') % 256U % std::size(kKinds)];
  const Cataloger* chosen = nullptr;
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->name == kind.cataloger) chosen = cataloger;
  }
  if (chosen == nullptr) std::abort();
  tree::Memory view;
  view.file(kind.path, std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  ScanOptions options;
  options.catalogers = {&chosen, 1};
  for (const model::Package& package : scan_tree(view, options).packages) {
    if (package.name.empty() || package.version.empty()) std::abort();
  }
  return 0;
}

}  // namespace vigil::inventory
