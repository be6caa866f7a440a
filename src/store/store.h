// The system of record: opens a database by its address and keeps its schema current.
//
//   VIGIL_TRY(const auto store, store::Store::open("/var/lib/vigil/vigil.db"));
//   VIGIL_CHECK(store->write([&](store::Connection& to) { return store::put_resource(to, ...); }));
//
// The functions of the other headers of this room take the Connection; a caller combines several in
// one transaction. Thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store {

/// An account's number from its twelve digits and back.
Result<std::int64_t> account_number(std::string_view digits);
std::string account_digits(std::int64_t number);

/// How a store waits and how much of it works at once.
struct OpenOptions {
  /// How long a transaction waits for its turn, for another program's lock, or for a database that
  /// is gone; then it fails with Busy (or Network).
  std::chrono::milliseconds patience{30'000};
  /// Read transactions at once.
  std::size_t readers = 4;
  /// Write transactions at once; SQLite has one whatever is said here.
  std::size_t writers = 4;
};

class Store {
 public:
  /// `address`: a path (SQLite, made if absent) or "postgres://..." / "postgresql://...". Applies the
  /// migrations that are missing. Errors: Unsupported if the database is newer than this program,
  /// Invalid if it is damaged or no database of Vigil, Network if a server does not answer, NotFound if its directory is not there, Busy, Io.
  static Result<std::unique_ptr<Store>> open(const std::string& address,
                                             const OpenOptions& options = {});

  explicit Store(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

  Result<void> read(const std::function<Result<void>(Connection&)>& work) {
    return engine_->read(work);
  }
  Result<void> write(const std::function<Result<void>(Connection&)>& work) {
    return engine_->write(work);
  }
  [[nodiscard]] Engine& engine() { return *engine_; }

 private:
  std::unique_ptr<Engine> engine_;
};

}  // namespace vigil::store
