#include "inventory/catalogers/binary/text_search.h"

#include <hs/hs.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

namespace vigil::inventory::binary {
namespace {

class PlainSearch final : public TextSearch {
 public:
  explicit PlainSearch(std::span<const std::string> texts) : texts_(texts.begin(), texts.end()) {}

  [[nodiscard]] Engine engine() const override { return Engine::Plain; }

  void find(std::string_view bytes, const Visitor& visit) const override {
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      for (std::size_t at = bytes.find(texts_[i]); at != std::string_view::npos;
           at = bytes.find(texts_[i], at + 1)) {
        if (!visit(i, at)) return;
      }
    }
  }

 private:
  std::vector<std::string> texts_;
};

/// As an expression that means only itself: "A\0" -> "\x41\x00". (The interface for plain texts,
/// hs_compile_lit_multi, takes a text that begins with NUL for an empty one.)
std::string as_expression(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x";
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

struct FreeDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
struct FreeScratch {
  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};
using Database = std::unique_ptr<hs_database_t, FreeDatabase>;
using Scratch = std::unique_ptr<hs_scratch_t, FreeScratch>;

class VectorscanSearch final : public TextSearch {
 public:
  static std::unique_ptr<TextSearch> make(std::span<const std::string> texts) {
    std::vector<std::string> escaped;
    std::vector<unsigned> numbers;
    std::vector<std::size_t> lengths;
    for (const std::string& text : texts) {
      numbers.push_back(static_cast<unsigned>(escaped.size()));
      escaped.push_back(as_expression(text));
      lengths.push_back(text.size());
    }
    std::vector<const char*> expressions;
    for (const std::string& one : escaped) expressions.push_back(one.c_str());
    hs_database_t* compiled = nullptr;
    hs_compile_error_t* error = nullptr;
    const hs_error_t status = hs_compile_multi(expressions.data(), nullptr, numbers.data(),
                                               static_cast<unsigned>(expressions.size()),
                                               HS_MODE_BLOCK, nullptr, &compiled, &error);
    if (error != nullptr) hs_free_compile_error(error);
    Database database(status == HS_SUCCESS ? compiled : nullptr);
    if (!database) return nullptr;
    hs_scratch_t* allocated = nullptr;
    if (hs_alloc_scratch(database.get(), &allocated) != HS_SUCCESS) return nullptr;
    return std::unique_ptr<TextSearch>(
        new VectorscanSearch(std::move(database), Scratch(allocated), std::move(lengths)));
  }

  [[nodiscard]] Engine engine() const override { return Engine::Vectorscan; }

  void find(std::string_view bytes, const Visitor& visit) const override {
    Scratch scratch = take_scratch();
    if (!scratch) return;
    Search search{*this, visit};
    // One call takes no more than 4 GiB; no file that is read whole is so large.
    constexpr std::size_t kMost = std::numeric_limits<unsigned>::max();
    hs_scan(database_.get(), bytes.data(), static_cast<unsigned>(std::min(bytes.size(), kMost)), 0,
            scratch.get(), on_match, &search);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(scratch));
  }

 private:
  struct Search {
    const VectorscanSearch& self;
    const Visitor& visit;
  };

  VectorscanSearch(Database database, Scratch prototype, std::vector<std::size_t> lengths)
      : database_(std::move(database)),
        prototype_(std::move(prototype)),
        lengths_(std::move(lengths)) {}

  static int on_match(unsigned id, unsigned long long, unsigned long long end, unsigned,
                      void* context) {
    const auto& search = *static_cast<Search*>(context);
    const std::size_t begin = static_cast<std::size_t>(end) - search.self.lengths_[id];
    return search.visit(id, begin) ? 0 : 1;
  }

  /// A search needs working memory of its own; it is used again by the next.
  Scratch take_scratch() const {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      Scratch scratch = std::move(idle_.back());
      idle_.pop_back();
      return scratch;
    }
    hs_scratch_t* cloned = nullptr;
    hs_clone_scratch(prototype_.get(), &cloned);
    return Scratch(cloned);
  }

  Database database_;
  Scratch prototype_;
  std::vector<std::size_t> lengths_;
  mutable std::mutex mutex_;
  mutable std::vector<Scratch> idle_;
};

}  // namespace

TextSearch::Engine TextSearch::best_engine() {
  return hs_valid_platform() == HS_SUCCESS ? Engine::Vectorscan : Engine::Plain;
}

std::unique_ptr<TextSearch> TextSearch::make(std::span<const std::string> texts, Engine engine) {
  if (engine == Engine::Vectorscan && !texts.empty()) {
    if (auto search = VectorscanSearch::make(texts)) return search;
  }
  return std::make_unique<PlainSearch>(texts);
}

}  // namespace vigil::inventory::binary
