#include "api/client_token.h"

#include "api/caller.h"
#include "api/transaction.h"
#include "api/validate.h"
#include "base/hash.h"
#include "store/accounts.h"

namespace vigil::api {
namespace {

std::string digest_of(const Call& call) {
  return base::sha256_hex(canonical(*call.shape, call.input, {"clientToken"}));
}

}  // namespace

Outcome<std::optional<std::string>> earlier_answer(const Call& call) {
  const std::string_view token = call.input["clientToken"].text();
  if (token.empty()) return std::nullopt;
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  VIGIL_TRY(const auto kept,
            read(call.estate.store(),
                 [&](store::Connection& from) -> Outcome<std::optional<store::ClientToken>> {
                   return or_internal(
                       store::find_client_token(from, account, call.operation->name, token));
                 }));
  if (!kept) return std::nullopt;
  if (kept->request != digest_of(call)) {
    return tl::unexpected(
        field_error("clientToken", "Value at 'clientToken' was used for another request already"));
  }
  return kept->answer;
}

Outcome<void> keep_answer(const Call& call, const std::string& answer) {
  const std::string_view token = call.input["clientToken"].text();
  if (token.empty()) return {};
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  const store::ClientToken content = {digest_of(call), answer};
  return write(call.estate.store(), [&](store::Connection& to) -> Outcome<void> {
    return or_internal(
        store::put_client_token(to, account, call.operation->name, token, content, call.now));
  });
}

}  // namespace vigil::api
