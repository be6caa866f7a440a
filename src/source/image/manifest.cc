#include "source/image/manifest.h"

#include <algorithm>

#include "base/json_tree.h"
#include "base/text.h"
#include "base/time.h"
#include "source/image/base_image.h"

namespace vigil::source {
namespace {

using base::Json;

/// Nothing in these documents that is worth keeping is longer: commands may be whole scripts.
constexpr std::size_t kLongestText = 8192;

std::string text_of(const Json& value) {
  return base::printable(value.text().substr(0, kLongestText));
}

Result<BlobReference> reference_of(const Json& value) {
  BlobReference blob;
  blob.media_type = text_of(value["mediaType"]);
  blob.digest = std::string(value["digest"].text());
  if (!is_digest(blob.digest)) {
    return fail("not a digest: '" + base::printable(blob.digest.substr(0, 200)) + "'");
  }
  blob.size =
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, value["size"].integer().value_or(0)));
  for (const Json& url : value["urls"].items()) {
    if (blob.urls.size() < 16) blob.urls.emplace_back(text_of(url));
  }
  const Json platform = value["platform"];
  blob.platform = {text_of(platform["os"]), text_of(platform["architecture"]),
                   text_of(platform["variant"])};
  blob.name = text_of(value["annotations"]["org.opencontainers.image.ref.name"]);
  return blob;
}

