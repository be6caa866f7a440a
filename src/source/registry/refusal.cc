#include "source/registry/refusal.h"

#include "base/json_tree.h"
#include "base/text.h"

namespace vigil::source::registry {

std::string refusal_text(std::string_view body) {
  base::JsonParser parser;
  const auto root = parser.parse(body);
  if (!root) return {};
  std::string text;
  for (const base::Json& one : (*root)["errors"].items()) {
    const std::string code = base::printable(one["code"].text().substr(0, 100));
    const std::string message = base::printable(one["message"].text().substr(0, 300));
    if (code.empty() && message.empty()) continue;
    if (!text.empty()) text += "; ";
    text += code;
    if (!code.empty() && !message.empty()) text += ": ";
    text += message;
    if (text.size() > 600) break;
  }
  return text;
}

Error refusal(const base::SessionAnswer& answer, const std::string& where) {
  const std::string said = refusal_text(answer.body);
  Error error{"the registry answers with HTTP status " + std::to_string(answer.status) +
                  (said.empty() ? "" : ", " + said),
              where,
              {},
              ErrorCode::Network};
  switch (answer.status) {
    case 401:
      error.hint =
          "log in (docker login, skopeo login) or set VIGIL_REGISTRY_USER and "
          "VIGIL_REGISTRY_PASSWORD";
      break;
    case 403:
      error.hint = "these credentials may not read it";
      break;
    case 404:
      error.code = ErrorCode::NotFound;
      break;
    case 429:
      error.hint = "too many requests: log in, use a mirror, or try again later";
      break;
    default:
      break;
  }
  return error;
}

bool is_temporary(const base::SessionAnswer& answer) {
  switch (answer.status) {
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return true;
    default:
      return false;
  }
}

}  // namespace vigil::source::registry
