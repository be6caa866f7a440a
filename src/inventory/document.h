// An inventory as one JSON document and back: what an agent sends, what a server stores.
//
//   {"vigilInventory": 1, "packages": [...], "os": {...}, "files": 4711, "runtime": {...},
//    "problems": [...]}
//
// Lossless but for two things: bytes that are no UTF-8 become U+FFFD, and order. The document is
// canonical: packages, processes, ports and problems are sorted, packages that are equal in
// everything are one, so that equal inventories have equal bytes whatever found them in which order.
// Members that hold nothing are left out; members this version does not know are passed over.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.h"
#include "base/result.h"
#include "inventory/inventory.h"

namespace vigil::inventory {

/// Limits of what is read; past them is an error of code TooLarge. A text is at most 1 MiB.
struct DocumentLimits {
  std::size_t bytes = std::size_t{256} << 20;
  std::size_t packages = 500'000;
  std::size_t processes = 200'000;
  std::size_t ports = 200'000;
  std::size_t problems = 500'000;
  std::size_t addresses = 10'000;
};

/// The inventory in the order of its document, with the same texts: reading a document and
/// `canonical` give the same thing. Indexes of processes follow their packages.
Inventory canonical(const Inventory& inventory);

std::string inventory_document(const Inventory& inventory);
/// Errors name the member: "packages[3].name: missing". Not only canonical documents are read.
Result<Inventory> parse_inventory(std::string_view document, const DocumentLimits& limits = {});

/// As a member of another document.
void read_inventory(base::JsonReader& reader, const base::Json& value, const DocumentLimits& limits,
                    Inventory& out);

/// 64 hexadecimal digits: SHA-256 of the document without `files`, which changes with every log
/// that is rotated and says nothing about what is installed.
std::string digest_of(const Inventory& inventory);

/// One package, as in the document.
std::string package_document(const model::Package& package);
Result<model::Package> parse_package(std::string_view document);

}  // namespace vigil::inventory
