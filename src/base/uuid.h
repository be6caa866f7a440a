// UUIDs that follow from a name: the same text always gives the same one.
//
// RFC 9562 has two kinds: version 5 is of SHA-1 and a name space (section 5.5), version 8 is whatever
// its maker says (5.8), and appendix B.2 makes it of SHA-256. Here it is SHA-256 of the text alone,
// so 8 is the honest version. Ids that are stored keep the digit they were made with.
#pragma once

#include <string>
#include <string_view>

namespace vigil::base {

/// "xxxxxxxx-xxxx-Vxxx-Nxxx-xxxxxxxxxxxx": V is `version`, N one of 8, 9, a and b (the RFC's variant).
std::string uuid_of_name(std::string_view name, char version = '8');

}  // namespace vigil::base
