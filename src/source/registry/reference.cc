#include "source/registry/reference.h"

#include <algorithm>

#include "base/text.h"
#include "source/image/manifest.h"

namespace vigil::source::registry {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::string_view kDockerHub = "docker.io";

constexpr bool is_name_character(char c) {
  return base::is_lower(c) || base::is_digit(c);
}

/// path-component: [a-z0-9]+ ((. | _ | __ | -+) [a-z0-9]+)*
bool is_component(std::string_view text) {
  if (text.empty() || !is_name_character(text.front()) || !is_name_character(text.back())) {
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    if (is_name_character(text[i])) {
      ++i;
      continue;
    }
    const std::size_t end = std::min(text.size(), text.find_first_not_of(text[i], i));
    const std::size_t length = end - i;
    const char c = text[i];
    const bool separator = c == '-' || (c == '.' && length == 1) || (c == '_' && length <= 2);
    if (!separator || !is_name_character(text[end])) return false;
    i = end;
  }
  return true;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(),
                     [](char c) { return base::is_alnum(c) || c == '-' || c == '_'; });
}

bool looks_like_registry(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:") != std::string_view::npos ||
         std::any_of(part.begin(), part.end(), base::is_upper);
}

tl::unexpected<Error> refuse(std::string_view what, std::string_view text) {
  return fail(std::string(what), base::printable(text.substr(0, 300)),
              "write it as [HOST[:PORT]/]NAME[:TAG][@sha256:DIGEST]");
}

}  // namespace

bool is_tag(std::string_view text) {
  return !text.empty() && text.size() <= 128 && text.front() != '.' && text.front() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return base::is_alnum(c) || c == '_' || c == '.' || c == '-'; });
}

bool is_repository(std::string_view text) {
  if (text.empty() || text.size() > kLongestName) return false;
  const std::vector<std::string_view> parts = base::split(text, '/');
  return std::all_of(parts.begin(), parts.end(), is_component);
}

bool is_registry(std::string_view text) {
  if (text.empty() || text.size() > kLongestName) return false;
  std::string_view host = text;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos) {
    const auto port = base::parse_unsigned(text.substr(colon + 1));
    if (!port || *port == 0 || *port > 65'535) return false;
    host = text.substr(0, colon);
  }
  if (host.starts_with('[')) {
    return host.size() > 2 &&
           host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1 &&
           host.ends_with(']');
  }
  const std::vector<std::string_view> labels = base::split(host, '.');
  return std::all_of(labels.begin(), labels.end(), is_label);
}

std::string ImageReference::text() const {
  std::string out = registry + "/" + repository;
  if (!tag.empty()) out += ":" + tag;
  if (!digest.empty()) out += "@" + digest;
  return out;
}

Result<ImageReference> parse_reference(std::string_view text) {
  const std::string_view whole = text;
  ImageReference reference;
  if (text.starts_with("docker://")) text.remove_prefix(9);  // as skopeo writes it
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    reference.digest = text.substr(at + 1);
    if (!is_digest(reference.digest)) return refuse("not a digest", whole);
    text = text.substr(0, at);
  }
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos && looks_like_registry(text.substr(0, slash))) {
    reference.registry = text.substr(0, slash);
    text.remove_prefix(slash + 1);
    if (!is_registry(reference.registry)) return refuse("not the name of a registry", whole);
    if (reference.registry == "index.docker.io") reference.registry = kDockerHub;
  } else {
    reference.registry = kDockerHub;
  }
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    reference.tag = text.substr(colon + 1);
    if (!is_tag(reference.tag)) return refuse("not a tag", whole);
    text = text.substr(0, colon);
  }
  reference.repository = text;
  if (reference.registry == kDockerHub && text.find('/') == std::string_view::npos) {
    reference.repository = "library/" + reference.repository;
  }
  if (!is_repository(reference.repository)) return refuse("not the name of an image", whole);
  if (reference.tag.empty() && reference.digest.empty()) reference.tag = "latest";
  return reference;
}

std::string registry_host(std::string_view registry) {
  return std::string(registry == kDockerHub ? "index.docker.io" : registry);
}

}  // namespace vigil::source::registry
