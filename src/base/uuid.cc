#include "base/uuid.h"

#include "base/hash.h"

namespace vigil::base {

std::string uuid_of_name(std::string_view name, char version) {
  std::string hex = sha256_hex(name);
  hex[12] = version;
  hex[16] = "89ab"[static_cast<std::size_t>(hex[16]) % 4];
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20, 12);
}

}  // namespace vigil::base
