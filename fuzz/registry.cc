// What registries and those who push to them say: references, challenges, tokens, refusals, credential
// files, lists, notifications, and where they lead to. The first byte chooses the reader.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/url.h"
#include "source/image/manifest.h"
#include "source/registry/auth_file.h"
#include "source/registry/challenge.h"
#include "source/registry/credential_helper.h"
#include "source/registry/discovery.h"
#include "source/registry/notification.h"
#include "source/registry/options.h"
#include "source/registry/pattern.h"
#include "source/registry/reference.h"
#include "source/registry/refusal.h"
#include "source/registry/token.h"

namespace vigil::source::registry {
namespace {

void check(bool good) {
  if (!good) std::abort();
}

void read_reference(std::string_view text) {
  const auto reference = parse_reference(text);
  if (!reference) return;
  const auto again = parse_reference(reference->text());
  check(again && *again == *reference);
  // Its parts may stand in a URL.
  const auto url = base::parse_url("https://" + registry_host(reference->registry) + "/v2/" +
                                   reference->repository + "/manifests/" + reference->version());
  check(url && url->target.starts_with("/v2/" + reference->repository + "/"));
}

void read_url(std::string_view text) {
  const auto base = base::parse_url("https://a:5000/v2/x/y?z");
  for (const auto& url : {base::parse_url(text), base::resolve_url(*base, text)}) {
    if (!url) continue;
    const auto again = base::parse_url(url->text());
    check(again && again->same_origin(*url) && again->target == url->target);
  }
}

void read_notification(std::string_view text) {
  const auto images = parse_notification(text);
  if (!images) return;
  for (const PushedImage& image : *images) {
    check(is_repository(image.repository) && is_digest(image.digest));
    check(image.tag.empty() || is_tag(image.tag));
  }
}

void read_manifest(std::string_view text) {
  const auto manifest = parse_manifest(text);
  if (!manifest) return;
  for (const auto& layer : manifest->layers) check(is_digest(layer.digest));
  static_cast<void>(choose_manifest(*manifest, this_platform()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'a':
      static_cast<void>(find_auth(text, "registry.example", "team/app"));
      static_cast<void>(find_auth(text, "docker.io", "library/nginx"));
      break;
    case 'c':
      check(parse_challenges(text).size() <= 8);
      break;
    case 'h':
      if (const auto found = parse_helper_answer(text)) check(!found->empty());
      break;
    case 'l':
      static_cast<void>(parse_names(text, "tags"));
      static_cast<void>(parse_harbor_repositories(text));
      check(next_page(text).size() <= text.size());
      break;
    case 'm':
      read_manifest(text);
      break;
    case 'n':
      read_notification(text);
      break;
    case 'o':
      if (const auto mirror = parse_mirror(text)) check(!mirror->address.empty());
      if (const auto patterns = Patterns::parse(text)) {
        for (const std::string& name : patterns->plain_names()) check(patterns->match(name));
      }
      break;
    case 'r':
      read_reference(text);
      break;
    case 't':
      if (const auto token = parse_token(text)) check(token->value.find('\n') == std::string::npos);
      check(refusal_text(text).size() < 2'000);
      break;
    case 'u':
      read_url(text);
      break;
    default:
      break;
  }
  return 0;
}

}  // namespace vigil::source::registry
