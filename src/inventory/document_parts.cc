#include "inventory/document_parts.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "inventory/package_words.h"

namespace vigil::inventory {
namespace {

using base::Json;
using base::JsonReader;
using base::JsonWriter;

constexpr std::size_t kMostLocations = 100'000;
constexpr std::size_t kMostParents = 100'000;
constexpr std::size_t kMostWords = 1'000;
constexpr std::size_t kMostDeleted = 100'000;

constexpr std::string_view kMachines[] = {"unknown", "container", "virtual-machine", "metal"};

void write_texts(JsonWriter& json, std::string_view key, const auto& texts) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

template <typename Enumeration>
void read_word(JsonReader& reader, const Json& value,
               std::optional<Enumeration> (*parse)(std::string_view), std::string_view known,
               Enumeration& out) {
  const auto parsed = parse(value.text());
  if (!parsed) return reader.fail("not one of " + std::string(known));
  out = *parsed;
}

void read_location(JsonReader& reader, const Json& value, model::Location& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "path") reader.text(content, out.path);
    if (key == "line") reader.whole(content, out.line);
    if (key == "offset") reader.whole(content, out.offset);
    if (key == "layer") reader.text(content, out.layer);
  });
  if (out.path.empty()) reader.fail_at("path", "missing");
}

void read_process(JsonReader& reader, const Json& value, const DocumentLimits& limits,
                  Process& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "id") reader.whole(content, out.id);
    if (key == "name") reader.text(content, out.name);
    if (key == "executable") reader.text(content, out.executable);
    if (key == "deleted") reader.texts(content, kMostDeleted, out.deleted);
    if (key == "packages") {
      reader.array(content, limits.packages, out.packages,
                   [&](const Json& item, std::size_t& index) {
                     reader.whole(item, index, limits.packages);
                   });
    }
  });
}

void read_port(JsonReader& reader, const Json& value, Port& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "protocol") reader.text(content, out.protocol);
    if (key == "address") reader.text(content, out.address);
    if (key == "port") reader.whole(content, out.port);
    if (key == "process") reader.whole(content, out.process);
  });
}

void read_problem(JsonReader& reader, const Json& value, Problem& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "where") reader.text(content, out.where);
    if (key == "why") reader.text(content, out.why);
  });
}

/// The items sorted by what they are in the document.
template <typename T>
std::vector<T> sorted(const std::vector<T>& items, void (*write)(JsonWriter&, const T&)) {
  std::vector<std::pair<std::string, const T*>> keyed;
  keyed.reserve(items.size());
  for (const T& item : items) {
    JsonWriter json;
    write(json, item);
    keyed.emplace_back(json.take(), &item);
  }
  std::sort(keyed.begin(), keyed.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<T> out;
  out.reserve(items.size());
  for (const auto& [document, item] : keyed) out.push_back(*item);
  return out;
}

}  // namespace

void write_package(JsonWriter& json, const model::Package& package) {
  json.begin_object();
  json.optional_member("ecosystem", package.ecosystem).member("name", package.name);
  json.optional_member("version", package.version);
  json.optional_member("architecture", package.architecture);
  if (package.source_name != package.name) json.member("sourceName", package.source_name);
  if (package.source_version != package.version) {
    json.member("sourceVersion", package.source_version);
  }
  json.optional_member("manager", package.manager);
  json.optional_member("packageUrl", package.package_url);
  json.optional_member("vendor", package.vendor);
  json.optional_member("license", package.license);
  json.optional_member("module", package.module);
  if (!package.locations.empty()) {
    json.key("locations").begin_array();
    for (const model::Location& location : package.locations) {
      json.begin_object().member("path", location.path);
      if (location.line != 0) json.member("line", std::uint64_t{location.line});
      if (location.offset != 0) json.member("offset", location.offset);
      json.optional_member("layer", location.layer).end_object();
    }
    json.end_array();
  }
  if (package.evidence != model::Evidence::Installed) {
    json.member("evidence", evidence_name(package.evidence));
  }
  if (package.relation != model::Relation::Unknown) {
    json.member("relation", relation_name(package.relation));
  }
  json.optional_member("scope", package.scope);
  write_texts(json, "parents", package.parents);
  json.optional_member("cpe", package.cpe).optional_member("symbols", package.symbols);
  json.end_object();
}

