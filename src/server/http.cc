#include "server/http.h"

#include "base/text.h"

namespace vigil::server {

std::string_view HttpRequest::header(std::string_view name) const {
  for (const Header& header : headers) {
    if (base::equals_ignoring_case(header.name, name)) return header.value;
  }
  return {};
}

std::string_view HttpRequest::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view HttpRequest::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

}  // namespace vigil::server
