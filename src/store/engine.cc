#include "store/engine.h"

namespace vigil::store {

Result<void> Connection::take_turn(std::string_view /*name*/) {
  return ok();
}

}  // namespace vigil::store
