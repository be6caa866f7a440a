// What PostgreSQL's error codes mean to Vigil.
#pragma once

#include <string_view>

#include "base/result.h"

namespace vigil::store::postgres {

/// What can be done about a transaction that failed.
enum class Remedy {
  None,       ///< it will fail again
  Retry,      ///< it met another one: run it again
  Reconnect,  ///< the connection is of no use any more: run it again on another one
};

struct Fault {
  Error error;
  Remedy remedy = Remedy::None;
};

/// `state`: the five characters of SQLSTATE, empty if the server did not answer; `message`: its words;
/// `where`: what was being done.
/// Reference: https://www.postgresql.org/docs/15/errcodes-appendix.html
Fault fault(std::string_view state, std::string_view message, std::string_view where);

}  // namespace vigil::store::postgres
