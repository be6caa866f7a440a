#include "intel/feeds/yaml_document.h"

#include "base/yaml.h"
#include "intel/feeds/record.h"

namespace vigil::intel::feeds {

Result<base::Node> read_yaml(base::Input& input, std::string_view name) {
  VIGIL_TRY(const std::string text, base::read_all(input, kDocumentLimit));
  Result<base::Node> root = base::parse_yaml(text);
  if (!root) {
    Error error = std::move(root).error();
    error.where = name;
    return fail(std::move(error));
  }
  return root;
}

bool has_line(std::string_view text, std::string_view key) {
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    if (at == 0 || text[at - 1] == '\n') return true;
  }
  return false;
}

}  // namespace vigil::intel::feeds