Result<std::vector<BlobReference>> references_of(const Json& list, std::size_t limit) {
  std::vector<BlobReference> blobs;
  for (const Json& item : list.items()) {
    if (blobs.size() == limit) {
      return fail("more than " + std::to_string(limit) + " entries", {}, {}, ErrorCode::TooLarge);
    }
    VIGIL_TRY(BlobReference blob, reference_of(item));
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

/// "/bin/sh -c #(nop) CMD [...]" and "/bin/sh -c apt-get" are what the classic builder makes of
/// "CMD [...]" and "RUN apt-get"; BuildKit writes "RUN /bin/sh -c apt-get # buildkit".
std::string command_of(std::string_view text) {
  constexpr std::string_view kShell = "/bin/sh -c ";
  constexpr std::string_view kNothing = "#(nop) ";
  constexpr std::string_view kRun = "RUN ";
  constexpr std::string_view kBuildKit = " # buildkit";
  if (text.ends_with(kBuildKit)) text.remove_suffix(kBuildKit.size());
  if (text.starts_with(kShell)) {
    text.remove_prefix(kShell.size());
    if (text.starts_with(kNothing)) return std::string(base::trim(text.substr(kNothing.size())));
    return std::string(kRun) + std::string(text);
  }
  if (text.starts_with(kRun) && text.substr(kRun.size()).starts_with(kShell)) {
    return std::string(kRun) + std::string(text.substr(kRun.size() + kShell.size()));
  }
  return std::string(text);
}

/// Gives each layer the command of its history. A history that names another number of layers than
/// there are is nobody's history: then no layer has a command.
void attribute_history(const std::vector<HistoryStep>& history, std::vector<ImageLayer>& layers) {
  const auto made = static_cast<std::size_t>(std::count_if(
      history.begin(), history.end(), [](const HistoryStep& step) { return !step.empty; }));
  if (made != layers.size()) return;
  std::size_t next = 0;
  for (const HistoryStep& step : history) {
    if (!step.empty) layers[next++].command = step.command;
  }
}

}  // namespace

bool is_digest(std::string_view text) {
  const auto hexadecimal = [&](std::string_view prefix, std::size_t digits) {
    if (!text.starts_with(prefix) || text.size() != prefix.size() + digits) return false;
    const std::string_view rest = text.substr(prefix.size());
    return std::all_of(rest.begin(), rest.end(),
                       [](char c) { return base::is_digit(c) || (c >= 'a' && c <= 'f'); });
  };
  return hexadecimal("sha256:", 64) || hexadecimal("sha512:", 128);
}

Result<Manifest> parse_manifest(std::string_view json) {
  if (json.size() > kLargestManifest) {
    return fail("the manifest is too large", {}, {}, ErrorCode::TooLarge);
  }
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(json));
  Manifest manifest;
  manifest.media_type = text_of(root["mediaType"]);
  manifest.is_index = root["manifests"].is_array();
  if (manifest.is_index) {
    VIGIL_TRY(manifest.manifests, references_of(root["manifests"], 10'000));
    return manifest;
  }
  if (root["fsLayers"].is_array()) {
    return fail("image manifests of schema 1 are not read", {}, "push the image again",
                ErrorCode::Unsupported);
  }
  if (!root["config"].is_object() || !root["layers"].is_array()) {
    return fail("this is no image manifest: it has no config or no layers");
  }
  VIGIL_TRY(manifest.config, reference_of(root["config"]));
  VIGIL_TRY(manifest.layers, references_of(root["layers"], kMostLayers));
  return manifest;
}

Result<BlobReference> choose_manifest(const Manifest& index, const Platform& wanted) {
  std::vector<std::string> offered;
  for (const BlobReference& blob : index.manifests) {
    if (blob.platform.os == "unknown" || blob.platform.architecture == "unknown") continue;
    if (fits(wanted, blob.platform)) return blob;
    if (offered.size() < 50) offered.push_back(to_string(blob.platform));
  }
  return fail("there is no image for " + to_string(wanted), {},
              offered.empty() ? "the index is empty" : "there are " + base::join(offered, ", "),
              ErrorCode::NotFound);
}

Result<void> read_config(std::string_view json, ImageFacts& facts) {
  if (json.size() > kLargestManifest) {
    return fail("the image's configuration is too large", {}, {}, ErrorCode::TooLarge);
  }
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(json));
  if (!root.is_object()) return fail("the image's configuration is no object");
  facts.os = text_of(root["os"]);
  facts.architecture = text_of(root["architecture"]);
  if (const std::string variant = text_of(root["variant"]); !variant.empty()) {
    facts.architecture += "/" + variant;
  }
  facts.author = text_of(root["author"]);
  if (const auto created = base::parse_time(root["created"].text())) facts.created = *created;

  std::vector<std::string> diff_ids;
  for (const Json& id : root["rootfs"]["diff_ids"].items()) {
    if (diff_ids.size() == kMostLayers) {
      return fail("more than " + std::to_string(kMostLayers) + " layers", {}, {},
                  ErrorCode::TooLarge);
    }
    diff_ids.emplace_back(id.text());
    if (!is_digest(diff_ids.back())) return fail("the image's configuration has a bad diff id");
  }
  if (facts.layers.empty()) facts.layers.resize(diff_ids.size());
  if (facts.layers.size() != diff_ids.size()) {
    return fail("the manifest has " + std::to_string(facts.layers.size()) +
                " layers, the configuration " + std::to_string(diff_ids.size()));
  }
  for (std::size_t i = 0; i < diff_ids.size(); ++i) facts.layers[i].diff_id = diff_ids[i];

  std::vector<HistoryStep> history;
  for (const Json& step : root["history"].items()) {
    if (history.size() == 2 * kMostLayers) break;
    history.push_back(
        {command_of(text_of(step["created_by"])), step["empty_layer"].truth().value_or(false)});
  }
  attribute_history(history, facts.layers);
  guess_base_image(history, root["config"]["Labels"]["org.opencontainers.image.base.name"].text(),
                   facts);
  return ok();
}

Result<ImageFacts> image_facts(const Manifest& manifest, std::string_view manifest_digest,
                               std::string_view config) {
  ImageFacts facts;
  facts.digest = std::string(manifest_digest);
  facts.config_digest = manifest.config.digest;
  for (const BlobReference& blob : manifest.layers) {
    ImageLayer layer;
    layer.digest = blob.digest;
    layer.size = blob.size;
    facts.layers.push_back(std::move(layer));
  }
  VIGIL_CHECK(read_config(config, facts));
  return facts;
}

}  // namespace vigil::source
