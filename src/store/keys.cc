#include "store/keys.h"

#include <algorithm>
#include <functional>
#include <string>

namespace vigil::store {
namespace {

constexpr std::string_view kPlace = "{keys}";
/// How many keys a statement takes; each number is one more text to prepare.
constexpr std::size_t kSizes[] = {1, 8, 64, 512};

std::size_t size_for(std::size_t count) {
  for (const std::size_t size : kSizes) {
    if (count <= size) return size;
  }
  return kSizes[std::size(kSizes) - 1];
}

std::string with_places(std::string_view sql, std::size_t first, std::size_t count) {
  const std::size_t place = sql.find(kPlace);
  std::string text(sql.substr(0, place));
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ',';
    text += '$';
    text += std::to_string(first + i);
  }
  if (place != std::string_view::npos) text += sql.substr(place + kPlace.size());
  return text;
}

using Runner = std::function<Result<void>(std::string_view sql, std::span<const Value> values)>;

Result<void> in_portions(std::string_view sql, std::span<const Value> values,
                         std::span<const std::uint64_t> keys, const Runner& run) {
  std::string text;
  std::size_t text_size = 0;
  std::vector<Value> all(values.begin(), values.end());
  while (!keys.empty()) {
    const std::size_t size = size_for(keys.size());
    const std::size_t taken = std::min(size, keys.size());
    if (size != text_size) text = with_places(sql, values.size() + 1, size);
    text_size = size;
    all.resize(values.size());
    for (std::size_t i = 0; i < size; ++i) {
      all.emplace_back(stored_key(keys[std::min(i, taken - 1)]));
    }
    VIGIL_CHECK(run(text, all));
    keys = keys.subspan(taken);
  }
  return ok();
}

}  // namespace

Result<void> query_keys(Connection& from, std::string_view sql, std::span<const Value> values,
                        std::span<const std::uint64_t> keys, const RowVisitor& visit) {
  bool stopped = false;
  return in_portions(sql, values, keys,
                     [&](std::string_view text, std::span<const Value> all) -> Result<void> {
                       if (stopped) return ok();
                       return from.query(text, all, [&](const Row& row) {
                         stopped = !visit(row);
                         return !stopped;
                       });
                     });
}

Result<std::int64_t> execute_keys(Connection& to, std::string_view sql,
                                  std::span<const Value> values,
                                  std::span<const std::uint64_t> keys) {
  std::int64_t changed = 0;
  VIGIL_CHECK(in_portions(sql, values, keys,
                          [&](std::string_view text, std::span<const Value> all) -> Result<void> {
                            VIGIL_TRY(const std::int64_t rows, to.execute(text, all));
                            changed += rows;
                            return ok();
                          }));
  return changed;
}

Result<std::vector<std::uint64_t>> select_keys(Connection& from, std::string_view sql,
                                               std::int64_t account,
                                               std::span<const std::uint64_t> candidates) {
  std::vector<std::uint64_t> keys;
  VIGIL_CHECK(
      query_keys(from, sql, std::initializer_list<Value>{account}, candidates, [&](const Row& row) {
        keys.push_back(key_from(row.integer(0)));
        return true;
      }));
  sort_as_stored(keys);
  return keys;
}

void sort_as_stored(std::vector<std::uint64_t>& keys) {
  std::sort(keys.begin(), keys.end(), [](std::uint64_t left, std::uint64_t right) {
    return stored_key(left) < stored_key(right);
  });
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

void sort_unique(std::vector<std::uint64_t>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

std::string pack_keys(std::span<const std::uint64_t> keys) {
  std::string bytes;
  bytes.reserve(keys.size() * 8);
  for (const std::uint64_t key : keys) {
    for (unsigned shift = 64; shift > 0;) {
      shift -= 8;
      bytes += static_cast<char>(static_cast<unsigned char>(key >> shift));
    }
  }
  return bytes;
}

std::vector<std::uint64_t> unpack_keys(std::string_view bytes) {
  std::vector<std::uint64_t> keys;
  keys.reserve(bytes.size() / 8);
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    std::uint64_t key = 0;
    for (const char byte : bytes.substr(0, 8)) key = key << 8U | static_cast<unsigned char>(byte);
    keys.push_back(key);
  }
  return keys;
}

}  // namespace vigil::store
