#include "server/attachment.h"

#include "base/text.h"
#include "base/time.h"

namespace vigil::server {
namespace {

constexpr std::size_t kLongest = 64;

}  // namespace

void make_attachment(HttpResponse& response, std::string_view content_type,
                     std::string_view file_name) {
  response.headers.push_back({"Content-Type", std::string(content_type)});
  response.headers.push_back(
      {"Content-Disposition", "attachment; filename=\"" + std::string(file_name) + "\""});
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
}

std::string dated_name(std::string_view what, std::int64_t time) {
  std::string name = "vigil-";
  for (const char c : what.substr(what.size() - std::min(what.size(), kLongest))) {
    name += base::is_alnum(c) || c == '.' || c == '_' ? c : '-';
  }
  name += '-';
  for (const char c : base::format_time(time)) {
    if (base::is_alnum(c)) name += c;
  }
  return name;
}

}  // namespace vigil::server
