#include "estate/removal.h"

#include "estate/coverage.h"
#include "estate/follow.h"
#include "findings/identity.h"
#include "store/inventory.h"

namespace vigil::estate {
namespace {

constexpr Coverage kTerminated{"INACTIVE", "RESOURCE_TERMINATED", Treatment::Close};

}  // namespace

Result<void> remove_resource(Estate& estate, std::string_view account,
                             std::string_view resource_id) {
  VIGIL_TRY(const std::int64_t number, store::account_number(account));
  const std::uint64_t id = findings::resource_key(account, resource_id);
  return estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(const auto row, store::find_resource(to, number, id));
    if (!row) {
      return fail("there is no resource " + std::string(resource_id), {}, {}, ErrorCode::NotFound);
    }
    VIGIL_CHECK(close_findings(estate, to, number, {&*row, 1}, kTerminated,
                               estate.settings().retention.resource_gone));
    return ok();
  });
}

}  // namespace vigil::estate
