// Keys of rows as SQL has them, and statements about many keys at once.
//
// A key is an unsigned 64-bit hash; SQL's integers are signed. The bits are kept as they are, so the
// order of the store is not the order of the keys: those from 2^63 on come first there. What promises
// ascending keys sorts them after reading.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store {

[[nodiscard]] constexpr std::int64_t stored_key(std::uint64_t key) {
  return std::bit_cast<std::int64_t>(key);
}
[[nodiscard]] constexpr std::uint64_t key_from(std::int64_t stored) {
  return std::bit_cast<std::uint64_t>(stored);
}

/// Runs a statement about many keys, some hundred at a time: "{keys}" in `sql` becomes their list,
/// as in `SELECT id FROM profile WHERE account = $1 AND id IN ({keys})`. The list is padded by
/// repeating a key, so that few texts have to be prepared: a row is visited once all the same if
/// `keys` names each once.
Result<void> query_keys(Connection& from, std::string_view sql, std::span<const Value> values,
                        std::span<const std::uint64_t> keys, const RowVisitor& visit);
/// The same for a statement that changes rows; the number of rows it changed.
Result<std::int64_t> execute_keys(Connection& to, std::string_view sql,
                                  std::span<const Value> values,
                                  std::span<const std::uint64_t> keys);

/// The first column of what `sql` selects for `candidates` (as in query_keys), in the order of the
/// store, each once. `sql` takes the account and then the keys.
Result<std::vector<std::uint64_t>> select_keys(Connection& from, std::string_view sql,
                                               std::int64_t account,
                                               std::span<const std::uint64_t> candidates);

/// Orders keys as the store does, and leaves each once: rows are locked in this order everywhere, so
/// that two writers wait for each other instead of both failing.
void sort_as_stored(std::vector<std::uint64_t>& keys);
/// Ascending, each once.
void sort_unique(std::vector<std::uint64_t>& keys);

/// Keys as bytes: 8 each, big-endian; and back. Surplus bytes are passed over.
std::string pack_keys(std::span<const std::uint64_t> keys);
std::vector<std::uint64_t> unpack_keys(std::string_view bytes);

}  // namespace vigil::store
