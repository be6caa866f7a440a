// One image, scanned in this process: how long, how much memory, and what was found.
//
//   bench_image [--cache DIRECTORY] FILE        {"seconds": 0.9, "cpu": 1.5, "bytes": 41000000, ...}
//   bench_image --inventory FILE|DIRECTORY      the inventory, without layers: to compare both
#include <cstdio>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/json_writer.h"
#include "inventory/document.h"
#include "inventory/scan.h"
#include "meter.h"
#include "source/image/image_scan.h"
#include "source/image/image_source.h"
#include "tree/directory.h"

namespace vigil::bench {
namespace {

Result<inventory::Inventory> scan(const std::string& path, const std::string& cache) {
  if (base::is_directory(path) && !base::exists(path + "/index.json")) {
    VIGIL_TRY(const auto view, tree::Directory::open(path));
    return inventory::scan_tree(*view);
  }
  VIGIL_TRY(const auto image, source::open_local_image(path, {}));
  source::Request request;
  request.cache = cache;
  VIGIL_TRY(source::Scanned scanned, source::scan_image(*image, request));
  return std::move(scanned.inventory);
}

int run(int count, char** arguments) {
  std::string path;
  std::string cache;
  bool show = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = arguments[i];
    if (word == "--inventory") {
      show = true;
    } else if (word == "--cache" && i + 1 < count) {
      cache = arguments[++i];
    } else {
      path = word;
    }
  }
  const Meter meter;
  Result<inventory::Inventory> inventory = scan(path, cache);
  const Times times = meter.taken();
  if (!inventory) {
    std::fprintf(stderr, "%s\n", inventory.error().text().c_str());
    return 1;
  }
  if (show) {
    for (model::Package& package : inventory->packages) {
      for (model::Location& location : package.locations) location.layer.clear();
    }
    std::puts(inventory::inventory_document(*inventory).c_str());
    return 0;
  }
  base::JsonWriter json;
  json.begin_object().member("seconds", times.wall).member("cpu", times.cpu);
  json.member("bytes", static_cast<std::int64_t>(peak_bytes()));
  json.member("packages", static_cast<std::uint64_t>(inventory->packages.size()));
  json.member("problems", static_cast<std::uint64_t>(inventory->problems.size())).end_object();
  std::puts(json.text().c_str());
  return 0;
}

}  // namespace
}  // namespace vigil::bench

int main(int count, char** arguments) {
  return vigil::bench::run(count, arguments);
}
