// Versions of Java in its own words, and in those of advisories.
#pragma once

#include <string>
#include <string_view>

namespace vigil::inventory {

/// As Bitnami's advisories count: "1.8.0_392" -> "8.0.392", "1.7.0" -> "7.0.0"; those of Java 9 and
/// later as they are.
std::string plain_java_version(std::string_view version);

/// As NVD writes it, 1.8.0 with the update 392; `product` is "oracle:openjdk", "oracle:jdk".
std::string java_cpe(std::string_view product, std::string_view version);

}  // namespace vigil::inventory
