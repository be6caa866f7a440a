// Start, text and end of XML elements, one after the other: a thin wrapper around expat.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <utility>

#include "base/input.h"
#include "base/result.h"

namespace vigil::intel::debian_oval {

struct XmlElement {
  std::string_view name;  ///< without its prefix
  std::span<const std::pair<std::string_view, std::string_view>> attributes;

  /// Empty if there is no such attribute.
  [[nodiscard]] std::string_view attribute(std::string_view key) const;
};

struct XmlVisitor {
  std::function<void(const XmlElement&)> start;
  /// `text` is what stands directly inside the element, at most 64 KiB of it.
  std::function<void(std::string_view name, std::string_view text)> end;
};

/// Streams the document; memory is that of one element. An error if it is not well-formed, cut
/// short, nested more than 128 deep, or declares a document type (the way of entity bombs).
Result<void> visit_xml(base::Input& input, const XmlVisitor& visitor);

}  // namespace vigil::intel::debian_oval
