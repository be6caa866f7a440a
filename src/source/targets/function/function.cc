// A serverless function: the zip file that is deployed, and the zip files of its layers.
//
// What: AWS Lambda unpacks the package into /var/task and the layers, one over the other, into /opt;
// packages are found in both. The runtime is what --runtime says, or is told from the content
// (source/function/runtime.h). Functions deployed as container images are images.
//
// References: AWS Lambda developer guide, ".zip file archives", "Layers", CodeSha256 of
// GetFunctionConfiguration (base64 of the package's SHA-256).
//
// Traps:
//   - A file of a later layer hides that of an earlier one under the same path.
//   - A package names neither the function nor its runtime.
//
// Not handled: encrypted archives, downloading functions from AWS.

#include <algorithm>
#include <memory>

#include "base/base64_encode.h"
#include "base/hash.h"
#include "base/text.h"
#include "source/function/runtime.h"
#include "source/target.h"
#include "tree/bytes.h"
#include "tree/zip_view.h"

namespace vigil::source::function {
namespace {

constexpr std::string_view kCode = "/var/task";
constexpr std::string_view kLayers = "/opt";
/// Lambda allows five.
constexpr std::size_t kMostLayers = 100;

struct Package {
  std::string file;
  std::unique_ptr<tree::Zip> view;
};

Result<Package> open_package(const std::string& file) {
  Package out;
  out.file = file;
  VIGIL_TRY(std::unique_ptr<tree::Bytes> bytes, tree::FileBytes::open(file));
  auto view = tree::Zip::open(std::move(bytes));
  if (!view) {
    Error error = std::move(view).error();
    error.where = error.where.empty() ? file : file + ": " + error.where;
    return fail(std::move(error));
  }
  out.view = std::move(*view);
  return out;
}

std::vector<std::string> layer_files(const Request& request) {
  std::vector<std::string> out;
  for (const std::string_view file : base::split(request.option("--layer"), '\n')) {
    if (!file.empty()) out.emplace_back(file);
  }
  return out;
}

bool is_hidden(const std::string& path, std::span<const Package> later) {
  return std::any_of(later.begin(), later.end(),
                     [&](const Package& layer) { return layer.view->stat(path).has_value(); });
}

/// What of the archive cannot be read at all.
void add_problems(const Package& package, inventory::Inventory& out) {
  for (const tree::ZipProblem& problem : package.view->problems()) {
    out.problems.push_back({package.file + problem.where, problem.why});
  }
}

/// Adds what was found in one package, under where Lambda puts it.
void add(inventory::Inventory found, std::string_view folder, const std::string& layer,
         std::span<const Package> later, inventory::Inventory& out) {
  out.files += found.files;
  for (model::Package& package : found.packages) {
    std::erase_if(package.locations, [&](const model::Location& location) {
      return is_hidden(location.path.substr(0, location.path.find('!')), later);
    });
    if (package.locations.empty()) continue;
    for (model::Location& location : package.locations) {
      location.path.insert(0, folder);
      location.layer = layer;
    }
    out.packages.push_back(std::move(package));
  }
  for (inventory::Problem& problem : found.problems) {
    if (problem.where.starts_with('/')) problem.where.insert(0, folder);
    out.problems.push_back(std::move(problem));
  }
}

Result<std::string> code_digest(const std::string& file) {
  VIGIL_TRY(const std::unique_ptr<tree::Bytes> bytes, tree::FileBytes::open(file));
  base::Sha256 hash;
  std::string buffer(1 << 20, '\0');
  for (std::uint64_t at = 0; at < bytes->size();) {
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), bytes->size() - at));
    VIGIL_CHECK(bytes->read(at, std::span(buffer).first(count)));
    hash.update(std::string_view(buffer).substr(0, count));
    at += count;
  }
  const auto digest = hash.finish();
  return base::encode_base64(
      std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

std::string name_of_file(std::string_view file) {
  std::string_view name = file.substr(file.rfind('/') + 1);
  if (name.ends_with(".zip")) name.remove_suffix(4);
  return std::string(name);
}

Result<Scanned> scan(const Request& request) {
  VIGIL_TRY(const Package code, open_package(request.argument));
  std::vector<Package> layers;
  for (const std::string& file : layer_files(request)) {
    if (layers.size() == kMostLayers) return fail("too many layers", "--layer");
    VIGIL_TRY(Package layer, open_package(file));
    layers.push_back(std::move(layer));
  }

  Scanned out;
  out.name = request.argument;
  add(inventory::scan_tree(*code.view, request.scan), kCode, {}, {}, out.inventory);
  add_problems(code, out.inventory);
  std::vector<const tree::View*> views;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    views.push_back(layers[i].view.get());
    add_problems(layers[i], out.inventory);
    add(inventory::scan_tree(*layers[i].view, request.scan), kLayers, layers[i].file,
        std::span(layers).subspan(i + 1), out.inventory);
  }

  FunctionFacts& facts = out.function.emplace();
  const std::string_view name = request.option("--name");
  facts.name = name.empty() ? name_of_file(request.argument) : std::string(name);
  VIGIL_TRY(facts.code_digest, code_digest(request.argument));
  RuntimeEvidence evidence = find_runtime(*code.view, views);
  facts.architectures = std::move(evidence.architectures);
  facts.runtime = std::move(evidence.runtime);
  if (const std::string_view runtime = request.option("--runtime"); !runtime.empty()) {
    facts.runtime = runtime_of_name(runtime);
    if (facts.runtime.empty()) {
      return fail("unknown runtime '" + std::string(runtime) + "'", "--runtime",
                  "a name as Lambda writes it: python3.11, nodejs18.x, java17");
    }
  }
  for (const Package& layer : layers) facts.layers.push_back(layer.file);
  return out;
}

std::vector<std::string> reads(const Request& request) {
  std::vector<std::string> out = layer_files(request);
  out.push_back(request.argument);
  return out;
}

constexpr TargetOption kOptions[] = {
    {"--layer", "FILE", "The zip file of a layer, the lowest first (repeatable)"},
    {"--name", "NAME", "The function's name; else the file's"},
    {"--runtime", "RUNTIME", "As Lambda names it, \"python3.11\"; else told from the content"},
};

}  // namespace

const Target& target() {
  static const Target kTarget = {
      "function", "FILE", "A serverless function: its zip file and layers", kOptions, scan, reads};
  return kTarget;
}

}  // namespace vigil::source::function