void read_package(JsonReader& reader, const Json& value, model::Package& out) {
  bool has_source_name = false;
  bool has_source_version = false;
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "ecosystem") return reader.text(content, out.ecosystem);
    if (key == "name") return reader.text(content, out.name);
    if (key == "version") return reader.text(content, out.version);
    if (key == "architecture") return reader.text(content, out.architecture);
    if (key == "manager") return reader.text(content, out.manager);
    if (key == "packageUrl") return reader.text(content, out.package_url);
    if (key == "vendor") return reader.text(content, out.vendor);
    if (key == "license") return reader.text(content, out.license);
    if (key == "module") return reader.text(content, out.module);
    if (key == "evidence") {
      return read_word(reader, content, parse_evidence, "installed, binary, locked, declared",
                       out.evidence);
    }
    if (key == "relation") {
      return read_word(reader, content, parse_relation, "unknown, direct, transitive",
                       out.relation);
    }
    if (key == "scope") return reader.text(content, out.scope);
    if (key == "parents") return reader.texts(content, kMostParents, out.parents);
    if (key == "cpe") return reader.text(content, out.cpe);
    if (key == "symbols") return reader.text(content, out.symbols);
    if (key == "sourceName") {
      has_source_name = true;
      return reader.text(content, out.source_name);
    }
    if (key == "sourceVersion") {
      has_source_version = true;
      return reader.text(content, out.source_version);
    }
    if (key == "locations") {
      reader.array(content, kMostLocations, out.locations,
                   [&](const Json& item, model::Location& location) {
                     read_location(reader, item, location);
                   });
    }
  });
  if (out.name.empty()) reader.fail_at("name", "missing");
  if (!has_source_name) out.source_name = out.name;
  if (!has_source_version) out.source_version = out.version;
}

void write_system(JsonWriter& json, const OperatingSystem& os) {
  json.begin_object().optional_member("id", os.id);
  write_texts(json, "idLike", os.id_like);
  json.optional_member("version", os.version).optional_member("codename", os.codename);
  json.optional_member("name", os.name).optional_member("ecosystem", os.ecosystem);
  if (os.rolling) json.member("rolling", true);
  write_texts(json, "extendedSupport", os.extended_support);
  json.end_object();
}

void read_system(JsonReader& reader, const Json& value, OperatingSystem& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "id") reader.text(content, out.id);
    if (key == "idLike") reader.texts(content, kMostWords, out.id_like);
    if (key == "version") reader.text(content, out.version);
    if (key == "codename") reader.text(content, out.codename);
    if (key == "name") reader.text(content, out.name);
    if (key == "ecosystem") reader.text(content, out.ecosystem);
    if (key == "rolling") reader.truth(content, out.rolling);
    if (key == "extendedSupport") {
      std::vector<std::string> words;
      reader.texts(content, kMostWords, words);
      out.extended_support = {words.begin(), words.end()};
    }
  });
}

void write_process(JsonWriter& json, const Process& process) {
  json.begin_object().member("id", std::uint64_t{process.id});
  json.optional_member("name", process.name).optional_member("executable", process.executable);
  if (!process.packages.empty()) {
    json.key("packages").begin_array();
    for (const std::size_t index : process.packages) json.value(std::uint64_t{index});
    json.end_array();
  }
  write_texts(json, "deleted", process.deleted);
  json.end_object();
}

void write_port(JsonWriter& json, const Port& port) {
  json.begin_object().optional_member("protocol", port.protocol);
  json.optional_member("address", port.address).member("port", std::uint64_t{port.port});
  if (port.process != 0) json.member("process", std::uint64_t{port.process});
  json.end_object();
}

void write_problem(JsonWriter& json, const Problem& problem) {
  json.begin_object().member("where", problem.where).member("why", problem.why).end_object();
}

void write_runtime(JsonWriter& json, const Runtime& runtime) {
  json.begin_object().optional_member("kernelRelease", runtime.kernel_release);
  if (runtime.machine != Machine::Unknown) {
    json.member("machine", kMachines[static_cast<std::size_t>(runtime.machine)]);
  }
  json.optional_member("machineDetail", runtime.machine_detail);
  json.optional_member("hostName", runtime.host_name);
  json.optional_member("machineId", runtime.machine_id);
  write_texts(json, "addresses", runtime.addresses);
  json.key("processes").begin_array();
  for (const Process& process : runtime.processes) write_process(json, process);
  json.end_array().key("ports").begin_array();
  for (const Port& port : runtime.ports) write_port(json, port);
  json.end_array().member("complete", runtime.complete).end_object();
}

void read_runtime(JsonReader& reader, const Json& value, const DocumentLimits& limits,
                  Runtime& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "kernelRelease") reader.text(content, out.kernel_release);
    if (key == "machineDetail") reader.text(content, out.machine_detail);
    if (key == "hostName") reader.text(content, out.host_name);
    if (key == "machineId") reader.text(content, out.machine_id);
    if (key == "addresses") reader.texts(content, limits.addresses, out.addresses);
    if (key == "complete") reader.truth(content, out.complete);
    if (key == "machine") {
      const auto* const found =
          std::find(std::begin(kMachines), std::end(kMachines), content.text());
      if (found == std::end(kMachines)) {
        return reader.fail("not one of unknown, container, virtual-machine, metal");
      }
      out.machine = static_cast<Machine>(found - std::begin(kMachines));
    }
    if (key == "processes") {
      reader.array(
          content, limits.processes, out.processes,
          [&](const Json& item, Process& process) { read_process(reader, item, limits, process); });
    }
    if (key == "ports") {
      reader.array(content, limits.ports, out.ports,
                   [&](const Json& item, Port& port) { read_port(reader, item, port); });
    }
  });
}

