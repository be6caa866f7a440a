#include "store/postgres/fault.h"

#include <array>

#include "base/text.h"

namespace vigil::store::postgres {
namespace {

constexpr std::size_t kLongestPlace = 120;

struct Meaning {
  std::string_view state;  // or the two characters of a class
  ErrorCode code;
  Remedy remedy;
  std::string_view hint;
};

// The first that the state begins with counts.
constexpr std::array kMeanings = {
    Meaning{"40001", ErrorCode::Busy, Remedy::Retry, "others write the same; try again"},
    Meaning{"40P01", ErrorCode::Busy, Remedy::Retry, "others write the same; try again"},
    Meaning{"55P03", ErrorCode::Busy, Remedy::None, "others hold a lock for long; try again"},
    Meaning{"57014", ErrorCode::Busy, Remedy::None, "it took longer than the server allows"},
    Meaning{"53300", ErrorCode::Busy, Remedy::Reconnect, "raise the server's max_connections"},
    Meaning{"53", ErrorCode::Io, Remedy::None, "make room on the database server"},
    Meaning{"58", ErrorCode::Io, Remedy::None, "look at the database server's log"},
    // A statement that wants other values than it got.
    Meaning{"08P01", ErrorCode::Invalid, Remedy::None, ""},
    Meaning{"08", ErrorCode::Network, Remedy::Reconnect, "look at the database server"},
    Meaning{"57P", ErrorCode::Network, Remedy::Reconnect, "the database server restarts or stops"},
    Meaning{"25P03", ErrorCode::Network, Remedy::Reconnect, "the server ended an idle transaction"},
    // A pooler gave us a session in which our statements are not prepared.
    Meaning{"26000", ErrorCode::Network, Remedy::Reconnect,
            "connect directly, not through a pooler"},
    Meaning{"0A", ErrorCode::Unsupported, Remedy::None, ""},
    Meaning{"25006", ErrorCode::Unsupported, Remedy::None,
            "the server is a standby: name the primary, or add target_session_attrs=read-write"},
    Meaning{"28", ErrorCode::Invalid, Remedy::None, "check user, password and pg_hba.conf"},
    Meaning{"3D000", ErrorCode::NotFound, Remedy::None, "make it: createdb --encoding=UTF8 NAME"},
    Meaning{"42501", ErrorCode::Invalid, Remedy::None, "give the user the right to do this"},
    Meaning{"54", ErrorCode::TooLarge, Remedy::None, ""},
    Meaning{"XX", ErrorCode::Invalid, Remedy::None, "look at the database server's log"},
};

}  // namespace

Fault fault(std::string_view state, std::string_view message, std::string_view where) {
  Fault out;
  out.error.what = base::printable(base::trim(message));
  out.error.where = base::printable(where.substr(0, kLongestPlace));
  if (state.empty()) {
    out.error.code = ErrorCode::Network;
    out.error.hint = "look at the database server and the way to it";
    out.remedy = Remedy::Reconnect;
    return out;
  }
  for (const Meaning& meaning : kMeanings) {
    if (!state.starts_with(meaning.state)) continue;
    out.error.code = meaning.code;
    out.error.hint = meaning.hint;
    out.remedy = meaning.remedy;
    return out;
  }
  out.error.code = ErrorCode::Invalid;
  return out;
}

}  // namespace vigil::store::postgres
