// An XML document read as a tree.
#include "base/xml.h"

#include <cstdint>
#include <cstdlib>

namespace vigil::base {
namespace {

std::size_t count(const Xml& element, std::size_t lines) {
  if (element.line() > lines) std::abort();
  std::size_t result = 1 + element.text().size() + element.attribute("id").value_or("").size();
  for (const Xml child : element.children()) result += count(child, lines);
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  XmlParser parser;
  const auto root = parser.parse({reinterpret_cast<const char*>(data), size});
  if (root && count(*root, size + 1) == 0) std::abort();
  return 0;
}

}  // namespace vigil::base
