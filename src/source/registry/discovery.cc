#include "source/registry/discovery.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "source/image/manifest.h"
#include "source/registry/connection.h"
#include "source/registry/ecr.h"
#include "source/registry/reference.h"

namespace vigil::source::registry {
namespace {

using base::Json;

constexpr std::size_t kMostPages = 10'000;
constexpr std::string_view kNext = "rel=\"next\"";

tl::unexpected<Error> too_many(std::string_view what, std::size_t limit, const std::string& where) {
  return fail("more than " + base::with_thousands(limit) + " " + std::string(what), where,
              "narrow what is looked for by patterns", ErrorCode::TooLarge);
}

/// Page after page, until there is no next one, or one that brings nothing new.
template <typename Parse>
Result<std::set<std::string>> list(Connection& connection, std::string target,
                                   const std::string& repository, std::size_t limit,
                                   std::string_view what, const Parse& parse) {
  std::set<std::string> names;
  for (std::size_t page = 0; page < kMostPages && !target.empty(); ++page) {
    Get get;
    get.target = target;
    get.repository = repository;
    auto answer = connection.get(get);
    if (!answer) return fail(std::move(answer.error().error));
    VIGIL_TRY(const std::vector<std::string> found, parse(answer->body));
    const std::size_t before = names.size();
    names.insert(found.begin(), found.end());
    if (names.size() > limit) return too_many(what, limit, connection.name());
    if (names.size() == before) break;
    target = next_page(answer->header("Link"));
    if (page + 1 == kMostPages && !target.empty()) {
      return too_many("pages of " + std::string(what), kMostPages, connection.name());
    }
  }
  return names;
}

Result<std::set<std::string>> list_repositories(Connection& connection,
                                                const DiscoverySettings& settings,
                                                const Options& options) {
  if (const auto ecr = parse_ecr_host(settings.registry)) {
    VIGIL_TRY(const EcrClient client, ecr_client(*ecr, options.environment));
    VIGIL_TRY(const std::vector<std::string> names,
              ecr_repositories(client, settings.most_repositories));
    return std::set<std::string>(names.begin(), names.end());
  }
  auto names =
      list(connection, "/v2/_catalog?n=1000", {}, settings.most_repositories, "repositories",
           [](std::string_view json) { return parse_names(json, "repositories"); });
  if (names) return names;
  auto harbor = list(connection, "/api/v2.0/repositories?page=1&page_size=100", {},
                     settings.most_repositories, "repositories", parse_harbor_repositories);
  if (harbor) return harbor;
  if (names.error().hint.empty()) {
    names.error().hint = "a registry without a catalogue needs the plain names of repositories";
  }
  return names;
}

/// What a tag leads to; empty if it leads nowhere any more.
Result<std::string> digest_of_tag(Connection& connection, const std::string& repository,
                                  const std::string& tag) {
  Get get;
  get.method = "HEAD";
  get.target = "/v2/" + repository + "/manifests/" + tag;
  get.repository = repository;
  get.headers = {"Accept: application/vnd.oci.image.index.v1+json",
                 "Accept: application/vnd.oci.image.manifest.v1+json",
                 "Accept: application/vnd.docker.distribution.manifest.list.v2+json",
                 "Accept: application/vnd.docker.distribution.manifest.v2+json"};
  auto answer = connection.get(get);
  if (answer && is_digest(answer->header("Docker-Content-Digest"))) {
    return std::string(answer->header("Docker-Content-Digest"));
  }
  if (answer) {  // the header is optional
    get.method = "GET";
    answer = connection.get(get);
    if (answer) return "sha256:" + base::sha256_hex(answer->body);
  }
  if (answer.error().error.code == ErrorCode::NotFound) return std::string();
  return fail(std::move(answer.error().error));
}

}  // namespace

Result<std::vector<std::string>> parse_names(std::string_view json, std::string_view member) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(json));
  // A list may be null; what has none says nothing about what is there.
  if (!root[member].exists()) return fail("not a list of a registry");
  std::vector<std::string> names;
  for (const Json& name : root[member].items()) names.emplace_back(name.text());
  return names;
}

Result<std::vector<std::string>> parse_harbor_repositories(std::string_view json) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(json));
  if (!root.is_array()) return fail("not a list of repositories");
  std::vector<std::string> names;
  for (const Json& one : root.items()) names.emplace_back(one["name"].text());
  return names;
}

std::string next_page(std::string_view link) {
  // Several links are parted by commas; an address has none in practice, and if it had, no page
  // would be found rather than a wrong one.
  for (const std::string_view one : base::split(link, ',')) {
    const std::size_t from = one.find('<');
    const std::size_t to = one.find('>');
    if (from == std::string_view::npos || to == std::string_view::npos || to < from) continue;
    const std::string_view parameters = one.substr(to + 1);
    if (parameters.find(kNext) == std::string_view::npos &&
        parameters.find("rel=next") == std::string_view::npos) {
      continue;
    }
    return std::string(one.substr(from + 1, to - from - 1));
  }
  return {};
}

Result<std::vector<std::string>> discover_repositories(const DiscoverySettings& settings,
                                                       const Options& options) {
  std::vector<std::string> plain = settings.repositories.plain_names();
  if (!plain.empty()) {
    std::sort(plain.begin(), plain.end());
    return plain;
  }
  Connection connection(settings.registry, options, true);
  VIGIL_TRY(const std::set<std::string> all, list_repositories(connection, settings, options));
  std::vector<std::string> names;
  for (const std::string& name : all) {
    if (is_repository(name) && settings.repositories.match(name)) names.push_back(name);
  }
  return names;
}

Result<std::vector<DiscoveredImage>> discover_images(const DiscoverySettings& settings,
                                                     const std::string& repository,
                                                     const Options& options) {
  if (!is_repository(repository)) return fail("not the name of a repository", repository);
  Connection connection(settings.registry, options, true);
  VIGIL_TRY(
      const std::set<std::string> tags,
      list(connection, "/v2/" + repository + "/tags/list?n=1000", repository, settings.most_tags,
           "tags", [](std::string_view json) { return parse_names(json, "tags"); }));
  std::map<std::string, DiscoveredImage> images;
  for (const std::string& tag : tags) {
    if (!is_tag(tag) || !settings.tags.match(tag)) continue;
    if (options.cancelled && options.cancelled()) break;
    VIGIL_TRY(std::string digest, digest_of_tag(connection, repository, tag));
    if (digest.empty()) continue;
    DiscoveredImage& image = images[digest];
    image.digest = std::move(digest);
    image.tags.push_back(tag);
  }
  std::vector<DiscoveredImage> found;
  for (auto& [digest, image] : images) found.push_back(std::move(image));
  return found;
}

}  // namespace vigil::source::registry
