// The parts of an inventory document, each written and read the same way (inventory/document.h).
#pragma once

#include "base/json_reader.h"
#include "base/json_writer.h"
#include "inventory/document.h"

namespace vigil::inventory {

void write_package(base::JsonWriter& json, const model::Package& package);
void read_package(base::JsonReader& reader, const base::Json& value, model::Package& out);

void write_system(base::JsonWriter& json, const OperatingSystem& os);
void read_system(base::JsonReader& reader, const base::Json& value, OperatingSystem& out);

void write_process(base::JsonWriter& json, const Process& process);
void write_port(base::JsonWriter& json, const Port& port);
void write_problem(base::JsonWriter& json, const Problem& problem);
void write_runtime(base::JsonWriter& json, const Runtime& runtime);
void read_runtime(base::JsonReader& reader, const base::Json& value, const DocumentLimits& limits,
                  Runtime& out);

/// The members that a whole inventory and a delta share: os, files, runtime, problems.
void write_rest(base::JsonWriter& json, const Inventory& inventory, bool with_files);
/// False if the key is none of them.
bool read_rest(base::JsonReader& reader, std::string_view key, const base::Json& value,
               const DocumentLimits& limits, Inventory& out);

/// Are the packages that processes refer to there, ascending and each once? Fails the reader if not.
void check_processes(base::JsonReader& reader, const std::optional<Runtime>& runtime,
                     std::size_t packages);

/// The packages in the order of the document, each once.
struct PackageOrder {
  std::vector<std::string> documents;
  std::vector<std::size_t> from;  ///< of each, its index in the inventory
  std::vector<std::size_t> to;    ///< of each package of the inventory, its index here
};
PackageOrder order_packages(const std::vector<model::Package>& packages);
/// As digest_of, by an order that is at hand.
std::string digest_of(const Inventory& inventory, const PackageOrder& order);
/// All but the packages, in canonical order.
Inventory canonical_rest(const Inventory& inventory, const PackageOrder& order);

/// Checks the size, then parses.
Result<base::Json> open_document(base::JsonParser& parser, std::string_view document,
                                 const DocumentLimits& limits);
/// Fails the reader unless `key` is there and 1.
void check_version(base::JsonReader& reader, const base::Json& object, std::string_view key);

}  // namespace vigil::inventory
