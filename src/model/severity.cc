#include "model/severity.h"

#include <array>

#include "base/text.h"

namespace vigil::model {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"UNTRIAGED", "INFORMATIONAL", "LOW",
                                                    "MEDIUM",    "HIGH",          "CRITICAL"};

struct Word {
  std::string_view word;
  Severity severity;
};
// Red Hat, Ubuntu, Debian, GitHub, SUSE, Microsoft and npm words.
constexpr std::array kWords = {
    Word{"critical", Severity::Critical},
    Word{"urgent", Severity::Critical},
    Word{"high", Severity::High},
    Word{"important", Severity::High},
    Word{"medium", Severity::Medium},
    Word{"moderate", Severity::Medium},
    Word{"low", Severity::Low},
    Word{"minor", Severity::Low},
    Word{"negligible", Severity::Informational},
    Word{"unimportant", Severity::Informational},
    Word{"none", Severity::Informational},
    Word{"informational", Severity::Informational},
    Word{"info", Severity::Informational},
};

}  // namespace

Severity severity_of_score(double score) {
  if (score >= 9.0) return Severity::Critical;
  if (score >= 7.0) return Severity::High;
  if (score >= 4.0) return Severity::Medium;
  if (score > 0.0) return Severity::Low;
  return Severity::Informational;
}

Severity severity_of_word(std::string_view word) {
  // Debian marks an urgency set by hand with asterisks: "low**".
  word = base::trim(word);
  while (!word.empty() && word.back() == '*') word.remove_suffix(1);
  for (const Word& known : kWords) {
    if (base::equals_ignoring_case(known.word, word)) return known.severity;
  }
  return Severity::Untriaged;
}

std::string_view severity_name(Severity severity) {
  return kNames[static_cast<std::size_t>(severity)];
}

std::optional<Severity> parse_severity(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (base::equals_ignoring_case(kNames[i], name)) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

}  // namespace vigil::model
