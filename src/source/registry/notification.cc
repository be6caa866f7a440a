#include "source/registry/notification.h"

#include <algorithm>

#include "base/json_tree.h"
#include "source/image/manifest.h"
#include "source/registry/reference.h"

namespace vigil::source::registry {
namespace {

using base::Json;

constexpr std::size_t kMostEvents = 10'000;

bool is_manifest_type(std::string_view type) {
  return type == "application/vnd.oci.image.manifest.v1+json" ||
         type == "application/vnd.oci.image.index.v1+json" ||
         type == "application/vnd.docker.distribution.manifest.v2+json" ||
         type == "application/vnd.docker.distribution.manifest.list.v2+json";
}

class Pushes {
 public:
  /// What cannot be the name of an image is passed over; a wrong tag is dropped.
  void add(std::string_view repository, std::string_view tag, std::string_view digest) {
    if (!is_repository(repository) || !is_digest(digest)) return;
    PushedImage image{std::string(repository), is_tag(tag) ? std::string(tag) : std::string(),
                      std::string(digest)};
    if (std::find(all_.begin(), all_.end(), image) == all_.end()) all_.push_back(std::move(image));
  }
  std::vector<PushedImage> take() { return std::move(all_); }

 private:
  std::vector<PushedImage> all_;
};

void read_distribution(const Json& event, Pushes& pushes) {
  const Json target = event["target"];
  if (event["action"].text() != "push" || !is_manifest_type(target["mediaType"].text())) return;
  pushes.add(target["repository"].text(), target["tag"].text(), target["digest"].text());
}

void read_harbor(const Json& data, Pushes& pushes) {
  const std::string_view repository = data["repository"]["repo_full_name"].text();
  std::size_t count = 0;
  for (const Json& resource : data["resources"].items()) {
    if (++count > kMostEvents) return;
    // An artifact without a tag is told with its digest in the tag's place.
    pushes.add(repository, resource["tag"].text(), resource["digest"].text());
  }
}

void read_ecr(const Json& detail, Pushes& pushes) {
  if (detail["action-type"].text() != "PUSH" || detail["result"].text() != "SUCCESS") return;
  pushes.add(detail["repository-name"].text(), detail["image-tag"].text(),
             detail["image-digest"].text());
}

}  // namespace

Result<std::vector<PushedImage>> parse_notification(std::string_view json) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(json));
  Pushes pushes;
  if (root["events"].is_array()) {
    std::size_t count = 0;
    for (const Json& event : root["events"].items()) {
      if (++count > kMostEvents) {
        return fail("more than 10,000 events in a notification", {}, {}, ErrorCode::TooLarge);
      }
      read_distribution(event, pushes);
    }
  } else if (root["event_data"].is_object()) {
    if (root["type"].text() == "PUSH_ARTIFACT") read_harbor(root["event_data"], pushes);
  } else if (root["specversion"].is_string()) {
    if (root["type"].text() == "harbor.artifact.pushed") read_harbor(root["data"], pushes);
  } else if (root["detail-type"].is_string()) {
    if (root["detail-type"].text() == "ECR Image Action") read_ecr(root["detail"], pushes);
  } else {
    return fail("not a notification of a registry");
  }
  return pushes.take();
}

}  // namespace vigil::source::registry
