// [epoch:]version[-release], the way rpm and libalpm take such a text apart (both from one
// ancestor).
#pragma once

#include <optional>
#include <string_view>

#include "base/text.h"

namespace vigil::version {

struct EpochVersionRelease {
  std::string_view epoch;    ///< digits; empty if absent or written as ":1.0", which both mean 0
  std::string_view version;  ///< may be empty, may hold further colons and hyphens
  std::optional<std::string_view> release;  ///< what follows the last hyphen; may be empty
};

/// The epoch is what stands before the first colon if that is digits only; the release begins after
/// the last hyphen. Nothing is refused.
inline EpochVersionRelease split_epoch_version_release(std::string_view text) {
  EpochVersionRelease parts{.version = text};
  std::size_t digits = 0;
  while (digits < text.size() && base::is_digit(text[digits])) ++digits;
  if (digits < text.size() && text[digits] == ':') {
    parts.epoch = text.substr(0, digits);
    parts.version = text.substr(digits + 1);
  }
  if (const std::size_t hyphen = parts.version.rfind('-'); hyphen != std::string_view::npos) {
    parts.release = parts.version.substr(hyphen + 1);
    parts.version = parts.version.substr(0, hyphen);
  }
  return parts;
}

}  // namespace vigil::version
