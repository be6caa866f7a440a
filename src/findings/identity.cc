#include "findings/identity.h"

#include "base/hash.h"

namespace vigil::findings {

std::string instance_id(std::string_view identifying) {
  return "i-" + base::sha256_hex("instance\n" + std::string(identifying)).substr(0, 17);
}

std::string finding_arn(std::string_view region, std::string_view account,
                        std::string_view resource, std::string_view type,
                        std::string_view vulnerability) {
  std::string identifying = "finding";
  for (const std::string_view part : {account, resource, type, vulnerability}) {
    identifying += '\n';
    identifying += part;
  }
  std::string arn = "arn:aws:inspector2:";
  arn += region;
  arn += ':';
  arn += account;
  return arn + ":finding/" + base::sha256_hex(identifying).substr(0, 32);
}

}  // namespace vigil::findings
