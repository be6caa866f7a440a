// All classifiers, compiled: from a file's name and bytes to the products in it.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "inventory/catalogers/binary/byte_pattern.h"
#include "inventory/catalogers/binary/classifier.h"
#include "inventory/catalogers/binary/text_search.h"

namespace vigil::inventory::binary {

struct Finding {
  const Classifier* classifier = nullptr;
  std::string version;
  std::size_t offset = 0;  ///< of the version in the file
};

class Classification {
 public:
  /// The rows must outlive it. An error names the row whose pattern is wrong.
  static Result<std::unique_ptr<Classification>> make(std::span<const Classifier> rows,
                                                      TextSearch::Engine engine);
  /// All families, made at the first call; several threads may use it.
  static const Classification& standard();

  [[nodiscard]] TextSearch::Engine engine() const { return search().engine(); }
  /// Does any row speak of files of this base name?
  [[nodiscard]] bool knows(std::string_view name) const;
  /// One finding a product at most, in the order of the rows.
  [[nodiscard]] std::vector<Finding> find(std::string_view name, std::string_view bytes) const;

 private:
  struct Row {
    const Classifier* classifier;
    BytePattern pattern;
  };
  struct NamePattern {
    std::string_view glob;
    std::size_t row;
  };
  /// What a fixed text means: to which rows it is the anchor, to which the marker.
  struct Meaning {
    std::vector<std::size_t> anchor_of;
    std::vector<std::size_t> marker_of;
  };

  [[nodiscard]] const TextSearch& search() const;
  [[nodiscard]] std::vector<bool> rows_for(std::string_view name) const;

  std::vector<Row> rows_;
  std::unordered_map<std::string_view, std::vector<NamePattern>> names_;  ///< by three bytes
  std::vector<Meaning> meanings_;
  std::vector<std::string> texts_;
  TextSearch::Engine engine_ = TextSearch::Engine::Plain;
  /// Setting it up takes some ten milliseconds: only for who has a file to look into.
  mutable std::once_flag once_;
  mutable std::unique_ptr<TextSearch> search_;
};

/// "openssl*.so" over a base name: '*' stands for any bytes.
bool fits(std::string_view glob, std::string_view name);

}  // namespace vigil::inventory::binary
