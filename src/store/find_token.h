// Where the next page of ListFindings begins, as bytes: the plan, so that all pages of a query walk
// the same order; the position of the last finding given out; and a digest of the query, so that a
// token is refused by another one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/find.h"
#include "store/find_order.h"
#include "store/find_plan.h"

namespace vigil::store {

struct FindToken {
  Plan plan;
  Position last;
};
std::string encode_token(const FindToken& token, const FindQuery& query);
/// Errors: Invalid if it is none, or one of another query.
Result<FindToken> decode_token(std::string_view bytes, const FindQuery& query);

}  // namespace vigil::store
