// Counts of findings by severity.
#pragma once

#include <cstdint>

#include "model/severity.h"

namespace vigil::store {

struct SeverityCounts {
  std::int64_t critical = 0, high = 0, medium = 0, low = 0, informational = 0, untriaged = 0;

  std::int64_t& of(model::Severity severity) {
    switch (severity) {
      case model::Severity::Critical:
        return critical;
      case model::Severity::High:
        return high;
      case model::Severity::Medium:
        return medium;
      case model::Severity::Low:
        return low;
      case model::Severity::Informational:
        return informational;
      case model::Severity::Untriaged:
        break;
    }
    return untriaged;
  }
  [[nodiscard]] std::int64_t all() const {
    return critical + high + medium + low + informational + untriaged;
  }
  SeverityCounts& operator+=(const SeverityCounts& other) {
    critical += other.critical;
    high += other.high;
    medium += other.medium;
    low += other.low;
    informational += other.informational;
    untriaged += other.untriaged;
    return *this;
  }
  friend bool operator==(const SeverityCounts&, const SeverityCounts&) = default;
};

}  // namespace vigil::store
