// What the server's codes mean, for those that cannot be had from a healthy server.
#include "store/postgres/fault.h"

#include <gtest/gtest.h>

namespace vigil::store::postgres {
namespace {

TEST(PostgresFault, EachStateHasItsMeaning) {
  struct Case {
    std::string_view state;
    ErrorCode code;
    Remedy remedy;
  };
  constexpr Case kCases[] = {
      {"40001", ErrorCode::Busy, Remedy::Retry},         // serialization_failure
      {"40P01", ErrorCode::Busy, Remedy::Retry},         // deadlock_detected
      {"55P03", ErrorCode::Busy, Remedy::None},          // lock_not_available
      {"53100", ErrorCode::Io, Remedy::None},            // disk_full
      {"53300", ErrorCode::Busy, Remedy::Reconnect},     // too_many_connections
      {"57P01", ErrorCode::Network, Remedy::Reconnect},  // admin_shutdown
      {"57P03", ErrorCode::Network, Remedy::Reconnect},  // cannot_connect_now
      {"08006", ErrorCode::Network, Remedy::Reconnect},  // connection_failure
      {"08P01", ErrorCode::Invalid, Remedy::None},       // protocol_violation
      {"", ErrorCode::Network, Remedy::Reconnect},       // no answer
      {"23505", ErrorCode::Invalid, Remedy::None},       // unique_violation
      {"25006", ErrorCode::Unsupported, Remedy::None},   // read_only_sql_transaction
      {"54000", ErrorCode::TooLarge, Remedy::None},      // program_limit_exceeded
      {"XX001", ErrorCode::Invalid, Remedy::None},       // data_corrupted
  };
  for (const Case& each : kCases) {
    const Fault out = fault(each.state, "words\n", "SELECT 1");
    EXPECT_EQ(out.error.code, each.code) << each.state;
    EXPECT_EQ(out.remedy, each.remedy) << each.state;
    EXPECT_EQ(out.error.what, "words");
    EXPECT_EQ(out.error.where, "SELECT 1");
  }
}

}  // namespace
}  // namespace vigil::store::postgres
