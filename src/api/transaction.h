// Transactions whose work may refuse a request: an ApiError rolls back and is the answer, and what
// the store says (Busy: try again) still reaches the store.
//
//   return write(call.estate.store(), [&](store::Connection& to) -> Answer {
//     VIGIL_TRY(auto row, or_internal(store::find_filter(to, account, id)));
//     if (!row) return tl::unexpected(not_found("..."));
//     ...
//   });
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "api/error.h"
#include "store/store.h"

namespace vigil::api {

namespace detail {

template <typename Work, typename Transact>
auto transact(const Work& work, const Transact& transact)
    -> std::invoke_result_t<Work, store::Connection&> {
  using Result = std::invoke_result_t<Work, store::Connection&>;
  // The store may run the work again, so only the last outcome counts.
  std::optional<Result> outcome;
  const auto done = transact([&](store::Connection& connection) -> vigil::Result<void> {
    outcome.emplace(work(connection));
    if (*outcome) return ok();
    return outcome->error().cause ? fail(*outcome->error().cause) : fail("refused");
  });
  if (outcome && !*outcome && !outcome->error().cause) return std::move(*outcome);
  if (!done) return tl::unexpected(internal(done.error()));
  return std::move(*outcome);
}

}  // namespace detail

/// Work: Outcome<T>(store::Connection&).
template <typename Work>
auto read(store::Store& store, const Work& work) {
  return detail::transact(work, [&](const auto& inner) { return store.read(inner); });
}
template <typename Work>
auto write(store::Store& store, const Work& work) {
  return detail::transact(work, [&](const auto& inner) { return store.write(inner); });
}

}  // namespace vigil::api