void write_rest(JsonWriter& json, const Inventory& inventory, bool with_files) {
  json.key("os");
  write_system(json, inventory.os);
  if (with_files) json.member("files", inventory.files);
  if (inventory.runtime) {
    json.key("runtime");
    write_runtime(json, *inventory.runtime);
  }
  if (inventory.problems.empty()) return;
  json.key("problems").begin_array();
  for (const Problem& problem : inventory.problems) write_problem(json, problem);
  json.end_array();
}

bool read_rest(JsonReader& reader, std::string_view key, const Json& value,
               const DocumentLimits& limits, Inventory& out) {
  if (key == "os") {
    out.os = {};
    read_system(reader, value, out.os);
  } else if (key == "files") {
    reader.whole(value, out.files);
  } else if (key == "runtime") {
    read_runtime(reader, value, limits, out.runtime.emplace());
  } else if (key == "problems") {
    reader.array(value, limits.problems, out.problems,
                 [&](const Json& item, Problem& problem) { read_problem(reader, item, problem); });
  } else {
    return false;
  }
  return true;
}

void check_processes(JsonReader& reader, const std::optional<Runtime>& runtime,
                     std::size_t packages) {
  if (!runtime) return;
  for (std::size_t i = 0; i < runtime->processes.size(); ++i) {
    const std::vector<std::size_t>& used = runtime->processes[i].packages;
    const bool ascending =
        std::adjacent_find(used.begin(), used.end(), std::greater_equal<>()) == used.end();
    if (ascending && (used.empty() || used.back() < packages)) continue;
    return reader.fail_at(
        "runtime.processes[" + std::to_string(i) + "].packages",
        ascending ? "there are only " + std::to_string(packages) + " packages" : "not ascending");
  }
}

PackageOrder order_packages(const std::vector<model::Package>& packages) {
  std::vector<std::string> documents;
  documents.reserve(packages.size());
  for (const model::Package& package : packages) {
    JsonWriter json;
    write_package(json, package);
    documents.push_back(json.take());
  }
  std::vector<std::size_t> sorted(packages.size());
  std::iota(sorted.begin(), sorted.end(), 0);
  std::sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
    const int order = documents[a].compare(documents[b]);
    return order < 0 || (order == 0 && a < b);
  });
  PackageOrder out;
  out.to.resize(packages.size());
  for (const std::size_t index : sorted) {
    if (out.documents.empty() || out.documents.back() != documents[index]) {
      out.documents.push_back(std::move(documents[index]));
      out.from.push_back(index);
    }
    out.to[index] = out.from.size() - 1;
  }
  return out;
}

Inventory canonical_rest(const Inventory& inventory, const PackageOrder& order) {
  Inventory out;
  out.os = inventory.os;
  out.files = inventory.files;
  out.problems = sorted(inventory.problems, write_problem);
  if (!inventory.runtime) return out;
  out.runtime = inventory.runtime;
  for (Process& process : out.runtime->processes) {
    for (std::size_t& index : process.packages) index = order.to[index];
    std::sort(process.packages.begin(), process.packages.end());
    process.packages.erase(std::unique(process.packages.begin(), process.packages.end()),
                           process.packages.end());
  }
  out.runtime->processes = sorted(out.runtime->processes, write_process);
  out.runtime->ports = sorted(out.runtime->ports, write_port);
  return out;
}

Result<Json> open_document(base::JsonParser& parser, std::string_view document,
                           const DocumentLimits& limits) {
  if (document.size() > limits.bytes) {
    return fail("longer than " + std::to_string(limits.bytes) + " bytes", {}, {},
                ErrorCode::TooLarge);
  }
  return parser.parse(document);
}

void check_version(JsonReader& reader, const Json& object, std::string_view key) {
  if (!object.is_object()) return reader.fail("not an object");
  const Json version = object[key];
  if (!version.exists()) {
    reader.fail_at(key, "missing", ErrorCode::Invalid, "is this a document of another kind?");
  } else if (version.integer() != 1) {
    reader.fail_at(key, "a version that is not known here", ErrorCode::Unsupported,
                   "this Vigil reads version 1");
  }
}

}  // namespace vigil::inventory
