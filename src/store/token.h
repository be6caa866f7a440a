// Page tokens as bytes: where the next page begins, and a digest of the query they belong to. Whoever
// gives them away signs them; what is none, or another query's, is an error here too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::store {

class TokenWriter {
 public:
  explicit TokenWriter(std::uint64_t query_digest);
  TokenWriter& byte(std::uint8_t value);
  TokenWriter& number(std::int64_t value);
  TokenWriter& real(double value);
  TokenWriter& text(std::string_view value);
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what TokenWriter wrote, in the same order; finish() says whether it was that.
class TokenReader {
 public:
  /// `bytes` must outlive it.
  TokenReader(std::string_view bytes, std::uint64_t query_digest);
  std::uint8_t byte();
  std::int64_t number();
  double real();
  std::string_view text();
  /// Something in it cannot be.
  void refuse() { failed_ = true; }
  /// Errors: Invalid.
  [[nodiscard]] Result<void> finish() const;

 private:
  std::uint64_t bits(std::size_t bytes);
  std::string_view take(std::size_t bytes);

  std::string_view rest_;
  bool failed_ = false;
  bool is_of_query_ = false;
};

}  // namespace vigil::store
