// The severity bands of Inspector findings (and of CVSS v3.1 section 5, with 0 as INFORMATIONAL).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigil::model {

enum class Severity : std::uint8_t { Untriaged, Informational, Low, Medium, High, Critical };

/// 0 INFORMATIONAL, >0..<4 LOW, >=4..<7 MEDIUM, >=7..<9 HIGH, >=9 CRITICAL.
Severity severity_of_score(double score);
/// A vendor's own word ("important", "negligible", "not yet assigned"), in any case; Untriaged if
/// the word says nothing.
Severity severity_of_word(std::string_view word);
/// "CRITICAL"
std::string_view severity_name(Severity severity);
/// The inverse of severity_name, in any case.
std::optional<Severity> parse_severity(std::string_view name);

}  // namespace vigil::model
