// All classifiers, compiled: from a file's name and bytes to the products in it.
#pragma once

#include <cstddef>
#include <cstdint>
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
  class Search;
  /// How much of a file in pieces is looked at at once.
  static constexpr std::size_t kWindow = std::size_t{1} << 20;

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
  /// The same as `find` of all pieces together, of a file that comes piece by piece: memory does not
  /// grow with it. This must outlive the search.
  [[nodiscard]] Search begin(std::string_view name, std::size_t window = kWindow) const;

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
  std::size_t reach_ = 0;  ///< of the pattern that reaches farthest
  std::unordered_map<std::string_view, std::vector<NamePattern>> names_;  ///< by three bytes
  std::vector<Meaning> meanings_;
  std::vector<std::string> texts_;
  TextSearch::Engine engine_ = TextSearch::Engine::Plain;
  /// Setting it up takes some ten milliseconds: only for who has a file to look into.
  mutable std::once_flag once_;
  mutable std::unique_ptr<TextSearch> search_;
};

class Classification::Search {
 public:
  /// In order; pieces may be of any size.
  void take(std::string_view piece);
  /// Once, at the end.
  std::vector<Finding> finish();

 private:
  friend class Classification;
  /// What one row has found so far.
  struct State {
    std::size_t offset = 0;
    std::string version;
    /// Steps of matching that the row may take in one file, which may be made of nothing but anchors.
    std::uint64_t budget = 2'000'000;
    bool marked = false;
    bool ambiguous = false;

    void add(std::size_t at, std::string_view found);
    [[nodiscard]] bool counts(const Classifier& row) const;
  };
  Search(const Classification& classification, std::string_view name, std::size_t window);
  /// `window` stands at `buffer_at_` in the file; texts that begin in [from, to) of it count.
  void look(std::string_view window, std::size_t from, std::size_t to);

  const Classification& classification_;
  std::string name_;
  std::size_t window_;
  std::vector<bool> wanted_;  ///< empty: no row speaks of this name
  std::vector<State> states_;
  std::string buffer_;         ///< the end of what came
  std::size_t buffer_at_ = 0;  ///< where it stands in the file
  std::size_t looked_at_ = 0;  ///< how much of it was looked at
};

/// "openssl*.so" over a base name: '*' stands for any bytes.
bool fits(std::string_view glob, std::string_view name);

}  // namespace vigil::inventory::binary
